// The settings of a draw in any order. In the usual one this is minigpt/sample.js's distribution.

import { best_first, distribution } from "./minigpt/sample.js";

export const USUAL = ["temperature", "top_k", "top_p", "min_p"];

// The distribution before the first setting and after each: [p, p, p, p, p]; the last is drawn from.
export function chain(scores, order, settings) {
  let p = distribution(scores);
  const states = [p];
  for (const key of order) states.push(p = normalized(STEPS[key](p, settings[key])));
  if (order.join() === USUAL.join()) states[order.length] = distribution(scores, settings);
  return states;
}

const STEPS = {
  // A temperature on probabilities is a power: dividing the scores by it, without the scores.
  temperature(p, t) {
    const top = p.indexOf(Math.max(...p));
    if (t === 0) return p.map((_, id) => (id === top ? 1 : 0));
    return p.map((one) => (one > 0 ? Math.exp((Math.log(one) - Math.log(p[top])) / t) : 0));
  },
  top_k: (p, k) => (k > 0 ? without(p, best_first(p).slice(k)) : p),
  top_p(p, most) {
    if (most >= 1) return p;
    let sum = 0;
    return without(p, best_first(p).filter((id, place) => (sum += p[id]) - p[id] >= most && place > 0));
  },
  min_p(p, least) {
    const floor = least * Math.max(...p);
    return p.map((one) => (one < floor ? 0 : one));
  },
};

function without(p, cut) {
  const kept = p.slice();
  for (const id of cut) kept[id] = 0;
  return kept;
}

function normalized(p) {
  const sum = p.reduce((total, one) => total + one, 0);
  return p.map((one) => one / sum);
}
