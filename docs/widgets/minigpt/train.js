// The loop: take a batch, see how surprised the model is, move every weight a little, repeat. The twin of
// minigpt/train.py and minigpt/adam.py; backward.js has the gradients.

import { Batch } from "./backward.js";
import { QuickDesk } from "./desk.js";
import { init, Model } from "./gpt.js";
import { Desk } from "./matrix.js";
import { generate, Random } from "./sample.js";

const WARM = 20; // steps in which the rate rises
const HALF = 300; // steps after which it has fallen to half

// Running averages of the gradients and of their squares; the rate is the most that a weight moves in a usual step.
export class Adam {
  constructor(weights, { decay = 0.1, mean_keep = 0.9, square_keep = 0.95, epsilon = 1e-8 } = {}) {
    const zeros = () => Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, new Float32Array(w.length)]));
    Object.assign(this, { decay, mean_keep, square_keep, epsilon, mean: zeros(), square: zeros(), steps: 0 });
  }

  // Change the weights in place; both averages start at zero and are corrected for it.
  step(weights, gradients, rate) {
    const { decay, mean_keep, square_keep, epsilon } = this;
    this.steps++;
    const mean_fix = 1 - mean_keep ** this.steps, square_fix = 1 - square_keep ** this.steps;
    for (const [name, w] of Object.entries(weights)) {
      const gradient = gradients[name], mean = this.mean[name], square = this.square[name];
      for (let i = 0; i < w.length; i++) {
        const g = gradient[i];
        mean[i] += (1 - mean_keep) * (g - mean[i]);
        square[i] += (1 - square_keep) * (g * g - square[i]);
        w[i] = w[i] * (1 - rate * decay) - (rate / mean_fix) * mean[i] / (Math.sqrt(square[i] / square_fix) + epsilon);
      }
    }
  }
}

// Shrink all gradients together so that their common length is at most `limit`; return the length before.
export function clip(gradients, limit) {
  let squares = 0;
  for (const gradient of Object.values(gradients)) for (let i = 0; i < gradient.length; i++) squares += gradient[i] ** 2;
  const length = Math.sqrt(squares), by = limit / length;
  if (by < 1) for (const gradient of Object.values(gradients)) for (let i = 0; i < gradient.length; i++) gradient[i] *= by;
  return length;
}

// Inputs and targets [B·T]: windows of a text, each beginning at a place that is drawn.
export function batch_of(tokens, context, batch, random) {
  const places = tokens.length - context, inputs = new Int32Array(batch * context), targets = new Int32Array(batch * context);
  if (places < 2) throw new Error(`${tokens.length} tokens are too few for windows of ${context}: use more text`);
  for (let row = 0; row < batch; row++) {
    const place = random.integer() % places;
    inputs.set(tokens.subarray(place, place + context), row * context);
    targets.set(tokens.subarray(place + 1, place + context + 1), row * context);
  }
  return [inputs, targets];
}

// Mean -log p (nats) of all tokens but the first, each predicted once, in windows of a full context.
export function mean_loss(network, tokens) {
  const { context } = network.config, wanted = tokens.length - 1;
  let loss = 0;
  for (let start = 0; start < wanted; start += context) {
    const inputs = new Int32Array(context), targets = new Int32Array(context).fill(-1);
    inputs.set(tokens.subarray(start, Math.min(start + context, wanted)));
    targets.set(tokens.subarray(start + 1, start + context + 1));
    loss += network.loss(inputs, targets, 1 / wanted)[0];
  }
  return loss;
}

// A desk for batches of so many tokens: with the compiled kernel, where there is one and there is room for it.
export function desk_for(module, weights, config, many) {
  const plain = new Desk(), nothing = new Int32Array(many), network = new Batch(plain.hold(weights), config, plain);
  try {
    plain.gather = () => {}; // a step that multiplies nothing counts what a step puts down
    network.loss_and_gradients(nothing, nothing, 1);
    return new QuickDesk(module, plain.made);
  } catch {
    return new Desk();
  }
}

// How far a weight moves in a usual step: rising at first, then falling, so that what was learned settles.
export const rate_at = (step, rate) => (rate * Math.min(1, (step + 1) / WARM)) / (1 + step / HALF);

// A tiny model that learns, a step whenever it is asked.
export class Training {
  constructor({ config, seed, tokens, batch, rate }, module = null) {
    const drawn = init(config, seed), desk = desk_for(module, drawn, config, batch * config.context);
    const weights = desk.hold(drawn), network = new Batch(weights, config, desk), adam = new Adam(weights);
    Object.assign(this, { config, tokens, batch, rate, weights, network, adam, random: new Random(seed) });
  }

  get steps() { return this.adam.steps; }

  // One forward, one backward, one step of the optimizer; the loss before it.
  step() {
    const { config, weights, tokens, batch, adam } = this;
    const [inputs, targets] = batch_of(tokens, config.context, batch, this.random);
    const { loss, gradients } = this.network.loss_and_gradients(inputs, targets, 1 / targets.length);
    const length = clip(gradients, 1);
    if (!Number.isFinite(loss) || !Number.isFinite(length)) {
      throw new Error(`the loss is no number any more at step ${this.steps}: begin again with smaller steps`);
    }
    adam.step(weights, gradients, rate_at(this.steps, this.rate));
    return loss;
  }

  loss(tokens) { return mean_loss(this.network, tokens); }

  // Ids that go on from a prompt. At a full context the model reads on from the last half of what stands there.
  sample({ ids, count, seed, settings = {}, stop = [] }) {
    const { weights, config } = this, random = new Random(seed), made = [...ids], whole = ids.length + count;
    for (let over = false; !over && made.length < whole;) {
      const seen = made.length < config.context ? made : made.slice(-config.context / 2), before = made.length;
      for (const { id, ended } of generate(new Model(weights, config), seen, random, whole - before, stop, settings)) {
        over = ended;
        if (!ended) made.push(id);
      }
    }
    return made.slice(ids.length);
  }
}
