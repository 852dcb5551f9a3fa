// The four settings of a draw, in the order in which they work: a slider each, and under it what it leaves and cuts.

import { USUAL } from "./chain.js";
import { button, rest, slider } from "./controls.js";
import { count, element, share } from "./element.js";

const OFF = 101; // the place on the slider of top-k that switches it off
const NOTE = "The settings work one after the other, in this order. Under each: how many tokens it leaves, and which part of the "
  + "probability it keeps and cuts. Another order can leave other tokens, since a cut goes by the chances that it is given.";
const same = (x) => x;
const KNOBS = {
  temperature: { from: 0, to: 2, step: 0.05, words: (x) => x.toFixed(2), heard: (x) => (x ? x.toFixed(2) : "0: the likeliest") },
  top_k: { from: 1, to: OFF, step: 1, words: (x) => (x < OFF ? String(x) : "off"), place: (k) => k || OFF, read: (x) => (x < OFF ? x : 0) },
  top_p: { from: 0.05, to: 1, step: 0.01, words: (x) => (x < 1 ? x.toFixed(2) : "off") },
  min_p: { from: 0, to: 0.5, step: 0.01, words: (x) => (x ? x.toFixed(2) : "off") },
};
export const MOST_K = OFF - 1;
const spoken = (key) => key.replace("_", "-");

export class Settings {
  // held: {temperature, top_k, top_p, min_p, order}; `changed` is told when a value or, in words, the order is another.
  constructor(held, changed) {
    Object.assign(this, { held, changed, place: element("div", { class: "sliders four" }) });
    this.sliders = Object.fromEntries(USUAL.map((key) => [key, this.build(key)]));
    this.whole = element("p", { class: "settings-whole" });
    this.element = element("div", { class: "settings" }, element("p", { class: "widget-note" }, NOTE), this.place, this.whole);
    this.arrange();
  }

  get values() { return Object.fromEntries(USUAL.map((key) => [key, this.held[key]])); }
  get order() { return this.held.order; }

  build(key) {
    const { place = same, read = same, ...knob } = KNOBS[key];
    const move = (next) => {
      this.held[key] = read(next);
      this.changed();
    };
    const made = slider({ ...knob, name: spoken(key), value: place(this.held[key]), onchange: move });
    made.earlier = button("apply earlier", () => this.earlier(key), { class: "quiet", "aria-label": `apply earlier: ${spoken(key)}` });
    made.element.append(made.earlier);
    return made;
  }

  arrange() {
    this.place.replaceChildren(...this.order.map((key) => this.sliders[key].element));
    this.order.forEach((key, place) => rest(this.sliders[key].earlier, place === 0));
  }

  earlier(key) {
    const order = this.order.slice(), place = order.indexOf(key);
    [order[place - 1], order[place]] = [order[place], order[place - 1]];
    this.held.order = order;
    this.arrange();
    this.sliders[key].earlier.focus();
    this.changed(`${spoken(key)} works at place ${place} of ${order.length}. `);
  }

  // states: before the first setting and after each; before: what the cuts would find if temperature alone had worked.
  tell(states, before) {
    this.order.forEach((key, i) => {
      const { left, kept } = remains(states[i], states[i + 1]);
      this.sliders[key].note.textContent = `${count(left)} left, ${share(kept)} kept, ${share(Math.max(0, 1 - kept))} cut`;
    });
    const { left, kept } = remains(before, states.at(-1)), cut = share(Math.max(0, 1 - kept));
    const can = `Now ${count(left)} of ${count(before.length)} tokens can be drawn.`;
    const held = `Before the cuts they held ${share(kept)} of the probability; ${cut} was cut away.`;
    this.whole.textContent = left < before.length ? `${can} ${held}` : can;
  }
}

// How many tokens are left after a cut, and which part of the probability they had before it.
function remains(came, p) {
  const left = p.reduce((sum, one) => sum + (one > 0), 0);
  return { left, kept: came.reduce((sum, one, id) => sum + (p[id] > 0 ? one : 0), 0) };
}
