"""The ways to read a page: short, without mathematics; words that explain themselves; with script and without."""

import json
import re

import pytest

from tests.pause import pause
from tests.site.conftest import ROOT, STAGES

pytestmark = pytest.mark.browser
LEFT = "parseInt(document.querySelector('.rail-left').textContent)"


@pytest.fixture
def stage(address):
    """A stage page that has mathematics, found by its own switch."""
    return address + next(u for u in STAGES if "math(" in (ROOT / "stages" / u.split("/")[1] / "page.md").read_text())


def seen(page, selector):
    return page.locator(selector).first.is_visible()


def test_the_ten_minute_path_leaves_lead_scene_and_key_points_and_is_kept(page, stage):
    page.goto(stage)
    page.locator(".reading [data-switch=short]").click()
    assert seen(page, ".lede") and seen(page, ".scene") and seen(page, ".remember") and seen(page, ".onward")
    assert not any(seen(page, gone) for gone in (".md-content__inner > p:not([class])", ".figure", ".questions"))
    assert page.get_attribute(".reading [data-switch=short]", "aria-pressed") == "true"
    assert seen(page, ".stage-line .in-short") and seen(page, ".bridge")
    page.reload()
    assert not seen(page, ".figure") and seen(page, "text=This page is shortened")
    page.get_by_role("button", name="show everything").click()
    assert seen(page, ".figure") and not seen(page, ".reading-note") and not seen(page, ".stage-line .in-short")
    assert not seen(page, ".bridge")


def test_what_is_chosen_on_one_page_stays_when_another_page_chooses(page, stage):
    page.goto(stage)
    other = page.context.new_page()
    other.goto(stage)
    page.locator(".reading [data-switch=short]").click()
    other.locator(".rail [data-switch=still]").click()
    page.reload()
    assert page.evaluate("['short', 'still'].every((name) => document.documentElement.classList.contains(name))")


def test_where_storage_is_refused_colors_and_switches_work_and_nothing_is_thrown(browser, stage):
    page = browser.new_context(color_scheme="dark").new_page()
    page.add_init_script("""Object.defineProperty(window, "localStorage",
      { configurable: true, get() { throw new DOMException("refused", "SecurityError"); } });""")
    thrown = []
    page.on("pageerror", lambda fault: thrown.append(fault))
    page.goto(stage)
    page.locator(".rail button", has_text="light").click()
    page.wait_for_function("() => document.body.dataset.mdColorScheme === 'default'")
    page.locator(".reading [data-switch=short]").click()
    assert not seen(page, ".figure") and not thrown
    page.context.close()


def test_a_link_to_what_the_ten_minute_path_hides_shows_it(page, stage):
    page.goto(stage)
    page.locator(".reading [data-switch=short]").click()
    place = page.locator(".figure").first.get_attribute("id")
    page.goto(f"{stage}#{place}")
    page.reload()
    page.locator(f"#{place}").wait_for(state="visible")


def test_a_copied_link_to_a_widget_that_the_ten_minute_path_hides_shows_it(page, address):
    page.goto(address + "guide/sample/")
    page.locator(".reading [data-switch=short]").click()
    page.goto("about:blank")
    page.goto(address + "guide/sample/#w=sampler&top_k=4")
    widget = page.locator("[data-widget=sampler]")
    widget.wait_for(state="visible")
    page.wait_for_function("() => scrollY > 500")
    assert page.get_attribute(".reading [data-switch=short]", "aria-pressed") == "false"


def test_mathematics_can_be_skipped(page, address, stage):
    page.goto(stage)
    formulas = page.locator("main :is(.mathematics, math[display=block], details.more:has(math[display=block]))")
    others = page.locator("main details.more:not(:has(math[display=block]))")
    assert formulas.first.is_visible()
    page.locator(".reading [data-switch=plain]").click()
    assert not any(one.is_visible() for one in formulas.all())
    assert all(one.is_visible() for one in others.all())
    page.goto(address + next(url for url in STAGES if address + url != stage))  # where no switch stands
    assert all(one.is_visible() for one in page.locator("details.more").all())


def test_the_minutes_left_go_down_while_reading(page, stage):
    page.goto(stage)
    before = page.evaluate(LEFT)
    page.evaluate("scrollTo(0, document.querySelector('.remember').offsetTop)")
    page.wait_for_function(f"() => {LEFT} < {before} - 2")
    page.evaluate("scrollTo(0, 0)")
    page.locator(".reading [data-switch=short]").click()
    page.wait_for_function(f"() => {LEFT} < {before} / 2")


def test_without_script_the_switches_are_links_that_do_the_same(browser, stage):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(stage)
    page.locator(".reading a", has_text="ten-minute path").click()
    assert seen(page, ".scene") and not seen(page, ".figure")
    page.locator(".reading a", has_text="skip the mathematics").click()
    assert seen(page, ".figure") and not seen(page, ".mathematics")
    page.locator(".reading a", has_text="the whole page").click()
    assert seen(page, ".figure") and seen(page, ".mathematics")
    page.context.close()


@pytest.mark.parametrize("way", ["hover", "focus", "tap"])
def test_a_term_says_what_it_means(browser, stage, way):
    page = browser.new_context(has_touch=True).new_page()
    page.goto(stage)
    term = page.locator("a.term").first
    term.scroll_into_view_if_needed()
    if way == "focus":
        page.keyboard.press("Tab")
        term.focus()
    else:
        getattr(term, way)()
    sheet = page.locator(".popover:not([hidden])")
    sheet.wait_for()
    assert sheet.locator(".says").text_content() == term.get_attribute("data-says") != ""
    assert sheet.locator("a").get_attribute("href").endswith(term.get_attribute("href").split("/")[-1])
    page.context.close()


def test_the_word_of_a_question_stands_upright_while_it_is_open(page, stage):
    page.goto(stage)
    summary = page.locator("details.predict > summary").first
    drawn = "one => { const { content, transform } = getComputedStyle(one, '::after'); return [content, transform]; }"
    assert summary.evaluate(drawn) == ['"think first, then open"', "none"]
    summary.click()
    pause(page, 300)  # Material's turn takes a while
    assert summary.evaluate(drawn) == ['"close"', "none"]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_sheet_beside_a_number_leaves_its_sentence_to_be_read(page, stage, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(stage)
    marker = page.locator("article > p a.measured").first
    marker.evaluate("one => { one.after(' word'.repeat(40) + '.'); one.scrollIntoView({ block: 'center' }); }")
    low = marker.evaluate("""one => {
      const range = document.createRange();
      range.selectNode(one.nextSibling);
      return range.getBoundingClientRect().bottom;
    }""")
    marker.hover()
    sheet = page.locator(".popover:not([hidden])")
    sheet.wait_for()
    assert sheet.bounding_box()["y"] >= low


def test_a_sheet_above_a_marker_of_several_lines_covers_none_of_them(page, stage):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(stage)
    marker = page.locator("article > p a.measured").first
    marker.evaluate("""one => {
      one.append(" word".repeat(30));
      scrollTo({ top: scrollY + one.getClientRects()[0].top - 440, behavior: "instant" });
    }""")
    lines = marker.evaluate("one => [...one.getClientRects()].map(({ top, bottom }) => [top, bottom])")
    assert len(lines) > 2
    marker.hover()
    sheet = page.locator(".popover:not([hidden])")
    sheet.wait_for()
    box = sheet.bounding_box()
    assert box["y"] + box["height"] <= lines[0][0] or box["y"] >= lines[-1][1]


def test_without_script_a_term_has_a_title_and_leads_to_the_glossary(browser, stage):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(stage)
    term = page.locator("a.term").first
    assert len(term.get_attribute("title")) > 20
    term.click()
    assert re.search(r"/glossary/#[a-z]", page.url) and page.locator(":target + p").is_visible()
    page.context.close()


def test_the_next_stage_is_announced_and_fetched_near_the_end(page, stage):
    page.goto(stage)
    following = page.locator(".onward a").evaluate("one => one.href")
    assert not page.locator("link[rel=prefetch]").count()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_function("to => document.querySelector('link[rel=prefetch]')?.href === to", arg=following)


@pytest.mark.parametrize(
    ("motion", "kept", "fades"), [("no-preference", "", True), ("reduce", "", False), ("no-preference", "still", False)]
)
def test_one_stage_fades_into_the_next_unless_motion_is_not_wanted(page, stage, motion, kept, fades):
    page.emulate_media(reduced_motion=motion)
    page.add_init_script(f"""localStorage.setItem("reading", "{kept}");
    addEventListener("pagereveal", async ({{ viewTransition: fade }}) => {{
      window.faded = Boolean(fade) && await fade.ready.then(() => true, () => false);
    }});""")
    page.goto(stage)
    faded = []
    while not faded or fades and not faded[-1] and len(faded) < 3:  # a slow browser gives a fade up
        here = page.url
        page.locator(".onward a").click()
        page.wait_for_url(lambda url, here=here: url != here)
        page.wait_for_function("() => window.faded !== undefined")
        faded.append(page.evaluate("window.faded"))
    assert faded[-1] is fades


def test_the_contents_open_from_the_rail_by_keyboard_and_lead_into_the_page(page, stage):
    page.goto(stage)
    page.locator(".rail-contents summary").focus()
    page.keyboard.press("Enter")
    first = page.locator(".rail-sheet nav a").first
    assert first.is_visible()
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.length > 1")
    assert not page.locator(".rail-sheet").is_visible()


def test_a_search_finds_each_term_of_the_glossary_by_itself(site):
    page = (site / "glossary/index.html").read_text(encoding="utf-8")
    terms = set(re.findall(r'<h2 id="([^"]+)"', page))
    places = {entry["location"] for entry in json.loads((site / "search/search_index.json").read_bytes())["docs"]}
    assert len(terms) > 20 and {f"glossary/#{term}" for term in terms} <= places


def test_no_search_result_is_told_by_the_place_of_its_stage(site):
    entries = json.loads((site / "search/search_index.json").read_bytes())["docs"]
    assert not [entry["location"] for entry in entries if entry["text"].startswith("<p>Stage ")]


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_contents_end_in_the_window_and_cover_nothing_that_they_lead_to(browser, stage, width, scripted):
    page = browser.new_context(java_script_enabled=scripted, viewport={"width": width, "height": 740}).new_page()
    page.goto(stage)
    page.locator(".rail-contents summary").click()
    box = page.locator(".rail-sheet").bounding_box()
    assert box["y"] + box["height"] <= 740
    page.get_by_text("On this page").click(trial=True)
    page.locator(".rail-sheet nav a").nth(2).click()
    page.wait_for_url("**/#*")
    page.wait_for_function("() => scrollY > 0")
    sheet = page.locator(".rail-sheet")
    assert not sheet.is_visible() or sheet.evaluate("one => one.getBoundingClientRect().bottom") <= 0
    page.context.close()
