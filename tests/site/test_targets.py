"""What can be pressed is large enough or stands alone: 24 pixels, or a circle that wide which touches nothing else."""

import pytest

from tests.site.conftest import STAGES, start

pytestmark = pytest.mark.browser
# Exempt is what stands in a sentence: one that has some words of its own, and not just a label to a row of links.
# In a listbox a token is as wide as its text: it needs the height alone, and two buttons of full size do the same.
SMALL = """() => {
  const PRESSED = "a[href], button, summary, input, select, textarea, [role=option], [data-at][tabindex]";
  const flows = (one) => getComputedStyle(one).display === "inline";
  const block = (one) => (flows(one.parentElement) ? block(one.parentElement) : one.parentElement);
  const hidden = (one) => !one.getClientRects().length || getComputedStyle(one).clipPath !== "none";
  const pieces = (one) => [...one.childNodes].flatMap((child) => {
    if (child.nodeType === Node.TEXT_NODE) return [child.textContent];
    if (child.nodeType !== Node.ELEMENT_NODE || hidden(child)) return [];
    const inner = child.matches(PRESSED) ? [child] : pieces(child);
    return child.matches("p, dl, dt, dd, details, summary") ? [". ", ...inner, ". "] : inner;
  });
  const worded = (one) => {
    const around = pieces(block(one)), here = around.indexOf(one), end = /[.!?]\\s/;
    const until = (some, near) => {
      const last = some.findIndex((piece) => typeof piece === "string" && end.test(piece));
      return last < 0 ? some : [...some.slice(0, last), some[last].split(end).at(near)];
    };
    const said = [...until(around.slice(0, here).reverse(), -1), one, ...until(around.slice(here + 1), 0)];
    const told = (piece) => (typeof piece === "string" ? piece : piece.matches(".measured") ? piece.textContent : "");
    return (said.map(told).join(" ").match(/\\p{L}{2,}/gu) ?? []).length > 1; // a word alone is the label of a row
  };
  const inSentence = (one) => flows(one) && worded(one);
  const chosen = (one) => one.matches("[role=option], [data-at][tabindex]");
  const spared = (one) => chosen(one) && [...(one.closest(".pane, .widget") ?? document).querySelectorAll("button")]
    .filter((button) => /^(previous|next) /.test(button.textContent) && button.getBoundingClientRect().height >= 23.5)
    .length >= 2;
  const all = [...document.querySelectorAll(PRESSED)]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length)
    .filter((one) => !one.matches(".md-skip, .md-toggle, .md-option") && !inSentence(one))
    .map((one) => ({ one, box: one.getBoundingClientRect() }));
  const away = (x, y, box) =>
    Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  const least = ({ one, box }) => (spared(one) ? box.height : Math.min(box.width, box.height));
  return all.filter((target) => least(target) < 23.5 && all.some((other) => {
    const { one, box } = target;
    return other.one !== one && !one.contains(other.one) && !other.one.contains(one)
      && away(box.left + box.width / 2, box.top + box.height / 2, other.box) < 12;
  })).map(({ one, box }) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${one.outerHTML.slice(0, 120)}`);
}"""
SIZES = [(360, 740), (1280, 900)]


@pytest.fixture
def opened(browser, address):
    """A page in one size, without motion, its folds open."""
    contexts = []

    def opener(url, size):
        size = dict(zip(("width", "height"), size, strict=True))
        contexts.append(browser.new_context(viewport=size, reduced_motion="reduce"))
        page = contexts[-1].new_page()
        page.goto(address + url)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
        return page

    yield opener
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_every_target_has_room(opened, url, size):
    assert not opened(url, size).evaluate(SMALL)


@pytest.mark.parametrize("stage", ["", *STAGES], ids=lambda stage: stage.strip("/") or "home")
def test_every_target_of_a_widget_that_runs_has_room(opened, stage):
    page = opened(stage, SIZES[0])
    for widget in page.locator("[data-widget]").all():
        start(widget)
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
    assert not page.evaluate(SMALL)


ROWS = {  # what stands in a row, and whether it is too small
    "<p><a href='#'>1</a> <a href='#'>2</a> <a href='#'>3</a></p>": True,
    "<li>A claim. <a href='#'>back</a> <a href='#'>2</a> <a href='#'>3</a></li>": True,
    "<p>Sizes: <a href='#'>1</a>, <a href='#'>2</a>, <a href='#'>3</a></p>": True,
    "<p>Sizes are <a href='#'>1</a>, <a href='#'>2</a> and <a href='#'>3</a>.</p>": False,
    "<p role=listbox><span role=option>a</span><span role=option>b</span></p>": True,
}


@pytest.mark.parametrize("row, small", ROWS.items())
def test_a_row_of_small_links_is_found_and_a_sentence_is_not(page, row, small):
    page.set_content(f"<main style='font-size: 15px'>{row}</main>")
    assert bool(page.evaluate(SMALL)) == small


def test_under_a_thumb_a_numeral_and_the_controls_of_a_scene_measure_24_pixels(browser, address):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address + "guide/data/")
    numerals = page.locator("article p > .claim.cite").evaluate_all("""all => all.map((one) => {
      const { width, height } = getComputedStyle(one, "::after");
      return Math.min(parseFloat(width), parseFloat(height));
    })""")
    walks = page.locator(".scene-controls button").evaluate_all("all => all.map((one) => one.offsetWidth)")
    assert numerals and min(numerals + walks) >= 24
    context.close()
