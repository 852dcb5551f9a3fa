// The sampling accountant: one draw from the whole vocabulary, every cut and what remains, the exact cost of the text.

import { chain, USUAL } from "./chain.js";
import { button, copyLink, frame, labelled, numberField, row } from "./controls.js";
import { cost } from "./cost.js";
import { drawMany } from "./draws.js";
import { count, element, share } from "./element.js";
import { lifeOf, openModel } from "./engine.js";
import { loader, running } from "./loader.js";
import { best_first, distribution, draw, Random } from "./minigpt/sample.js";
import { named, odds, span } from "./odds.js";
import { Ranks } from "./ranks.js";
import { MOST_K, Settings } from "./settings.js";
import { kinds, readState } from "./state.js";
import { chip, inWords, nextOfFact, readPlaces, spoken } from "./tokens.js";

const LONGEST = 2000; // characters of a prompt
const MOST_SEED = 2 ** 31;
const PAGE = 12; // bars
const RUN = 16; // tokens of a run
const DRAWS = 1000;
const LEAD = "After these words the model has a probability for every token. Four settings reshape and cut them, and a seeded die "
  + "picks one. Draw a token, then move a setting and draw again.";
const FIELDS = {
  prompt: kinds.text(LONGEST), temperature: kinds.number(0, 2, 0.05), top_k: kinds.number(0, MOST_K, 1),
  top_p: kinds.number(0.05, 1, 0.01), min_p: kinds.number(0, 0.5, 0.01), seed: kinds.number(0, MOST_SEED, 1),
  order: kinds.order(USUAL), drawn: kinds.text(4000), from: kinds.number(0, 1e6, 1), many: kinds.choice(["yes"]),
};
const DEFAULTS = { prompt: "Mira Tolland keeps the light at", temperature: 1, top_k: 0, top_p: 1, min_p: 0, seed: 1, order: USUAL };

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
    this.field = element("textarea", { ...look, maxlength: LONGEST });
    this.field.value = this.held.prompt;
    this.field.addEventListener("input", () => this.again());
    this.text = element("div", { class: "tokens sampled", role: "group", "aria-label": "the text as tokens" });
    this.cost = element("p", { class: "cost" });
    this.settings = new Settings(this.held, (words) => this.changed(words));
    this.ranks = new Ranks(PAGE, () => {
      this.showOdds();
      this.box.tell(span(this.info.tokenizer, this.odds, this.ranks.from, PAGE), 500);
    });
    this.rows = element("div");
    this.thousand = element("div");
    const far = element("details", { class: "sees", open: Boolean(this.held.from) }, element("summary", {}, "The whole vocabulary, out to the tail"),
      this.ranks.element);
    const likely = element("details", { class: "sees" }, element("summary", {}, "How likely this text is to the model"), this.cost);
    this.live = element("div", { class: "widget-body", hidden: true }, this.text, this.buildButtons(),
      likely, this.thousand, this.settings.element, far, this.rows);
    const loading = loader(this.model, { size, ready: (info) => this.begin(info) });
    this.box.body.append(element("p", { class: "widget-lead" }, LEAD), labelled("prompt", this.field), loading.element, this.live,
      row("", copyLink("sampler", () => this.state())));
  }

  buildButtons() {
    // It does what it reads: `running` is over at the first press, and a second one would begin again.
    this.run = button(`draw ${RUN}`, () => (this.run.textContent === "stop" ? this.stop() : this.advance(RUN)));
    this.die = numberField({ name: "seed", value: this.held.seed, most: MOST_SEED, onchange: () => this.again() });
    const one = button("Draw one token", () => this.advance(1), { filled: true });
    const again = button("start over", () => this.restart().then(() => this.box.tell("back at the prompt")));
    const many = button(`draw ${count(DRAWS)} times`, () => this.scored && this.box.tell(this.drawMany()));
    return row("", one, this.run, again, many, this.die.element);
  }

  // All that a link needs to show this again: what was drawn, too, since settings may have changed between two draws.
  state() {
    const made = { prompt: this.field.value, ...this.settings.values, seed: this.die.value, order: this.settings.order.join(" ") };
    if (this.drawn.length) made.drawn = this.drawn.join(" ");
    if (this.ranks.from) made.from = this.ranks.from;
    if (this.thousand.firstChild) made.many = "yes";
    return made;
  }

  async begin(info) {
    this.info = info;
    this.live.hidden = false;
    this.box.note(running(info));
    this.ranks.from = this.held.from ?? 0;
    await this.restart(this.held.drawn);
    if (this.held.many && this.scored) this.drawMany();
  }

  // Begin again at the prompt, true once that is shown: at its last tokens, if there are more than the model can see.
  async restart(drawn = "") {
    if (!this.info) return false;
    const { tokenizer, config } = this.info, most = config.context - RUN - 1, read = tokenizer.encode(this.field.value);
    const cut = read.length - most, sees = `The model sees ${config.context} tokens at most`;
    this.running = false;
    this.random = new Random(this.die.value);
    this.start = [tokenizer.specials["<|document|>"], ...read.slice(-most)];
    this.drawn = restored(drawn, tokenizer.vocabulary, config.context - this.start.length);
    this.drawn.forEach(() => this.random.uniform());
    if (drawn && !this.drawn.length) this.word = `${this.word} The drawn tokens of the link were left out.`.trim();
    this.box.say(cut > 0 ? `${sees}: the first ${count(cut)} tokens of this prompt are left out.` : this.word);
    this.word = "";
    Object.assign(this, { stale: true, untold: this.drawn.length });
    return this.score(++this.job);
  }

  // Begins again with what a field now holds, and tells what is likeliest then.
  async again() {
    if (await this.restart()) this.box.tell(`The likeliest next token: ${named(this.info.tokenizer, this.odds, this.odds.best[0])}.`, 500);
  }

  // Scores for what comes next, unless something newer was asked meanwhile.
  async score(job) {
    try {
      const scored = await this.model.score([...this.start, ...this.drawn]);
      if (job !== this.job) return false;
      Object.assign(this, { scored, stale: false });
      this.thousand.replaceChildren(); // drawn from the chances before these
      this.show();
      return true;
    } catch (fault) {
      if (job !== this.job) return false;
      this.box.say(`This did not work: ${fault.message}.`, true);
      this.running = false;
      this.run.textContent = `draw ${RUN}`;
      return false;
    }
  }

  async advance(times) {
    const job = ++this.job;
    Object.assign(this, { running: times > 1, untold: this.stale ? this.untold : this.drawn.length });
    if (this.stale && !(await this.score(job))) return; // a token whose chances are on their way comes first
    for (let made = 0; made < times && job === this.job; made++) {
      if (this.start.length + this.drawn.length >= this.info.config.context) {
        this.box.say("The context is full: start over, or shorten the prompt.");
        break;
      }
      this.drawn.push(draw(this.states().at(-1), this.random));
      this.stale = true; // the scores are of the text before it
      if (!(await this.score(job))) break;
    }
    if (job === this.job) this.stop();
  }

  async stop() {
    const job = ++this.job;
    this.running = false;
    if (!this.stale) this.show();
    else if (!(await this.score(job))) return;
    const { tokenizer } = this.info, drawn = this.drawn.slice(this.untold);
    if (drawn.length) this.box.tell(`Drawn: ${drawn.length === 1 ? spoken(tokenizer.pieces[drawn[0]]) : tokenizer.decode(drawn)}`);
  }

  // `words`: what was changed, if more than a slider's value.
  changed(words = "") {
    this.show();
    this.box.tell(`${words}${this.settings.whole.textContent}`, 500);
    if (this.thousand.firstChild) this.drawMany();
  }

  // Before the first setting and after each, in their order.
  states() { return chain(this.scored.logits, this.settings.order, this.settings.values); }

  show() {
    if (!this.scored) return;
    const { tokenizer } = this.info, ids = [...this.start, ...this.drawn], { p } = this.scored;
    const pieces = ids.map((id) => tokenizer.pieces[id]), places = readPlaces(tokenizer, ids, this.fact);
    this.run.textContent = this.running ? "stop" : `draw ${RUN}`;
    this.text.replaceChildren(...inWords(pieces, pieces.map((piece, i) => chip(piece, i, {
      special: i === 0, fact: places.has(i), drawn: i >= this.start.length, title: i ? `probability ${share(p[i])}` : null,
    }))));
    this.text.scrollTop = this.text.scrollHeight;
    if (this.text.scrollHeight > this.text.clientHeight) this.text.tabIndex = 0;
    else this.text.removeAttribute("tabindex");
    this.cost.textContent = cost(p.slice(1));
    const states = this.states(), temperature = this.settings.values.temperature || 1; // zero takes the likeliest of what the model says
    const whole = distribution(this.scored.logits, { temperature });
    this.odds = { whole, p: states.at(-1), best: best_first(whole), next: nextOfFact(tokenizer, ids, this.fact) };
    this.settings.tell(states, whole);
    this.ranks.show(this.odds);
    this.showOdds();
  }

  showOdds() { this.rows.replaceChildren(...odds(this.info.tokenizer, this.odds, this.ranks.from, PAGE)); }

  drawMany() {
    const open = this.thousand.querySelector("details")?.open;
    this.thousand.replaceChildren(...drawMany(this.info.tokenizer, this.odds, DRAWS, this.die.value, open));
    return this.thousand.firstChild.textContent;
  }

  close() {
    this.job++;
    this.scored = null;
    this.model.close();
    this.box.undo();
  }
}

// Ids that a link says were drawn, or none where one of them is no token or more of them than there is room for.
function restored(words, vocabulary, room) {
  const ids = words.split(" ").filter(Boolean).map(Number);
  return ids.length <= room && ids.every((id) => Number.isInteger(id) && id >= 0 && id < vocabulary) ? ids : [];
}
