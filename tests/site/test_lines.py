"""How pages begin, how their lines end, and how their columns line up."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
RAGGED = r"""() => {
  const told = (cell) => [...cell.childNodes].map((one) => {
    const copy = one.cloneNode(true);
    copy.querySelectorAll?.("sup").forEach((mark) => mark.remove());
    return copy.textContent;
  }).join("").trim();
  return [...document.querySelectorAll("main table")].flatMap((table) => {
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.cells.length > 1);
    return [...rows[0].cells]
      .map((_, place) => rows.map((row) => row.cells[place]).filter((cell) => cell && told(cell)))
      .filter((cells) => cells.length && cells.every((cell) => /^[-−\d.,]+( × 10[⁻⁰¹²³⁴-⁹]+)?%?$/.test(told(cell))))
      .flat().filter((cell) => {
        const { textAlign, fontVariantNumeric } = getComputedStyle(cell);
        return textAlign !== "right" || !fontVariantNumeric.includes("tabular-nums");
      }).map(told);
  });
}"""
LAST_ROW = """() => {
  const tops = [...document.querySelectorAll(".foot li a")].map((one) => one.getBoundingClientRect().top);
  return tops.filter((top) => Math.abs(top - tops.at(-1)) < 5).length;
}"""


def test_every_page_opens_with_a_title_and_a_lede(page, address, url):
    page.goto(address + url)
    assert page.locator("h1").count() == page.locator("h1 + .lede").count() == 1


def test_what_follows_a_colon_in_a_title_begins_a_line_as_a_whole(page, address):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + "glossary/")
    rest = page.locator("h1 .title-rest")
    assert rest.inner_text() == "the words of the trade"
    assert rest.bounding_box()["x"] == page.locator("h1").bounding_box()["x"]


def test_numbers_of_a_column_stand_to_the_right_in_figures_of_one_width(page, address, url):
    page.goto(address + url)
    assert page.evaluate(RAGGED) == []


@pytest.mark.parametrize("width", [320, 360, 430, 768])
def test_no_link_stands_alone_in_the_last_row_of_the_footer(page, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + "about/")
    assert page.evaluate(LAST_ROW) > 1


def test_the_place_in_a_source_follows_a_comma(page, address):
    page.goto(address + "corrections/")
    ends = "all => [...new Set(all.map((one) => getComputedStyle(one, '::after').content))]"
    assert page.locator(".sources dl > dd:first-of-type").evaluate_all(ends) == ['", "']


def test_the_lines_to_copy_are_as_wide_as_the_command_and_fit_in_the_column(page, address):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + "model/")
    wide = page.locator(".highlight pre").evaluate_all("all => all.map((one) => [one.clientWidth, one.scrollWidth])")
    assert len(wide) == 2 and len({width for pair in wide for width in pair}) == 1


@pytest.fixture
def phone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    return page


def test_in_a_narrow_report_how_takes_the_whole_row_below_what(phone, address):
    phone.goto(address + "report/")
    row = phone.locator(".report-table tbody tr").first
    what, count, how, result = (cell.bounding_box() for cell in row.locator("> *").all())
    assert how["width"] == row.bounding_box()["width"] and how["y"] >= what["y"] + what["height"]
    assert what["y"] == count["y"] == result["y"]


def test_the_report_says_how_it_checked_and_why_it_could_not(page, address):
    page.goto(address + "report/")
    heads = page.locator(".report-table thead tr").all_inner_texts()
    assert [head.split()[2] for head in heads[:2]] == ["how", "why"]


def test_a_line_above_a_strip_lies_nearer_to_it_than_to_the_name_of_the_strip(phone, address):
    phone.goto(address + "guide/finetune/")
    strip = phone.locator(".strip:has(.strip-interval.high)").first
    name, line, track = (strip.locator(kind).first.bounding_box() for kind in (
        ".strip-name", ".strip-interval.high", ".strip-track"))
    assert line["y"] - name["y"] - name["height"] > 2 * (track["y"] - line["y"])


def test_what_became_of_an_answer_stands_on_a_line_of_its_own_on_a_phone_and_on_paper(phone, address):
    apart = "all => new Set(all.map((one) => one.offsetLeft - one.parentElement.offsetLeft)).size"
    phone.goto(address + "guide/finetune/")
    for media, width in (("screen", 360), ("print", 794)):
        phone.set_viewport_size({"width": width, "height": 740})
        phone.emulate_media(media=media)
        assert phone.locator(".exchange .outcome").evaluate_all(apart) == 1


def test_the_unit_of_each_life_is_one_line_high(phone, address):
    phone.goto(address + "guide/chat/")
    phone.locator(".scene").evaluate("one => one.scrollIntoView()")
    expect(phone.locator(".scene .frame:visible")).to_have_count(phone.locator(".scene .frame").count())
    tall = phone.locator(".scene .frame").evaluate_all(
        "all => all.map((one) => one.querySelector('.unit').offsetHeight)")
    assert len(tall) > 1 and len(set(tall)) == 1


@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_trip_of_the_fact_keeps_to_the_edges_of_its_column(page, address, media):
    page.goto(address)
    page.emulate_media(media=media)
    left, right = "one => one.getBoundingClientRect().left", "one => one.getBoundingClientRect().right"
    chips, headline = page.locator(".trip .token-bars").first, page.locator(".trip-headline").first
    assert chips.evaluate(left) == headline.evaluate(left)
    assert page.locator(".trip").evaluate(right) == page.locator(".lede").evaluate(right)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_ring_of_the_trip_is_round(page, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    size = "one => { const s = getComputedStyle(one, '::before'); return [s.width, s.height].map(parseFloat); }"
    wide, tall = page.locator(".trip-stop").first.evaluate(size)
    assert wide == tall and wide % 2 == 0


def test_an_answer_stands_below_the_words_of_its_question(page, address):
    page.goto(address + "guide/data/")
    question = page.locator("details.question").first
    question.evaluate("one => { one.open = true }")
    indent = question.locator("summary").evaluate("one => getComputedStyle(one).paddingLeft")
    assert question.locator("> p").first.evaluate("one => getComputedStyle(one).marginLeft") == indent != "0px"
