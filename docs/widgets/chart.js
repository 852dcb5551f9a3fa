// A line chart of numbers as they come: levels to beat are dotted and named at the right, there is no other legend.
// It is drawn for the width it has, and drawn anew when that changes.

import { element, svg } from "./element.js";

const GAP = 13; // pixels between the names of two levels

export class Chart {
  // `unit` stands at the top left; `log` counts x by factors.
  constructor({ unit, log = false, tall = 170 }) {
    Object.assign(this, { log, tall, data: null });
    this.place = element("div", { class: "chart-place" });
    this.element = element("div", { class: "chart" }, element("p", { class: "unit" }, unit), this.place);
    this.watch = new ResizeObserver(() => this.draw());
    this.watch.observe(this.place);
  }

  // lines: [{points: [[x, y], …], kind, dots}], levels: [{name, y}], x and y: the largest of each axis, at: a chosen x,
  // label: what a reader without the picture is told.
  show(data) {
    this.data = data;
    this.draw();
  }

  draw() {
    const wide = this.place.clientWidth;
    if (!this.data || !wide) return;
    const { lines, levels = [], x, y, at, label } = this.data, right = wide - (levels.length ? 92 : 14), bottom = this.tall - 20;
    const along = this.log ? Math.log1p : (value) => value, left = 30, top = 8;
    this.to = (px, py) => [left + (along(px) / along(x)) * (right - left), bottom - (Math.min(py, y) / y) * (bottom - top)];
    const box = { left, right, top, bottom };
    const parts = [...this.axes(box, x, y), ...this.levels(box, levels), ...lines.flatMap((line) => this.line(line))];
    if (at !== undefined) parts.push(...this.cursor(box, at, lines));
    this.place.replaceChildren(svg("svg", {
      viewBox: `0 0 ${wide} ${this.tall}`, width: wide, height: this.tall, role: "img", "aria-label": label,
    }, svg("g", { "aria-hidden": "true" }, ...parts)));
  }

  axes({ left, right, bottom }, x, y) {
    const rows = ticks(y, this.tall / 32).flatMap((value) => {
      const [, py] = this.to(0, value);
      return [svg("line", { class: "rule", x1: left, x2: right, y1: py, y2: py }), words(left - 6, py + 4, value, "end")];
    });
    const steps = this.log ? [0, ...powers(x)] : ticks(x, (right - left) / 90), last = this.to(steps.at(-1), 0)[0];
    const name = right - last > 60 ? [words(right, bottom + 16, "steps", "end")] : [];
    return [...rows, ...name, ...steps.map((value) => words(this.to(value, 0)[0], bottom + 16, value, value ? "middle" : "start"))];
  }

  levels({ left, right, top }, levels) {
    let free = Infinity;
    return [...levels].sort((a, b) => a.y - b.y).flatMap(({ name, y }) => {
      const [, py] = this.to(0, y), low = Math.max(top + 4, Math.min(py + 4, free));
      free = low - GAP;
      return [svg("line", { class: "level", x1: left, x2: right, y1: py, y2: py }), words(right + 6, low, name, "start")];
    });
  }

  line({ points, kind = "ours", dots = false }) {
    const places = points.filter((point) => point.every(Number.isFinite)).map((point) => this.to(...point).map(tenth));
    const drawn = [svg("polyline", { class: kind, points: places.map((place) => place.join(",")).join(" ") })];
    return dots ? [...drawn, ...places.map(([cx, cy]) => svg("circle", { class: kind, cx, cy, r: 2.5 }))] : drawn;
  }

  cursor({ top, bottom }, at, lines) {
    const [px] = this.to(at, 0);
    const dots = lines.map(({ points, kind = "ours" }) => [points.find(([x]) => x === at), kind]).filter(([found]) => found);
    return [svg("line", { class: "cursor", x1: px, x2: px, y1: top, y2: bottom }), ...dots.map(([point, kind]) => {
      const [cx, cy] = this.to(...point);
      return svg("circle", { class: kind, cx, cy, r: 5 });
    })];
  }

  close() { this.watch.disconnect(); }
}

const tenth = (value) => Math.round(value * 10) / 10;

function words(x, y, value, anchor) {
  return svg("text", { x, y, "text-anchor": anchor }, typeof value === "number" ? value.toLocaleString("en-US") : value);
}

// About `many` round numbers from 0 to `most`: ticks(7.8, 5) is [0, 2, 4, 6].
function ticks(most, many) {
  const rough = most / many, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((by) => by * power).find((one) => one >= rough);
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, i) => Number((i * step).toPrecision(6)));
}

const powers = (most) => Array.from({ length: Math.floor(Math.log10(most)) }, (_, i) => 10 ** (i + 1));
