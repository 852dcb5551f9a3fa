"""Every page in a real browser: no violation, no error, no request elsewhere, readable by all."""

from contextlib import contextmanager

import pytest

from bench import pages
from tests.site.conftest import STAGES, WIDGETS

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# Rules that axe leaves out unless asked: the size of targets (WCAG 2.5.8), and that a name holds what is seen (2.5.3).
RULES = {name: {"enabled": True} for name in ("target-size", "label-content-name-mismatch")}
WHOLE = "* { content-visibility: visible !important; }"  # what waits out of sight has no place yet, and would overlap
SIZES = {"phone": (360, 740), "tablet": (768, 1024), "desk": (1280, 800)}
SIZES = {name: {"width": width, "height": height} for name, (width, height) in SIZES.items()}
EVERYWHERE = ["phone", "desk"]  # on every page; the places below are tried in every way there is
EMBEDDED = set(WIDGETS)
TRIED = ["", "guide/pretrain/", "contribute/style/"]


@contextmanager
def opened(browser, address, place, **ways):
    """The page at an address under the site's own, and everything that went wrong while it loaded."""
    context = browser.new_context(**ways)
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
    page.goto(address + place, wait_until="load")
    page.wait_for_timeout(300)
    yield page
    context.close()


def examine(page):
    """Nothing wider than the screen, nothing for axe to find with all folds open, no fault."""
    page.add_style_tag(content=WHOLE)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} px wider than the screen"
    assert not violations(page)
    assert not page.faults


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", EVERYWHERE)
def test_a_page_opens_without_a_fault_and_is_accessible(browser, address, size, scheme, url):
    with opened(browser, address, url, viewport=SIZES[size], color_scheme=scheme, reduced_motion="reduce") as page:
        examine(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size, motion", [("tablet", "reduce"), *((size, "no-preference") for size in SIZES)])
@pytest.mark.parametrize("place", TRIED)
def test_some_pages_are_tried_in_every_way(browser, address, place, size, motion, scheme):
    with opened(browser, address, place, viewport=SIZES[size], color_scheme=scheme, reduced_motion=motion) as page:
        examine(page)


def violations(page, within=None):
    """What axe finds against WCAG 2.2 AA and its own best practices, in the page or within one part of it."""
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": {"type": "tag", "values": TAGS}, "rules": RULES, "resultTypes": ["violations"]}
    found = Axe().run(page, context=within, options=options).response["violations"]
    return [f"{one['id']}: {node['target']} {node['html'][:120]}" for one in found for node in one["nodes"][:3]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", EVERYWHERE)
def test_what_opens_over_a_page_is_accessible_too(browser, address, size, scheme):
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + STAGES[0])
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
    with opened(browser, address, url, java_script_enabled=False, viewport=SIZES["phone"]) as page:
        tells_everything(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", TRIED)
def test_in_every_size_and_color_without_script_too(browser, address, place, size, scheme):
    with opened(browser, address, place, java_script_enabled=False, viewport=SIZES[size], color_scheme=scheme) as page:
        tells_everything(page)


@pytest.mark.parametrize("name", sorted(EMBEDDED))
def test_a_widget_alone_is_accessible_too(browser, address, name):
    ways = {"viewport": SIZES["phone"], "color_scheme": "dark", "reduced_motion": "reduce"}
    with opened(browser, address, f"embed/{name}/", **ways) as page:
        page.locator(".widget-body").first.wait_for()
        examine(page)


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desk", "light")])
def test_the_page_for_the_lost_is_accessible_too(browser, site, size, scheme):
    server, root = pages.serve(site)  # its links begin at the root: it may stand for any address
    try:
        with opened(browser, root, "404.html", viewport=SIZES[size], color_scheme=scheme) as page:
            examine(page)
    finally:
        server.shutdown()


def test_every_widget_alone_is_among_them(site):
    assert {path.parent.name for path in site.glob("embed/*/index.html")} == EMBEDDED


POSTERS = """() => [...document.querySelectorAll("main :has(> .poster)")]
  .filter((one) => !one.closest("details:not([open])"))
  .map((one) => [...one.children].filter((child) => child.matches(".poster") && child.checkVisibility()).length)"""


def tells_everything(page):
    """Without script nothing is hidden, nothing that needs script shows, nothing is wider than the screen."""
    assert page.locator("h1").is_visible()
    assert set(page.evaluate(POSTERS)) <= {1}, "of two posters one is shown"
    for kind in (".markup", ".stand-in", ".step", "figcaption"):
        for one in page.locator(f"main {kind}:not(details:not([open]) *)").all():  # a closed fold opens without script
            assert one.is_visible(), f"{kind} is hidden without script"
    for one in page.locator(".needs-script").all():
        assert not one.is_visible(), "a control that needs script shows without it"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert not page.faults


@pytest.mark.parametrize("place, part", [("short/", ".remember"), ("guide/sample/", "h2")])
def test_the_room_above_a_part_is_the_same_behind_a_figure(page, address, place, part):
    page.goto(address + place)
    room = page.locator(f".md-content__inner > {part}")
    assert len(set(room.evaluate_all("all => all.map(one => getComputedStyle(one).marginTop)"))) == 1
    assert page.locator(f".md-content__inner > :is(.figure, .widget, .scene, .predict) + {part}").count()
