"""Every page in a real browser: no violation, no error, no request elsewhere, readable by all."""

import pytest

pytestmark = pytest.mark.browser
MORE = ("target-size", "label-content-name-mismatch")  # which axe leaves off, and others ask for
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
    from axe_playwright_python.sync_playwright import Axe

    opened.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    wide = opened.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} px wider than the screen"
    found = Axe().run(opened, options={"rules": {rule: {"enabled": True} for rule in MORE}}).response["violations"]
    told = [f"{one['id']}: {node['target']} {node['html'][:120]}" for one in found for node in one["nodes"][:3]]
    assert not told, "\n".join(told)
    assert not opened.faults


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
