"""Opened from a disk, where browsers refuse the pages' own script, the guide is the one without script; links lead."""

import pytest

pytestmark = pytest.mark.browser
SEEN = "all => all.filter((one) => one.checkVisibility()).length"


@pytest.mark.parametrize("place", ["whole", "guide/data"])
def test_from_a_disk_a_page_is_whole_and_offers_nothing_that_needs_script(page, site, place):
    page.goto((site / place / "index.html").as_uri())
    page.wait_for_function("() => document.documentElement.classList.contains('no-js')")
    frames = page.locator(".frame")
    assert frames.count() > 1 and frames.evaluate_all(SEEN) == frames.count()
    assert page.locator("button, .needs-script").evaluate_all(SEEN) == 0


def test_from_a_disk_a_link_leads_to_a_page(page, site):
    page.goto((site / "whole" / "index.html").as_uri())
    page.locator(".rail a", has_text="tokenize").first.click()
    page.wait_for_url("**/guide/tokenize/index.html")
    assert page.locator("h1").is_visible()


def test_saved_as_one_file_a_scene_that_ran_shows_all_its_frames(page, address, tmp_path):
    page.goto(address + "whole/")
    page.locator(".scene").first.scroll_into_view_if_needed()
    page.locator(".scene.is-live").first.wait_for()
    saved = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})["data"]
    (tmp_path / "whole.mhtml").write_text(saved, encoding="utf-8", newline="")
    page.goto((tmp_path / "whole.mhtml").as_uri())
    frames = page.locator(".scene.is-live .frame")
    seen = "all => all.map((one) => getComputedStyle(one).opacity)"
    assert frames.count() > 1 and set(frames.evaluate_all(seen)) == {"1"}
