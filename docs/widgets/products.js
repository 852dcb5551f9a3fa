// The products of an arithmetic that is shown, one a row, in a box of its own that scrolls.

import { element, table } from "./element.js";

export function products(rows, heads, open = false) {
  const words = `The ${rows.length} products`;
  const box = element("div", { class: "products", tabindex: 0, role: "region", "aria-label": words }, table(heads, rows));
  return element("details", { class: "sees", open }, element("summary", {}, words), box);
}
