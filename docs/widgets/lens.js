// What would be said if the network ended before its first layer or after each, and how long the stream is there.

import { element, share, table } from "./element.js";
import { best_first, distribution } from "./minigpt/sample.js";
import { chip } from "./tokens.js";

// lens: the scores [V] of the last place at every depth; lengths: the streams' lengths [T] there; `followed` is the token
// whose chance stands in the last column, whatever is guessed: with a part off it would else be another one; `next` is
// the id that carries the fact on.
export function lensTable({ lens, lengths }, tokenizer, followed, next) {
  const told = (id, turn) => chip(tokenizer.pieces[id], turn, { fact: id === next });
  const rows = lens.map((scores, layer) => {
    const p = distribution(scores), best = best_first(p, 1)[0];
    const name = layer ? `after layer ${layer}` : "before layer 1";
    return [name, lengths[layer].at(-1).toFixed(1), told(best, layer), share(p[best]), share(p[followed])];
  });
  const heads = ["where", "stream’s length", "best guess", "its chance", element("span", {}, "chance of ", told(followed, 0))];
  return table("the guess at every layer", heads, rows);
}
