// A token is always the same tinted chip; a row of probabilities is always the same bars.

import { element, share } from "./element.js";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const VISIBLE = {
  "\n": "⏎", "\r": "␍", "\t": "⇥", "\u00a0": "⍽", "\ufeff": "BOM", "\u200b": "ZWSP", "\u200d": "ZWJ",
};

const NAMES = { " ": "space", "\n": "line break", "\r": "carriage return", "\t": "tab", "\u00a0": "no-break space" };
const SPECIAL = {
  "<|document|>": "document begins", "<|user|>": "user speaks", "<|assistant|>": "model answers", "<|end|>": "turn ends",
};

// The ids that end what a model says in a conversation.
export const stops = ({ specials }) => [specials["<|end|>"], specials["<|document|>"], specials["<|user|>"]];

// The text of a token, or null where its bytes are no whole characters.
export function wordsOf(piece) {
  try {
    return strict.decode(piece);
  } catch {
    return null;
  }
}

export const numbers = (piece) => Array.from(piece).join(" ");

// What a chip shows: the text with signs for what has no picture of its own, or the bytes as numbers.
export function shown(piece) {
  const words = wordsOf(piece);
  if (words === null) return numbers(piece);
  return legible(words.replace(/[\n\r\t\u00a0\ufeff\u200b\u200d]/g, (sign) => VISIBLE[sign]));
}

// A text with numbers for signs that neither move what follows nor have a picture.
export function legible(words) {
  const number = (sign) => `0x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`;
  return words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, number);
}

// What is said of a token whose text is silent or no words: " " is "space", the token of a line's end is "line break".
export function spoken(piece) {
  const words = wordsOf(piece);
  if (words === null) return `bytes ${numbers(piece)}`;
  if (Object.hasOwn(SPECIAL, words)) return `special token: ${SPECIAL[words]}`;
  if (/[^\s\p{Cc}\p{Cf}]/u.test(words)) return words;
  const signs = [...words], alike = signs.every((sign) => sign === signs[0]);
  return alike && signs.length > 1 ? `${signs.length} times ${named(words[0])}` : signs.map(named).join(", ");
}

const named = (sign) => NAMES[sign] ?? `character ${sign.codePointAt(0)}`;

// Where the text of a chip would not be read as what it is, it has the spoken name.
export function chip(piece, turn, { fact = false, special = false, drawn = false, ...attributes } = {}) {
  const kinds = { fact, special, drawn, broken: wordsOf(piece) === null };
  const names = Object.keys(kinds).filter((kind) => kinds[kind]);
  const text = shown(piece), name = spoken(piece), kind = name === text ? {} : { role: "img", "aria-label": name };
  return element("span", { class: ["token", `t${turn % 4}`, ...names].join(" "), ...kind, ...attributes }, text);
}

// A chip with something written below it, as figures write a token's number.
export function tallChip(piece, turn, below, options) {
  const made = chip(piece, turn, options);
  made.replaceChildren(element("span", {}, ...made.childNodes), element("span", { class: "token-id" }, below));
  return made;
}

// The chips of these pieces, word by word: a line ends between two words, not within one that has room on a line.
export function inWords(pieces, chips) {
  const words = [], begins = (i) => !i || /^\s/.test(wordsOf(pieces[i]) ?? "") || Object.hasOwn(SPECIAL, wordsOf(pieces[i - 1]));
  chips.forEach((made, i) => {
    if (begins(i)) words.push(element("span", { class: "word", role: "none" })); // a listbox holds its options through it
    words.at(-1).append(made);
  });
  return words;
}

// Places of the ids that spell `fact` (a text) where it occurs in them, with the blank before it or without.
export function factPlaces(pieces, fact) {
  const places = new Set();
  if (!fact) return places;
  const text = pieces.map((piece) => String.fromCharCode(...piece)), whole = text.join("");
  const wanted = String.fromCharCode(...new TextEncoder().encode(fact));
  for (let from = whole.indexOf(wanted); from >= 0; from = whole.indexOf(wanted, from + 1)) {
    let at = 0;
    text.forEach((piece, i) => {
      if (at < from + wanted.length && at + piece.length > from) places.add(i);
      at += piece.length;
    });
  }
  return places;
}

// The token that would carry the fact on after these ids, or null where there is no fact.
export function nextOfFact(tokenizer, ids, fact) {
  return fact ? tokenizer.encode(` ${fact}`)[begunOfFact(tokenizer, ids, fact)] : null;
}

// How many of the last ids are a beginning of the fact, which is not whole.
function begunOfFact(tokenizer, ids, fact) {
  const spelled = fact ? tokenizer.encode(` ${fact}`) : [], begins = (have) => spelled.slice(0, have).every((id, i) => ids[ids.length - have + i] === id);
  for (let have = Math.min(spelled.length - 1, ids.length); have > 0; have--) if (begins(have)) return have;
  return 0;
}

// Places of the ids that spell the fact, and of the last ones where they begin it: they are red as the next one's bar is.
export function readPlaces(tokenizer, ids, fact) {
  const places = factPlaces(ids.map((id) => tokenizer.pieces[id]), fact);
  for (let have = begunOfFact(tokenizer, ids, fact); have > 0; have--) places.add(ids.length - have);
  return places;
}

// A text with the fact in it in vermilion.
export function marked(words, fact) {
  if (!fact) return [words];
  return words.split(fact).flatMap((part, i) => (i ? [element("em", { class: "fact" }, fact), part] : [part]));
}

// Rows of `bars` for the likeliest tokens [[id, p], …], and one named `others`, if it is given, for all that is left.
export function likeliest(likely, { pieces, specials }, isFact, others = "") {
  const special = new Set(Object.values(specials));
  const rows = likely.map(([id, p], i) => ({
    name: element("span", { class: "tokens" }, chip(pieces[id], i, { special: special.has(id), fact: isFact(id) })),
    value: p, kind: isFact(id) ? "is-fact" : "",
  }));
  const rest = Math.max(0, 1 - likely.reduce((sum, [, p]) => sum + p, 0));
  return others ? [...rows, { name: element("span", { class: "rest" }, others), value: rest, kind: "is-tail" }] : rows;
}

// Bars: {name: element or text, value, kind: is-cut | is-fact | is-tail, words}.
export function bars(rows, { top, label }) {
  const most = top ?? Math.max(...rows.map((row) => row.value), 1e-12);
  return element("ol", { class: "token-bars", "aria-label": label }, rows.map(({ name, value, kind = "", words }) =>
    element("li", { class: `token-bar ${kind}` },
      element("span", { class: "bar-name" }, name),
      element("span", { class: "bar-track", "aria-hidden": "true" },
        element("span", { class: "bar-fill", style: `width:${(Math.min(value / most, 1) * 100).toFixed(3)}%` })),
      element("span", { class: "bar-value" }, words ?? share(value)))));
}
