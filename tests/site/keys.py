"""Where the focus is, for the tests that press keys alone."""

from tests.pause import pause

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const drawn = getComputedStyle(one), thumb = one.matches("[type=range]");
  const places = [...one.getClientRects()].flatMap(({ left, top, right, bottom }) =>
    [[left + 2, top + 2], [(left + right) / 2, (top + bottom) / 2], [right - 2, bottom - 2]]);
  const above = places.map(([x, y]) => document.elementFromPoint(x, y)).filter(Boolean);
  const seen = above.some((top) => one.contains(top) || top.contains(one));
  const last = one === [...document.querySelectorAll(".foot a")].at(-1);
  return { told: one.outerHTML.slice(0, 140), seen, ring: thumb || drawn.outlineStyle !== "none", last };
}"""


def standing(page):
    """What has the focus now; if it is not in sight, what has just come near may still take its place."""
    found = page.evaluate(FOCUS)
    for _ in range(20):
        if found["seen"]:
            break
        pause(page, 200)
        found = page.evaluate(FOCUS)
    return found


def focused(page, selector):
    """Whether what has the focus is one of these."""
    return page.evaluate("selector => document.activeElement.matches(selector)", selector)


def settled(widget):
    """Wait until a widget has kept its height for half a second: what it writes pushes what stands below."""
    heights = [-1.0, 0.0]
    while len(set(heights[-6:])) > 1:
        assert len(heights) < 300, f"the widget still grows: {heights[-10:]}"
        pause(widget.page, 100)
        heights.append(widget.bounding_box()["height"])
