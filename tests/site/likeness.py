"""Two pictures compared as an eye would: by what is drawn, not by how much paper there is."""

import base64

# A pixel is off where nothing within one pixel of it in the other picture has nearly its color: a letter may be drawn
# a part of a pixel aside, a line that is gone or a color that is another has no counterpart. Off pixels are told as a
# share of those that are not paper, the color most frequent in both.
COMPARE = """async ([one, other, near]) => {
  const read = async (data) => {
    const image = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
    const brush = new OffscreenCanvas(image.width, image.height).getContext("2d");
    brush.drawImage(image, 0, 0);
    return { width: image.width, height: image.height, at: brush.getImageData(0, 0, image.width, image.height).data };
  };
  const [a, b] = [await read(one), await read(other)];
  if (a.width !== b.width || a.height !== b.height) {
    return { size: `${a.width} × ${a.height} px, was ${b.width} × ${b.height}` };
  }
  const { width, height } = a, colors = new Uint32Array(a.at.buffer), tally = new Map();
  for (const color of colors) tally.set(color, (tally.get(color) ?? 0) + 1);
  const paper = new Uint8Array(new Uint32Array([[...tally].sort((x, y) => y[1] - x[1])[0][0]]).buffer);
  const alike = (p, i, q, j) =>
    Math.abs(p[i] - q[j]) <= near && Math.abs(p[i + 1] - q[j + 1]) <= near && Math.abs(p[i + 2] - q[j + 2]) <= near;
  const lonely = (p, q, x, y) => {
    const here = 4 * (y * width + x);
    if (alike(p, here, q, here)) return false;
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v += 1) {
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u += 1) {
        if (alike(p, here, q, 4 * (v * width + u))) return false;
      }
    }
    return true;
  };
  let off = 0, drawn = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const here = 4 * (y * width + x);
      drawn += !alike(a.at, here, paper, 0) || !alike(b.at, here, paper, 0);
      off += lonely(a.at, b.at, x, y) || lonely(b.at, a.at, x, y);
    }
  }
  return { off, share: off / Math.max(1, drawn) };
}"""
NEAR = 12  # of 255: a tint of a chip differs from paper by more


def compared(page, made, kept):
    """{"off": pixels, "share": of what is drawn} of two PNG files, or {"size": …} where the sizes differ."""
    return page.evaluate(COMPARE, [*(base64.b64encode(data).decode() for data in (made, kept)), NEAR])
