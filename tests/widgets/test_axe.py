"""axe finds nothing in any widget, idle or busy, light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.widgets.desk import PROMPT, QUESTION, WIDGETS, fetch_model, mount
from tests.widgets.shelf import READING

pytestmark = pytest.mark.browser


def busy(page, name: str) -> None:
    """Bring a widget into the state a reader sees it in."""
    if name == "chat":
        page.get_by_role("button", name=QUESTION).click()
        page.locator(".sees .token").first.wait_for()
    elif name == "tokenizer":
        page.get_by_role("button", name="Fetch cl100k_base").click()
        page.locator(".ids").nth(1).wait_for()
        page.locator(".pane .tokens .token").first.click()
        page.get_by_text("How this word was merged").first.click()
    elif name == "threshold":
        page.locator("input[type=range]").press("ArrowRight")
    elif name == "pages":
        page.get_by_role("button", name="Leaf through").click()
        page.locator("pre").first.wait_for()
    elif name in ("lives", "checkpoints"):
        page.get_by_role("button", name="Fetch 4 models").click()
        page.locator(".lives .bar-value").nth(12).wait_for()
    elif name == "train":
        page.locator("textarea").fill(READING)
        page.get_by_role("button", name="Train", exact=True).click()
        page.locator(".samples .token").first.wait_for()
        page.get_by_role("button", name="pause").click()
        page.get_by_role("button", name="go on").wait_for()
    else:
        fetch_model(page)
        page.locator(".token-bar").first.wait_for()
        if name == "sampler":
            page.get_by_role("button", name="draw 1,000 times").click()
        if name == "network":
            page.get_by_text("with its 48 products").first.click()
            page.get_by_label("another token").fill("boat")


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("name", WIDGETS)
def test_axe_finds_nothing_in_a_widget_idle_or_busy(site, name, scheme):
    site.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme; }", scheme)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
             "rules": {"page-has-heading-one": {"enabled": False}, "heading-order": {"enabled": False}}}
    mount(site, name, {"text": PROMPT, "prompts": [QUESTION], "open": True, "limit": 8, "length": 6})
    for _ in range(2):
        found = Axe().run(site, options=rules).response["violations"]
        assert not found, [(fault["id"], [node["html"] for node in fault["nodes"]][:3]) for fault in found]
        if _ == 0:
            busy(site, name)
