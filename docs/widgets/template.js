// What the model sees of a conversation: every token of the template, with the probability the model gave it, and for
// each that is touched what the model expected in its place.

import { element, share } from "./element.js";
import { rove } from "./rove.js";
import { bars, factPlaces, inWords, likeliest, spoken, tallChip } from "./tokens.js";

const EMPTY = "Ask something first. Then every token that goes in and comes out stands here.";
const LEGEND = "All of it is one row of tokens, broken into lines for your eyes. Outlined ones were put in by the program around "
  + "the model, tinted ones were said before, underlined ones it has just written. Below each is the chance the model gave "
  + "it, judging by what stands before it and nothing else. Choose one to see what else it expected there.";
const BARS = 5;
const SPEAKS = ["<|user|>", "<|assistant|>"]; // each begins a line

export class Template {
  // `tell` is told what was expected where a reader chose a token.
  constructor(open, fact, tell) {
    this.fact = fact;
    this.chips = element("div", {
      class: "seen", role: "listbox", "aria-orientation": "horizontal", "aria-label": "tokens that the model sees", hidden: true,
    });
    this.place = element("div", { class: "expected", hidden: true });
    this.note = element("p", { class: "widget-note" }, EMPTY);
    const summary = element("summary", {}, "What the model sees");
    this.element = element("details", { class: "sees", open }, summary, this.note, this.chips, this.place);
    this.asked = 0;
    rove(this.chips, (at) => tell(this.look(at), 500));
  }

  // The first `given` ids were put before the model; the rest it wrote.
  async show(tokenizer, ids, given, model) {
    const mine = ++this.asked, scored = await model.score(ids, { top: BARS }).catch(() => null);
    if (mine !== this.asked || !scored) return;
    Object.assign(this, { tokenizer, ids, given, scored, special: new Set(Object.values(tokenizer.specials)) });
    this.places = factPlaces(ids.map((id) => tokenizer.pieces[id]), this.fact);
    const begins = new Set(SPEAKS.map((name) => tokenizer.specials[name])), lines = [[]];
    ids.forEach((id, i) => {
      if (i > 1 && begins.has(id)) lines.push([]);
      lines.at(-1).push(i);
    });
    this.note.textContent = LEGEND;
    this.chips.hidden = this.place.hidden = false;
    const chips = (line) => inWords(line.map((i) => tokenizer.pieces[ids[i]]), line.map((i) => this.chip(ids[i], i)));
    this.chips.replaceChildren(...lines.map((line) => element("div", { class: "tokens with-ids", role: "presentation" }, chips(line))));
    this.look(Math.min(given, ids.length - 1));
  }

  chip(id, i) {
    const at = i === Math.min(this.given, this.ids.length - 1);
    const piece = this.tokenizer.pieces[id], chance = i ? share(this.scored.p[i]) : "–";
    return tallChip(piece, i, chance, {
      "aria-label": `${spoken(piece)}, ${i < this.given ? "" : "written, "}${i ? chance : "first"}`,
      special: this.special.has(id), fact: this.places.has(i), drawn: i >= this.given, title: `number ${id}`,
      role: "option", "data-at": i, tabindex: at ? 0 : -1, "aria-selected": "false",
    });
  }

  // What the model expected where token `at` stands; returns it in words.
  look(at) {
    for (const made of this.chips.querySelectorAll("[data-at]")) {
      made.setAttribute("aria-selected", String(made.dataset.at === String(at)));
    }
    const likely = this.scored.likely[at];
    const words = at < this.given ? "expected where this token was put" : "expected where it wrote this token";
    const unit = at ? `what the model ${words}` : "the first token is always the same; nothing stands before it";
    const isFact = (id) => this.places.has(at) && this.ids[at] === id;
    const rows = likeliest(likely, this.tokenizer, isFact, likely.length ? "all others" : "");
    this.place.replaceChildren(element("p", { class: "unit" }, unit), bars(rows, { label: unit, top: 1 }));
    const named = ([id, p]) => `${spoken(this.tokenizer.pieces[id])} ${share(p)}`;
    return likely.length ? `${words}: ${likely.map(named).join(", ")}` : unit;
  }

  forget() {
    this.asked++;
    this.chips.hidden = this.place.hidden = true;
    this.chips.replaceChildren();
    this.note.textContent = EMPTY;
  }
}
