// The whole vocabulary at once, the likeliest token first: a bar for each rank on a scale of powers of ten, what is cut
// in gray, and a window that is moved along it, out to the tail.

import { count, element, share, svg } from "./element.js";

const TALL = 84;
const LEAST = 1e-9, LOWEST = "10⁻⁹"; // probabilities below are drawn as this

export class Ranks {
  // `move(rank)` is told where the reader's window begins, counted from 0; the window holds `many` tokens.
  constructor(many, move) {
    Object.assign(this, { many, place: element("div", { class: "ranks" }), from: 0, total: 0 });
    this.printed = element("span", { class: "slider-value", "aria-hidden": "true" });
    this.input = element("input", { type: "range", min: 0, max: 1000, step: 1, value: 0 });
    this.input.addEventListener("input", () => {
      this.from = this.rankOf(Number(this.input.value) / 1000);
      this.tell();
      move(this.from);
    });
    const label = element("label", {}, element("span", { class: "slider-name" }, "the bars below begin at place"), this.printed, this.input);
    this.element = element("div", { class: "slider ranks-place" }, element("p", { class: "unit" }, "chance of every token, the likeliest at the left; from line to line it is ten times as large"), this.place, label);
  }

  // Ranks lie on a scale of factors, so that the first ones and the tail both have room.
  along(rank) { return Math.log1p(rank) / Math.log1p(this.total); }

  rankOf(at) { return Math.min(Math.round(Math.expm1(at * Math.log1p(this.total))), Math.max(0, this.total - this.many)); }

  tell() {
    this.printed.textContent = `${count(this.from + 1)} of ${count(this.total)}`;
    this.input.setAttribute("aria-valuetext", `place ${this.printed.textContent}`);
    const [left, right] = [this.from, this.from + this.many].map((rank) => this.along(rank) * 100);
    this.window?.setAttribute("x", left);
    this.window?.setAttribute("width", Math.max(right - left, 0.8));
  }

  // whole: p before the cuts, p: after them, best: ids by falling p.
  show({ whole, p, best }) {
    this.total = best.length;
    this.from = Math.min(this.from, Math.max(0, this.total - this.many));
    const shapes = { kept: "", cut: "" };
    best.forEach((id, rank) => {
      const tall = (1 - Math.log10(Math.max(whole[id], LEAST)) / Math.log10(LEAST)) * TALL, left = this.along(rank) * 100;
      const wide = this.along(rank + 1) * 100 - left;
      if (tall > 0) shapes[p[id] > 0 ? "kept" : "cut"] += `M${left.toFixed(3)} ${TALL}v${-tall.toFixed(2)}h${wide.toFixed(3)}V${TALL}z`;
    });
    this.window = svg("rect", { class: "window", y: 0, height: TALL, x: 0, width: 1 });
    const left = count(p.reduce((sum, one) => sum + (one > 0), 0)), [first, last] = [best[0], best.at(-1)].map((id) => share(whole[id]));
    const label = `chances of ${count(this.total)} tokens, falling from ${first} to ${last}; ${left} can be drawn`;
    const ends = (along, ...words) => element("p", { class: `ends ${along}`, "aria-hidden": "true" }, ...words.map((one) => element("span", {}, one)));
    this.place.replaceChildren(ends("up", "1", LOWEST), svg("svg", { viewBox: `0 0 100 ${TALL}`, preserveAspectRatio: "none", role: "img", "aria-label": label },
      ...Object.entries(shapes).map(([name, d]) => svg("path", { class: name, d })), this.window), ends("across", "place 1", "ever closer together", `place ${count(this.total)}`));
    this.tell();
  }
}
