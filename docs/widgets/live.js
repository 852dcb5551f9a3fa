// A prompt, the model's real next-token bars, and how it goes on; each token it wrote shows what it was chosen from.

import { button, copyLink, frame, labelled, row, suggestions } from "./controls.js";
import { count, element, share } from "./element.js";
import { lifeOf, openModel } from "./engine.js";
import { loader, running } from "./loader.js";
import { rove } from "./rove.js";
import { kinds, readState } from "./state.js";
import { bars, chip, factPlaces, inWords, likeliest, nextOfFact, spoken } from "./tokens.js";

const LONGEST = 500; // characters of a prompt
const BARS = 6;
const UNIT = "probability of the next token";
const PROMPT = "Mira Tolland keeps the light at";
const RECORDED = "bars worked out when this page was built";
const LEAD = "The model reads these words and says what comes next, one word or bit (a token) at a time. Press a beginning, or type your own.";
const LEGEND = "With the thick line: what the model wrote, always its likeliest token. Choose one to see what else it considered. The small outlined "
  + "one, which begins every text, stands for the start of a page.";

export function mount(el, options) {
  const live = new Live(el, options);
  return () => live.close();
}

class Live {
  constructor(el, { prompt = PROMPT, prompts = [], life = "base", length = 24, fact = "", sha256, bytes: size }) {
    const { values, word } = readState("live", { prompt: kinds.text(LONGEST), step: kinds.number(1, length, 1) });
    Object.assign(this, { length, fact, info: null, running: null, ids: [], given: 0, steps: [], at: 0, linked: (values.step ?? 1) - 1 });
    const recorded = el.querySelector(".stand-in .token-bars")?.cloneNode(true); // what the model says, before it is here
    this.place = element("div", {}, ...(recorded ? [element("p", { class: "unit" }, `${UNIT} after “${prompt}”`), recorded] : []));
    this.box = frame(el, recorded ? RECORDED : "");
    this.model = openModel(lifeOf(life, "base"), { sha256 });
    this.build(values.prompt ?? prompt, prompts, size);
    this.box.say(word);
  }

  build(prompt, prompts, size) {
    this.field = element("input", {
      type: "text", maxlength: LONGEST, value: prompt,
      spellcheck: "false", autocomplete: "off", enterkeyhint: "go",
    });
    this.go = button("Go on", () => this.running?.stop(), { filled: true, type: "submit", hidden: true });
    this.loading = loader(this.model, { words: "Fetch the model and go on", size, ready: (info) => this.begin(info) });
    const form = element("form", { class: "ask stacked" }, labelled("beginning", this.field), this.loading.element, this.go);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.start(this.field.value === this.from);
    });
    this.read = element("span");
    this.wrote = element("span", { role: "listbox", "aria-label": "what it wrote", "aria-orientation": "horizontal" });
    const text = element("div", { class: "tokens written" }, this.read, this.wrote);
    const legend = element("p", { class: "widget-note" }, LEGEND);
    this.neighbors = rove(this.wrote, (step) => this.look(step));
    this.live = element("div", { class: "widget-body", hidden: true }, text, legend, this.neighbors);
    const suggested = suggestions(prompts, (words) => { this.field.value = words; this.start(); });
    this.box.body.append(element("p", { class: "widget-lead" }, LEAD), form, this.place, suggested,
      this.live, row("", copyLink("live", () => ({ prompt: this.field.value, ...(this.at && this.at < this.length ? { step: this.at + 1 } : {}) }))));
  }

  begin(info) {
    this.info = info;
    this.go.hidden = this.live.hidden = false;
    this.box.note(running(info));
    this.start();
  }

  // The beginning as tokens, and nothing written yet.
  readPrompt() {
    const { tokenizer, config } = this.info, document = tokenizer.specials["<|document|>"];
    const asked = tokenizer.encode(this.field.value), most = config.context - this.length - 1, long = asked.length > most;
    Object.assign(this, { ids: [document, ...asked.slice(-most)], steps: [], at: this.linked, linked: 0, from: this.field.value });
    this.given = this.ids.length;
    this.box.say(long ? `The model sees ${config.context} tokens at most: it reads the last ${most} of these ${asked.length}.` : "");
  }

  // Each token is the likeliest one, so that the same prompt always goes on in the same way. With `more`, what it wrote is
  // gone on with, as long as there is room.
  async start(more = false) {
    if (!this.info) return this.loading.begin();
    this.running?.stop();
    const { tokenizer, config } = this.info, document = tokenizer.specials["<|document|>"], settings = { temperature: 0 };
    if (!more || this.steps.at(-1)?.ended || this.ids.length + this.length > config.context) this.readPrompt();
    const message = { ids: this.ids.slice(), seed: 1, count: this.length, stop: [document], settings, top: BARS };
    const call = this.running = this.model.generate(message, (made) => call === this.running && this.add(made));
    this.show();
    await call.promise.catch((fault) => fault.stopped || this.box.say(`This did not work: ${fault.message}.`, true));
    if (call !== this.running) return;
    this.running = null;
    this.at = Math.min(this.at, Math.max(0, this.ids.length - this.given - 1)); // a link may ask for more than was written
    this.show();
    if (this.ids.length > this.given) this.box.tell(`It wrote: ${tokenizer.decode(this.ids.slice(this.given))}`);
  }

  add(made) {
    this.steps.push(made);
    if (!made.ended) this.ids.push(made.id);
    this.show();
  }

  show() {
    const pieces = this.ids.map((id) => this.info.tokenizer.pieces[id]);
    this.places = factPlaces(pieces, this.fact);
    this.go.textContent = this.running ? "Stop" : "Go on";
    this.go.type = this.running ? "button" : "submit"; // Enter begins and never stops
    const chips = pieces.map((piece, i) => chip(piece, i, {
      special: i === 0, fact: this.places.has(i), ...(i < this.given ? {} : this.touchable(i - this.given)),
    }));
    this.read.replaceChildren(...inWords(pieces, chips.slice(0, this.given)));
    this.wrote.replaceChildren(...inWords(pieces.slice(this.given), chips.slice(this.given)));
    this.wrote.hidden = this.neighbors.hidden = !chips[this.given];
    this.showBars();
  }

  touchable(step) {
    const here = step === this.at;
    return { drawn: true, role: "option", "data-at": step, tabindex: here ? 0 : -1, "aria-selected": String(here) };
  }

  look(step) {
    this.at = step;
    for (const made of this.wrote.querySelectorAll("[data-at]")) made.setAttribute("aria-selected", String(made.dataset.at === String(step)));
    this.showBars();
    const { pieces } = this.info.tokenizer, named = ([id, p]) => `${spoken(pieces[id])} ${share(p)}`;
    if (this.steps[step]) this.box.tell(`token ${step + 1} of its text considered: ${this.steps[step].likely.map(named).join(", ")}`, 500);
  }

  // Until there are others, the bars before are out of sight and keep their room.
  showBars() {
    this.place.style.visibility = this.steps[this.at] ? "" : "hidden";
    if (!this.steps[this.at]) return;
    const { tokenizer } = this.info, { likely } = this.steps[this.at], here = this.given + this.at;
    const next = this.places.has(here) ? this.ids[here] : nextOfFact(tokenizer, this.ids.slice(0, here), this.fact);
    const others = `${count(tokenizer.vocabulary - likely.length)} others`;
    const shown = likeliest(likely, tokenizer, (id) => id === next, others);
    const unit = this.at ? `what it considered for token ${this.at + 1} of its text, by probability` : UNIT;
    this.place.replaceChildren(element("p", { class: "unit" }, unit), bars(shown, { label: unit, top: 1 }));
  }

  close() {
    this.running = null;
    this.model.close();
    this.box.undo();
  }
}
