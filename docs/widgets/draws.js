// Many draws of one token: what came of them, and beside it what was to be expected, with its usual swing.

import { count, element, table } from "./element.js";
import { best_first, draw, Random } from "./minigpt/sample.js";
import { chip } from "./tokens.js";

const NAMED = 3; // tokens of the line that sums up
const ROWS = 8; // tokens told by name, if at least one draw is expected of each

// p: the chances; next: the id that carries the fact on.
export function drawMany(tokenizer, { p, next }, draws, seed, open) {
  const named = (id, i) => chip(tokenizer.pieces[id], i, { fact: id === next });
  const found = new Map(), random = new Random(seed);
  for (let i = 0; i < draws; i++) {
    const id = draw(p, random);
    found.set(id, (found.get(id) ?? 0) + 1);
  }
  const told = best_first(p).filter((id) => p[id] * draws >= 1).slice(0, ROWS);
  const lines = told.map((id, i) => compare(named(id, i), p[id], found.get(id) ?? 0, draws));
  const rest = 1 - told.reduce((sum, id) => sum + p[id], 0);
  const others = draws - told.reduce((sum, id) => sum + (found.get(id) ?? 0), 0);
  if (rest > 1e-9) lines.push(compare("all others", rest, others, draws));
  const most = told.slice(0, NAMED), left = draws - most.reduce((sum, id) => sum + (found.get(id) ?? 0), 0);
  const first = most.flatMap((id, i) => [element("span", { class: "tokens" }, named(id, i)), ` ${count(found.get(id) ?? 0)} times, `]);
  const far = lines.filter(({ off }) => Math.abs(off) > 2).length;
  const lying = `${far} of ${lines.length} ${lines.length === 1 ? "row lies" : "rows lie"}`;
  const about = "Behind each ± stands how far luck usually swings a count, one swing. "
    + `Here ${lying} more than two swings off; by luck alone about one row in twenty does.`;
  return [
    element("p", { class: "drawn-many" }, `This token drawn ${count(draws)} times, seed ${seed}: `, ...first, `others ${count(left)}.`),
    element("details", { class: "sees", open }, element("summary", {}, "Beside what was to be expected"), element("p", {}, about),
      table("drawn and expected", ["token", "expected", "drawn", "swings off"], lines.map(({ cells }) => cells))),
  ];
}

function compare(name, p, drawn, draws) {
  const expected = draws * p, spread = Math.sqrt(draws * p * (1 - p)), off = spread ? (drawn - expected) / spread : 0;
  const usual = spread < 0.05 ? expected.toFixed(0) : `${expected.toFixed(1)} ± ${spread.toFixed(1)}`;
  const sign = off < -0.05 ? "−" : off > 0.05 ? "+" : "";
  return { off, cells: [name, usual, count(drawn), `${sign}${Math.abs(off).toFixed(1)}`] };
}
