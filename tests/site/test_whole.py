"""The whole guide on one page: its charts are files in the page's colors, its numbers say what they are when asked."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from bench import pages
from press import css
from tests.pause import pause
from tests.site.conftest import ROOT
from tests.site.likeness import compared
from tests.site.test_fast import BUDGET_BYTES, SENT
from tests.widgets.desk import until

pytestmark = pytest.mark.browser
CHARTS = {"data": "near_copies", "pretrain": "law", "chat": "two_memories"}
SEEN = """all => all.map((one) => [...one.querySelectorAll("img")].filter((picture) => picture.checkVisibility())
  .map(({ complete, naturalWidth }) => complete && naturalWidth > 0))"""
COME = """[...document.querySelectorAll("%s img")].filter((one) => one.checkVisibility())
  .every(({ complete, naturalWidth }) => complete && naturalWidth > 0)"""
ALONE = """one => {
  const box = document.createElement("div");
  box.style.cssText = "position: fixed; top: 0; left: 0; width: 720px; z-index: 99; background: var(--paper)";
  [box.id, box.className] = ["alone", "md-typeset"];
  box.append(one);
  document.body.append(box);
}"""
NUMBER = 'a.measured[href$="#sample.draws.inside_share"]'
HERE = "() => [document.activeElement.href, Boolean(document.activeElement.closest('.popover'))]"
LEFT = (".git", "site", ".build", ".cache", ".venv*", ".npm", ".pytest_cache", ".hypothesis", ".ruff_cache", "*.pyc")
PUBLISHED = {"REPO_URL": "https://example.org/guide/repository", "SITE_URL": "https://guide.example.org/repository/"}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The site as the workflow builds it, with links to the code and to the form for errors, and served zipped."""
    folder = tmp_path_factory.mktemp("published") / "project"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT))
    build = [sys.executable, "build_site.py"]
    made = subprocess.run(build, cwd=folder, env=os.environ | PUBLISHED, capture_output=True)
    assert made.returncode == 0, made.stderr.decode()
    server, address = pages.serve(folder / "site")
    yield address
    server.shutdown()


@pytest.mark.parametrize("place", ["whole/", "guide/ledger/", "guide/chat/"])
def test_published_too_a_page_is_within_its_budget(browser, published, place):
    page = browser.new_page()
    page.goto(published + place, wait_until="networkidle")
    sent = dict(page.evaluate(SENT))
    page.close()
    assert len(sent) > 3 and sum(sent.values()) <= BUDGET_BYTES, sent


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_in_a_file_is_the_chart_of_its_stage(browser, address, scheme, script):
    context = browser.new_context(color_scheme=scheme, java_script_enabled=script)
    page, blank = context.new_page(), browser.new_page()
    for slug, name in CHARTS.items():
        pictures = []
        for place in (f"guide/{slug}/#fig-{name}", f"whole/#{slug}-fig-{name}"):
            page.goto(address + place)
            page.locator(f"#{place.split('#')[1]} .poster.wide").evaluate(ALONE)
            until(page, COME % "#alone")
            pictures.append(page.locator("#alone").screenshot())
        told = compared(blank, *pictures)
        assert told.get("share", 1) < 0.01, (slug, told)
    blank.close()
    context.close()


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_of_each_chart_one_picture_is_seen_and_has_come(page, address, scheme, media):
    page.emulate_media(color_scheme=scheme, media=media)
    page.goto(address + "whole/")
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    shown = page.locator(".poster:visible")
    for one in page.locator(".poster").all() if media == "screen" else []:  # what paper shows is there without that
        one.evaluate("one => one.scrollIntoView({ block: 'center' })")
    until(page, COME % ".poster")
    assert shown.count() > 20 and {tuple(one) for one in shown.evaluate_all(SEEN)} == {(True,)}


@pytest.mark.parametrize("place", ["whole", "short"])
def test_each_source_that_is_our_own_code_leads_to_where_it_can_be_read(site, place):
    text = (site / place / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'this: </span><code><a href="\.\./([^"#]+)#([^"]+)">', text)
    assert len(links) == text.count("Our own code does this") > 3
    for to, id in links:
        told = (site / to / "index.html").read_text(encoding="utf-8")
        assert re.search(rf'<li id="{re.escape(id)}"><p class="says"><span>Our own.*?</p><details>', told), (to, id)


def test_the_switch_turns_the_charts_too(page, address):
    page.emulate_media(color_scheme="light")
    page.goto(address + "whole/")
    by_night = page.locator(".poster.wide .by-night").first
    expect(by_night).to_be_hidden()
    page.locator("[data-palette]:visible").click()
    expect(by_night).to_be_visible()


def test_a_number_says_the_same_as_on_its_stage(page, address):
    told = []
    for place in ("guide/sample/", "whole/"):
        page.goto(address + place)
        page.locator(NUMBER).first.click()
        told.append(page.locator(".popover:visible").inner_text())
    assert told[0] == told[1] and "draws.inside_share" in told[0]


@pytest.fixture
def held(page, address):
    """The page with what its numbers say held back, and a function that lets it come."""
    waiting = []
    page.route("**/entries.json", lambda route: waiting.append(route))
    page.goto(address + "whole/")

    def release():
        pause(page, 100)
        assert len(waiting) == 1, "asked for once"
        waiting[0].continue_()
        page.wait_for_selector(f"{NUMBER}[data-from]")
        pause(page, 100)

    return page, release


def test_what_a_number_says_is_shown_when_it_comes_to_who_is_still_there(held):
    page, release = held
    number = page.locator(NUMBER).first
    number.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(number).to_be_focused()
    release()
    expect(page.locator(".popover:visible .says")).to_be_visible()


@pytest.mark.parametrize("then", ["Escape", "Tab"])
def test_who_has_gone_on_is_not_called_back(held, then):
    page, release = held
    number = page.locator(NUMBER).first
    number.focus()
    number.press("Enter")
    page.keyboard.press(then)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    was = page.evaluate(HERE)
    release()
    assert page.evaluate(HERE) == was and not was[1]
    assert page.url.endswith("/whole/")


def test_pressed_twice_a_number_opens_once(held):
    page, release = held
    number = page.locator(NUMBER).first
    number.dispatch_event("click")
    number.dispatch_event("click")
    release()
    expect(page.locator(".popover:visible .says")).to_have_count(1)


def test_where_what_numbers_say_does_not_come_they_lead_to_the_ledger(page, address):
    page.route("**/entries.json", lambda route: route.abort())
    page.goto(address + "whole/")
    page.locator(NUMBER).first.click()
    page.wait_for_url("**/guide/ledger/#sample.draws.inside_share")


WORN = """selectors => selectors.filter((one) => {
  try { return document.querySelector(`main :is(${one})`); } catch { return false; }
})"""


def test_a_page_without_a_widget_wears_nothing_of_the_widgets_sheet(page, address):
    sheet = css.tight((ROOT / "docs" / "widgets" / "widgets.css").read_text(encoding="utf-8"))
    page.goto(address + "whole/")
    worn = page.evaluate(WORN, [one for head, _ in css.rules(sheet) for one in css.selectors(head)])
    assert worn == [".widget .token"]  # its cursor
