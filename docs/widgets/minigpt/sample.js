// From scores to a token: reshape the distribution, then draw from it with a seeded die. The twin of minigpt/sample.py.

const MULTIPLIER = 6364136223846793005n;
const MASK = 2n ** 64n - 1n;

// PCG32 (O'Neill 2014, XSH-RR), the same stream of draws as in Python.
export class Random {
  constructor(seed, stream = 54) {
    this.increment = (2n * BigInt(stream) + 1n) & MASK;
    this.state = 0n;
    this.integer();
    this.state = (this.state + BigInt(seed)) & MASK;
    this.integer();
  }

  // The next whole number from 0 to 2³² - 1.
  integer() {
    const state = this.state;
    this.state = (state * MULTIPLIER + this.increment) & MASK;
    const mixed = Number((((state >> 18n) ^ state) >> 27n) & 0xffffffffn), turn = Number(state >> 59n);
    return ((mixed >>> turn) | (mixed << (-turn & 31))) >>> 0;
  }

  // The next number from 0 up to 1 with 53 random bits: 27 of one draw, 26 of the next.
  uniform() {
    const high = this.integer() >>> 5, low = this.integer() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }
}

// Probabilities [V] in float64 after each setting in turn; 0, 1 and 0 switch the last three off.
export function distribution(scores, { temperature = 1, top_k = 0, top_p = 1, min_p = 0 } = {}) {
  let logits = Float64Array.from(scores);
  const top = argmax(logits);
  if (temperature === 0) return new Float64Array(logits.length).fill(1, top, top + 1);
  logits = logits.map((score) => score / temperature);
  const order = top_k > 0 ? best_first(logits, top_k) : top_p < 1 ? best_first(logits) : [];
  if (top_k > 0) {
    const kept = order.map((id) => logits[id]);
    logits.fill(-Infinity);
    order.forEach((id, place) => { logits[id] = kept[place]; });
  }
  let p = normalized(logits.map((score) => Math.exp(score - logits[top])));
  if (top_p < 1) {
    let sum = 0;
    order.forEach((id, place) => {
      sum += p[id];
      if (place > 0 && sum - p[id] >= top_p) p[id] = 0;
    });
  }
  if (min_p > 0) p = p.map((share) => (share < min_p * p[top] ? 0 : share));
  return normalized(p);
}

// One token: the first, in id order, at which the cumulative sum exceeds a uniform draw.
export function sample_next(logits, random, settings) {
  return draw(distribution(logits, settings), random);
}

export function draw(p, random) {
  const drawn = random.uniform();
  let sum = 0, last = 0;
  for (let id = 0; id < p.length; id++) {
    if (p[id] === 0) continue;
    sum += p[id];
    last = id;
    if (sum > drawn) break;
  }
  return last;
}

// Read the prompt, then draw up to `count` tokens and read each; end before a `stop` token or at a full context.
// Yields each token with the distribution it was drawn from and the scores that made it, as it is drawn.
export function* generate(model, prompt, random, count, stop = [], settings = {}) {
  let logits = model.read(prompt);
  for (let made = 1; made <= count; made++) {
    const p = distribution(logits, settings), id = draw(p, random);
    const ended = stop.includes(id);
    yield { id, p, logits, ended };
    if (ended || made === count || model.time === model.config.context) return;
    logits = model.step(id);
  }
}

function argmax(values) {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

// The best `count` ids by falling score, the lower id at a tie. Numbers alone are sorted far faster than ids by numbers,
// so the score of the last one is found first, and only what reaches it is sorted.
export function best_first(values, count = values.length) {
  let ids = Array.from(values.keys());
  if (count < values.length) {
    const edge = Float64Array.from(values).sort()[values.length - count];
    ids = ids.filter((id) => values[id] >= edge);
  }
  return ids.sort((a, b) => values[b] - values[a] || a - b).slice(0, count);
}

function normalized(p) {
  const sum = p.reduce((total, share) => total + share, 0);
  return p.map((share) => share / sum);
}
