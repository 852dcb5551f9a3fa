// The network: numbers in, a score for every possible next number out. The twin of minigpt/gpt.py, forward only.
//
// Shapes: T time, C width, H heads, D = C / H width of a head, V vocabulary. A weight matrix is [outputs, inputs].
// Here one token is read at a time, so a row is a Float32Array and products are of a matrix and a vector.

import { Random } from "./sample.js";

export const EPSILON = 1e-5;
export const ROPE_BASE = 10_000;

// Name and shape of every tensor, in the order they are drawn and stored.
export function shapes({ vocabulary, width, layers }) {
  const shapes = { embedding: [vocabulary, width] };
  for (let layer = 0; layer < layers; layer++) {
    shapes[`layers.${layer}.attention.qkv`] = [3 * width, width];
    shapes[`layers.${layer}.attention.out`] = [width, width];
    shapes[`layers.${layer}.mlp.up`] = [4 * width, width];
    shapes[`layers.${layer}.mlp.down`] = [width, 4 * width];
  }
  return shapes;
}

// Random weights from one stream of draws: a model that has learned nothing.
export function init(config, seed) {
  const random = new Random(seed), weights = {};
  for (const [name, [rows, columns]] of Object.entries(shapes(config))) {
    let spread = name === "embedding" ? 0.05 : columns ** -0.5;
    if (/\.(out|down)$/.test(name)) spread *= (2 * config.layers) ** -0.5;
    const draw = () => (random.integer() / 2 ** 32 - 0.5) * (spread * 12 ** 0.5);
    weights[name] = new Float32Array(rows * columns).map(draw);
  }
  return weights;
}

// Name and length of every row and table that a model writes to: keys and values [T, C], and room behind p.
export function rooms({ width, context, layers, vocabulary }) {
  const rooms = { x: width, h: width, qkv: 3 * width, mixed: width, y: width, fired: 4 * width, p: context + 4 };
  for (let layer = 0; layer < layers; layer++) rooms[`keys.${layer}`] = rooms[`values.${layer}`] = context * width;
  return { ...rooms, logits: vocabulary };
}

// Where a model works: its rows, and the two expensive operations. kernel.js has other places, quicker ones.
export function plain(config) {
  const rows = Object.entries(rooms(config)).map(([name, length]) => [name, new Float32Array(length)]);
  return { rows: Object.fromEntries(rows), product, attend };
}

// y = W x.
// Four rows share each x that is read, and eight sums keep the processor busy: half as fast again as row by row.
export function product(weight, x, y) {
  const columns = x.length, even = columns - (columns % 2), blocks = y.length - (y.length % 4);
  for (let row = 0; row < blocks; row += 4) {
    const first = row * columns, second = first + columns, third = second + columns, fourth = third + columns;
    let a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
    for (let i = 0; i < even; i += 2) {
      const u = x[i], v = x[i + 1];
      a += weight[first + i] * u;
      b += weight[second + i] * u;
      c += weight[third + i] * u;
      d += weight[fourth + i] * u;
      e += weight[first + i + 1] * v;
      f += weight[second + i + 1] * v;
      g += weight[third + i + 1] * v;
      h += weight[fourth + i + 1] * v;
    }
    y[row] = a + e;
    y[row + 1] = b + f;
    y[row + 2] = c + g;
    y[row + 3] = d + h;
  }
  if (even < columns) for (let row = 0; row < blocks; row++) y[row] += weight[row * columns + even] * x[even];
  for (let row = blocks; row < y.length; row++) {
    y[row] = 0;
    for (let i = 0; i < columns; i++) y[row] += weight[row * columns + i] * x[i];
  }
  return y;
}

// Divide a row by its root mean square.
export function norm(x, y) {
  let squares = 0;
  for (let i = 0; i < x.length; i++) squares += x[i] * x[i];
  const scale = 1 / Math.sqrt(squares / x.length + EPSILON);
  for (let i = 0; i < x.length; i++) y[i] = x[i] * scale;
  return y;
}

// Cosine and sine for one time, [D/2] each.
export function angles(config, time) {
  const half = config.width / config.heads / 2;
  const turned = Array.from({ length: half }, (_, i) => time * ROPE_BASE ** (-i / half));
  return [Float32Array.from(turned, Math.cos), Float32Array.from(turned, Math.sin)];
}

// Turn the pairs (i, i + D/2) of a head's row, which begins at `at`, by the angles.
export function rotate(x, [cosine, sine], at = 0) {
  const half = cosine.length;
  for (let i = 0; i < half; i++) {
    const a = x[at + i], b = x[at + i + half];
    x[at + i] = a * cosine[i] - b * sine[i];
    x[at + i + half] = b * cosine[i] + a * sine[i];
  }
}

// One head at one time: how much the query looks at each key so far, p [T], and the mixture of the values, o [D].
// Keys and values are [T, C] with this head's columns beginning at `from`.
export function attend(q, keys, values, width, from, p, o) {
  let top = -Infinity, sum = 0;
  for (let time = 0; time < p.length; time++) {
    let score = 0;
    for (let i = 0, at = time * width + from; i < q.length; i++) score += q[i] * keys[at + i];
    p[time] = score;
    if (score > top) top = score;
  }
  for (let time = 0; time < p.length; time++) sum += p[time] = Math.exp(p[time] - top);
  o.fill(0);
  for (let time = 0; time < p.length; time++) {
    const share = (p[time] /= sum);
    for (let i = 0, at = time * width + from; i < o.length; i++) o[i] += share * values[at + i];
  }
}

// Squared rectifier, between the two products of the perceptron.
export function fire(x) {
  for (let i = 0; i < x.length; i++) x[i] = x[i] > 0 ? x[i] * x[i] : 0;
  return x;
}

// A network that reads on: it keeps the keys and values of what it has read, so each token is computed once.
// `watch(layer, head, p, q, o)`, where given, sees how much each head looks at each time, its query (already divided by
// √D) and what it gathered; `after(layer, x)` sees the residual stream behind each layer. Both may change what they see.
export class Model {
  constructor(weights, config, place = plain(config)) {
    Object.assign(this, { weights, config, rows: place.rows, place, watch: null, after: null });
    const { qkv, mixed } = this.rows, { width, heads, layers } = config, size = width / heads;
    this.past = Array.from({ length: layers }, (_, layer) => [this.rows[`keys.${layer}`], this.rows[`values.${layer}`]]);
    [this.q, this.k, this.v] = [0, 1, 2].map((part) => qkv.subarray(part * width, (part + 1) * width));
    this.heads = Array.from({ length: heads }, (_, head) => { // [q, k, o], [D] each
      const columns = [head * size, (head + 1) * size];
      return [this.q.subarray(...columns), this.k.subarray(...columns), mixed.subarray(...columns)];
    });
    this.reset();
  }

  // Forget all but the first `time` tokens.
  reset(time = 0) { this.time = time; }

  // Read tokens after those already read; return the scores [V] for what comes next.
  read(tokens) {
    for (const token of tokens) this.advance(token);
    return this.scores();
  }

  // Read one token, return the scores [V].
  step(token) { return this.read([token]); }

  advance(token) {
    const { width, context, layers } = this.config, { x, y } = this.rows;
    if (this.time >= context) throw new Error(`${this.time + 1} tokens do not fit into a context of ${context}`);
    x.set(this.weights.embedding.subarray(token * width, (token + 1) * width));
    const turn = angles(this.config, this.time);
    for (let layer = 0; layer < layers; layer++) {
      for (const block of [this.attention, this.mlp]) {
        block.call(this, layer, norm(x, this.rows.h), turn);
        for (let i = 0; i < width; i++) x[i] += y[i];
      }
      this.after?.(layer, x);
    }
    this.time++;
  }

  attention(layer, h, turn) {
    const { width } = this.config, { qkv, mixed, y } = this.rows, [keys, values] = this.past[layer];
    const { q, k, v } = this, p = this.rows.p.subarray(0, this.time + 1), scale = (width / this.heads.length) ** -0.5;
    this.place.product(this.weights[`layers.${layer}.attention.qkv`], h, qkv);
    for (const [q, k] of this.heads) {
      rotate(q, turn);
      rotate(k, turn);
    }
    for (let i = 0; i < width; i++) q[i] *= scale;
    keys.set(k, this.time * width);
    values.set(v, this.time * width);
    this.heads.forEach(([q, , o], head) => {
      this.place.attend(q, keys, values, width, head * q.length, p, o);
      this.watch?.(layer, head, p, q, o);
    });
    this.place.product(this.weights[`layers.${layer}.attention.out`], mixed, y);
  }

  mlp(layer, h) {
    const { fired, y } = this.rows;
    fire(this.place.product(this.weights[`layers.${layer}.mlp.up`], h, fired));
    this.place.product(this.weights[`layers.${layer}.mlp.down`], fired, y);
  }

  scores() {
    const { x, h, logits } = this.rows;
    return this.place.product(this.weights.embedding, norm(x, h), logits);
  }
}

// Scores [T][V] for what follows each of the tokens.
export function forward(weights, config, tokens, place) {
  const model = new Model(weights, config, place);
  return Array.from(tokens, (token) => model.step(token).slice());
}

// How much each head looks from each time to each time up to it, [L][H][T][≤ T].
export function attention_weights(weights, config, tokens, place) {
  const model = new Model(weights, config, place);
  const looks = Array.from({ length: config.layers }, () => Array.from({ length: config.heads }, () => []));
  model.watch = (layer, head, p) => looks[layer][head].push(p.slice());
  for (const token of tokens) model.advance(token);
  return looks;
}
