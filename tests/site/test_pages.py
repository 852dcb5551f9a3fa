"""Every page in a real browser: no violation, no error, no request elsewhere, readable by all."""

import pytest

from tests.site.conftest import urls

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# Rules that axe leaves out unless asked: the size of targets (WCAG 2.5.8), and that a name holds what is seen (2.5.3).
RULES = {name: {"enabled": True} for name in ("target-size", "label-content-name-mismatch")}
WHOLE = "* { content-visibility: visible !important; }"  # what waits out of sight has no place yet, and would overlap
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}


@pytest.fixture
def opened(browser, address, url, size, scheme):
    """The page in one size and color scheme, and everything that went wrong while it loaded."""
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(f"error: {error}"))
    page.on("console", lambda said: said.type in ("error", "warning") and page.faults.append(said.text))
    page.on("requestfailed", lambda asked: asked.method == "GET" and page.faults.append(f"failed: {asked.url}"))
    page.on(
        "request",
        lambda asked: (
            asked.url.startswith((address, "data:", "blob:")) or page.faults.append(f"went elsewhere: {asked.url}")
        ),
    )
    page.goto(address + url, wait_until="load")
    page.wait_for_timeout(300)
    yield page
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_a_page_opens_without_a_fault_and_is_accessible(opened, size, scheme, url):
    opened.add_style_tag(content=WHOLE)
    opened.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    wide = opened.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} px wider than the screen"
    assert not violations(opened)
    assert not opened.faults


def violations(page, within=None):
    """What axe finds against WCAG 2.2 AA and its own best practices, in the page or within one part of it."""
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": {"type": "tag", "values": TAGS}, "rules": RULES, "resultTypes": ["violations"]}
    found = Axe().run(page, context=within, options=options).response["violations"]
    return [f"{one['id']}: {node['target']} {node['html'][:120]}" for one in found for node in one["nodes"][:3]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_what_opens_over_a_page_is_accessible_too(browser, address, size, scheme):
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + next(url for url in urls() if url.startswith("guide/")))
    for kind in ("claim", "measured", "term"):
        page.keyboard.press("Tab")
        page.locator(f"main a.{kind}").first.focus()
        page.wait_for_selector(".popover:not([hidden])")
        assert not violations(page, ".popover"), kind
    page.locator(".rail-contents summary").click()
    assert page.locator(".rail-sheet").is_visible() and not violations(page, ".rail")
    page.keyboard.press("Escape")
    page.locator("[data-search-open]").evaluate("button => button.click()")  # on a phone it is in the sheet of contents
    page.keyboard.type("token", delay=20)
    page.locator(".md-search-result__link").first.wait_for()
    assert not violations(page, ".md-search")
    context.close()


def test_a_page_without_script_still_tells_everything(browser, address, url):
    context = browser.new_context(java_script_enabled=False, viewport=SIZES["phone"])
    page = context.new_page()
    page.goto(address + url)
    assert page.locator("h1").is_visible()
    for kind in (".poster.narrow", ".markup", ".stand-in", ".step", "figcaption"):
        for one in page.locator(f"main {kind}:not(details:not([open]) *)").all():  # a closed fold opens without script
            assert one.is_visible(), f"{kind} is hidden without script"
    for one in page.locator(".needs-script").all():
        assert not one.is_visible(), "a control that needs script shows without it"
    context.close()


@pytest.mark.parametrize("place, part", [("whole/", ".remember"), ("guide/sample/", "h2")])
def test_the_room_above_a_part_is_the_same_behind_a_figure(page, address, place, part):
    page.goto(address + place)
    room = page.locator(f".md-content__inner > {part}")
    assert len(set(room.evaluate_all("all => all.map(one => getComputedStyle(one).marginTop)"))) == 1
    assert page.locator(f".md-content__inner > :is(.figure, .widget, .scene, .predict) + {part}").count()
