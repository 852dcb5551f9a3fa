// One tokenizer's view of a text: counts, chips, numbers, and a line about the token under the pointer or in focus.

import { count, element } from "./element.js";
import { split } from "./minigpt/bpe.js";
import { rove, show } from "./rove.js";
import { chip, factPlaces, inWords, numbers, spoken, wordsOf } from "./tokens.js";

const MOST_CHIPS = 400;
const LONGEST_WORD = 32; // characters of a word whose merges are replayed
const encoder = new TextEncoder();
const SPLIT = "A dotted chip holds only a part of a letter or sign; its numbers are bytes.";
const HINT = "Choose a token to see its number, its bytes, and how its word was merged.";

export class Pane {
  // `pair(start, stop)` is told which bytes the chosen token covers, so that every pane can mark them.
  constructor(name, tokenizer, fact, pair) {
    Object.assign(this, { name, tokenizer, fact, ids: [], starts: [] });
    this.counts = element("p", { class: "pane-counts" });
    this.chips = element("div", { class: "tokens", role: "listbox", "aria-orientation": "horizontal", "aria-label": `tokens, ${name}` });
    this.split = element("p", { class: "widget-note", hidden: true }, SPLIT);
    this.numbers = element("p", { class: "ids", "aria-hidden": "true", tabindex: -1 }); // each chip is heard with its number
    this.about = element("p", { class: "pane-about" });
    this.replay = element("details", { class: "sees", hidden: true }, element("summary", {}, "How this word was merged"), element("ol"));
    this.element = element("section", { class: "pane", "aria-label": name },
      element("p", { class: "pane-name" }, element("strong", {}, name), `${count(tokenizer.vocabulary)} tokens in its list`),
      this.counts, this.chips, this.split, this.numbers);
    this.neighbors = rove(this.element, (i) => pair(this.starts[i], this.stop(i)));
    this.element.append(this.neighbors, this.about, this.replay);
  }

  stop(i) { return this.starts[i] + this.tokenizer.pieces[this.ids[i]].length; }

  draw(text) {
    this.ids = this.tokenizer.encode(text);
    const pieces = this.ids.map((id) => this.tokenizer.pieces[id]), few = pieces.slice(0, MOST_CHIPS);
    const places = factPlaces(few, this.fact), hidden = this.ids.length - few.length;
    let sum = 0;
    this.words = split(text, this.tokenizer.pattern);
    this.starts = pieces.map((piece) => (sum += piece.length) - piece.length);
    this.tellCounts(sum);
    this.chips.replaceChildren(...inWords(few, few.map((piece, i) => chip(piece, i, {
      fact: places.has(i), role: "option", "data-at": i, tabindex: i ? -1 : 0, "aria-selected": "false",
      "aria-label": `${spoken(piece).replace(/^ (?=\S)/, "space, ")}, number ${this.ids[i]}`,
    }))));
    const number = (_, i) => [element("span", { "data-at": i }, String(this.ids[i])), " "];
    this.numbers.replaceChildren(...few.flatMap(number));
    if (hidden) this.numbers.append(`and ${count(hidden)} more`);
    this.chips.hidden = this.numbers.hidden = this.neighbors.hidden = !this.ids.length;
    this.split.hidden = few.every((piece) => wordsOf(piece) !== null);
    this.about.replaceChildren(HINT);
    this.replay.hidden = true;
  }

  get told() { return `${this.name}: ${this.counts.textContent}.`; }

  // Whoever came by key goes on at the first chip.
  focus(keyed) { if (keyed) this.chips.querySelector('[tabindex="0"]')?.focus(); }

  tellCounts(size) {
    const many = this.ids.length, mean = many ? `, ${(size / many).toFixed(2)} bytes a token` : "";
    const words = `${many === 1 ? " token" : " tokens"}, ${count(size)} ${size === 1 ? "byte" : "bytes"}${mean}`;
    this.counts.replaceChildren(element("strong", {}, count(many)), words);
  }

  tell(i) {
    const { pieces, merges } = this.tokenizer, id = this.ids[i], pair = merges[id - 256];
    const [left, right] = (pair ?? []).map((part, turn) => chip(pieces[part], turn));
    const made = pair ? [`, made by merge ${count(id - 255)} of `, left, " and ", right] : [];
    const unit = pieces[id].length === 1 ? "byte" : "bytes";
    this.about.replaceChildren(`Token number ${count(id)}: ${unit} `, element("code", {}, numbers(pieces[id])), ...made);
  }

  // The word that a byte stands in, before each merge and after the last.
  retell(byte) {
    let sum = 0;
    const word = this.words.find((one) => (sum += encoder.encode(one).length) > byte);
    this.replay.hidden = !word || word.length > LONGEST_WORD;
    if (this.replay.hidden) return;
    const chips = (ids) => ids.map((id, turn) => chip(this.tokenizer.pieces[id], turn));
    const rows = this.tokenizer.replay(word).map((ids) => element("li", {}, element("span", { class: "tokens" }, chips(ids))));
    this.replay.lastChild.replaceChildren(...rows);
  }

  // Marks what covers the bytes from start to stop, whichever tokenizer they were chosen in.
  mark(start, stop) {
    const covers = (i) => this.starts[i] < stop && this.stop(i) > start;
    const first = this.ids.findIndex((_, i) => covers(i));
    if (first >= 0) this.tell(first);
    if (first >= 0) this.retell(this.starts[first]);
    for (const part of this.element.querySelectorAll("[data-at]")) {
      const paired = covers(Number(part.dataset.at));
      part.classList.toggle("is-paired", paired);
      if (part.role === "option") part.setAttribute("aria-selected", String(paired));
      else if (Number(part.dataset.at) === first) show(part, this.numbers);
    }
  }
}
