"""A picture of each part on the style page, compared with the one that was last looked at; fonts are pinned."""

import base64
import os

import pytest

pytestmark = pytest.mark.browser
PARTS = ("type", "palette", "voices", "tokens", "where", "predict")
PARTS += ("figure", "lines", "scene", "table", "controls", "end", "code")
FONTS = """:root { --book: "Liberation Sans" !important; --plain: "Liberation Sans" !important;
  --mono: "Liberation Sans" !important; } math { font-family: "Liberation Sans" !important; }
  *, ::before, ::after { animation: none !important; transition: none !important; caret-color: transparent; }"""
TOLERANCE = 0.01  # of the pixels may differ by more than NEAR of 255
COMPARE = """async ([one, other, near]) => {
  const read = async (data) => {
    const image = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext("2d").drawImage(image, 0, 0);
    return [image.width, image.height, canvas.getContext("2d").getImageData(0, 0, image.width, image.height).data];
  };
  const [a, b] = [await read(one), await read(other)];
  if (a[0] !== b[0] || a[1] !== b[1]) return [1, `${a[0]} × ${a[1]} px, was ${b[0]} × ${b[1]}`];
  let off = 0;
  for (let i = 0; i < a[2].length; i += 4) {
    off += [0, 1, 2].some((k) => Math.abs(a[2][i + k] - b[2][i + k]) > near);
  }
  return [off / (a[2].length / 4), "pixels"];
}"""
NEAR = 48


@pytest.fixture(scope="module")
def opened(browser, address):
    """The style page with pinned fonts, light, without motion."""
    size = {"width": 1000, "height": 900}
    context = browser.new_context(viewport=size, reduced_motion="reduce", color_scheme="light")
    page = context.new_page()
    page.goto(address + "contribute/style/")
    page.add_style_tag(content=FONTS)
    page.wait_for_timeout(500)
    yield page
    context.close()


@pytest.mark.parametrize("part", PARTS)
def test_a_part_looks_as_it_did_when_it_was_last_looked_at(opened, browser, root, part):
    """UPDATE=1 writes the picture anew; look at it, then commit it."""
    made = opened.locator(f"#style-{part}").screenshot()
    kept = root / "tests" / "site" / "pictures" / f"{part}.png"
    if os.environ.get("UPDATE"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(made)
    blank = browser.new_page()
    pair = [base64.b64encode(data).decode() for data in (made, kept.read_bytes())]
    share, told = blank.evaluate(COMPARE, [*pair, NEAR])
    blank.close()
    mend = "look at it, then UPDATE=1 pytest tests/site/test_style.py"
    assert share <= TOLERANCE, f"{part}: {share:.1%} of the {told}. Mend: {mend}"
