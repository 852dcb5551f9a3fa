// One head's attention as a causal grid: each row is a token that asks, each cell how much of its look goes to an earlier
// token. Touch a cell for its arithmetic: the dot product, the scale, the softmax, with the real numbers.

import { element, share } from "./element.js";
import { arithmetic } from "./products.js";
import { minus, signed } from "./signed.js";
import { chip, shown, spoken } from "./tokens.js";

const STEPS = { // rows, columns; Home and End lead along the row, and the space bar does not leave the grid
  ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], Home: [0, -Infinity], End: [0, Infinity], " ": [0, 0],
};
const MANY = 14; // tokens from which on the arithmetic stands below the grid

export class Attention {
  // at: [row, column] of the cell that is chosen first, or null for the one with most attention in the last row.
  constructor(at = null) {
    this.grid = element("div", { class: "attention", role: "grid", "aria-label": "attention of one head" });
    this.about = element("div", { class: "arithmetic" });
    this.element = element("div", { class: "attention-place" }, element("div", { class: "attention-scroll table-scroll" }, this.grid), this.about);
    this.at = at;
    for (const kind of ["pointerover", "focusin", "click"]) this.grid.addEventListener(kind, (event) => this.reach(event));
    this.grid.addEventListener("keydown", (event) => this.key(event));
  }

  // places: those of the pieces that spell the fact or begin it.
  show(pieces, places, { attention, queries, keys }, config, layer, head) {
    const size = config.width / config.heads, part = (row) => row.subarray(head * size, (head + 1) * size);
    Object.assign(this, { pieces, places, size, p: attention[layer][head] });
    Object.assign(this, { queries: queries[layer].map(part), keys: keys[layer].map(part) });
    const last = pieces.length - 1;
    const text = pieces.map(shown).join("|");
    if (this.text !== undefined && this.text !== text) this.at = null;
    this.text = text;
    if (!this.at || this.at[0] > last || this.at[1] > this.at[0]) this.at = [last, this.p[last].indexOf(Math.max(...this.p[last]))];
    this.element.classList.toggle("is-wide", pieces.length > MANY);
    this.grid.style.setProperty("--many", pieces.length);
    this.grid.replaceChildren(...this.p.map((row, asks) => this.row(row, asks)), this.foot());
    this.choose(...this.at);
  }

  row(row, asks) {
    const cell = (p, to) => element("span", {
      class: "cell", role: "gridcell", "data-cell": `${asks}.${to}`, tabindex: -1, style: `--p:${(p * 100).toFixed(1)}%`,
      "aria-label": `${spoken(this.pieces[asks])} looks at ${spoken(this.pieces[to])}: ${share(p)}`,
    });
    return element("div", { role: "row", class: "attention-row" },
      element("span", { class: "asks", role: "rowheader" }, this.chip(asks)), ...Array.from(row, cell));
  }

  foot() {
    const names = this.pieces.map((_, i) => element("span", { class: "looked" }, this.chip(i)));
    return element("div", { class: "attention-row looked-row", "aria-hidden": "true" }, element("span"), ...names);
  }

  chip(at) { return chip(this.pieces[at], at, { fact: this.places.has(at) }); }

  reach(event) {
    const cell = event.target.closest?.("[data-cell]");
    if (cell) this.choose(...cell.dataset.cell.split(".").map(Number));
  }

  key(event) {
    const [down, right] = STEPS[event.key] ?? [];
    if (down === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const asks = Math.min(Math.max(this.at[0] + down, 0), this.p.length - 1);
    const to = Math.min(Math.max(this.at[1] + right, 0), asks);
    this.cell(asks, to).focus();
  }

  cell(asks, to) { return this.grid.querySelector(`[data-cell="${asks}.${to}"]`); }

  choose(asks, to) {
    const before = this.cell(...this.at);
    before?.classList.remove("is-paired");
    before?.setAttribute("tabindex", "-1");
    this.at = [asks, to];
    this.cell(asks, to).classList.add("is-paired");
    this.cell(asks, to).setAttribute("tabindex", "0");
    this.tell(asks, to);
  }

  // What the chosen row looks at most, in words.
  get told() {
    const [asks] = this.at, row = this.p[asks], most = row.indexOf(Math.max(...row));
    const [from, to] = [asks, most].map((at) => spoken(this.pieces[at]));
    return `${from} looks most at ${most === asks ? "itself" : to}: ${share(row[most])}`;
  }

  // The query is kept divided by √D already: its products times √D are the plain ones.
  tell(asks, to) {
    const root = Math.sqrt(this.size), dot = (key) => this.queries[asks].reduce((sum, q, i) => sum + q * key[i], 0);
    const scores = this.keys.slice(0, asks + 1).map(dot), top = Math.max(...scores);
    const sum = scores.reduce((total, score) => total + Math.exp(score - top), 0), mine = Math.exp(scores[to] - top);
    const lines = [
      ["query · key", `sum of ${this.size} products = ${signed(scores[to] * root)}`],
      [`÷ √${this.size}`, signed(scores[to])],
      ["e to that, less the row’s largest", `e^(${signed(scores[to])} ${minus(top)}) = ${signed(mine)}`],
      ["÷ the row’s sum", `${signed(mine)} ÷ ${signed(sum)} = ${signed(mine / sum)}`],
    ];
    const finding = [this.chip(asks), " looks at ", this.chip(to), " with ",
      element("strong", {}, share(this.p[asks][to])), " of its attention."];
    const open = this.about.querySelector("details")?.open;
    this.about.replaceChildren(element("p", {}, ...finding),
      arithmetic(lines, this.products(asks, to, root), ["number", "query", "key", "product"], open));
  }

  products(asks, to, root) {
    return Array.from(this.queries[asks], (query, i) => {
      const key = this.keys[to][i];
      return [String(i + 1), signed(query * root), signed(key), signed(query * root * key)];
    });
  }
}
