// Move a threshold of the recipe: what it then drops and keeps is counted again from the recorded scores.

import { choice, copyLink, frame, row, slider } from "./controls.js";
import { count, element } from "./element.js";
import { asset } from "./engine.js";
import { kinds, readState } from "./state.js";

const KNOBS = {
  words: { name: "little words", ask: "little words that a text must hold", print: String },
  english: { name: "score for English", ask: "score for English that a text must reach", print: (cut) => cut.toFixed(2) },
};
const GROUPS = [["good", "good pages"], ["dirt", "dirt"], ["copies", "copies of good pages"]];
const NAMED = 4; // kinds named under the bars

export function mount(el, options) {
  const threshold = new Threshold(el, options);
  return () => threshold.close();
}

class Threshold {
  constructor(el, { source = "data/thresholds.json", rule = "words" }) {
    const { values, word } = readState("threshold", { rule: kinds.choice(Object.keys(KNOBS)), cut: kinds.number(0, 8) });
    Object.assign(this, { asked: { rule, ...values }, gone: false });
    this.box = frame(el, "counted from the recorded scores");
    this.box.say(word);
    this.fetch(source);
  }

  async fetch(source) {
    try {
      const answer = await fetch(asset(source));
      if (!answer.ok) throw new Error(`the server says ${answer.status}`);
      this.knobs = Object.fromEntries((await answer.json()).knobs.map((knob) => [knob.id, knob]));
    } catch (fault) {
      return this.gone || this.box.say(`The recorded scores did not come: ${fault.message}.`, true);
    }
    if (!this.gone) this.build();
  }

  build() {
    const options = Object.entries(KNOBS).map(([id, { name }]) => [id, name]);
    this.rule = choice({ name: "rule", options, value: this.asked.rule, onchange: () => this.choose() });
    this.place = element("div", {});
    this.told = element("div", { class: "threshold", "aria-live": "polite" });
    const link = copyLink("threshold", () => ({ rule: this.rule.value, cut: this.cut }));
    this.box.body.append(row("rule", this.rule.element, link), this.place, this.told);
    this.choose(this.asked.cut);
  }

  get knob() { return this.knobs[this.rule.value]; }
  get cut() { return this.knob.cuts[this.at]; }

  // A new slider for the chosen rule; it stands at the asked cut, or at FineWeb's own.
  choose(cut = this.knob.value) {
    const { cuts } = this.knob, { ask, print } = KNOBS[this.rule.value];
    const near = cuts.reduce((best, one, i) => (Math.abs(one - cut) < Math.abs(cuts[best] - cut) ? i : best), 0);
    this.at = near;
    const moved = (at) => {
      this.at = at;
      this.show();
    };
    const words = (at) => `${print(cuts[at])}${cuts[at] === this.knob.value ? ", FineWeb’s own" : ""}`;
    this.place.replaceChildren(slider({ name: ask, from: 0, to: cuts.length - 1, step: 1, value: near, words, onchange: moved }).element);
    this.show();
  }

  show() {
    this.told.replaceChildren(...GROUPS.map(([group, name]) => this.group(name, this.knob.groups[group])));
  }

  // How many pages of a group are dropped, as a bar and in words, with the kinds that most of them are of.
  group(name, pages) {
    const below = Object.entries(pages).map(([kind, counts]) => [kind, total(counts.slice(0, this.at))]);
    const gone = total(below.map(([, many]) => many)), all = total(Object.values(pages).flat());
    const most = below.filter(([, many]) => many).sort((one, other) => other[1] - one[1]).slice(0, NAMED);
    const kindsGone = most.map(([kind, many]) => `${kind} ${count(many)}`).join(", ");
    return element("div", { class: "threshold-group" },
      element("p", {}, element("strong", {}, name), ` ${count(gone)} dropped, ${count(all - gone)} kept`),
      element("div", { class: "threshold-bar", "aria-hidden": "true" },
        element("span", { class: "kept", style: `flex-grow:${all - gone}` }), element("span", { class: "gone", style: `flex-grow:${gone}` })),
      element("p", { class: "slider-note" }, kindsGone ? `dropped: ${kindsGone}${most.length < below.filter(([, many]) => many).length ? ", and others" : ""}` : "none dropped"));
  }

  close() {
    this.gone = true;
    this.box.undo();
  }
}

const total = (counts) => counts.reduce((sum, one) => sum + one, 0);
