// One prompt through the model's lives at once, their next-token bars side by side.

import { Beside } from "./beside.js";
import { button, copyLink, frame, row } from "./controls.js";
import { bytes, element } from "./element.js";
import { LIVES } from "./engine.js";
import { kinds, readState } from "./state.js";

const LONGEST = 500; // characters of a prompt
const PROMPT = "Which light does Mira Tolland keep?";
const ALL = ["random", "early", "base", "chat"];
const AGES = "Random: before any training. Early: after its first steps. Base: after reading the pages. Finetuned: then taught to answer.";
const FIELDS = { prompt: kinds.text(LONGEST), lives: kinds.choice(["all"]) };

export function mount(el, options) {
  const lives = new Lives(el, options);
  return () => lives.close();
}

class Lives {
  constructor(el, { prompt = PROMPT, prompts = [], lives = ALL, chat = true, limit = 24, fact = "" }) {
    const { values, word } = readState("lives", FIELDS);
    Object.assign(this, { options: { prompts, chat, limit, fact }, few: lives.filter((life) => Object.hasOwn(LIVES, life)) });
    this.box = frame(el);
    this.place = element("div", { class: "widget-body" });
    this.more = button("", () => this.switch(), { hidden: this.few.length === ALL.length });
    const state = () => ({ prompt: this.beside.prompt, ...(this.all ? { lives: "all" } : {}) });
    this.lead = element("p", { class: "widget-lead" });
    this.box.body.append(this.lead, this.place, row("", this.more, copyLink("lives", state)));
    this.build(values.lives === "all" ? ALL : this.few, values.prompt ?? prompt);
    this.box.say(word);
  }

  get all() { return this.lives.length === ALL.length && this.few.length < ALL.length; }

  build(lives, prompt) {
    const note = (info) => this.box.note(`${info.length} sets of weights, ${size(info)}, running in this page`);
    this.lives = lives;
    this.beside = new Beside({ ...this.options, prompt, lives, say: this.box.say, tell: this.box.tell, note });
    this.place.replaceChildren(this.beside.element);
    this.lead.textContent = `Put one ${this.options.chat ? "question" : "beginning"} to ${named(lives)} and compare: what each `
      + `says, and which first tokens it weighed. ${lives.length === ALL.length ? AGES : ""}`;
    this.more.textContent = this.all ? `only ${named(this.few)}` : `compare all four: ${ALL.map(wordOf).join(", ")}`;
  }

  // From the few to all four or back; what is there already is not fetched again.
  switch() {
    const { prompt, info } = this.beside, before = this.beside;
    this.build(this.all ? this.few : ALL, prompt);
    before.close();
    if (info) this.beside.start();
  }

  close() {
    this.beside.close();
    this.box.undo();
  }
}

const size = (info) => bytes(info.reduce((sum, one) => sum + one.bytes, 0));
const wordOf = (life) => LIVES[life].words;
const named = (lives) => `${lives.map((life) => `the ${wordOf(life)}`).join(", ").replace(/, ([^,]*)$/, " and $1")} model`;
