// What the model sees of a conversation: every token of the template, with the probability the model gave it.

import { element, share } from "./element.js";
import { factPlaces, tallChip } from "./tokens.js";

const EMPTY = "Ask something first.";
const LEGEND = "One row of tokens, no speakers. Under each is the probability the model gave it after all that stands "
  + "before it; those underlined it wrote itself.";

export class Template {
  constructor(open, fact) {
    this.fact = fact;
    this.chips = element("div", { class: "tokens with-ids" });
    this.note = element("p", { class: "widget-note" }, EMPTY);
    const summary = element("summary", {}, "What the model sees");
    this.element = element("details", { class: "sees", open }, summary, this.note, this.chips);
    this.asked = 0;
  }

  // The first `given` ids were put before the model; the rest it wrote.
  async show(tokenizer, ids, given, model) {
    const mine = ++this.asked, scored = await model.score(ids).catch(() => null);
    if (mine !== this.asked || !scored) return;
    const places = factPlaces(ids.map((id) => tokenizer.pieces[id]), this.fact);
    const special = new Set(Object.values(tokenizer.specials));
    this.note.textContent = LEGEND;
    const below = (i) => (i ? share(scored.p[i]) : "–");
    this.chips.replaceChildren(...ids.map((id, i) => tallChip(tokenizer.pieces[id], i, below(i), {
      special: special.has(id), fact: places.has(i), drawn: i >= given, title: `number ${id}`,
    })));
  }

  forget() {
    this.asked++;
    this.chips.replaceChildren();
    this.note.textContent = EMPTY;
  }
}
