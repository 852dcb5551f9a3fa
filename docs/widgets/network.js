// Inside one prediction: how each head looks back, the arithmetic of every look and of every score, what each layer
// would say, and what changes when a head or a layer is switched off.

import { Attention } from "./attention.js";
import { button, copyLink, frame, row } from "./controls.js";
import { element, share, table } from "./element.js";
import { lifeOf, openModel } from "./engine.js";
import { loader, running } from "./loader.js";
import { logit } from "./logit.js";
import { Maps } from "./maps.js";
import { best_first, distribution } from "./minigpt/sample.js";
import { kinds, readState } from "./state.js";
import { bars, chip, nextOfFact } from "./tokens.js";

const LONGEST = 200; // characters of a prompt
const MOST = 24; // tokens that are drawn
const BARS = 6;
const NEW = 2; // bars of tokens that only come up when something is off
const PROMPT = "Mira Tolland keeps the light at";

export function mount(el, options) {
  const network = new Network(el, options);
  return () => network.close();
}

class Network {
  constructor(el, { prompt = PROMPT, life = "base", layer = 1, head = 1, fact = "", sha256, bytes: size }) {
    const place = kinds.number(1, 99, 1);
    const { values, word } = readState("network", { prompt: kinds.text(LONGEST), layer: place, head: place, off: kinds.text(LONGEST) });
    Object.assign(this, { fact, word, held: { prompt, layer, head, ...values }, off: new Set(), job: 0, info: null, touched: null });
    this.box = frame(el);
    this.model = openModel(lifeOf(life, "base"), { sha256 });
    this.build(size);
    this.box.say(word);
  }

  build(size) {
    const value = this.held.prompt;
    this.field = element("input", { type: "text", maxlength: LONGEST, value, spellcheck: "false", "aria-label": "prompt" });
    this.field.addEventListener("input", () => this.look());
    this.maps = new Maps((layer, head) => this.choose(layer + 1, head + 1));
    this.attention = new Attention();
    this.switchHead = button("", () => this.toggle(this.name()));
    this.switchLayer = button("", () => this.toggle(String(this.held.layer - 1)));
    this.restore = button("all on", () => this.allOn(), { class: "quiet", hidden: true });
    this.next = element("div");
    this.score = element("div", { class: "arithmetic", "aria-live": "polite" });
    this.lens = element("div", { class: "table-scroll" });
    const off = () => [...this.off].map(told).join(" ");
    const state = () => ({ prompt: this.field.value, layer: this.held.layer, head: this.held.head, ...(this.off.size ? { off: off() } : {}) });
    this.live = element("div", { class: "widget-body", hidden: true }, this.maps.element, this.attention.element,
      row("", this.switchHead, this.switchLayer, this.restore), this.next, this.score, this.lens, row("", copyLink("network", state)));
    const loading = loader(this.model, { size, ready: (info) => this.begin(info) });
    this.box.body.append(this.field, loading.element, this.live);
  }

  begin(info) {
    const { layers, heads } = info.config;
    this.info = info;
    this.live.hidden = false;
    this.held.layer = Math.min(this.held.layer, layers);
    this.held.head = Math.min(this.held.head, heads);
    this.off = new Set((this.held.off ?? "").split(" ").map((name) => named(name, layers, heads)).filter(Boolean));
    this.box.note(running(info));
    this.look();
  }

  name() { return `${this.held.layer - 1}.${this.held.head - 1}`; }

  // The whole network and, where something is off, the network without it.
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

  toggle(name) {
    if (!this.off.delete(name)) this.off.add(name);
    this.look();
  }

  allOn() {
    this.off.clear();
    this.switchHead.focus();
    this.look();
  }

  choose(layer, head) {
    Object.assign(this.held, { layer, head });
    this.show();
  }

  show() {
    const { config, tokenizer } = this.info, { layer, head } = this.held, now = this.less ?? this.whole;
    const pieces = this.ids.map((id) => tokenizer.pieces[id]);
    this.maps.show(now.attention, this.off, layer - 1, head - 1);
    this.attention.show(pieces, now, config, layer - 1, head - 1);
    this.label(this.switchHead, this.name(), `head ${head} of layer ${layer}`);
    this.label(this.switchLayer, String(layer - 1), `layer ${layer}`);
    this.restore.hidden = !this.off.size;
    this.showNext();
    this.showLens(now);
    this.showScore();
  }

  label(made, name, words) {
    const off = this.off.has(name);
    made.textContent = `switch ${words} ${off ? "on" : "off"}`;
    made.setAttribute("aria-pressed", String(off));
  }

  // The likeliest tokens, and those that become so when something is off; each may be touched for its arithmetic.
  showNext() {
    const { tokenizer } = this.info, before = distribution(this.whole.lens.at(-1));
    const now = this.less ? distribution(this.less.lens.at(-1)) : before, best = best_first(before).slice(0, BARS);
    best.push(...best_first(now).slice(0, NEW).filter((id) => !best.includes(id)));
    const next = nextOfFact(tokenizer, this.ids, this.fact);
    if (!best.includes(this.touched)) this.touched = best[0];
    const shown = best.map((id, i) => ({
      name: this.touchable(id, i, id === next), value: now[id], kind: id === next ? "is-fact" : "",
      words: this.less ? `${share(before[id])} → ${share(now[id])}` : share(now[id]),
    }));
    const off = [...this.off].map((name) => `${name.includes(".") ? "head" : "layer"} ${told(name)}`).join(", ");
    const unit = `probability of the next token${off ? `, all on → without ${off}` : ""}`;
    this.next.replaceChildren(element("p", { class: "unit" }, unit), bars(shown, { label: unit, top: 1 }));
    this.next.classList.toggle("pairs", Boolean(this.less));
  }

  touchable(id, i, fact) {
    const touched = id === this.touched, piece = this.info.tokenizer.pieces[id];
    return element("button", {
      type: "button", class: "quiet touch tokens", "aria-pressed": String(touched), "data-id": id, onclick: () => this.touch(id),
    }, chip(piece, i, { fact }));
  }

  touch(id) {
    this.touched = id;
    for (const made of this.next.querySelectorAll("[data-id]")) made.setAttribute("aria-pressed", String(made.dataset.id === String(id)));
    this.showScore();
  }

  async showScore() {
    const id = this.touched, job = this.job, { lens, last } = this.less ?? this.whole;
    const [own] = await this.model.rows([id]).catch(() => []);
    if (!own || job !== this.job || id !== this.touched) return;
    const open = this.score.querySelector("details")?.open, piece = this.info.tokenizer.pieces[id];
    this.score.replaceChildren(...logit({ piece, id, row: last, own, scores: lens.at(-1), open }));
  }

  // What would be said if the network ended before the first layer or behind each, and how long the stream is there.
  showLens({ lens, lengths }) {
    const { tokenizer } = this.info, last = best_first(lens.at(-1))[0];
    const rows = lens.map((scores, layer) => {
      const p = distribution(scores), best = best_first(p)[0];
      const name = layer ? `behind layer ${layer}` : "before the first layer";
      return [name, lengths[layer].at(-1).toFixed(1), chip(tokenizer.pieces[best], layer), share(p[best]), share(p[last])];
    });
    const heads = ["the last place’s stream", "its length", "would say", "with", element("span", {}, "gives ", chip(tokenizer.pieces[last], 0))];
    this.lens.replaceChildren(table(heads, rows));
  }

  close() {
    this.job++;
    this.model.close();
    this.box.undo();
  }
}

// "1.3" is head 3 of layer 1 to a reader, "0.2" here; a layer alone is "1" and "0".
const told = (name) => name.split(".").map((part) => Number(part) + 1).join(".");

// The name used here of what an address calls off, or null where there is no such head or layer.
function named(name, layers, heads) {
  const found = /^([1-9]\d?)(?:\.([1-9]\d?))?$/.exec(name), [, layer, head] = found ?? [];
  if (!found || layer > layers || (head && head > heads)) return null;
  return head ? `${layer - 1}.${head - 1}` : String(layer - 1);
}
