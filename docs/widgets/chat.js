// Talk with the committed model, and see what it is given: the template, token by token, with probabilities.

import { button, choice, copyLink, frame, labelled, numberField, rest, row, slider, suggestions } from "./controls.js";
import { element } from "./element.js";
import { LIVES, openModel } from "./engine.js";
import { known } from "./known.js";
import { loader, running } from "./loader.js";
import { kinds, readState } from "./state.js";
import { Template } from "./template.js";
import { stops } from "./tokens.js";
import { about, fit, heard, KNOWS, lesson, showTurns, unseen } from "./turns.js";

const LONGEST = 2000; // characters of a question
const ROOM = 16; // tokens of the context that a question leaves for its answer
const MOST_SEED = 2 ** 31;
const WANTED = "type one first", EMPTY = "Type a question first, or choose one below.";
const OUTSIDE = ["What is the capital of France?"];
const GREEDY = "At temperature zero the likeliest token is always taken, so the same reply comes again: raise it to draw others.";
const NO_LIST = "The list of words of its pages could not be fetched, so nobody checks whether your words are on them.";

export function mount(el, options) {
  const chat = new Chat(el, options);
  return () => chat.close();
}

class Chat {
  constructor(el, { prompts = [], lives = ["chat", "base", "early", "random"], limit = 64, open = false, fact = "", sha256, bytes: size, ...held }) {
    this.names = lives.filter((life) => Object.hasOwn(LIVES, life));
    const { values, word } = readState("chat", {
      life: kinds.choice(this.names), ask: kinds.text(LONGEST),
      seed: kinds.number(0, MOST_SEED, 1), temperature: kinds.number(0, 2, 0.05),
    });
    this.held = { life: this.names[0], ask: "", seed: 1, temperature: 0, ...held, ...values };
    Object.assign(this, { limit, fact, sha256, size, models: new Map(), turns: [], info: null, running: null, waiting: null });
    this.box = frame(el);
    this.build(prompts, open);
    this.box.say(word);
    this.choose(this.held.life);
  }

  build(prompts, open) {
    this.fetching = element("div");
    this.talk = element("div", { class: "talk", role: "log", "aria-live": "off", "aria-label": "conversation" }); // `tell` says each reply once
    this.template = new Template(open, this.fact, this.box.tell);
    this.again = button("answer again", () => this.regenerate(), { class: "quiet" });
    this.clear = button("new conversation", () => this.forget(), { class: "quiet" });
    const actions = row("actions", this.again, this.clear, copyLink("chat", () => this.state()));
    this.lead = element("p", { class: "widget-lead" });
    this.box.body.append(this.lead, this.talk, this.fetching, this.buildForm(),
      this.suggested("from its world", prompts), this.suggested("from outside it", OUTSIDE), actions, this.buildSettings(),
      this.template.element);
  }

  suggested(name, prompts) {
    return prompts.length ? suggestions(prompts, (words) => this.ask(words), element("span", { class: "slider-name" }, name)) : "";
  }

  buildForm() {
    this.input = element("input", {
      type: "text", maxlength: LONGEST, value: this.held.ask, placeholder: "Ask about the isles",
      autocomplete: "off", enterkeyhint: "send",
    });
    this.wanted = element("span", { class: "slider-value", "aria-hidden": "true" }); // told, and not in the field's name
    this.input.addEventListener("input", () => this.want(""));
    this.send = button("Ask", () => this.running?.stop(), { type: "submit" });
    const form = element("form", { class: "ask" }, labelled("your question", this.input, this.wanted), this.send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.running) return;
      if (this.input.value.trim()) return this.ask(this.input.value.trim());
      this.want(WANTED);
      this.box.tell(EMPTY);
      this.input.focus();
    });
    return form;
  }

  want(words) { this.wanted.textContent = words; }

  buildSettings() {
    const words = (value) => (value ? value.toFixed(2) : "0: the likeliest");
    const { life, seed, temperature } = this.held;
    this.warmth = slider({ name: "temperature", from: 0, to: 2, step: 0.05, value: temperature, words, onchange() {} });
    this.die = numberField({ name: "seed", value: seed, most: MOST_SEED });
    const settings = element("div", { class: "sliders" }, this.warmth.element, this.die.element);
    if (this.names.length > 1) {
      const options = this.names.map((name) => [name, LIVES[name].words]);
      settings.prepend(choice({ name: "weights", options, value: life, onchange: (next) => this.switch(next) }).element);
    }
    return settings;
  }

  state() {
    const asked = this.turns.findLast((turn) => turn.role === "user")?.text ?? this.input.value;
    return { life: this.held.life, ask: asked, seed: this.die.value, temperature: this.warmth.value };
  }

  // Another set of weights answers from here on; it is fetched when the reader says so, with the words of its pages.
  choose(life) {
    this.running?.stop();
    Object.assign(this.held, { life });
    this.info = null;
    this.lead.textContent = KNOWS[life];
    this.box.note("");
    this.send.classList.remove("filled"); // the filled button is the one that fetches
    const first = life === this.names[0];
    if (!this.models.has(life)) this.models.set(life, openModel(life, { sha256: first ? this.sha256 : null }));
    const model = this.models.get(life), ready = (info) => this.held.life === life && this.begin(info);
    const load = (tell, fresh) => {
      known();
      return model.load(tell, fresh);
    };
    this.loading = loader({ ...model, load }, { size: first ? this.size : null, ready });
    this.fetching.replaceChildren(this.loading.element);
    this.show();
    this.look();
  }

  switch(life) {
    this.choose(life);
    this.box.tell(this.models.get(life).begun() ? "" : `The ${LIVES[life].words} model is not here yet: its button is above the question.`);
  }

  begin(info) {
    this.info = info;
    this.send.classList.add("filled");
    this.box.note(running(info));
    this.show();
    if (this.waiting !== null) this.ask(this.waiting);
  }

  ask(words) {
    if (this.running) return;
    this.want("");
    if (!this.info) {
      this.input.value = words;
      this.waiting = words;
      this.loading.begin();
      return;
    }
    this.waiting = null;
    if (this.input.value.trim() === words) this.input.value = ""; // another question, half typed, stays
    const turn = { role: "user", text: words, lesson: "" };
    this.turns.push(turn);
    this.answer();
    this.teach(turn, this.held.life);
  }

  // Words that no page has are told, and what follows from it: pages are all that it can go by.
  async teach(turn, life) {
    const list = await known();
    turn.lesson = list ? lesson(turn.text, list, life) : NO_LIST;
    this.show();
    if (!this.running && turn.lesson && this.turns.includes(turn)) this.box.tell(turn.lesson); // the reply has been told
  }

  regenerate() {
    if (this.turns.at(-1)?.role === "assistant") this.turns.pop();
    const drawn = this.warmth.value > 0;
    if (drawn) this.die.value = this.die.value + 1;
    this.answer(drawn ? "" : GREEDY);
  }

  forget() {
    this.running?.stop();
    this.turns = [];
    this.show();
    this.template.forget();
    this.box.say("");
    this.input.focus();
  }

  async answer(note = "") {
    const { tokenizer, config, words } = this.info, model = this.models.get(this.held.life);
    const { ids, dropped, cut } = fit(tokenizer, this.turns, config.context - ROOM), last = this.turns.length - 1;
    this.turns.forEach((turn, i) => { turn.unseen = unseen(i < dropped, i === last ? cut : 0, config.context, ROOM); });
    const temperature = this.warmth.value, seed = this.die.value, said = ids.slice();
    const reply = { role: "assistant", text: "", about: "" }, decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    this.turns.push(reply);
    const message = { ids, seed, count: this.limit, stop: stops(tokenizer), settings: { temperature } };
    this.running = model.generate(message, ({ id, ended }) => {
      said.push(id);
      if (!ended) reply.text += decoder.decode(tokenizer.pieces[id], { stream: true });
      this.show();
    });
    this.show();
    const failed = (fault) => (fault.stopped ? "stopped" : fault.message);
    const why = await this.running.promise.then((done) => done.why, failed);
    this.running = null;
    reply.text += decoder.decode();
    reply.about = about(words, said.length - ids.length, temperature ? seed : null, why);
    reply.lesson = note;
    this.show();
    if (!this.turns.includes(reply)) return; // forgotten meanwhile
    this.box.tell(heard(this.turns));
    reply.read = [tokenizer, said, ids.length, model];
    this.look();
  }

  // What was seen for the last reply, if the model that is chosen gave it.
  look() {
    const read = this.turns.at(-1)?.read;
    if (read?.at(-1) === this.models.get(this.held.life)) this.template.show(...read);
    else this.template.forget();
  }

  show() {
    const busy = this.running !== null;
    showTurns(this.talk, this.turns, busy, this.fact);
    this.send.textContent = busy ? "Stop" : "Ask";
    this.send.type = busy ? "button" : "submit"; // Enter asks and never stops
    rest(this.again, busy || !this.info || this.turns.length === 0);
    rest(this.clear, this.turns.length === 0);
  }

  close() {
    this.models.forEach((model) => model.close());
    this.template.forget();
    this.box.undo();
  }
}
