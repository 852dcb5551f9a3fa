// The sampling accountant: one draw from the whole vocabulary, every cut and what remains, the exact cost of the text.

import { chain, USUAL } from "./chain.js";
import { button, copyLink, frame, numberField, row, slider } from "./controls.js";
import { drawMany } from "./draws.js";
import { count, element, share } from "./element.js";
import { lifeOf, openModel } from "./engine.js";
import { loader, running } from "./loader.js";
import { best_first, distribution, draw, Random } from "./minigpt/sample.js";
import { Ranks } from "./ranks.js";
import { kinds, readState } from "./state.js";
import { bars, chip, factPlaces, nextOfFact } from "./tokens.js";

const LONGEST = 2000; // characters of a prompt
const MOST_SEED = 2 ** 31;
const OFF = 101; // the place on the slider of top-k that switches it off
const PAGE = 12; // bars
const RUN = 16; // tokens of a run
const DRAWS = 1000;
const UNIT = "probability of the next token: the bar after temperature, the number after the cuts";
const FIELDS = {
  prompt: kinds.text(LONGEST), temperature: kinds.number(0, 2, 0.05), top_k: kinds.number(0, OFF - 1, 1),
  top_p: kinds.number(0.05, 1, 0.01), min_p: kinds.number(0, 0.5, 0.01), seed: kinds.number(0, MOST_SEED, 1),
  order: kinds.order(USUAL),
};
const DEFAULTS = { prompt: "Mira Tolland keeps the light at", temperature: 1, top_k: 0, top_p: 1, min_p: 0, seed: 1, order: USUAL };
const ORDER = "They work one after the other, from the first to the last; under each, what it leaves of what comes to it.";

export function mount(el, options) {
  const sampler = new Sampler(el, options);
  return () => sampler.close();
}

class Sampler {
  constructor(el, { life = "base", fact = "", sha256, bytes: size, ...held }) {
    const { values, word } = readState("sampler", FIELDS);
    Object.assign(this, { fact, word, held: { ...DEFAULTS, ...held, ...values } });
    Object.assign(this, { info: null, start: [], drawn: [], scored: null, job: 0, running: false });
    this.box = frame(el);
    this.model = openModel(lifeOf(life, "base"), { sha256 });
    this.build(size);
    this.box.say(word);
  }

  build(size) {
    const look = { rows: 2, class: "mono", spellcheck: "false" };
    this.field = element("textarea", { ...look, maxlength: LONGEST, "aria-label": "prompt" });
    this.field.value = this.held.prompt;
    this.field.addEventListener("input", () => this.restart());
    this.text = element("div", { class: "tokens" });
    this.cost = element("p", { class: "cost" });
    this.rows = element("div");
    this.ranks = new Ranks(PAGE, () => this.showBars());
    this.thousand = element("div");
    this.live = element("div", { class: "widget-body", hidden: true }, element("div", {}, this.text, this.cost),
      this.buildButtons(), element("p", { class: "widget-note" }, ORDER), this.buildSliders(), this.ranks.element, this.rows, this.thousand);
    const state = () => ({ prompt: this.field.value, ...this.settings(), seed: this.die.value, order: this.held.order.join(" ") });
    const link = copyLink("sampler", state);
    const loading = loader(this.model, { size, ready: (info) => this.begin(info) });
    this.box.body.append(this.field, loading.element, this.live, row("", link));
  }

  buildButtons() {
    this.run = button(`draw ${RUN}`, () => (this.running ? this.stop() : this.advance(RUN)));
    this.die = numberField({ name: "seed", value: this.held.seed, most: MOST_SEED, onchange: () => this.restart() });
    const one = button("Draw one token", () => this.advance(1), { filled: true });
    const again = button("start over", () => this.restart()), many = button(`draw ${count(DRAWS)} times`, () => this.count());
    return row("", one, this.run, again, many, this.die.element);
  }

  buildSliders() {
    const made = (key, from, to, step, value, words, read = (x) => x) => slider({
      name: key.replace("_", "-"), from, to, step, value, words, onchange: (next) => this.set(key, read(next)),
    });
    const { temperature, top_k, top_p, min_p } = this.held;
    this.sliders = {
      temperature: made("temperature", 0, 2, 0.05, temperature, (x) => (x ? x.toFixed(2) : "greedy")),
      top_k: made("top_k", 1, OFF, 1, top_k || OFF, (x) => (x < OFF ? String(x) : "off"), (x) => (x < OFF ? x : 0)),
      top_p: made("top_p", 0.05, 1, 0.01, top_p, (x) => (x < 1 ? x.toFixed(2) : "off")),
      min_p: made("min_p", 0, 0.5, 0.01, min_p, (x) => (x ? x.toFixed(2) : "off")),
    };
    for (const [key, made] of Object.entries(this.sliders)) {
      made.sooner = button("sooner", () => this.sooner(key), { class: "quiet", "aria-label": `${key.replace("_", "-")} sooner` });
      made.element.append(made.sooner);
    }
    this.settled = element("div", { class: "sliders four" });
    this.arrange();
    return this.settled;
  }

  // The sliders stand in the order in which they work.
  arrange() {
    this.settled.replaceChildren(...this.held.order.map((key) => this.sliders[key].element));
    this.held.order.forEach((key, place) => { this.sliders[key].sooner.disabled = place === 0; });
  }

  sooner(key) {
    const order = this.held.order.slice(), place = order.indexOf(key);
    [order[place - 1], order[place]] = [order[place], order[place - 1]];
    this.held.order = order;
    this.arrange();
    const { sooner } = this.sliders[key];
    (sooner.disabled ? this.sliders[order[1]].sooner : sooner).focus();
    this.thousand.replaceChildren();
    this.show();
  }

  settings() { return Object.fromEntries(USUAL.map((key) => [key, this.held[key]])); }

  // Before the first setting and after each, in their order.
  states() { return chain(this.scored.logits, this.held.order, this.settings()); }

  set(key, value) {
    this.held[key] = value;
    this.thousand.replaceChildren();
    this.show();
  }

  begin(info) {
    this.info = info;
    this.live.hidden = false;
    this.box.note(running(info));
    this.restart();
  }

  // Begin again at the prompt: at its last tokens, if there are more than the model can see.
  async restart() {
    if (!this.info) return;
    const { tokenizer, config } = this.info, most = config.context - RUN - 1, read = tokenizer.encode(this.field.value);
    const cut = read.length - most, sees = `The model sees ${config.context} tokens at most`;
    this.running = false;
    this.drawn = [];
    this.random = new Random(this.die.value);
    this.start = [tokenizer.specials["<|document|>"], ...read.slice(-most)];
    this.box.say(cut > 0 ? `${sees}: the first ${count(cut)} of this prompt are left out.` : this.word);
    this.word = "";
    this.thousand.replaceChildren();
    await this.score(++this.job);
  }

  // Scores for what comes next, unless something newer was asked meanwhile.
  async score(job) {
    try {
      const scored = await this.model.score([...this.start, ...this.drawn]);
      if (job !== this.job) return false;
      this.scored = scored;
      this.show();
      return true;
    } catch (fault) {
      if (job === this.job) this.box.say(`This did not work: ${fault.message}.`, true);
      return false;
    }
  }

  async advance(times) {
    const job = ++this.job;
    this.running = times > 1;
    for (let made = 0; made < times && job === this.job; made++) {
      if (this.start.length + this.drawn.length >= this.info.config.context) {
        this.box.say("The context is full.");
        break;
      }
      this.drawn.push(draw(this.states().at(-1), this.random));
      this.thousand.replaceChildren();
      if (!(await this.score(job))) break;
    }
    if (job === this.job) this.stop();
  }

  stop() {
    this.job++;
    this.running = false;
    this.show();
  }

  show() {
    if (!this.scored) return;
    const { tokenizer } = this.info, ids = [...this.start, ...this.drawn], { p } = this.scored;
    const places = factPlaces(ids.map((id) => tokenizer.pieces[id]), this.fact);
    this.run.textContent = this.running ? "stop" : `draw ${RUN}`;
    this.text.replaceChildren(...ids.map((id, i) => chip(tokenizer.pieces[id], i, {
      special: i === 0, fact: places.has(i), drawn: i >= this.start.length, title: i ? `probability ${share(p[i])}` : null,
    })));
    this.cost.textContent = cost(p.slice(1));
    this.showCuts();
    const { whole, p: kept, best } = this.showBars();
    this.ranks.show(whole, kept, best);
  }

  // Under each slider what its operation leaves of what comes to it, in tokens and in probability.
  showCuts() {
    const states = this.states();
    this.held.order.forEach((key, i) => {
      const [came, p] = [states[i], states[i + 1]], left = p.reduce((sum, one) => sum + (one > 0), 0);
      const mass = came.reduce((sum, one, id) => sum + (p[id] > 0 ? one : 0), 0);
      this.sliders[key].note.textContent = `${count(left)} left, ${share(mass)} kept, ${share(Math.max(0, 1 - mass))} cut`;
    });
  }

  showBars() {
    const { tokenizer } = this.info, whole = distribution(this.scored.logits, { temperature: this.held.temperature });
    const p = this.states().at(-1), best = best_first(whole), { from } = this.ranks, shown = best.slice(from, from + PAGE);
    const next = nextOfFact(tokenizer, [...this.start, ...this.drawn], this.fact), rest = best.slice(from + PAGE);
    const drawn = shown.map((id, i) => ({
      name: element("span", { class: "tokens" }, chip(tokenizer.pieces[id], i, { fact: id === next })), value: whole[id],
      kind: p[id] === 0 ? "is-cut" : id === next ? "is-fact" : "", words: told(p[id], whole[id]),
    }));
    if (rest.length && from === 0) drawn.push(tail(rest, whole, p));
    this.rows.replaceChildren(element("p", { class: "unit" }, UNIT), bars(drawn, { label: "probabilities of the next token" }));
    return { whole, p, best };
  }

  count() {
    const p = this.states().at(-1);
    this.thousand.replaceChildren(...drawMany(this.info.tokenizer, p, DRAWS, this.die.value));
  }

  close() {
    this.job++;
    this.scored = null;
    this.model.close();
    this.box.undo();
  }
}

// All tokens beyond the bars as one bar: what of it is kept, and in gray what is cut.
function tail(rest, whole, p) {
  const sum = (of) => rest.reduce((total, id) => total + of(id), 0);
  const value = sum((id) => whole[id]), kept = sum((id) => p[id]);
  return {
    name: element("span", { class: "rest" }, `${count(rest.length)} others`), value, kind: "is-tail",
    cut: sum((id) => (p[id] === 0 ? whole[id] : 0)), words: told(kept, value),
  };
}

const told = (kept, before) => (kept ? share(kept) : `cut ${share(before)}`);

// What the text costs: the sum of log p of its tokens, and how many equal choices a token was worth.
function cost(p) {
  if (!p.length) return "";
  const nats = p.reduce((sum, one) => sum + Math.log(one), 0), many = `${count(p.length)} ${p.length === 1 ? "token" : "tokens"}`;
  const printed = nats.toFixed(3).replace("-", "−"), perplexity = Math.exp(-nats / p.length).toFixed(2);
  return `log-probability of this text ${printed} nats over ${many}, perplexity ${perplexity}`;
}
