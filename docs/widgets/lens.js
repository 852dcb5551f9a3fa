// What would be said if the network ended before its first layer or after each, and how long the stream is there.

import { element, share, table } from "./element.js";
import { best_first, distribution } from "./minigpt/sample.js";
import { chip } from "./tokens.js";

// lens: the scores [V] of the last place at every depth; lengths: the streams' lengths [T] there.
export function lensTable({ lens, lengths }, tokenizer) {
  const last = best_first(lens.at(-1), 1)[0];
  const rows = lens.map((scores, layer) => {
    const p = distribution(scores), best = best_first(p, 1)[0];
    const name = layer ? `after layer ${layer}` : "before layer 1";
    return [name, lengths[layer].at(-1).toFixed(1), chip(tokenizer.pieces[best], layer), share(p[best]), share(p[last])];
  });
  const heads = ["where", "stream’s length", "best guess", "its chance", element("span", {}, "chance of ", chip(tokenizer.pieces[last], 0))];
  return table(heads, rows);
}
