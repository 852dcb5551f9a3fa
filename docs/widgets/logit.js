// One score's arithmetic: the last row times the token's own, summed up, then turned into a probability.

import { element, share } from "./element.js";
import { arithmetic } from "./products.js";
import { minus, signed } from "./signed.js";
import { chip } from "./tokens.js";

// row: the normed end of the residual stream [C]; own: the token's row of the embedding [C]; scores: all logits [V];
// fact: whether the token carries the fact on.
export function logit({ piece, id, row, own, scores, fact, open }) {
  const parts = Array.from(row, (x, i) => x * own[i]), sum = parts.reduce((total, one) => total + one, 0);
  const top = Math.max(...scores), total = scores.reduce((all, score) => all + Math.exp(score - top), 0);
  const mine = Math.exp(scores[id] - top);
  const lines = [
    ["end of the stream · row of the token", `sum of ${row.length} products = ${signed(sum)}`],
    ["e to that, less the largest score", `e^(${signed(scores[id])} ${minus(top)}) = ${signed(mine)}`],
    [`÷ the sum over all ${scores.length.toLocaleString("en-US")} tokens`, `${signed(mine)} ÷ ${signed(total)} = ${signed(mine / total)}`],
  ];
  const rows = parts.map((product, i) => [String(i + 1), signed(row[i]), signed(own[i]), signed(product)]);
  return [
    element("p", {}, "The score of ", chip(piece, 0, { fact }), " is ", element("strong", {}, signed(scores[id])), ", which makes a probability of ",
      element("strong", {}, share(mine / total)), "."),
    arithmetic(lines, rows, ["number", "stream", "token", "product"], open),
  ];
}
