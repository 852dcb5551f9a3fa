// A whole batch forward and backward: the twins of every function in minigpt/gpt.py that has a backward.
//
// Shapes: B batch, T time (always a full context), N = B·T rows, C width, H heads, D = C / H, V vocabulary. A matrix is
// one Float32Array, row after row. The gradient of the loss by a value `x` is called `dx`.

import { angles, attend, EPSILON, product, rotate } from "./gpt.js";

// The three products that training is made of: y[N, O] = x[N, C] Wᵀ, dx[N, C] = dy[N, O] W and dW[O, C] = dyᵀ x.

export function times(x, weight, columns) {
  const rows = x.length / columns, outputs = weight.length / columns, y = new Float32Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    product(weight, x.subarray(row * columns, (row + 1) * columns), y.subarray(row * outputs, (row + 1) * outputs));
  }
  return y;
}

export function times_weight(dy, weight, columns) {
  const outputs = weight.length / columns, rows = dy.length / outputs, dx = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) gather(weight, columns, dy, row * outputs, 1, dx, row * columns);
  return dx;
}

export function times_rows(dy, x, columns) {
  const rows = x.length / columns, outputs = dy.length / rows, dweight = new Float32Array(outputs * columns);
  for (let output = 0; output < outputs; output++) gather(x, columns, dy, output, outputs, dweight, output * columns);
  return dweight;
}

// Add to a row of `out` every row times its share, four rows at a time; what is zero, and much is, costs nothing.
function gather(rows, columns, shares, first, step, out, at) {
  const count = rows.length / columns;
  for (let row = 0; row < count; row += 4) {
    const share = (i) => (row + i < count ? shares[first + (row + i) * step] : 0);
    const a = share(0), b = share(1), c = share(2), d = share(3);
    if (a === 0 && b === 0 && c === 0 && d === 0) continue;
    const i = row * columns, j = Math.min(row + 1, count - 1) * columns;
    const k = Math.min(row + 2, count - 1) * columns, l = Math.min(row + 3, count - 1) * columns;
    for (let n = 0; n < columns; n++) out[at + n] += a * rows[i + n] + b * rows[j + n] + c * rows[k + n] + d * rows[l + n];
  }
}

function add(x, y) {
  for (let i = 0; i < x.length; i++) x[i] += y[i];
  return x;
}

// Rows [N, C] of unit root mean square, and what each was multiplied by [N].
export function norm(x, columns) {
  const y = new Float32Array(x.length), scale = new Float32Array(x.length / columns);
  for (let row = 0; row < scale.length; row++) {
    const start = row * columns, stop = start + columns;
    let squares = 0;
    for (let i = start; i < stop; i++) squares += x[i] * x[i];
    scale[row] = 1 / Math.sqrt(squares / columns + EPSILON);
    for (let i = start; i < stop; i++) y[i] = x[i] * scale[row];
  }
  return [y, scale];
}

// The part of dy that only stretches the row is lost.
export function norm_backward(dy, y, scale) {
  const columns = y.length / scale.length, dx = new Float32Array(y.length);
  for (let row = 0; row < scale.length; row++) {
    const start = row * columns, stop = start + columns;
    let shared = 0;
    for (let i = start; i < stop; i++) shared += dy[i] * y[i];
    for (let i = start; i < stop; i++) dx[i] = (dy[i] - y[i] * (shared / columns)) * scale[row];
  }
  return dx;
}

// Calls work(from, place, turn) for the head of each row: its columns begin at `from` in a row of queries, keys and
// values [N, 3C], its weights [T] at `place` among [N, H, T]; `turn` are the angles of its time.
function each_head(rows, { width, heads, context }, turns, work) {
  for (let row = 0; row < rows; row++) {
    for (let head = 0; head < heads; head++) {
      work(row * 3 * width + (head * width) / heads, (row * heads + head) * context, turns[row % context], row, head);
    }
  }
}

// Mix rows across time.
export function attention(h, qkv_weight, out_weight, turns, config) {
  const { width, heads, context } = config, size = width / heads, rows = h.length / width, scale = size ** -0.5;
  const qkv = times(h, qkv_weight, width), mixed = new Float32Array(h.length), p = new Float32Array(rows * heads * context);
  each_head(rows, config, turns, (from, _, turn) => {
    const q = qkv.subarray(from, from + size);
    rotate(q, turn);
    rotate(qkv.subarray(from + width, from + width + size), turn);
    for (let i = 0; i < size; i++) q[i] *= scale;
  });
  each_head(rows, config, turns, (from, place, _, row, head) => {
    const time = row % context, begin = (row - time) * 3 * width, column = head * size;
    const keys = qkv.subarray(begin + width), values = qkv.subarray(begin + 2 * width);
    const o = mixed.subarray(row * width + column, row * width + column + size);
    attend(qkv.subarray(from, from + size), keys, values, 3 * width, column, p.subarray(place, place + time + 1), o);
  });
  return [times(mixed, out_weight, width), { qkv, p, mixed }];
}

// Back through the output product, the mixing, the turn and the input product.
export function attention_backward(dy, { qkv, p, mixed }, h, qkv_weight, out_weight, turns, config) {
  const { width, heads } = config, size = width / heads, rows = h.length / width, scale = size ** -0.5;
  const d_out = times_rows(dy, mixed, width), dmixed = times_weight(dy, out_weight, width);
  const dqkv = new Float32Array(qkv.length), back = turns.map(([cosine, sine]) => [cosine, sine.map((s) => -s)]);
  each_head(rows, config, turns, (from, place, _, row, head) => {
    attend_backward(dmixed, mixed, row * width + head * size, p, place, qkv, dqkv, from, row, config);
  });
  each_head(rows, config, back, (from, _, turn) => {
    const dq = dqkv.subarray(from, from + size);
    rotate(dq, turn);
    rotate(dqkv.subarray(from + width, from + width + size), turn);
    for (let i = 0; i < size; i++) dq[i] *= scale;
  });
  return [times_weight(dqkv, qkv_weight, width), times_rows(dqkv, h, width), d_out];
}

// Gradients of the query of one row and head, and of every key and value that it looked at.
function attend_backward(dmixed, mixed, at, p, place, qkv, dqkv, from, row, { width, heads, context }) {
  const size = width / heads, time = row % context;
  let whole = 0;
  for (let i = 0; i < size; i++) whole += dmixed[at + i] * mixed[at + i];
  for (let earlier = 0; earlier <= time; earlier++) {
    const key = from + width + (earlier - time) * 3 * width, value = key + width, share = p[place + earlier];
    let dp = 0;
    for (let i = 0; i < size; i++) {
      dp += dmixed[at + i] * qkv[value + i];
      dqkv[value + i] += share * dmixed[at + i];
    }
    const ds = share * (dp - whole);
    for (let i = 0; i < size; i++) {
      dqkv[from + i] += ds * qkv[key + i];
      dqkv[key + i] += ds * qkv[from + i];
    }
  }
}

// Squared rectifier between two products.
export function mlp(h, up, down, width) {
  const fired = times(h, up, width).map((u) => Math.max(u, 0));
  return [times(fired.map((f) => f * f), down, 4 * width), fired];
}

// The slope of the square is twice what fired.
export function mlp_backward(dy, fired, h, up, down, width) {
  const d_down = times_rows(dy, fired.map((f) => f * f), 4 * width), du = times_weight(dy, down, 4 * width);
  for (let i = 0; i < du.length; i++) du[i] *= 2 * fired[i];
  return [times_weight(du, up, width), times_rows(du, h, width), d_down];
}

const PARTS = ["attention.qkv", "attention.out", "mlp.up", "mlp.down"];
const names_of = (layer) => PARTS.map((part) => `layers.${layer}.${part}`);

// Run tokens [N] through all layers; return the final normed rows [N, C] and everything a backward needs.
export function blocks(weights, config, tokens) {
  const { width, layers, context } = config, { embedding } = weights, x = new Float32Array(tokens.length * width);
  const turns = Array.from({ length: context }, (_, time) => angles(config, time)), kept = [];
  tokens.forEach((token, row) => x.set(embedding.subarray(token * width, (token + 1) * width), row * width));
  for (let layer = 0; layer < layers; layer++) {
    const [qkv, out, up, down] = names_of(layer).map((name) => weights[name]);
    const [h, h_scale] = norm(x, width), [mixed, attended] = attention(h, qkv, out, turns, config);
    const [g, g_scale] = norm(add(x, mixed), width), [found, fired] = mlp(g, up, down, width);
    add(x, found);
    kept.push({ h, h_scale, attended, g, g_scale, fired });
  }
  const [final, final_scale] = norm(x, width);
  return [final, { tokens, turns, kept, final_scale }];
}

// Gradients of every tensor from the gradient of the final rows.
export function blocks_backward(dfinal, final, { tokens, turns, kept, final_scale }, weights, config) {
  const { width, layers } = config, gradients = {}, dx = norm_backward(dfinal, final, final_scale);
  for (let layer = layers - 1; layer >= 0; layer--) {
    const names = names_of(layer), [qkv, out, up, down] = names.map((name) => weights[name]);
    const { h, h_scale, attended, g, g_scale, fired } = kept[layer];
    const [dg, d_up, d_down] = mlp_backward(dx, fired, g, up, down, width);
    add(dx, norm_backward(dg, g, g_scale));
    const [dh, d_qkv, d_out] = attention_backward(dx, attended, h, qkv, out, turns, config);
    add(dx, norm_backward(dh, h, h_scale));
    [d_qkv, d_out, d_up, d_down].forEach((d, i) => { gradients[names[i]] = d; });
  }
  const embedding = gradients.embedding = new Float32Array(weights.embedding.length);
  tokens.forEach((token, row) => {
    for (let i = 0; i < width; i++) embedding[token * width + i] += dx[row * width + i];
  });
  return gradients;
}

// Loss -log p of the targets [N] times `share`, a target < 0 skipped, and its slope by each score [N, V].
export function surprise(scores, targets, share) {
  const vocabulary = scores.length / targets.length;
  let loss = 0;
  targets.forEach((aim, row) => {
    const p = scores.subarray(row * vocabulary, (row + 1) * vocabulary);
    if (aim < 0) return p.fill(0);
    const top = p.reduce((a, b) => Math.max(a, b)), aimed = p[aim] - top;
    let total = 0;
    for (let i = 0; i < vocabulary; i++) total += p[i] = Math.exp(p[i] - top);
    loss += (Math.log(total) - aimed) * share;
    for (let i = 0; i < vocabulary; i++) p[i] *= share / total;
    p[aim] -= share;
  });
  return [loss, scores];
}

// One forward and one backward; `share` is one over the number of targets the mean is taken over.
export function loss_and_gradients(weights, config, tokens, targets, share) {
  const { width } = config, { embedding } = weights, [final, kept] = blocks(weights, config, tokens);
  const [loss, dscores] = surprise(times(final, embedding, width), targets, share);
  const gradients = blocks_backward(times_weight(dscores, embedding, width), final, kept, weights, config);
  add(gradients.embedding, times_rows(dscores, final, width));
  return { loss, gradients };
}
