// An arithmetic that is shown, folded: its lines, and the products of its sum in a box of their own that scrolls.

import { element, table } from "./element.js";

// lines: [[name, value], …]; rows: the products under their heads; open: whether the reader had unfolded it.
export function arithmetic(lines, rows, heads, open = false) {
  const box = element("div", { class: "products", tabindex: 0, role: "region", "aria-label": `The ${rows.length} products` }, table(null, heads, rows));
  return element("details", { class: "sees", open }, element("summary", {}, `The arithmetic, with its ${rows.length} products`),
    element("dl", { class: "facts" }, ...lines.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])), box);
}
