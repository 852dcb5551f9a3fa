// A tiny model learns the reader's own text, here: the loss as it falls, the guessers it has to beat, what it writes.

import { sizeOf } from "./asset.js";
import { button, choice, copyLink, frame, holds, labelled, numberField, rest, row, slider } from "./controls.js";
import { count, element, sized } from "./element.js";
import { fetchJson } from "./fetched.js";
import { BATCH, beginning, MERGES, RATE, SIZE, TEMPERATURE } from "./lesson.js";
import { Progress } from "./progress.js";
import { kinds, readState } from "./state.js";
import { openTraining } from "./training.js";

const LONGEST = 200_000; // characters of the text
const MOST_SEED = 2 ** 31;
const EXAMPLE = "pretrain/reading.json"; // pages of the corpus
const CHOICES = [0, 64, 256, 512]; // merges
const POWERS = [-4, -1]; // of ten, between which the step size lies
const ENOUGH = 4000; // steps, after which it asks whether to go on
const PAUSE = 1500; // milliseconds between two looks at what it can do, or
const GROWN = 1.5; // so many times the steps
const HEARD = 6000; // milliseconds between two tellings of the loss to who listens
const LOOKED = 513; // held-out tokens of a look
const WRITES = 60; // tokens of a sample
const LEAD = "Press “Train”, with a text of your own or without one. Then watch the two curves part: the model gets better at what it reads "
  + "than at the tenth that it never reads.";
const HINT = "Paste a few pages of any text, or take an example. It stays in this page.";

export function mount(el, options) {
  const school = new School(el, options);
  return () => school.close();
}

class School {
  constructor(el, { text = "", merges = MERGES, rate = RATE, seed = 1, enough = ENOUGH }) {
    const { values, word } = readState("train", {
      text: kinds.text(LONGEST), merges: kinds.choice(CHOICES.map(String)), seed: kinds.number(0, MOST_SEED, 1),
      rate: kinds.number(10 ** POWERS[0], 10 ** POWERS[1]),
    });
    this.held = { text, rate, seed, merges: String(merges), enough, ...values };
    this.asked = ["merges", "rate", "seed"].some((name) => name in values); // a link that chose one of them shows it
    Object.assign(this, { training: null, lesson: null, running: false, looked: -Infinity, looking: false, steps: [], looks: [], gone: false });
    this.box = frame(el, "trained in this page; nothing is sent");
    this.build();
    this.box.say(word);
  }

  build() {
    this.field = element("textarea", {
      rows: 5, maxlength: LONGEST, spellcheck: "false", placeholder: HINT,
    });
    this.field.value = this.held.text;
    this.field.addEventListener("input", holds(this.field, LONGEST, this.box.say));
    this.example = button("take pages of the isles", () => this.takeExample());
    sizeOf(EXAMPLE).then((size) => { this.example.textContent = sized("take pages of the isles", size); });
    this.start = button("Train", () => this.begin(), { filled: true });
    this.hold = button("pause", () => (this.running ? this.training.pause() : this.go()));
    this.reset = button("reset", () => {
      this.forget();
      this.box.tell("The model is gone.");
    });
    this.live = element("div", { class: "widget-body", hidden: true });
    const state = () => ({ text: this.field.value, merges: this.merges.value, rate: this.rate().toPrecision(3), seed: this.die.value });
    this.showButtons();
    this.box.body.append(element("p", { class: "widget-lead" }, LEAD), labelled("text to learn", this.field), row("", this.example),
      this.buildSettings(), row("", this.start, this.hold, this.reset), this.live, row("", copyLink("train", state)));
  }

  buildSettings() {
    const named = (many) => [String(many), many ? `bytes and ${count(many)} merges` : "bytes alone"];
    this.merges = choice({ name: "tokens", options: CHOICES.map(named), value: this.held.merges, onchange() {} });
    this.stride = slider({
      name: "step size", from: POWERS[0], to: POWERS[1], step: 0.05, value: Math.log10(this.held.rate),
      words: (power) => (10 ** power).toPrecision(2), onchange: () => this.progress && this.training.set({ rate: this.rate() }),
    });
    this.stride.note.textContent = "at first; steps shrink as it goes";
    this.die = numberField({ name: "seed", value: this.held.seed, most: MOST_SEED });
    const all = element("div", { class: "sliders" }, this.merges.element, this.stride.element, this.die.element);
    return element("details", { class: "sees", open: this.asked }, element("summary", {}, "Settings"), all);
  }

  rate() { return 10 ** this.stride.value; }

  async takeExample() {
    for (const one of [this.example, this.start]) rest(one, true);
    try {
      const text = await reading(this.failed);
      if (this.gone) return;
      this.field.value = text;
      this.box.say("");
      this.box.tell(`${count(text.length)} characters of the isles’ pages are in the box.`);
    } catch (fault) {
      this.failed = true; // then the browser's own copy is not trusted
      this.box.say(`This did not work: ${fault.message}. Try again, or paste a text.`, true);
    }
    for (const one of [this.example, this.start]) rest(one, false);
  }

  // A fresh model; whatever ran before is gone. Without a text, it takes the example.
  async begin() {
    if (!this.field.value.trim()) await this.takeExample();
    const text = this.field.value.slice(0, LONGEST);
    if (this.gone || !text.trim()) return;
    this.forget();
    const training = this.training = openTraining();
    this.showButtons();
    this.box.say("Cutting your text into tokens …");
    const lesson = await training.prepare(text, Number(this.merges.value)).catch((fault) => ({ fault }));
    if (training === this.training) this.teach(lesson);
  }

  // The lesson is ready, or there is none: too little text, or a program that could not be fetched.
  teach({ fault, ...lesson }) {
    const { pieces, ids, held } = lesson, few = !fault && (held.length < 2 || ids.length < SIZE.context + 2);
    if (fault || few) {
      this.forget();
      if (fault) return this.box.say(`This did not work: ${fault.message}.`, true);
      return this.box.say(`These are ${count(ids.length + held.length)} tokens, too few to learn from: give it more text, or fewer merges.`);
    }
    const config = { vocabulary: pieces.length, ...SIZE };
    this.lesson = { ...lesson, config };
    this.training.begin({ config, seed: this.die.value, tokens: ids, batch: BATCH, rate: this.rate() });
    this.progress = new Progress(this.lesson);
    this.live.replaceChildren(...this.progress.parts);
    this.live.hidden = false;
    this.go();
  }

  // Runs until it is paused, has had enough, or breaks.
  async go() {
    const { training } = this;
    Object.assign(this, { running: true, heard: performance.now(), enough: (this.steps.at(-1)?.[0] ?? 0) + this.held.enough });
    this.showButtons();
    this.box.say("");
    this.box.tell("It is learning.");
    const fault = await training.run((part) => training === this.training && this.hear(part)).then(() => null, (error) => error);
    if (training !== this.training) return;
    this.running = false;
    this.showButtons();
    this.show();
    if (!fault) return this.box.tell(this.progress.told.textContent);
    this.box.say(`This ended: ${fault.message}. Begin anew, perhaps with smaller steps.`, true);
    rest(this.hold, true);
  }

  hear({ step, loss }) {
    this.steps.push([step, loss]);
    if (performance.now() - this.heard > HEARD) {
      this.heard = performance.now();
      this.box.tell(`Step ${count(step)}: loss ${loss.toFixed(2)}`);
    }
    if (step >= this.enough) {
      this.training.pause();
      this.box.say(`It has taken ${count(step)} steps; go on if you like.`);
    }
    const grown = step > GROWN * (this.looks.at(-1)?.[0] ?? 0); // early on much happens in a second
    if (!this.looking && (grown || performance.now() - this.looked > PAUSE)) this.look(step);
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.show());
  }

  // Now and then: the loss on what it never reads, and a sample, each with a die of its own.
  async look(step) {
    const { training, lesson, lesson: { held }, die } = this;
    this.looking = true;
    try {
      const nats = await training.loss(held.subarray(0, LOOKED));
      const written = await training.sample({
        ids: [beginning(lesson)], count: WRITES, seed: die.value + step, settings: { temperature: TEMPERATURE }, stop: [],
      });
      if (training !== this.training) return;
      this.looks.push([step, nats]);
      this.progress.addSample(step, written);
      this.show();
    } catch { // a closed or broken training: run tells it
    } finally {
      this.looking = false;
      this.looked = performance.now();
    }
  }

  show() {
    if (this.training && this.steps.length) this.progress.show(this.steps, this.looks);
  }

  showButtons() {
    this.start.textContent = this.training ? "Begin anew" : "Train";
    rest(this.reset, !this.training);
    rest(this.hold, !this.progress);
    this.hold.textContent = this.running || !this.progress ? "pause" : "go on";
  }

  forget() {
    this.training?.close();
    this.progress?.close();
    cancelAnimationFrame(this.waiting);
    const none = { training: null, progress: null, running: false, looking: false, looked: -Infinity, steps: [], looks: [] };
    Object.assign(this, none);
    this.live.replaceChildren();
    this.live.hidden = true;
    this.box.say("");
    this.showButtons();
  }

  close() {
    this.gone = true;
    this.forget();
    this.box.undo();
  }
}

async function reading(fresh) {
  const { text } = await fetchJson(EXAMPLE, "the pages", fresh);
  if (!text) throw new Error("the pages came cut short or altered");
  return text;
}
