"""On paper and without script: what was computed stands in for what runs, nothing stays folded, nothing is cut."""

import re

import pytest

from tests.site.conftest import ROOT, STAGES

WIDGET = re.compile(r"\{% call widget\(.*?%\}(.*?)\{% endcall %\}\n", re.S)
WRITTEN = [*sorted((ROOT / "stages").glob("*/page.md")), *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.fixture
def still(browser):
    """Opens a page without script, on a phone or a desk, on screen or on paper."""
    contexts = []

    def opened(url, media="screen", width=360):
        contexts.append(browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800}))
        page = contexts[-1].new_page()
        page.goto(url)
        page.emulate_media(media=media)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_no_stand_in_speaks_of_script_since_it_also_stands_where_script_plays_no_part():
    inside = [(path, text) for path in WRITTEN for text in WIDGET.findall(path.read_text(encoding="utf-8"))]
    assert len(inside) > 8
    for path, text in inside:
        assert not re.search(r"\bscripts?\b", text, re.I), f"{path.name}: {text.strip()[:80]}"


@pytest.mark.browser
@pytest.mark.parametrize("place", ["", *STAGES])
def test_a_widget_that_has_run_is_printed_as_what_was_computed(page, address, place):
    page.goto(address + place)
    widgets = page.locator("main .widget[data-widget]")
    for one in widgets.all():
        one.scroll_into_view_if_needed()
        page.wait_for_function("one => one.matches('.is-live')", arg=one.element_handle())
    page.emulate_media(media="print")
    for one in widgets.all():
        assert one.locator("> .stand-in").is_visible() and not one.locator("> .widget-body").is_visible()
        assert not one.locator("> .stand-in > .no-script").is_visible()


@pytest.mark.browser
def test_a_name_that_asks_for_use_stands_only_where_the_widget_can_be_used(page, still, address):
    place, names = "guide/pretrain/", ("Slide through the training", "The fact, as training went on")

    def stands(one):
        found = (one.locator(".widget :is(h2, h3, h4)", has_text=name) for name in names)
        return [name.evaluate("one => getComputedStyle(one).display !== 'none'") for name in found]

    page.goto(address + place)
    assert stands(page) == [True, False]
    page.emulate_media(media="print")
    for one in (page, still(address + place), still(address + "whole/"), still(address + "whole/", "print")):
        assert stands(one) == [False, True]


@pytest.mark.browser
@pytest.mark.parametrize("place", STAGES)
def test_without_script_what_is_folded_is_printed(still, address, place):
    page = still(address + place, "print", 1280)
    folds = page.locator("main details:is(.more, .predict, .question)")
    assert folds.count() and not page.locator("main details:is(.more, .predict, .question)[open]").count()
    for fold in folds.all():
        assert fold.locator("> :not(summary)").first.is_visible(), fold.inner_text()[:60]


@pytest.mark.browser
def test_the_numbers_of_a_long_list_of_sources_have_room(page, address):
    page.goto(address + "whole/")
    room, needed = page.evaluate("""() => {
        const list = document.querySelector(".sources ol"), widest = document.createElement("span");
        widest.textContent = `${list.children.length}. `;
        widest.style.whiteSpace = "pre";
        list.children[0].prepend(widest);
        return [parseFloat(getComputedStyle(list).paddingInlineStart), widest.getBoundingClientRect().width];
    }""")
    assert page.locator(".sources ol > li").count() > 99 and room > needed


@pytest.mark.browser
def test_a_printed_source_tells_its_address_and_each_printed_sheet_its_page(still, address):
    page = still(address + STAGES[0], "print", 1280)
    link = page.locator('.sources dd:first-of-type > a[href^="http"]').first
    after = link.evaluate("one => getComputedStyle(one, '::after').content")
    assert link.get_attribute("href") in after
    assert not page.locator(".sources .more").first.is_visible()
    foot = f'@page{{@bottom-left{{content:"How LLMs Actually Work · {page.locator("h1").inner_text()}'
    assert foot in page.content()


@pytest.mark.browser
def test_a_printed_entry_of_the_ledger_tells_where_its_source_is_and_has_nothing_to_click(still, address):
    page = still(address + "guide/ledger/", "print", 1280)
    for entry in page.locator('.entry[data-kind~="cited"]').all()[:9]:
        link = entry.locator('dd > a[href^="http"]')
        told = link.evaluate_all("all => all.map(one => getComputedStyle(one, '::after').content)")
        assert link.first.get_attribute("href") in told[0] and set(told[1:]) <= {"none"}
    leftover = page.locator(".entry .again, .entry .anchor")
    assert leftover.count() and not page.locator(":is(.entry .again, .entry .anchor):visible").count()
    folds = page.locator("main details > summary")
    marks = folds.evaluate_all("all => all.map(one => getComputedStyle(one, '::before').content)")
    assert set(marks) == {"none"}


@pytest.mark.browser
@pytest.mark.parametrize("place", STAGES)
def test_a_printed_chart_is_low_and_stands_beside_its_caption(still, address, place):
    page = still(address + place, "print", 794)
    for figure in page.locator(".figure:has(.poster)").all():
        poster, caption = (figure.locator(kind).bounding_box() for kind in (".poster.narrow", "figcaption"))
        assert caption["x"] > poster["x"] + poster["width"] - 1
        assert figure.bounding_box()["height"] < 0.4 * 261 / 25.4 * 96  # of what a sheet holds


@pytest.mark.browser
def test_a_printed_chart_of_a_scene_is_as_wide_as_one_of_a_figure(still, address):
    page = still(address + "guide/pretrain/", "print", 794)
    wide = "one => one.getBoundingClientRect().width"
    framed, free = (page.locator(f"{parent} .poster.narrow").first for parent in (".frame", ".figure"))
    assert framed.evaluate(wide) == free.evaluate(wide)


@pytest.mark.browser
@pytest.mark.parametrize("place, part", [("finetune", ".strips > *"), ("data", ".markup tbody tr")])
def test_a_printed_figure_of_groups_parts_between_them_only(still, address, place, part):
    page = still(f"{address}guide/{place}/", "print")
    parts = page.locator(f".figure:has(.strip + .strip, [scope=rowgroup]) {part}")
    found = parts.evaluate_all("""all => all.map((one) => {
        const next = one.nextElementSibling;
        const ends = !next || next.matches(".strip + .strip-group, :has([scope=rowgroup])");
        return [getComputedStyle(one.closest(".figure")).breakInside, getComputedStyle(one).breakAfter, ends];
    })""")
    assert len(found) > 9 and {inside for inside, *_ in found} == {"auto"}
    assert {(after, ends) for _, after, ends in found} == {("avoid", False), ("auto", True)}
    drawn, told = (page.locator(f".figure:has({part}) {one}").first.bounding_box() for one in (".markup", "figcaption"))
    assert told["y"] >= drawn["y"] + drawn["height"]  # and is printed with the last part


@pytest.mark.browser
def test_a_printed_fold_is_no_flow_root_which_would_leave_its_name_alone_at_the_foot(still, address):
    folds = still(address + "guide/data/", "print").locator("main details:is(.more, .predict, .question)")
    assert set(folds.evaluate_all("all => all.map(one => getComputedStyle(one).display)")) == {"block"}


@pytest.mark.browser
@pytest.mark.parametrize("place", ["guide/pretrain/", "guide/sample/"])
def test_a_printed_figure_in_a_fold_is_as_wide_as_any_other(still, address, place):
    page = still(address + place, "print", 794)
    wide = "one => one.getBoundingClientRect().width"
    folded, free = (page.locator(f"{parent} > .figure").first for parent in ("details.more", ".md-content__inner"))
    assert folded.evaluate(wide) == free.evaluate(wide)


@pytest.mark.browser
@pytest.mark.parametrize(
    "place, words",
    [("teach/", ".lesson-page"), ("model/", "p:has(+ .highlight)"), ("guide/data/", "h2 + p:has(+ .widget)")],
)
def test_what_leads_on_is_printed_on_the_sheet_of_what_it_leads_to(still, address, place, words):
    found = still(address + place, "print").locator(words)
    assert set(found.evaluate_all("all => all.map((one) => getComputedStyle(one).breakAfter)")) == {"avoid"}


@pytest.mark.browser
def test_a_printed_table_parts_between_rows_and_leaves_none_alone(still, address):
    tables = still(address + "report/", "print").locator(".report-table table")
    style = "one => { const s = getComputedStyle(one); return [s.breakInside, s.breakAfter]; }"
    assert tables.count() > 1 and tables.first.evaluate(style) == ["auto", "auto"]
    rows = [row.evaluate(style) for row in tables.first.locator("tbody tr").all()]
    assert {inside for inside, _ in rows} == {"avoid"}
    assert [after for _, after in rows[-4:]] == ["auto", "avoid", "avoid", "auto"]


@pytest.mark.browser
@pytest.mark.parametrize("media", ["screen", "print"])
def test_without_script_and_on_paper_a_funnel_shows_the_steps_it_has_reached(still, address, media):
    page = still(address + "guide/data/", media, 1280)
    assert page.locator(".is-ahead").count() and not page.locator(".is-ahead:visible").count()


@pytest.mark.browser
def test_a_printed_scene_of_the_style_page_begins_where_its_text_begins(still, address):
    page = still(address + "contribute/style/", "print", 1280)
    left = "one => one.getBoundingClientRect().left"
    assert page.locator(".scene .frame").first.evaluate(left) == page.locator("h1").evaluate(left)


@pytest.mark.browser
@pytest.mark.parametrize("place", ["whole/", "short/"])
def test_a_stage_goes_on_below_the_one_before_and_stays_with_its_title(still, address, place):
    page = still(address + place, "print")
    style = "one => { const s = getComputedStyle(one); return [s.breakBefore, s.breakAfter]; }"
    assert page.locator(".whole-stage").nth(1).evaluate(style) == ["auto", "avoid"]
    assert page.locator(".whole-title + .lede").nth(1).evaluate(style)[1] == "avoid"


@pytest.mark.browser
def test_a_lesson_leads_to_widgets_of_their_own_and_tells_their_addresses_on_paper(still, address, site):
    links = still(address + "teach/", "print").locator(".lesson a[data-address]")
    assert links.count() == len(STAGES)
    for link in links.all():
        place = link.get_attribute("data-address")
        assert link.get_attribute("href") == f"../{place[place.index('embed/'):]}"
        assert place in link.evaluate("one => getComputedStyle(one, '::after').content")
        assert (site / place[place.index("embed/") :] / "index.html").is_file()


@pytest.mark.browser
def test_without_script_a_step_stands_nearer_to_its_own_picture_than_to_the_next(still, address):
    page = still(address + STAGES[0])
    frames, steps = (page.locator(f".scene >> nth=0 >> {kind}").all() for kind in (".frame", ".step"))
    boxes = [(frame.bounding_box(), step.bounding_box()) for frame, step in zip(frames, steps, strict=True)]
    for (frame, step), (following, _) in zip(boxes, boxes[1:], strict=False):
        own = step["y"] - frame["y"] - frame["height"]
        assert following["y"] - step["y"] - step["height"] > 2 * own > 0


@pytest.mark.browser
@pytest.mark.parametrize("media", ["screen", "print"])
def test_without_script_and_on_paper_no_text_of_a_scene_is_cut(page, still, address, media):
    if media == "screen":
        page = still(address + "guide/data/")
    else:
        page.goto(address + "guide/data/")  # with script, where the screen cuts
        page.emulate_media(media="print")
    assert page.locator(".clamp").first.evaluate("one => one.scrollHeight <= one.clientHeight + 1")


@pytest.mark.browser
def test_frames_keep_a_height_only_where_they_take_turns_in_one_place(page, still, address):
    page.goto(address + "guide/chat/")
    height = ".frame [style*=min-height]", "one => getComputedStyle(one).minHeight"
    assert page.eval_on_selector(*height) != "0px"
    page.set_viewport_size({"width": 740, "height": 360})
    assert page.eval_on_selector(*height) == "0px"
    assert {still(address + "guide/chat/", media).eval_on_selector(*height) for media in ("screen", "print")} == {"0px"}


@pytest.mark.browser
def test_a_figure_that_is_explored_is_printed_once(page, address):
    page.goto(address + "guide/tokenize/")
    figure = page.locator(".figure", has=page.locator("[data-explore]")).first
    figure.locator("[data-explore]").click()
    figure.locator(".live .main-svg").first.wait_for()
    page.emulate_media(media="print")
    assert not figure.locator(".live").is_visible() and not figure.locator(".live + .unit").is_visible()
    assert figure.locator(".poster:visible").count() == 1


@pytest.mark.browser
@pytest.mark.parametrize("place", ["", "short/", "guide/ledger/"])
def test_what_is_meant_for_a_screen_is_not_printed(still, address, place):
    page = still(address + place, "print")
    meant = "main :is(.on-screen, .on-screen + ul, .reading)"
    assert page.locator(meant).count() and not page.locator(f"{meant}:visible").count()


@pytest.mark.browser
@pytest.mark.parametrize("place", ["whole/", *STAGES])
def test_nothing_on_paper_or_in_the_whole_guide_asks_to_be_used(page, address, place):
    page.goto(address + place)
    page.emulate_media(media="screen" if place == "whole/" else "print")
    asks = "main .needs-script" + ":not(.scene-controls)" * (place == "whole/")  # its scenes can be walked
    assert page.locator(asks).count()
    assert not page.locator(f"{asks}:visible").count()


@pytest.mark.browser
def test_who_computes_below_a_widget_is_said_only_where_it_runs(page, still, address):
    assert not still(address + "guide/chat/").locator(".widget + .of-widget > span").first.is_visible()
    page.goto(address + "guide/chat/")
    page.locator(".widget").first.scroll_into_view_if_needed()
    page.locator(".widget.is-live").first.wait_for()
    assert page.locator(".widget + .of-widget > span").first.is_visible()


@pytest.mark.browser
def test_the_ledger_names_a_way_to_look_up_that_is_there(page, still, address):
    plain = still(address + "guide/ledger/").locator("main p", has_text="To look something up").inner_text()
    page.goto(address + "guide/ledger/")
    scripted = page.locator("main p", has_text="To look something up").inner_text()
    assert "browser" in plain and "below" not in plain and "sentence below" in scripted and "browser" not in scripted


@pytest.mark.browser
def test_only_a_value_has_the_color_of_a_value(still, address):
    page = still(address + "guide/ledger/", width=1280)
    color = "one => getComputedStyle(one).color"
    cited = '.entry[data-kind~="cited"]'
    value = page.locator(f"{cited} .entry-value").first.evaluate(color)
    bare = page.locator(f"{cited}:not(:has(.entry-value)) dd:first-of-type")
    assert bare.count() > 10 and bare.first.evaluate(color) != value
