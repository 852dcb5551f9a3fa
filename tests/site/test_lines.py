"""How pages begin, how their lines end, and how their columns line up."""

import pytest

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
      .filter((cells) => cells.length && cells.every((cell) => /^[-−\d.,]+(e-\d+)?%?$/.test(told(cell))))
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
