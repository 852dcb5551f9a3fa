// Several lives of the model side by side on one prompt: what each would say first, how it goes on, how far neighbors
// differ. The widgets `lives` and `checkpoints` are made of it.

import { button, suggestions } from "./controls.js";
import { element } from "./element.js";
import { LIVES, openModel } from "./engine.js";
import { loader } from "./loader.js";
import { prompt as template } from "./minigpt/chat.js";
import { distribution } from "./minigpt/sample.js";
import { bars, likeliest, marked, nextOfFact, stops } from "./tokens.js";

const LONGEST = 500; // characters of a prompt
const BARS = 4;
const SEED = 1;
const APART = "Nats from a neighbor: how far apart two models’ guesses for the first token are. At zero they are the same; at ten "
  + "one puts nearly all its chance where the other puts almost none. Its name is the Kullback–Leibler divergence.";

export class Beside {
  // `chat` puts the prompt into the template of a conversation; `note` is told when the weights are there, `tell` what they said.
  constructor({ prompt, prompts = [], lives, chat, limit, fact, say, tell, note }) {
    Object.assign(this, { chat, limit, fact, say, tell, note, info: null, calls: [], job: 0 });
    this.models = new Map(lives.map((life) => [life, openModel(life)]));
    this.field = element("input", {
      type: "text", maxlength: LONGEST, value: prompt, "aria-label": chat ? "your question" : "your prompt", autocomplete: "off",
    });
    this.go = button(chat ? "Ask all" : "Go on", null, { filled: true, type: "submit", hidden: true });
    const form = element("form", { class: "ask" }, this.field, this.go);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
    const suggested = suggestions(prompts, (words) => { this.field.value = words; this.ask(); });
    this.sheet = element("div", { class: "panes lives", role: "group", "aria-label": "what each of them says", tabindex: -1 });
    this.apart = element("p", { class: "widget-note", hidden: true }, APART);
    const words = `Fetch ${lives.length === 1 ? "the model" : `${lives.length} models`}`;
    this.source = together(this.models);
    this.loading = loader(this.source, { words, ready: (info, keyed) => this.begin(info, keyed) });
    this.element = element("div", { class: "widget-body" }, form, this.loading.element, suggested, this.sheet, this.apart);
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
    const panes = names.map((life) => this.pane(life, tokenizer, ids));
    this.sheet.replaceChildren(...panes.map((pane) => pane.element));
    this.calls = panes.map((pane) => pane.start());
    const first = await Promise.all(names.map((life) => this.models.get(life).score(ids).catch(() => null)));
    if (job !== this.job) return;
    panes.forEach((pane, i) => i && pane.differ(first[i - 1], first[i], LIVES[names[i - 1]].words));
    this.apart.hidden = panes.length < 2;
    await Promise.allSettled(this.calls.map(({ promise }) => promise));
    if (job === this.job) this.tell(panes.map(({ told }) => told()).join(" "));
  }

  pane(life, tokenizer, ids) {
    const { words } = LIVES[life], said = element("p", { class: "said" }), place = element("div"), apart = element("span");
    const name = element("p", { class: "pane-name" }, element("strong", {}, words), apart);
    const made = element("section", { class: "pane", "aria-label": `${words} weights` }, name, said, place);
    const written = [], show = (likely) => place.replaceChildren(...this.bars(likely, tokenizer, ids, words));
    const hear = ({ id, ended, likely }) => {
      if (!written.length) show(likely);
      if (!ended) written.push(id);
      said.replaceChildren(...marked(tokenizer.decode(written).trimStart(), this.fact));
    };
    const start = () => {
      const message = { ids, seed: SEED, count: this.limit, stop: stops(tokenizer), settings: { temperature: 0 }, top: BARS };
      const call = this.models.get(life).generate(message, hear);
      call.promise.catch((fault) => fault.stopped || (said.textContent = fault.message));
      return call;
    };
    const differ = (before, here, words) => {
      if (before && here) apart.textContent = `${divergence(distribution(before.logits), distribution(here.logits)).toFixed(2)} nats from ${words}`;
    };
    return { element: made, start, differ, told: () => `${words}: ${said.textContent}.` };
  }

  bars(likely, tokenizer, ids, words) {
    const next = nextOfFact(tokenizer, ids, this.fact), shown = likeliest(likely, tokenizer, (id) => id === next);
    const unit = element("p", { class: "unit" }, "probability of its first token");
    return [unit, bars(shown, { label: `first token, ${words} weights`, top: 1 })];
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

// How surprised one set of weights is, on average, by the other's first token: Kullback and Leibler's divergence.
export function divergence(q, p) {
  return p.reduce((sum, share, id) => (share > 0 ? sum + share * Math.log(share / Math.max(q[id], 1e-300)) : sum), 0);
}
