"""What can be pressed is large enough or stands alone: 24 pixels, or a circle that wide which touches nothing else."""

import pytest

pytestmark = pytest.mark.browser
SMALL = """() => {
  const flows = (one) => getComputedStyle(one).display === "inline";
  const block = (one) => (flows(one.parentElement) ? block(one.parentElement) : one.parentElement);
  const inline = (one) => flows(one) && block(one).textContent.trim().length > one.textContent.trim().length + 2;
  const all = [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length)
    .filter((one) => !one.matches(".md-skip, .md-toggle, .md-option") && !inline(one))
    .map((one) => ({ one, box: one.getBoundingClientRect() }));
  const away = (x, y, box) =>
    Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  return all.filter(({ one, box }) => Math.min(box.width, box.height) < 23.5 && all.some((other) => other.one !== one
    && !one.contains(other.one) && !other.one.contains(one)
    && away(box.left + box.width / 2, box.top + box.height / 2, other.box) < 12))
    .map(({ one, box }) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${one.outerHTML.slice(0, 120)}`);
}"""


@pytest.mark.parametrize("size", [(360, 740), (1280, 900)], ids=["phone", "desk"])
def test_every_target_has_room(browser, address, url, size):
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + url)
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
    assert not page.evaluate(SMALL)
    context.close()
