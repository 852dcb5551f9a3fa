// What is seen of a training: the curve of its loss beside two guessers', what it means in words, and what it writes.

import { Chart } from "./chart.js";
import { count, element } from "./element.js";
import { recognized } from "./lesson.js";
import { shapes } from "./minigpt/gpt.js";
import { chip, inWords } from "./tokens.js";

const FEW = 5; // words of a sample, fewer are not counted
const SHOWN = 5; // samples kept in view
const WORSE = 0.3; // nats by which the held-out loss has risen, before it is said
const DRAWN = 400; // points of a curve

export class Progress {
  constructor(lesson) {
    const { config, ids, held, merges } = this.lesson = lesson;
    const numbers = Object.values(shapes(config)).reduce((sum, [rows, columns]) => sum + rows * columns, 0);
    this.chart = new Chart({ unit: "loss, nats a token", tall: 200 });
    this.told = element("p", { class: "cost" });
    this.samples = element("ol", { class: "samples", "aria-label": "what it writes" });
    const about = `${count(ids.length)} tokens to learn from and ${count(held.length)} held out, ${count(config.vocabulary)} different ones`
      + `${merges ? `, by ${count(merges)} merges` : ""}. The model has ${count(numbers)} weights, drawn at random.`;
    this.parts = [element("p", { class: "widget-note" }, about), this.chart.element, this.told,
      element("p", { class: "unit" }, "what it writes"), this.samples];
  }

  addSample(step, ids) {
    const pieces = ids.map((id) => this.lesson.pieces[id]), chips = inWords(pieces, pieces.map((piece, i) => chip(piece, i)));
    const [known, many] = recognized(this.lesson, ids);
    const told = many < FEW ? "" : ` · ${known} of its ${many} whole words stand in the text`;
    const name = element("span", { class: "widget-note" }, `step ${count(step)}${told}`);
    this.samples.prepend(element("li", {}, name, element("span", { class: "tokens" }, chips)));
    while (this.samples.children.length > SHOWN) this.samples.lastChild.remove();
  }

  // steps: [[step, loss], …] of what it reads; looks: the same of what it never reads.
  show(steps, looks) {
    const { uniform, bigram } = this.lesson, step = steps.at(-1)[0], x = Math.max(50, step), held = looks.at(-1)?.[1];
    const levels = [{ name: "knows nothing", y: uniform }, { name: "pairs", y: bigram }];
    const y = Math.max(uniform, ...looks.map(([, nats]) => nats).filter(Number.isFinite)) * 1.08;
    const points = thinned(steps), loss = points.at(-1)[1];
    const key = (kind, words) => element("span", { class: `key ${kind}` }, words);
    const label = `loss at step ${count(step)}: ${loss.toFixed(2)}, on the tenth it never reads ${held?.toFixed(2) ?? "not known yet"}`;
    this.chart.show({ lines: [{ points, name: "what it reads" }, { points: looks, kind: "second", name: "never reads" }], levels, x, y, label });
    this.told.replaceChildren(`Step ${count(step)}: `, key("ours", `${loss.toFixed(2)} on what it reads`), ", ",
      key("second", `${held?.toFixed(2) ?? "–"} on the tenth it never reads`),
      `. There, all tokens alike score ${uniform.toFixed(2)} and counted pairs ${bigram.toFixed(2)}.`,
      held > Math.min(...looks.map(([, nats]) => nats)) + WORSE ? " It was better there before: it now learns what it reads by heart." : "");
  }

  close() { this.chart.close(); }
}

// At most DRAWN points: the mean of as many neighbors each, where there are more.
function thinned(points) {
  const by = Math.ceil(points.length / DRAWN), made = [];
  for (let i = 0; i + by <= points.length; i += by) {
    const some = points.slice(i, i + by), mean = (at) => some.reduce((sum, point) => sum + point[at], 0) / some.length;
    made.push([mean(0), mean(1)]);
  }
  return made;
}
