"""A page as a screen reader tells it, from the browser's own accessibility tree, in the order of the tree."""

import re

import pytest

from tests.pause import pause

pytestmark = pytest.mark.browser
MUST_BE_NAMED = {"link", "button", "textbox", "searchbox", "combobox", "slider", "spinbutton", "checkbox", "radio"}
MUST_BE_NAMED |= {"image", "region", "navigation", "search", "listbox", "DisclosureTriangle", "complementary"}
SILENT = {"none", "generic", "InlineTextBox", "ListMarker", "StaticText", "LabelText"}


def told(page, silent=SILENT):
    """(role, name, properties) of everything that is not ignored, in order."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    nodes = {node["nodeId"]: node for node in tree}
    found = []

    def walk(node):
        role = node.get("role", {}).get("value", "")
        if not node.get("ignored") and role not in silent:
            name = node.get("name", {}).get("value", "").strip()
            found.append((role, name, {one["name"]: one["value"].get("value") for one in node.get("properties", [])}))
        for child in node.get("childIds", []):
            if child in nodes:
                walk(nodes[child])

    walk(tree[0])
    return found


@pytest.fixture
def heard(page, address, url):
    """The page's tree as a reader meets it, before anything is scrolled."""
    page.goto(address + url)
    pause(page, 400)
    return told(page)


def test_whatever_can_be_used_and_every_picture_has_a_name(heard):
    bare = [place for place, (role, name, _) in enumerate(heard) if role in MUST_BE_NAMED and not name]
    assert not [(heard[place - 1], heard[place]) for place in bare]


def test_headings_are_an_outline(heard):
    levels = [int(more["level"]) for role, _, more in heard if role == "heading"]
    assert levels[0] == 1 and levels.count(1) == 1
    assert not [pair for pair in zip(levels, levels[1:], strict=False) if pair[1] > pair[0] + 1], levels


def test_a_page_has_one_main_part_one_banner_and_one_footer(heard):
    roles = [role for role, _, _ in heard]
    assert [roles.count(one) for one in ("banner", "main", "contentinfo")] == [1, 1, 1]
    named = [(role, name) for role, name, _ in heard if role in ("region", "navigation", "complementary", "form")]
    assert len(named) == len(set(named)), "two landmarks of one name"


def test_no_bracket_of_a_footnote_is_read_with_its_number(heard):
    assert not [name for role, name, _ in heard if role == "link" and re.search(r"\[\d+\]$", name)]


def test_files_and_tables_name_the_figure_that_they_belong_to(page, address, url):
    page.goto(address + url)
    uses = ".provenance > a, :is(.uses, .links) > button, .sources :is(.more > a:first-child, summary), .made > summary"
    parts = page.locator(f"main :is({uses}, figure, .scene, .table-scroll):not(.widget-body .of-widget *)")
    told = "all => all.map((one) => [one.ariaLabel, one.textContent, one.matches('a, button, summary')])"
    found = parts.evaluate_all(told)
    names = [label or text for label, text, _ in found]
    assert len(names) == len(set(names)), "two of one name"
    called = "all => all.filter((one) => !one.querySelector('figcaption').textContent.trim().startsWith(one.ariaLabel))"
    assert page.locator("main figure").evaluate_all(called) == [], "not called by its finding"
    seen = [(label, text) for label, text, used in found if label and used]
    assert not [pair for pair in seen if not pair[0].startswith(pair[1].strip().rstrip(","))], "not named as it is seen"


def test_the_rows_and_columns_of_a_table_have_headers(page, address, url):
    page.goto(address + url)
    assert page.locator("main table").count() == page.locator("main table:has(thead th)").count()
    rows = page.locator("main table:has(thead > tr > :nth-child(2)) > tbody > tr")
    bare = "all => all.filter((one) => !one.querySelector('th[scope^=row]')).map((one) => one.innerText)"
    assert rows.evaluate_all(bare) == []


def test_tokens_in_a_row_are_heard_apart_and_copied_as_they_stand(page, address):
    page.goto(address + "guide/tokenize/")
    told = page.locator("main p:has(> .tokens)", has_text="pieces grow out of pieces")
    assert "h, e become he, and" in told.aria_snapshot()
    copied = "one => (getSelection().selectAllChildren(one), getSelection().toString())"
    assert "he become he, and" in told.evaluate(copied)


def test_a_live_scene_is_heard_in_order_each_picture_in_its_step(page, address):
    page.goto(address + "contribute/style/")
    scene = page.locator(".scene").first
    scene.scroll_into_view_if_needed()  # it starts when it is near
    page.wait_for_selector(".scene.is-live")
    names = scene.locator(".step").evaluate_all("all => all.map((one) => one.dataset.step.replaceAll('_', ' '))")
    heard = [name.split(".")[0] for _, name, _ in told(page, SILENT - {"StaticText"})]
    heard = heard[next(place for place, name in enumerate(heard) if name.startswith("Scene: ")):]
    wanted = [told for place, name in enumerate(names, 1) for told in (name, f"Frame {place} of {len(names)}, {name}")]
    places = [heard.index(one) for one in wanted]
    assert places == sorted(places)


def test_walking_a_scene_tells_the_place_and_the_words_of_the_step(page, address):
    page.goto(address + "guide/data/")
    page.locator(".scene").first.scroll_into_view_if_needed()
    page.wait_for_selector(".scene.is-live")
    page.locator("[data-previous]").first.press("Enter")
    while page.locator(".scene .step.is-current sup").count() == 0:  # to a step that cites a source
        page.locator("[data-next]").first.press("Enter")
    step = page.locator(".step.is-current")
    said = page.locator(".scene .unseen[role=status]").first.text_content()
    assert said.startswith(page.locator(".scene-count").first.text_content() + ", ")
    assert said.endswith(" ".join(step.text_content().split())[-15:])
    assert not re.search(r"\[|source", said)


def test_the_minutes_that_are_left_are_heard_with_the_contents(page, address):
    page.goto(address + "guide/pretrain/")
    assert [name for role, name, _ in told(page) if re.fullmatch(r"contents \d+ min left", name)]
