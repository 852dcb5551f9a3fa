// Inside one prediction: how each head looks back, the arithmetic of every look, what each layer would say, and what
// changes when a head is switched off.

import { Attention } from "./attention.js";
import { button, copyLink, frame, row } from "./controls.js";
import { bytes, element, share, table } from "./element.js";
import { lifeOf, openModel } from "./engine.js";
import { loader } from "./loader.js";
import { best_first, distribution } from "./minigpt/sample.js";
import { kinds, readState } from "./state.js";
import { bars, chip, nextOfFact } from "./tokens.js";

const LONGEST = 200; // characters of a prompt
const MOST = 24; // tokens that are drawn
const BARS = 6;
const PROMPT = "Mira Tolland keeps the light at";

export function mount(el, options) {
  const network = new Network(el, options);
  return () => network.close();
}

class Network {
  constructor(el, { prompt = PROMPT, life = "base", layer = 1, head = 1, fact = "", sha256, bytes: size }) {
    const place = kinds.number(1, 99, 1);
    const { values, word } = readState("network", { prompt: kinds.text(LONGEST), layer: place, head: place });
    Object.assign(this, { fact, word, held: { prompt, layer, head, ...values }, off: new Set(), job: 0, info: null });
    this.box = frame(el);
    this.model = openModel(lifeOf(life, "base"), { sha256 });
    this.build(size);
    this.box.say(word);
  }

  build(size) {
    const value = this.held.prompt;
    this.field = element("input", { type: "text", maxlength: LONGEST, value, spellcheck: "false", "aria-label": "prompt" });
    this.field.addEventListener("input", () => this.look());
    this.layers = row("choices");
    this.heads = row("choices");
    this.switch = button("switch this head off", () => this.toggle());
    this.attention = new Attention();
    this.next = element("div");
    this.lens = element("div");
    const state = () => ({ prompt: this.field.value, layer: this.held.layer, head: this.held.head });
    this.live = element("div", { class: "widget-body", hidden: true }, this.layers, this.heads, this.attention.element,
      row("", this.switch), this.next, this.lens, row("", copyLink("network", state, this.box.say)));
    const loading = loader(this.model, { size, ready: (info) => this.begin(info) });
    this.box.body.append(this.field, loading.element, this.live);
  }

  begin(info) {
    const { layers, heads } = info.config;
    this.info = info;
    this.live.hidden = false;
    this.held.layer = Math.min(this.held.layer, layers);
    this.held.head = Math.min(this.held.head, heads);
    this.box.note(`${info.words} weights, ${bytes(info.bytes)}, running in this page`);
    this.look();
  }

  // The whole network and, where heads are off, the network without them.
  async look() {
    if (!this.info) return;
    const job = ++this.job, { tokenizer } = this.info, read = tokenizer.encode(this.field.value), most = MOST - 1;
    const ids = [tokenizer.specials["<|document|>"], ...read.slice(-most)];
    this.box.say(read.length > most ? `Only the last ${most} tokens are looked at here.` : this.word);
    this.word = "";
    try {
      const whole = await this.model.look(ids), silent = [...this.off];
      const less = silent.length ? await this.model.look(ids, { silent }) : null;
      if (job !== this.job) return;
      Object.assign(this, { ids, whole, less });
      this.show();
    } catch (fault) {
      if (job === this.job) this.box.say(`This did not work: ${fault.message}.`, true);
    }
  }

  toggle() {
    const name = `${this.held.layer - 1}.${this.held.head - 1}`;
    if (!this.off.delete(name)) this.off.add(name);
    this.look();
  }

  choose(key, value) {
    this.held[key] = value;
    this.show();
  }

  show() {
    const { config, tokenizer } = this.info, { layer, head } = this.held, off = this.off.has(`${layer - 1}.${head - 1}`);
    this.choices(this.layers, "layer", config.layers);
    this.choices(this.heads, "head", config.heads);
    this.switch.textContent = `switch head ${head} of layer ${layer} ${off ? "on" : "off"}`;
    this.switch.setAttribute("aria-pressed", String(off));
    const pieces = this.ids.map((id) => tokenizer.pieces[id]);
    this.attention.show(pieces, this.less ?? this.whole, config, layer - 1, head - 1);
    this.showNext();
    this.showLens();
  }

  choices(place, key, many) {
    const one = (i) => button(String(i), () => this.choose(key, i), {
      "aria-pressed": String(this.held[key] === i), "aria-label": `${key} ${i}`,
    });
    const had = place.contains(document.activeElement);
    place.replaceChildren(element("span", { class: "slider-name" }, key), ...Array.from({ length: many }, (_, i) => one(i + 1)));
    if (had) place.querySelector('[aria-pressed="true"]').focus();
  }

  showNext() {
    const { tokenizer } = this.info, before = distribution(this.whole.lens.at(-1));
    const now = this.less ? distribution(this.less.lens.at(-1)) : before;
    const next = nextOfFact(tokenizer, this.ids, this.fact), best = best_first(before).slice(0, BARS);
    const shown = best.map((id, i) => ({
      name: element("span", { class: "tokens" }, chip(tokenizer.pieces[id], i, { fact: id === next })), value: now[id],
      kind: id === next ? "is-fact" : "", words: this.less ? `${share(before[id])} → ${share(now[id])}` : share(now[id]),
    }));
    const named = (name) => name.split(".").map((part, i) => `${["layer", "head"][i]} ${Number(part) + 1}`).join(", ");
    const off = [...this.off].map(named).join("; ");
    const unit = `probability of the next token${off ? `, with all heads → without ${off}` : ""}`;
    this.next.replaceChildren(element("p", { class: "unit" }, unit), bars(shown, { label: unit, top: 1 }));
    this.next.classList.toggle("pairs", Boolean(this.less));
  }

  // What would be said if the network ended behind each layer.
  showLens() {
    const { tokenizer } = this.info, { lens } = this.less ?? this.whole, last = best_first(lens.at(-1))[0];
    const rows = lens.map((scores, layer) => {
      const p = distribution(scores), best = best_first(p)[0];
      return [String(layer + 1), chip(tokenizer.pieces[best], layer), share(p[best]), share(p[last])];
    });
    this.lens.replaceChildren(table(["behind layer", "it would say", "with", "the final token has"], rows));
  }

  close() {
    this.job++;
    this.model.close();
    this.box.undo();
  }
}
