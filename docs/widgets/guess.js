// The network's guess: the likeliest next tokens, what switching off changed, and the arithmetic of any token's score.

import { labelled } from "./controls.js";
import { element, share } from "./element.js";
import { logit } from "./logit.js";
import { best_first, distribution } from "./minigpt/sample.js";
import { spoken as part } from "./silent.js";
import { bars, chip, nextOfFact, spoken } from "./tokens.js";

const BARS = 6;
const NEW = 2; // bars of tokens that only come up when something is off
const LONGEST = 40; // characters of a token that is looked up

export class Guess {
  // `rows(ids)` fetches rows of the embedding; `tell` is told of a chosen score; `touched` is the id whose arithmetic is shown first.
  constructor({ rows, tell, fact, touched = null }) {
    Object.assign(this, { rows, tell, fact, touched, asked: touched, job: 0 });
    this.bars = element("div");
    this.field = element("input", {
      type: "text", maxlength: LONGEST, spellcheck: "false", autocomplete: "off", autocapitalize: "off",
    });
    this.field.addEventListener("input", () => this.lookUp());
    this.score = element("div", { class: "arithmetic" });
    this.element = element("div", { class: "widget-body" }, this.bars, element("div", { class: "look-up" }, labelled("another token", this.field)), this.score);
  }

  // whole: what look() gave for these ids; less: what it gave with the `off` ones switched off, or null.
  show({ tokenizer, ids, whole, less, off }) {
    Object.assign(this, { tokenizer, ids, now: less ?? whole, next: nextOfFact(tokenizer, ids, this.fact) });
    const before = distribution(whole.lens.at(-1)), now = less ? distribution(less.lens.at(-1)) : before;
    const best = best_first(before, BARS), { next } = this;
    best.push(...best_first(now, NEW).filter((id) => !best.includes(id)));
    if (this.asked !== null && this.asked < before.length && !best.includes(this.asked)) best.push(this.asked);
    if (!best.includes(this.touched)) this.touched = best[0];
    const shown = best.map((id, i) => ({
      name: this.touchable(id, i), value: now[id], kind: id === next ? "is-fact" : "",
      words: less ? `${share(before[id])} → ${share(now[id])}` : share(now[id]),
    }));
    const without = off.map(part).join(", ");
    const unit = `probability of the next token${without ? `: all on → without ${without}` : ""}`;
    const told = best.includes(next) ? next : best[0], went = less ? [this.tellMoved(told, before, now)] : [];
    this.bars.replaceChildren(element("p", { class: "unit" }, unit), bars(shown, { label: unit, top: 1 }), ...went);
    this.bars.classList.toggle("pairs", Boolean(less));
    this.told = less ? went[0].textContent : `The likeliest next token: ${spoken(tokenizer.pieces[best[0]])}, ${share(before[best[0]])}.`;
    this.again = () => this.show({ tokenizer, ids, whole, less, off });
    return this.showScore();
  }

  // What became of one token's chance, up or down, and how much of the probability lies elsewhere in all.
  tellMoved(id, before, now) {
    const change = now[id] - before[id], much = share(Math.abs(change));
    const way = much === "0.000" || Math.abs(change) < 0.0005 ? "is what it was" : `${change > 0 ? "rose" : "fell"} by ${much}`;
    return element("p", { class: "moved" }, "The chance of ", this.chip(id, best_first(before).indexOf(id)),
      ` ${way}; ${share(moved(before, now))} of all the probability lies on other tokens than before.`);
  }

  chip(id, i) { return chip(this.tokenizer.pieces[id], i, { fact: id === this.next }); }

  touchable(id, i) {
    return element("button", {
      type: "button", class: "quiet touch tokens", "aria-pressed": String(id === this.touched), "data-id": id, onclick: () => this.touch(id),
    }, this.chip(id, i));
  }

  touch(id) {
    this.touched = id;
    for (const made of this.bars.querySelectorAll("[data-id]")) made.setAttribute("aria-pressed", String(made.dataset.id === String(id)));
    this.showScore().then(() => this.tellScore());
  }

  tellScore() { this.tell(this.score.firstChild?.textContent ?? "", 500); }

  // The first token of what is typed gets a bar and its arithmetic, however unlikely it is.
  lookUp() {
    const [id = null] = this.tokenizer?.encode(this.field.value) ?? [];
    this.asked = id;
    if (id !== null) this.touched = id;
    this.again?.().then(() => this.tellScore());
  }

  async showScore() {
    const id = this.touched, job = ++this.job, { lens, last } = this.now;
    const [own] = await this.rows([id]).catch(() => []);
    if (!own || job !== this.job) return;
    const open = this.score.querySelector("details")?.open, piece = this.tokenizer.pieces[id];
    this.score.replaceChildren(...logit({ piece, id, row: last, own, scores: lens.at(-1), fact: id === this.next, open }));
  }
}

// How much of the probability lies elsewhere: half of all differences, since what one token loses another gains.
export const moved = (p, q) => p.reduce((sum, one, id) => sum + Math.abs(one - q[id]), 0) / 2;
