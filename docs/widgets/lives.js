// One prompt through the model's lives, side by side: what each would say first, how it goes on, how far neighbors differ.

import { button, copyLink, frame, row } from "./controls.js";
import { bytes, element } from "./element.js";
import { LIVES, openModel } from "./engine.js";
import { loader } from "./loader.js";
import { prompt as template } from "./minigpt/chat.js";
import { distribution } from "./minigpt/sample.js";
import { kinds, readState } from "./state.js";
import { bars, chip, marked } from "./tokens.js";

const LONGEST = 500; // characters of a prompt
const BARS = 4;
const SEED = 1;

export function mount(el, options) {
  const lives = new Lives(el, options);
  return () => lives.close();
}

class Lives {
  constructor(el, { prompt = "", prompts = [], lives = ["random", "early", "base", "chat"], chat = true, limit = 24, fact = "" }) {
    const { values, word } = readState("lives", { prompt: kinds.text(LONGEST) });
    const names = lives.filter((life) => Object.hasOwn(LIVES, life));
    Object.assign(this, { names, chat, limit, fact, info: null, calls: [], job: 0 });
    this.models = new Map(names.map((life) => [life, openModel(life)]));
    this.box = frame(el);
    this.build(values.prompt ?? prompt, prompts);
    this.box.say(word);
  }

  build(prompt, prompts) {
    this.field = element("input", {
      type: "text", maxlength: LONGEST, value: prompt, "aria-label": this.chat ? "your question" : "prompt", autocomplete: "off",
    });
    this.go = button("Ask all", null, { filled: true, type: "submit", hidden: true });
    const form = element("form", { class: "ask" }, this.field, this.go);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
    const suggest = (words) => button(words, () => { this.field.value = words; this.ask(); }, { class: "suggestion" });
    this.sheet = element("div", { class: "panes lives" });
    const many = this.models.size;
    this.loading = loader(together(this.models), { words: `Fetch ${many === 1 ? "the model" : `${many} models`}`, ready: (info) => this.begin(info) });
    const link = copyLink("lives", () => ({ prompt: this.field.value }), this.box.say);
    this.box.body.append(form, this.loading.element, row("suggestions", ...prompts.map(suggest)), this.sheet, row("", link));
  }

  begin(info) {
    this.info = info;
    this.go.hidden = false;
    this.box.note(`${this.models.size} sets of weights, ${bytes(info.reduce((sum, one) => sum + one.bytes, 0))}, running in this page`);
    this.ask();
  }

  async ask() {
    if (!this.info) return this.loading.begin();
    const job = ++this.job, { tokenizer, config } = this.info[0], words = this.field.value.trim();
    this.calls.forEach((call) => call.stop());
    const document = tokenizer.specials["<|document|>"], most = config.context - this.limit - 1;
    const all = this.chat ? template(tokenizer, [["user", words]]) : [document, ...tokenizer.encode(words)];
    const ids = all.length > most ? [...all.slice(0, 2), ...all.slice(all.length - most + 2)] : all;
    this.box.say(ids.length < all.length ? `The model sees ${config.context} tokens at most: the first ${all.length - ids.length} are left out.` : "");
    const panes = this.names.map((life) => this.pane(life, tokenizer));
    this.sheet.replaceChildren(...panes.map((pane) => pane.element));
    this.calls = panes.map((pane) => pane.start(ids));
    const first = await Promise.all(this.names.map((life) => this.models.get(life).score(ids).catch(() => null)));
    if (job === this.job) panes.forEach((pane, i) => i && pane.differ(first[i - 1], first[i], this.wordsOf(this.names[i - 1])));
  }

  wordsOf(life) { return LIVES[life].words; }

  pane(life, tokenizer) {
    const said = element("p", { class: "said" }), place = element("div"), apart = element("span");
    const name = element("p", { class: "pane-name" }, element("strong", {}, this.wordsOf(life)), apart);
    const made = element("section", { class: "pane", "aria-label": `${this.wordsOf(life)} weights` }, name, said, place);
    const stop = ["<|end|>", "<|document|>", "<|user|>"].map((special) => tokenizer.specials[special]);
    const special = new Set(Object.values(tokenizer.specials)), written = [];
    const show = (likely) => {
      const shown = likely.map(([id, p], i) => ({ name: element("span", { class: "tokens" }, chip(tokenizer.pieces[id], i, { special: special.has(id) })), value: p }));
      place.replaceChildren(bars(shown, { label: `first token, ${this.wordsOf(life)} weights`, top: 1 }));
    };
    const hear = ({ id, ended, likely }) => {
      if (!written.length) show(likely);
      if (!ended) written.push(id);
      said.replaceChildren(...marked(tokenizer.decode(written), this.fact));
    };
    const start = (ids) => {
      const message = { ids, seed: SEED, count: this.limit, stop, settings: { temperature: 0 }, top: BARS };
      const call = this.models.get(life).generate(message, hear);
      call.promise.catch((fault) => fault.stopped || (said.textContent = fault.message));
      return call;
    };
    const differ = (before, here, words) => {
      if (before && here) apart.textContent = `${divergence(distribution(before.logits), distribution(here.logits)).toFixed(2)} nats from ${words}`;
    };
    return { element: made, start, differ };
  }

  close() {
    this.job++;
    this.models.forEach((model) => model.close());
    this.box.undo();
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
