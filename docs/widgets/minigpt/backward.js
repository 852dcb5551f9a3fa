// A whole batch forward and backward: the twins of every function in minigpt/gpt.py that has a backward.
//
// Shapes: B batch, T time (always a full context), N = B·T rows, C width, H heads, D = C / H, V vocabulary.
// The gradient of the loss by a value `x` is called `dx`.

import { angles, EPSILON, rotate, shapes } from "./gpt.js";
import { Desk, Matrix } from "./matrix.js";

const PARTS = ["attention.qkv", "attention.out", "mlp.up", "mlp.down"];

// A network that reads batches. What it makes lies on its desk until the next batch.
export class Batch {
  constructor(weights, config, desk = new Desk()) {
    const turns = Array.from({ length: config.context }, (_, time) => angles(config, time));
    const back = turns.map(([cosine, sine]) => [cosine, sine.map((s) => -s)]);
    const layers = Array.from({ length: config.layers }, (_, layer) => PARTS.map((part) => `layers.${layer}.${part}`));
    Object.assign(this, { config, desk, turns, back, layers, weights: {} });
    for (const [name, shape] of Object.entries(shapes(config))) this.weights[name] = new Matrix(weights[name], ...shape);
  }

  // Rows [N, C] of unit root mean square, and what each was multiplied by [N].
  norm(x) {
    const { rows, columns } = x, y = this.desk.matrix(rows, columns), scale = this.desk.floats(rows);
    for (let row = 0; row < rows; row++) {
      const start = row * columns, stop = start + columns;
      let squares = 0;
      for (let i = start; i < stop; i++) squares += x.data[i] * x.data[i];
      scale[row] = 1 / Math.sqrt(squares / columns + EPSILON);
      for (let i = start; i < stop; i++) y.data[i] = x.data[i] * scale[row];
    }
    return [y, scale];
  }

  // Adds to dx; the part of dy that only stretches the row is lost.
  norm_backward(dy, [y, scale], dx) {
    const { columns } = y;
    scale.forEach((by, row) => {
      const start = row * columns, stop = start + columns;
      let shared = 0;
      for (let i = start; i < stop; i++) shared += dy.data[i] * y.data[i];
      shared /= columns;
      for (let i = start; i < stop; i++) dx.data[i] += (dy.data[i] - y.data[i] * shared) * by;
    });
  }

  // Turn queries and keys by the angles of their times, and divide the queries by √D.
  turn({ data, rows }, turns) {
    const { width, heads, context } = this.config, size = width / heads, scale = size ** -0.5;
    for (let row = 0; row < rows; row++) {
      const start = row * 3 * width;
      for (let at = start; at < start + 2 * width; at += size) rotate(data, turns[row % context], at);
      for (let i = start; i < start + width; i++) data[i] *= scale;
    }
  }

  // For every window and head, work(of, block): `of` takes the part [T, D] of a matrix that has a place for each row and
  // head, the third of queries, keys and values being 0, 1 or 2; `block` the part [T, T] of the shares.
  each_head(rows, work) {
    const { width, heads, context } = this.config, size = width / heads;
    for (let place = 0; place < (rows / context) * heads; place++) {
      const head = place % heads, time = ((place - head) / heads) * context;
      const of = (matrix, third = 0) => matrix.part(time, context, third * width + head * size, size);
      work(of, (p) => p.part(place * context, context, 0, context));
    }
  }

  // Mix rows across time.
  attention(h, qkv_weight, out_weight) {
    const { desk } = this, { heads, context } = this.config, qkv = desk.product(h, qkv_weight.turned);
    const mixed = desk.matrix(h.rows, h.columns), p = desk.matrix(h.rows * heads, context);
    this.turn(qkv, this.turns);
    this.each_head(h.rows, (of, block) => {
      causal_softmax(desk.product(of(qkv), of(qkv, 1).turned, block(p)), desk);
      desk.product(block(p), of(qkv, 2), of(mixed));
    });
    return [desk.product(mixed, out_weight.turned), { qkv, p, mixed }];
  }

  // Back through the output product, the mixing, the turn and the input product.
  attention_backward(dy, { qkv, p, mixed }, h, qkv_weight, out_weight) {
    const { desk } = this, { context } = this.config, d_out = desk.product(dy.turned, mixed);
    const dmixed = desk.product(dy, out_weight), dqkv = desk.matrix(qkv.rows, qkv.columns), ds = desk.matrix(context, context);
    this.each_head(h.rows, (of, block) => {
      desk.product(block(p).turned, of(dmixed), of(dqkv, 2));
      causal_softmax_backward(desk.product(of(dmixed), of(qkv, 2).turned, ds), block(p));
      desk.product(ds, of(qkv, 1), of(dqkv));
      desk.product(ds.turned, of(qkv), of(dqkv, 1));
    });
    this.turn(dqkv, this.back);
    return [desk.product(dqkv, qkv_weight), desk.product(dqkv.turned, h), d_out];
  }

  // Squared rectifier between two products. Half the numbers are negative, in no order: to ask each would be slow.
  mlp(h, up, down) {
    const { desk } = this, fired = desk.product(h, up.turned), squares = desk.matrix(fired.rows, fired.columns);
    const u = fired.data, squared = squares.data;
    for (let i = 0; i < u.length; i++) {
      u[i] = (u[i] + Math.abs(u[i])) / 2;
      squared[i] = u[i] * u[i];
    }
    return [desk.product(squares, down.turned), { fired, squares }];
  }

  // The slope of the square is twice what fired.
  mlp_backward(dy, { fired, squares }, h, up, down) {
    const { desk } = this, d_down = desk.product(dy.turned, squares), du = desk.product(dy, down);
    for (let i = 0, u = fired.data, d = du.data; i < d.length; i++) d[i] *= 2 * u[i];
    return [desk.product(du, up), desk.product(du.turned, h), d_down];
  }

  // Run tokens [N] through all layers; return the final normed rows [N, C] and everything a backward needs.
  forward(tokens) {
    const { width } = this.config, { data } = this.weights.embedding, x = this.desk.matrix(tokens.length, width), kept = [];
    tokens.forEach((token, row) => x.data.set(data.subarray(token * width, (token + 1) * width), row * width));
    for (const names of this.layers) {
      const [qkv, out, up, down] = names.map((name) => this.weights[name]);
      const h = this.norm(x), [mixed, attended] = this.attention(h[0], qkv, out);
      add(x.data, mixed.data);
      const g = this.norm(x), [found, fired] = this.mlp(g[0], up, down);
      add(x.data, found.data);
      kept.push({ h, attended, g, fired });
    }
    return [this.norm(x), kept];
  }

  // Gradients of the layers' tensors and of the embedded rows, from the gradient of the final rows.
  backward(dfinal, final, kept) {
    const gradients = {}, dx = this.desk.matrix(dfinal.rows, dfinal.columns);
    dx.data.fill(0);
    this.norm_backward(dfinal, final, dx);
    for (let layer = kept.length - 1; layer >= 0; layer--) {
      const names = this.layers[layer], [qkv, out, up, down] = names.map((name) => this.weights[name]);
      const { h, attended, g, fired } = kept[layer];
      const [dg, d_up, d_down] = this.mlp_backward(dx, fired, g[0], up, down);
      this.norm_backward(dg, g, dx);
      const [dh, d_qkv, d_out] = this.attention_backward(dx, attended, h[0], qkv, out);
      this.norm_backward(dh, h, dx);
      [d_qkv, d_out, d_up, d_down].forEach((d, i) => { gradients[names[i]] = d.data; });
    }
    return [gradients, dx];
  }

  // Loss -log p of the targets [N] times `share`, a target < 0 skipped, and what a backward needs.
  loss(tokens, targets, share) {
    this.desk.clear();
    const [final, kept] = this.forward(tokens), scores = this.desk.product(final[0], this.weights.embedding.turned);
    return [surprise(scores, targets, share, this.desk), scores, final, kept];
  }

  // One forward and one backward; `share` is one over the number of targets the mean is taken over.
  loss_and_gradients(tokens, targets, share) {
    const { desk, weights: { embedding } } = this, [loss, dscores, final, kept] = this.loss(tokens, targets, share);
    const [gradients, dx] = this.backward(desk.product(dscores, embedding), final, kept);
    const { data, columns } = desk.product(dscores.turned, final[0]);
    tokens.forEach((token, row) => {
      for (let i = 0; i < columns; i++) data[token * columns + i] += dx.data[row * columns + i];
    });
    return { loss, gradients: { embedding: data, ...gradients } };
  }
}

function add(x, y) {
  for (let i = 0; i < x.length; i++) x[i] += y[i];
}

function most(data, start, end) {
  let top = -Infinity;
  for (let i = start; i < end; i++) if (data[i] > top) top = data[i];
  return top;
}

// Scores [T, T] become shares, of the times up to each row's own.
function causal_softmax({ data, columns }, desk) {
  for (let time = 0; time < columns; time++) {
    const start = time * columns, end = start + time + 1, sum = desk.exps(data, start, end, most(data, start, end));
    for (let i = start; i < end; i++) data[i] /= sum;
    data.fill(0, end, start + columns);
  }
}

// The slope by each share becomes the slope by each score.
function causal_softmax_backward({ data, columns }, { data: p }) {
  for (let start = 0; start < columns * columns; start += columns) {
    let whole = 0;
    for (let i = start; i < start + columns; i++) whole += p[i] * data[i];
    for (let i = start; i < start + columns; i++) data[i] = p[i] * (data[i] - whole);
  }
}

// The loss; scores [N, V] become its slope by each.
function surprise({ data, columns }, targets, share, desk) {
  let loss = 0;
  targets.forEach((aim, row) => {
    const start = row * columns, end = start + columns;
    if (aim < 0) return data.fill(0, start, end);
    const top = most(data, start, end), aimed = data[start + aim] - top, total = desk.exps(data, start, end, top);
    loss += (Math.log(total) - aimed) * share;
    for (let i = start; i < end; i++) data[i] *= share / total;
    data[start + aim] -= share;
  });
  return loss;
}
