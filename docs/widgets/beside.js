// Several lives of the model side by side on one prompt: what each would say first, how it goes on, how much neighbors have
// in common. The widgets `lives` and `checkpoints` are made of it.

import { button, labelled, suggestions } from "./controls.js";
import { element } from "./element.js";
import { LIVES, openModel } from "./engine.js";
import { loader } from "./loader.js";
import { prompt as template } from "./minigpt/chat.js";
import { distribution } from "./minigpt/sample.js";
import { bars, legible, likeliest, marked, nextOfFact, stops } from "./tokens.js";

const LONGEST = 500; // characters of a prompt
const BARS = 4;
const SEED = 1;
const COMMON = "In common: the part of their chances for the first token that two neighbors put on the same tokens. At 100% their "
  + "guesses are the same, at 0% they have nothing to do with each other.";

export class Beside {
  // `chat` puts the prompt into the template of a conversation; `note` is told when the weights are there, `tell` what they
  // said; `words` may name a life otherwise, and without `compares` nothing is told of what they have in common.
  constructor({ prompt, prompts = [], lives, chat, limit, fact, say, tell, note, words = {}, compares = true }) {
    Object.assign(this, { chat, limit, fact, say, tell, note, info: null, calls: [], job: 0 });
    this.wordOf = (life) => words[life] ?? LIVES[life].words;
    this.compares = compares && lives.length > 1;
    this.models = new Map(lives.map((life) => [life, openModel(life)]));
    this.field = element("input", { type: "text", maxlength: LONGEST, value: prompt, autocomplete: "off" });
    this.go = button(chat ? "Ask all" : "Go on", null, { filled: true, type: "submit", hidden: true });
    const suggested = suggestions(prompts, (pressed) => { this.field.value = pressed; this.ask(); });
    this.sheet = element("div", { class: "panes lives", role: "group", "aria-label": "what each of them says", tabindex: -1 });
    this.common = element("p", { class: "widget-note", hidden: true }, COMMON);
    const asked = `Fetch ${lives.length === 1 ? "the model" : `${lives.length} models`}`;
    this.source = together(this.models);
    this.loading = loader(this.source, { words: asked, ready: (info, keyed) => this.begin(info, keyed) });
    const form = element("form", { class: "ask stacked" }, labelled(chat ? "your question" : "beginning", this.field), this.loading.element, this.go);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
    this.element = element("div", { class: "widget-body" }, form, suggested, this.sheet, this.common);
  }

  get prompt() { return this.field.value; }

  // As if its button were pressed, unless all is on its way already.
  start() { this.loading.begin(); }

  begin(info, keyed) {
    this.info = info;
    this.go.hidden = false;
    this.note(info);
    this.ask();
    if (keyed) this.sheet.focus();
  }

  // The prompt as tokens, at most as many as leave room for what is written behind it; the beginning stays.
  read() {
    const { tokenizer, config } = this.info[0], words = this.field.value.trim(), most = config.context - this.limit - 1;
    const document = tokenizer.specials["<|document|>"];
    const all = this.chat ? template(tokenizer, [["user", words]]) : [document, ...tokenizer.encode(words)];
    const ids = all.length > most ? [...all.slice(0, 2), ...all.slice(all.length - most + 2)] : all, cut = all.length - ids.length;
    this.say(cut ? `The model sees ${config.context} tokens at most: the first ${cut} tokens of these are left out.` : "");
    return ids;
  }

  async ask() {
    if (!this.info) return this.loading.begin();
    const job = ++this.job, { tokenizer } = this.info[0], ids = this.read(), names = [...this.models.keys()];
    this.calls.forEach((call) => call.stop());
    const panes = names.map((life, i) => this.pane(life, tokenizer, ids, this.compares && i > 0));
    this.sheet.replaceChildren(...panes.map((pane) => pane.element));
    this.calls = panes.map((pane) => pane.start());
    if (this.compares) {
      const first = await Promise.all(names.map((life) => this.models.get(life).score(ids).catch(() => null)));
      if (job !== this.job) return;
      panes.forEach((pane, i) => i && pane.share(first[i - 1], first[i], this.wordOf(names[i - 1])));
    }
    this.common.hidden = !this.compares;
    await Promise.allSettled(this.calls.map(({ promise }) => promise));
    if (job === this.job) this.tell(panes.map(({ told }) => told()).join("\n"));
  }

  pane(life, tokenizer, ids, compared) {
    const words = this.wordOf(life), said = element("p", { class: "said" }), place = element("div");
    const common = element("span", {}, compared ? "\u00a0" : ""); // its line is kept
    const name = element("p", { class: "pane-name" }, element("strong", {}, words), common);
    const made = element("section", { class: "pane", "aria-label": `weights: ${words}` }, name, said, place);
    const written = [], show = (likely) => place.replaceChildren(...this.bars(likely, tokenizer, ids, words));
    const hear = ({ id, ended, likely }) => {
      if (!written.length) show(likely);
      if (!ended) written.push(id);
      said.replaceChildren(...marked(legible(tokenizer.decode(written).trimStart()), this.fact));
    };
    const start = () => {
      const message = { ids, seed: SEED, count: this.limit, stop: stops(tokenizer), settings: { temperature: 0 }, top: BARS };
      const call = this.models.get(life).generate(message, hear);
      const done = ({ why }) => why === "count" && said.append(" …"); // cut at the limit
      call.promise.then(done, (fault) => fault.stopped || (said.textContent = fault.message));
      return call;
    };
    const share = (before, here, neighbor) => {
      if (before && here) common.textContent = `${percent(shared(distribution(before.logits), distribution(here.logits)))} in common with ${neighbor}`;
    };
    return { element: made, start, share, told: () => `${words}: ${said.textContent}` };
  }

  bars(likely, tokenizer, ids, words) {
    const next = nextOfFact(tokenizer, ids, this.fact), shown = likeliest(likely, tokenizer, (id) => id === next);
    const unit = element("p", { class: "unit" }, "probability of its first token");
    return [unit, bars(shown, { label: `first token, weights: ${words}`, top: 1 })];
  }

  close() {
    this.job++;
    this.models.forEach((model) => model.close());
  }
}

// Several models that load as one.
function together(models) {
  const all = [...models.values()];
  return {
    files: all.map((model) => LIVES[model.life].file),
    begun: () => all.every((model) => model.begun()),
    cancel: () => all.forEach((model) => model.cancel()),
    load(tell, fresh) {
      const parts = all.map(() => ({ size: 0, total: 0 }));
      const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
      const whole = () => (parts.every((part) => part.total) ? sum("total") : 0);
      return Promise.all(all.map((model, i) => model.load((part) => {
        parts[i] = part;
        tell({ size: sum("size"), total: whole() });
      }, fresh)));
    },
  };
}

// The part of the chances that two sets of weights put on the same tokens: one less the distance in total variation.
export const shared = (q, p) => p.reduce((sum, chance, id) => sum + Math.min(chance, q[id]), 0);

const percent = (part) => (part > 0 && part < 0.01 ? "less than 1%" : `${Math.round(part * 100)}%`);
