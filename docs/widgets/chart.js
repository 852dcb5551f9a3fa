// A line chart of numbers as they come: curves and the dotted levels to beat are named at the right, there is no legend.
// It is drawn for the width it has, and drawn anew when that changes.

import { element, svg } from "./element.js";

const GAP = 13; // pixels between two names
const UNIT = 16; // pixels of the line below the ticks, on which the unit of x stands
const BEYOND = 9; // pixels of a level behind the last place of a curve, so that a cursor there parts no level from its name

export class Chart {
  // `unit` stands at the top left; `log` counts x by factors; `tall`: pixels without the line of the unit of x.
  constructor({ unit, log = false, tall = 170 }) {
    Object.assign(this, { log, tall: tall + UNIT, data: null });
    this.place = element("div", { class: "chart-place" });
    this.element = element("div", { class: "chart" }, element("p", { class: "unit" }, unit), this.place);
    this.watch = new ResizeObserver(() => this.draw());
    this.watch.observe(this.place);
  }

  // lines: [{points: [[x, y], …], kind, name}], levels: [{name, y}], x and y: the largest of each axis, at: a chosen x,
  // label: what a reader without the picture is told.
  show(data) {
    this.data = data;
    this.draw();
  }

  draw() {
    const wide = this.place.clientWidth;
    if (!this.data || !wide) return;
    const { lines, levels = [], x, y, at, label } = this.data, right = wide - (levels.length ? 92 : 14) - BEYOND, bottom = this.tall - 20 - UNIT;
    const along = this.log ? Math.log1p : (value) => value, left = 30, top = 8;
    this.to = (px, py) => [left + (along(px) / along(x)) * (right - left), bottom - (Math.min(py, y) / y) * (bottom - top)];
    const box = { left, right, top, bottom };
    const ends = lines.map(({ name, kind = "ours", points }) => ({ name, kind, y: points.findLast(known)?.[1] }))
      .filter(({ name, y }) => name && y !== undefined);
    const parts = [...this.axes(box, x, y), ...levels.map((level) => this.level(box, level)), ...this.names(box, [...levels, ...ends]),
      ...lines.map((line) => this.line(line))];
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
    const steps = this.log ? [0, ...powers(x)] : ticks(x, (right - left) / 90);
    const name = words(right, bottom + 16 + UNIT, "steps", "end");
    return [...rows, name, ...steps.map((value) => words(this.to(value, 0)[0], bottom + 16, value, value ? "middle" : "start"))];
  }

  level({ left, right }, { y }) {
    const [, py] = this.to(0, y);
    return svg("line", { class: "level", x1: left, x2: right + BEYOND, y1: py, y2: py });
  }

  // Beside where they end, moved up where two would touch, and down again from the top.
  names({ right, top }, named) {
    const set = [...named].sort((a, b) => a.y - b.y).map((one) => ({ ...one, low: this.to(0, one.y)[1] + 4 }));
    set.forEach((one, i) => { one.low = Math.min(one.low, (set[i - 1]?.low ?? Infinity) - GAP); });
    set.reverse().forEach((one, i) => { one.low = Math.max(one.low, i ? set[i - 1].low + GAP : top + 4); });
    return set.map(({ name, kind, low }) => words(right + BEYOND + 6, low, name, "start", kind));
  }

  line({ points, kind = "ours" }) {
    const places = points.filter(known).map((point) => this.to(...point).map(tenth));
    return svg("polyline", { class: kind, points: places.map((place) => place.join(",")).join(" ") });
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

const known = (point) => point.every(Number.isFinite);
const tenth = (value) => Math.round(value * 10) / 10;

function words(x, y, value, anchor, kind = "") {
  return svg("text", { x, y, "text-anchor": anchor, class: kind }, typeof value === "number" ? value.toLocaleString("en-US") : value);
}

// About `many` round numbers from 0 to `most`: ticks(7.8, 5) is [0, 2, 4, 6].
function ticks(most, many) {
  const rough = most / many, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((by) => by * power).find((one) => one >= rough);
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, i) => Number((i * step).toPrecision(6)));
}

const powers = (most) => Array.from({ length: Math.floor(Math.log10(most)) }, (_, i) => 10 ** (i + 1));
