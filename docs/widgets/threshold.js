// Move a threshold of the recipe: what it then drops and keeps is counted again from the recorded scores.

import { choice, copyLink, frame, row, slider } from "./controls.js";
import { count, element } from "./element.js";
import { faultAnd, fetchJson } from "./fetched.js";
import { kinds, readState } from "./state.js";

const LEAD = "A rule drops every page whose score lies below its threshold.";
const KNOBS = {
  words: {
    name: "little words", ask: "how many of eight little words a text must hold", print: String,
    about: "The rule looks for eight little words, “the” and “of” among them, and counts how many of them a text holds.",
  },
  english: {
    name: "score for English", ask: "score for English that a text must reach", print: (cut) => cut.toFixed(2),
    about: "A classifier gives every text a score between zero and one for being English.",
  },
};
const GROUPS = [["good", "good pages"], ["dirt", "bad pages"], ["copies", "copies of good pages"]];
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
    this.fault = element("div");
    this.box.body.append(element("p", { class: "widget-lead" }, LEAD), this.fault);
    this.box.say(word);
    this.fetch(source);
  }

  async fetch(source, fresh = false) {
    const keyed = this.fault.contains(document.activeElement);
    try {
      const { knobs } = await fetchJson(source, "the recorded scores", fresh);
      this.knobs = Object.fromEntries(knobs.map((knob) => [knob.id, knob]));
      this.fault.replaceChildren();
    } catch (fault) {
      this.fault.replaceChildren(...faultAnd(() => this.fetch(source, true), fault));
      if (keyed) this.fault.querySelector("button").focus();
      return;
    }
    if (!this.gone) this.build();
    if (keyed) this.rule.element.querySelector("select").focus();
  }

  build() {
    const options = Object.entries(KNOBS).map(([id, { name }]) => [id, name]);
    this.rule = choice({ name: "rule", options, value: this.asked.rule, onchange: () => { this.choose(); this.tell(); } });
    this.place = element("div", {});
    this.told = element("div", { class: "threshold" });
    const link = copyLink("threshold", () => ({ rule: this.rule.value, cut: this.cut }));
    this.about = element("p", { class: "widget-note" });
    this.box.body.append(element("div", { class: "threshold-rule" }, this.rule.element, this.about), this.place, this.told, row("", link));
    this.choose(this.asked.cut);
  }

  get knob() { return this.knobs[this.rule.value]; }
  get cut() { return this.knob.cuts[this.at]; }

  // A new slider for the chosen rule; it stands at the asked cut, or at FineWeb's own.
  choose(cut = this.knob.value) {
    const { cuts } = this.knob, { ask, print, about } = KNOBS[this.rule.value];
    this.about.textContent = about;
    const near = cuts.reduce((best, one, i) => (Math.abs(one - cut) < Math.abs(cuts[best] - cut) ? i : best), 0);
    this.at = near;
    const moved = (at) => {
      this.at = at;
      this.show();
      this.tell();
    };
    const words = (at) => print(cuts[at]), heard = (at) => `${words(at)}${cuts[at] === this.knob.value ? ", FineWeb’s setting" : ""}`;
    const made = slider({ name: ask, from: 0, to: cuts.length - 1, step: 1, value: near, words, heard, onchange: moved });
    made.note.textContent = `FineWeb’s setting: ${print(this.knob.value)}`;
    this.place.replaceChildren(made.element);
    this.show();
  }

  show() {
    this.told.replaceChildren(...GROUPS.map(([group, name]) => this.group(name, this.knob.groups[group])));
  }

  tell() {
    this.box.tell(GROUPS.map(([group, name]) => this.short(name, this.knob.groups[group])).join("; "), 500);
  }

  // A group in a few words, for who listens.
  short(name, pages) {
    const all = Object.values(pages).flat(), gone = Object.values(pages).flatMap((counts) => counts.slice(0, this.at));
    return `${name}: ${count(total(gone))} of ${count(total(all))} dropped`;
  }

  // How many pages of a group are dropped, as a bar and in words, with the kinds that most of them are of.
  group(name, pages) {
    const below = Object.entries(pages).map(([kind, counts]) => [kind, total(counts.slice(0, this.at))]);
    const gone = total(below.map(([, many]) => many)), all = total(Object.values(pages).flat());
    const most = below.filter(([, many]) => many).sort((one, other) => other[1] - one[1]).slice(0, NAMED);
    const kindsGone = most.map(([kind, many]) => `${kind} ${count(many)}`).join("; ");
    return element("div", { class: "threshold-group" },
      element("p", {}, element("strong", {}, `${name}:`), ` ${count(gone)} dropped, ${count(all - gone)} kept`),
      element("div", { class: "threshold-bar", "aria-hidden": "true" },
        element("span", { class: "kept", style: `flex-grow:${all - gone}` }), element("span", { class: "gone", style: `flex-grow:${gone}` })),
      element("p", { class: "slider-note" }, kindsGone ? `dropped: ${kindsGone}${most.length < below.filter(([, many]) => many).length ? "; and others" : ""}` : "none dropped"));
  }

  close() {
    this.gone = true;
    this.box.undo();
  }
}

const total = (counts) => counts.reduce((sum, one) => sum + one, 0);
