"""A widget that is mounted, used and taken away fifty times leaves no memory, element, listener or worker behind."""

import pytest

from tests.widgets.desk import WIDGETS, alone
from tests.widgets.test_train import TEXT

pytestmark = pytest.mark.browser

FIRST, MOUNTS = 10, 50  # what is kept once, compiled code above all, is there after the first
KEPT = 10_000  # bytes of the heap for each mount from then on; the smallest widget holds more
OPTIONS = {"train": {"text": TEXT, "merges": 64}}
CYCLES = """async ([name, options, times]) => {
  const { mount } = await import(`../widgets/${name}.js`), el = document.querySelector(".widget");
  const rest = () => new Promise((resolve) => setTimeout(resolve, 5)), alone = el.innerHTML;
  for (let i = 0; i < times; i++) {
    const undo = mount(el, options), begun = performance.now(), first = el.textContent;
    let begins = () => el.querySelector("button.filled"); // with some it comes when their first file is there
    const waits = name === "train" ? () => !el.querySelector(".samples .token") : () => el.textContent === first;
    const used = () => !waits() && !el.querySelector(".loader *, .widget-body[hidden]");
    while (!used()) {
      if (begins()) { begins().click(); begins = () => null; }
      if (performance.now() - begun > 300_000) throw new Error(`nothing came of mount ${i}: ${el.textContent}`);
      await rest();
    }
    undo();
    if (el.innerHTML !== alone) throw new Error(`mount ${i} left something in the page: ${el.innerHTML}`);
  }
}"""


class Scale:
    """What a page holds once all that nobody can reach is collected."""

    def __init__(self, page):
        self.page, self.session = page, page.context.new_cdp_session(page)
        self.session.send("Performance.enable")

    def weigh(self):
        """Bytes of the heap, nodes, listeners."""
        alone(self.page)
        self.page.wait_for_timeout(200)  # what was asked of a server and is no longer wanted
        for _ in range(3):
            self.session.send("HeapProfiler.collectGarbage")
        told = {one["name"]: one["value"] for one in self.session.send("Performance.getMetrics")["metrics"]}
        return [told[name] for name in ("JSHeapUsedSize", "Nodes", "JSEventListeners")]


@pytest.mark.parametrize("name", WIDGETS)
def test_fifty_mounts_hold_no_more_than_ten(site, name):
    scale, options = Scale(site), OPTIONS.get(name, {})
    site.evaluate(CYCLES, [name, options, FIRST])
    heap, nodes, listeners = scale.weigh()
    site.evaluate(CYCLES, [name, options, MOUNTS - FIRST])
    for _ in range(10):  # what is let go may take a while to be collected
        again = scale.weigh()
        if again[1] <= nodes and again[2] <= listeners:
            break
    assert again[1] <= nodes and again[2] <= listeners
    assert again[0] - heap < KEPT * (MOUNTS - FIRST)


def test_the_scale_shows_a_widget_that_was_left(sheet):
    scale = Scale(sheet)
    before = scale.weigh()
    sheet.evaluate("""() => {
      for (let i = 0; i < 40; i++) {
        const left = document.createElement("p"), numbers = Array.from({ length: 2000 }, (_, at) => at + i / 7);
        document.addEventListener("visibilitychange", () => left.append(numbers));
      }
    }""")
    heap, nodes, listeners = scale.weigh()
    assert (nodes - before[1], listeners - before[2]) == (40, 40) and heap - before[0] > 40 * KEPT
