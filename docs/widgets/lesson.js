// A text made ready to learn from: cut into tokens, its last tenth held out, and two guessers counted to be beaten.

import { learn_merges } from "./merges.js";
import { Tokenizer } from "./minigpt/bpe.js";

// The model and its steps: what writes words soonest in a tab (python -m bench lesson counts them).
export const SIZE = { context: 32, width: 64, heads: 4, layers: 1 };
export const MERGES = 512;
export const BATCH = 8; // windows of the text in a step
export const RATE = 0.01; // the step size at first
export const TEMPERATURE = 0.5; // of what it writes

const HELD = 0.1; // share of the tokens, at the end, that is never trained on
const DISCOUNT = 0.75; // taken from every count of a pair, given to what was not met

// Only the tokens that occur get a number, so that a small text makes a small model.
// {pieces, ids (to train on), held, merges (how many were learned), known (the words of the text)}
export function prepare(text, merges) {
  const learned = learn_merges(text, merges), tokenizer = new Tokenizer(learned);
  const all = tokenizer.encode(text), used = [...new Set(all)].sort((a, b) => a - b);
  const number = new Map(used.map((id, i) => [id, i])), ids = Int32Array.from(all, (id) => number.get(id));
  const cut = Math.floor(ids.length * (1 - HELD));
  const pieces = used.map((id) => tokenizer.pieces[id]), known = new Set(words(text));
  return { pieces, ids: ids.subarray(0, cut), held: ids.subarray(cut), merges: learned.length, known };
}

// What stands between blanks, without the marks around it: words("“So, so!” 12") is ["So", "so", "12"].
export function words(text) {
  return text.split(/\s+/).map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")).filter(Boolean);
}

// Where a sample begins: behind a line break, or, in a text without one, behind the text's first token.
export function beginning({ pieces, ids }) {
  const found = pieces.findIndex((piece) => piece.length === 1 && piece[0] === 10);
  return found < 0 ? ids[0] : found;
}

// [words of a sample that stand in the text, all its words]; the first and the last may be cut, and are left out.
export function recognized({ pieces, known }, ids) {
  const bytes = Uint8Array.from(Array.from(ids).flatMap((id) => [...pieces[id]])), written = new TextDecoder().decode(bytes);
  const whole = words(written.split(/\s+/).slice(1, -1).join(" "));
  return [whole.filter((word) => known.has(word)).length, whole.length];
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
