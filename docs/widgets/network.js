// Inside one prediction: how each head looks back, the arithmetic of every look and of every score, what each layer
// would say, and what changes when a head or a layer is switched off.

import { Attention } from "./attention.js";
import { button, copyLink, frame, labelled, row } from "./controls.js";
import { element } from "./element.js";
import { lifeOf, openModel } from "./engine.js";
import { Guess, moved } from "./guess.js";
import { lensTable } from "./lens.js";
import { loader, running } from "./loader.js";
import { Maps } from "./maps.js";
import { best_first, distribution } from "./minigpt/sample.js";
import { named, told } from "./silent.js";
import { kinds, readState } from "./state.js";
import { readPlaces } from "./tokens.js";

const LONGEST = 200; // characters of a prompt
const MOST = 22; // tokens that are drawn
const PROMPT = "Mira Tolland keeps the light at";
const LEAD = "See how the model arrives at its guess for the next token. Choose a head, choose a square or a token for its "
  + "arithmetic, and switch parts off.";
const PARTS = {
  maps: ["Where every head looks", "Each small map is a head. Its rows are the tokens, the first on top; the stronger the tint of a square, the more the token looks there. Choose one."],
  one: ["The chosen head, large", "A row is a token that looks back, a column is what it looks at; each row adds up to one. Choose a square for its arithmetic."],
  guess: ["What comes next", "Choose a token, or type another, for the arithmetic of its score. Switch parts off to see what they are worth; the third button finds the layer that this guess needs most."],
  lens: ["The guess, layer by layer", "What the model would guess if it ended there, and the chance of the token that it guesses at the end: watch at which layer that one comes up. The stream’s length is the root of the sum of its squares."],
};
const FIELDS = {
  prompt: kinds.text(LONGEST), layer: kinds.number(1, 99, 1), head: kinds.number(1, 99, 1), off: kinds.text(LONGEST),
  row: kinds.number(1, MOST, 1), column: kinds.number(1, MOST, 1), token: kinds.number(0, 1e6, 1),
};

export function mount(el, options) {
  const network = new Network(el, options);
  return () => network.close();
}

class Network {
  constructor(el, { prompt = PROMPT, life = "base", layer = 1, head = 1, fact = "", sha256, bytes: size }) {
    const { values, word } = readState("network", FIELDS);
    Object.assign(this, { word, fact, held: { prompt, layer, head, ...values }, off: new Set(), job: 0, info: null });
    this.box = frame(el);
    this.model = openModel(lifeOf(life, "base"), { sha256 });
    this.guess = new Guess({ rows: this.model.rows, tell: this.box.tell, fact, touched: values.token });
    this.attention = new Attention(values.row && values.column ? [values.row - 1, values.column - 1] : null);
    this.build(size);
    this.box.say(word);
  }

  build(size) {
    const value = this.held.prompt;
    this.field = element("input", { type: "text", maxlength: LONGEST, value, spellcheck: "false" });
    this.field.addEventListener("input", () => this.look());
    this.maps = new Maps((layer, head) => this.choose(layer + 1, head + 1));
    this.switchHead = button("", () => this.toggle(this.name()));
    this.switchLayer = button("", () => this.toggle(String(this.held.layer - 1)));
    this.restore = button("all on", () => this.allOn(), { class: "quiet", hidden: true });
    this.lens = element("div", { class: "table-scroll" });
    const most = button("switch the most needed layer off", () => this.offMost());
    const switches = row("", this.switchHead, this.switchLayer, most, this.restore);
    this.live = element("div", { class: "widget-body", hidden: true }, part("maps", this.maps.element), part("one", this.attention.element),
      part("guess", switches, this.guess.element), part("lens", this.lens));
    const loading = loader(this.model, { size, ready: (info) => this.begin(info) });
    this.box.body.append(element("p", { class: "widget-lead" }, LEAD), labelled("prompt", this.field), loading.element, this.live,
      row("", copyLink("network", () => this.state())));
  }

  state() {
    const { layer, head } = this.held, [row, column] = this.attention.at ?? [], { touched } = this.guess;
    const off = this.off.size ? { off: [...this.off].map(told).join(" ") } : {};
    const shown = this.info ? { row: row + 1, column: column + 1, token: touched } : {};
    return { prompt: this.field.value, layer, head, ...shown, ...off };
  }

  begin(info) {
    const { layers, heads } = info.config;
    this.info = info;
    this.live.hidden = false;
    if (this.held.layer > layers || this.held.head > heads) this.word = `${this.word} There is no such head; the nearest one is shown.`.trim();
    this.held.layer = Math.min(this.held.layer, layers);
    this.held.head = Math.min(this.held.head, heads);
    this.off = new Set(named(this.held.off ?? "", layers, heads));
    this.box.note(running(info));
    return this.look();
  }

  name() { return `${this.held.layer - 1}.${this.held.head - 1}`; }

  // The whole network and, where something is off, the network without it; true once that is shown.
  async look() {
    if (!this.info) return false;
    const job = ++this.job, { tokenizer } = this.info, read = tokenizer.encode(this.field.value), most = MOST - 1;
    const ids = [tokenizer.specials["<|document|>"], ...read.slice(-most)];
    this.box.say(read.length > most ? `Only the last ${most} tokens are looked at here.` : this.word);
    this.word = "";
    try {
      const whole = await this.model.look(ids), silent = [...this.off];
      const less = silent.length ? await this.model.look(ids, { silent }) : null;
      if (job !== this.job) return false;
      Object.assign(this, { ids, whole, less });
      this.show();
      return true;
    } catch (fault) {
      return this.failed(job, fault);
    }
  }

  failed(job, fault) {
    if (job === this.job) this.box.say(`This did not work: ${fault.message}.`, true);
    return false;
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

  // The layer without which most of the probability lies elsewhere, alone off.
  async offMost() {
    if (!(await this.look())) return;
    const job = ++this.job, before = distribution(this.whole.lens.at(-1)), lost = [];
    try {
      for (let layer = 0; layer < this.info.config.layers; layer++) {
        const { lens } = await this.model.look(this.ids, { silent: [String(layer)] });
        if (job !== this.job) return;
        lost.push(moved(before, distribution(lens.at(-1))));
      }
    } catch (fault) {
      this.failed(job, fault);
      return;
    }
    this.off = new Set([String(lost.indexOf(Math.max(...lost)))]); // the chosen head stays the chosen one
    this.look();
  }

  choose(layer, head) {
    Object.assign(this.held, { layer, head });
    this.showHead();
    this.box.tell(this.attention.told, 500);
  }

  show() {
    const { whole, less, ids } = this, { tokenizer } = this.info;
    this.showHead();
    this.guess.show({ tokenizer, ids, whole, less, off: [...this.off] });
    this.lens.replaceChildren(lensTable(less ?? whole, tokenizer, best_first(whole.lens.at(-1), 1)[0], this.guess.next));
    this.box.tell(this.guess.told, 500);
  }

  showHead() {
    const { config, tokenizer } = this.info, { layer, head } = this.held, now = this.less ?? this.whole;
    this.maps.show(now.attention, this.off, layer - 1, head - 1);
    const pieces = this.ids.map((id) => tokenizer.pieces[id]);
    this.attention.show(pieces, readPlaces(tokenizer, this.ids, this.fact), now, config, layer - 1, head - 1);
    this.label(this.switchHead, this.name(), `head ${head} of layer ${layer}`);
    this.label(this.switchLayer, String(layer - 1), `layer ${layer}`);
    this.restore.hidden = !this.off.size;
  }

  label(made, name, words) {
    made.textContent = `switch ${words} ${this.off.has(name) ? "on" : "off"}`;
  }

  close() {
    this.job++;
    this.model.close();
    this.box.undo();
  }
}

// One of the widget's parts: its name, what it shows and what to do with it, then the thing itself.
function part(key, ...children) {
  const [name, words] = PARTS[key];
  const told = element("div", { class: "part-told" }, element("p", { class: "part-name" }, name), element("p", { class: "widget-note" }, words));
  return element("div", { class: `network-part ${key}-part` }, told, ...children);
}
