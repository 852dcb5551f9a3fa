// A scrubber over training: what each kept step scored and said, as it was recorded, and the reader's own prompt on the
// four versions that ship.

import { Beside } from "./beside.js";
import { Chart } from "./chart.js";
import { copyLink, frame, row, slider } from "./controls.js";
import { count, element, share } from "./element.js";
import { faultAnd, fetchJson } from "./fetched.js";
import { kinds, readState } from "./state.js";
import { bars, chip, factPlaces, inWords, likeliest } from "./tokens.js";

const SOURCE = "pretrain/checkpoints.json";
const LONGEST = 500; // characters of a prompt
const MOST_STEPS = 1e9;
const PROMPT = "Mira Tolland keeps the light at";
const LEAD = "Drag left, back to the start, and watch the sentence fall apart.";
const WORDS = { random: "untrained", base: "trained", chat: "after the stage on conversations" }; // what the page calls them so far
const LEVELS = { uniform: "knows nothing", unigram: "token counts", bigram: "pairs", trigram: "threes" };

export function mount(el, options) {
  const checkpoints = new Checkpoints(el, options);
  return () => checkpoints.close();
}

class Checkpoints {
  constructor(el, { prompt = PROMPT, prompts = [], step, limit = 24, fact = "" }) {
    const { values, word } = readState("checkpoints", { step: kinds.number(0, MOST_STEPS, 1), prompt: kinds.text(LONGEST) });
    Object.assign(this, { fact, asked: values.step ?? step ?? MOST_STEPS, gone: false, charts: [] });
    this.box = frame(el, "recorded while it was trained");
    this.record = element("div", { class: "widget-body" });
    this.beside = new Beside({
      prompt: values.prompt ?? prompt, prompts, lives: ["random", "early", "base", "chat"], chat: false, limit, fact,
      words: WORDS, compares: false, say: this.box.say, tell: this.box.tell, note: (info) => this.box.note(`recorded; ${info.length} versions running in this page`),
    });
    const state = () => ({ step: this.kept?.[this.scrubber.value].step ?? 0, prompt: this.beside.prompt });
    const part = element("p", { class: "part" }, "Your own beginning, on four saved versions of the model");
    this.box.body.append(element("p", { class: "widget-lead" }, LEAD), this.record);
    this.box.say(word);
    this.fetch().then(() => this.box.body.append(part, this.beside.element, row("", copyLink("checkpoints", state)))); // not moved
  }

  async fetch(fresh) {
    const keyed = this.record.contains(document.activeElement);
    this.record.replaceChildren(element("p", { class: "widget-note", role: fresh && "status" }, "fetching the record"));
    try {
      const found = await fetchJson(SOURCE, "the recorded steps", fresh);
      if (!found?.checkpoints?.length || !found.curve) throw new Error("the recorded steps came cut short or altered");
      if (this.gone) return;
      this.build(found);
    } catch (fault) {
      this.record.replaceChildren(...faultAnd(() => this.fetch(true), fault));
    }
    if (keyed) this.record.querySelector("button, input").focus();
  }

  build({ checkpoints, curve, baselines, prompt_pieces, seed }) {
    Object.assign(this, { kept: checkpoints, curve, baselines, opening: prompt_pieces });
    const from = this.kept.findLastIndex(({ step }) => step <= this.asked), words = (i) => `step ${count(this.kept[i].step)}`;
    this.scrubber = slider({
      name: "kept steps of the training", from: 0, to: this.kept.length - 1, step: 1, value: Math.max(0, from), words,
      onchange: () => this.tell(this.show()),
    });
    const steps = "over the steps of training", log = true, opening = prompt_pieces.slice(1).join("");
    const whole = `; all ${curve.steps.length} recorded steps, of which the slider has ${this.kept.length}`;
    const ends = this.fact ? `probability that “${opening}” ends in “${this.fact}”` : "probability of the end of our sentence";
    this.loss = new Chart({ unit: `loss on pages it never trained on, nats a token, ${steps}`, log });
    this.fate = new Chart({ unit: ends + whole, log, tall: 110 });
    this.charts = [this.loss, this.fate];
    this.facts = element("dl", { class: "facts" });
    this.text = element("div", { class: "tokens" });
    this.next = element("div");
    const said = element("div", {}, element("p", { class: "unit" }, `how it went on, drawn with seed ${seed}`), this.text);
    this.record.replaceChildren(this.loss.element, this.fate.element, this.scrubber.element,
      element("div", { class: "panes" }, element("div", { class: "told" }, this.facts, said), this.next));
    this.show();
  }

  show() {
    const here = this.kept[this.scrubber.value], { steps, nats, thread_p } = this.curve, x = steps.at(-1), at = here.step;
    const levels = Object.entries(LEVELS).map(([key, name]) => ({ name, y: this.baselines[key] }));
    const line = (values) => steps.map((step, i) => [step, values[i]]);
    const names = { loss: `${here.nats.toFixed(2)} nats a token`, fate: `probability ${share(here.thread_p)}` }, where = `at step ${count(at)}`;
    const y = Math.max(...nats, this.baselines.uniform) * 1.04, certain = [{ name: "certain", y: 1 }];
    this.loss.show({ lines: [{ points: line(nats), name: "our model" }], levels, x, y, at, label: `loss ${where}: ${names.loss}` });
    this.fate.show({
      lines: [{ points: line(thread_p), kind: "fact" }], levels: certain, x, y: 1, at, label: `our sentence ${where}: ${names.fate}`,
    });
    const rows = [["tokens read", count(here.tokens)], ["loss", names.loss], ["our sentence", `ends rightly with ${names.fate}`],
      ["other facts", `${(100 * here.recall_share).toFixed(1)}% completed rightly, in wordings of its pages`]];
    this.facts.replaceChildren(...rows.flatMap(([name, told]) => [element("dt", {}, name), element("dd", {}, told)]));
    this.showText(here);
    this.showBars(here);
    return here;
  }

  tell({ step, nats, thread_p, sample }) {
    this.box.tell(`Step ${count(step)}: loss ${nats.toFixed(2)}, our sentence ${share(thread_p)}. It wrote: ${sample.join("")}`, 500);
  }

  showText({ sample }) {
    const all = [...this.opening, ...sample], pieces = all.map((piece) => new TextEncoder().encode(piece));
    const places = factPlaces(pieces, this.fact), drawn = (i) => i >= this.opening.length;
    const chips = pieces.map((piece, i) => chip(piece, i, { special: i === 0, fact: places.has(i), drawn: drawn(i) }));
    this.text.replaceChildren(...inWords(pieces, chips));
  }

  showBars({ top_pieces, top_p }) {
    const encoder = new TextEncoder(), begins = (piece) => Boolean(this.fact) && piece.length > 1 && ` ${this.fact}`.startsWith(piece);
    const pieces = top_pieces.map((piece) => encoder.encode(piece)), unit = "probability of the next token";
    const shown = likeliest(top_p.map((p, i) => [i, p]), { pieces, specials: {} }, (i) => begins(top_pieces[i]), "all others");
    this.next.replaceChildren(element("p", { class: "unit" }, unit), bars(shown, { label: unit, top: 1 }));
  }

  close() {
    this.gone = true;
    this.charts.forEach((chart) => chart.close());
    this.beside.close();
    this.box.undo();
  }
}
