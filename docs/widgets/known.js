// Which words the training pages have, fetched once for the page; where the list is missing, nothing is said.

import { asset } from "./engine.js";

const SOURCE = "pretrain/words.json";
const WORD = /\p{L}+(?:['’]\p{L}+)*/gu;
let known = null;

// The words of a text that no training page has.
export async function unread(text) {
  known ??= fetch(asset(SOURCE)).then((answer) => answer.json()).then(({ words }) => new Set(words));
  const list = await known.catch(() => null);
  if (!list?.size) return [];
  return [...new Set(text.match(WORD) ?? [])].filter((word) => !list.has(word.toLowerCase()));
}
