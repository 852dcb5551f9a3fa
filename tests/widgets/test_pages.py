"""Pages of the crawl are leafed through as text."""

import pytest

from tests.widgets.desk import mount
from tests.widgets.shelf import SPECIMENS

pytestmark = pytest.mark.browser


def test_a_page_of_the_crawl_is_text_and_never_html(site):
    mount(site, "pages")
    site.get_by_role("button", name="Leaf through").click()
    site.locator("pre").first.wait_for()
    assert site.locator("pre").first.text_content() == SPECIMENS[0]["html"]
    assert site.locator(".widget img, .widget script").count() == 0
    site.get_by_role("button", name="next page").click()
    assert "dropped by repetition" in site.locator(".facts").text_content()
    assert site.locator("pre span").first.text_content() == "buy&#32;buy &copy;"  # kept
    site.locator("select").select_option("kept")
    assert site.locator(".place").text_content() == "1 of 1"
