// A text made ready to learn from: cut into tokens, its last tenth held out, and two guessers counted to be beaten.

import { learn_merges } from "./merges.js";
import { Tokenizer } from "./minigpt/bpe.js";

const HELD = 0.1; // share of the tokens, at the end, that is never trained on
const DISCOUNT = 0.75; // taken from every count of a pair, given to what was not met

// Only the tokens that occur get a number, so that a small text makes a small model.
// {pieces, ids (to train on), held, merges (how many were learned)}
export function prepare(text, merges) {
  const learned = learn_merges(text, merges), tokenizer = new Tokenizer(learned);
  const all = tokenizer.encode(text), used = [...new Set(all)].sort((a, b) => a - b);
  const number = new Map(used.map((id, i) => [id, i])), ids = Int32Array.from(all, (id) => number.get(id));
  const cut = Math.floor(ids.length * (1 - HELD));
  return { pieces: used.map((id) => tokenizer.pieces[id]), ids: ids.subarray(0, cut), held: ids.subarray(cut), merges: learned.length };
}

// Nats a token of the held-out tokens for who finds all tokens alike, and for who has counted which follows which.
export function baselines({ pieces, ids, held }) {
  const guess = pairs(ids, pieces.length);
  let nats = 0;
  for (let i = 1; i < held.length; i++) nats -= Math.log(guess(held[i - 1], held[i]));
  return { uniform: Math.log(pieces.length), bigram: nats / (held.length - 1) };
}

// p(next | last) from counts: each pair's count less a discount, and the sum of the discounts shared out by how common
// a token is (its count and one).
export function pairs(ids, vocabulary) {
  const single = new Float64Array(vocabulary).fill(1), total = new Float64Array(vocabulary), kinds = new Float64Array(vocabulary);
  const counts = new Map();
  ids.forEach((id, i) => {
    single[id]++;
    if (!i) return;
    const last = ids[i - 1], pair = last * vocabulary + id, before = counts.get(pair) ?? 0;
    total[last]++;
    kinds[last] += before === 0;
    counts.set(pair, before + 1);
  });
  const sum = ids.length + vocabulary;
  return (last, next) => {
    const common = single[next] / sum, met = counts.get(last * vocabulary + next) ?? 0;
    if (!total[last]) return common;
    return (Math.max(met - DISCOUNT, 0) + DISCOUNT * kinds[last] * common) / total[last];
  };
}
