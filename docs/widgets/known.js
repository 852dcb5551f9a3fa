// Which words the training pages have: fetched once for the page, together with the model that read them.

import { asset } from "./asset.js";

const SOURCE = "pretrain/words.json";
const WORD = /\p{L}+(?:['’]\p{L}+)*/gu;
let asked = null;

// The words, or null where the list cannot be had; then the next call asks again.
export async function known() {
  asked ??= fetch(asset(SOURCE)).then((answer) => answer.json()).then(({ words }) => new Set(words));
  const list = await asked.catch(() => null);
  if (!list?.size) asked = null;
  return asked && list;
}

// The words of a text that are not in the list: unread("The light of France", …) is ["France"].
export function unread(text, list) {
  return [...new Set(text.match(WORD) ?? [])].filter((word) => !list.has(word.toLowerCase()));
}
