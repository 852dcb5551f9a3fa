// What the next token is drawn from: a bar for each token of a window along the ranks, gray where a setting cut it.

import { count, element, share } from "./element.js";
import { bars, chip, spoken } from "./tokens.js";

const UNIT = "chance of being the next token; gray: cut, with the chance it had before";

// whole: p before the cuts, p: after them, best: ids by falling `whole`, next: the id that carries the fact on.
export function odds(tokenizer, { whole, p, best, next }, from, many) {
  const rest = best.slice(from + many), shown = best.slice(from, from + many).map((id, i) => ({
    name: element("span", { class: "tokens" }, chip(tokenizer.pieces[id], i, { fact: id === next })),
    value: p[id] || whole[id], kind: p[id] === 0 ? "is-cut" : id === next ? "is-fact" : "", words: told(p[id], whole[id]),
  }));
  if (rest.length && from === 0) shown.push(tail(rest, whole, p));
  const longest = Math.max(...shown.map(({ value }) => value)), unit = from ? `${UNIT}; the longest bar is ${share(longest)}` : UNIT;
  return [element("p", { class: "unit" }, unit), bars(shown, { label: "probabilities of the next token", top: from ? longest || 1 : 1 })];
}

// A token and its chance, for who listens.
export const named = (tokenizer, { whole, p }, id) => `${spoken(tokenizer.pieces[id])} ${told(p[id], whole[id])}`;

// Of the tokens of a window the first and the last.
export function span(tokenizer, shown, from, many) {
  const [first, last] = [from, from + many - 1].map((place) => shown.best[Math.min(place, shown.best.length - 1)]);
  return `The bars go from ${named(tokenizer, shown, first)} to ${named(tokenizer, shown, last)}.`;
}

// All tokens beyond the window as one bar: what of them may be drawn or, where nothing is, in gray what was cut.
function tail(rest, whole, p) {
  const sum = (of) => rest.reduce((total, id) => total + of(id), 0);
  const kept = sum((id) => p[id]), cut = sum((id) => (p[id] === 0 ? whole[id] : 0)), left = sum((id) => p[id] > 0);
  const many = left || rest.length, name = element("span", { class: "rest" }, `${count(many)} ${many === 1 ? "other" : "others"}`);
  return { name, value: kept || cut, kind: kept ? "is-tail" : "is-cut", words: told(kept, cut) };
}

const told = (kept, before) => (kept ? share(kept) : `cut ${share(before)}`);
