// The model at work, off the page's thread: loads weights files, reads, generates.

import { download, promised, verify } from "./download.js";
import { Tokenizer } from "./minigpt/bpe.js";
import { forward, init, Model, norm } from "./minigpt/gpt.js";
import { compile, fits, Kernel } from "./minigpt/kernel.js";
import { best_first, distribution, generate, Random } from "./minigpt/sample.js";
import { load, open } from "./minigpt/weights.js";
import { answer, Server } from "./server.js";

export function serve(post) {
  const reader = new Reader(post);
  return (message) => reader.receive(message);
}

class Reader extends Server {
  models = new Map(); // address → {weights, config, tokenizer, metadata, …}
  work = Object.fromEntries(["load", "score", "look", "rows", "generate"].map((ask) => [ask, this[ask].bind(this)]));

  async load({ url, sha256, fresh }, signal, tell) {
    if (!this.models.has(url)) {
      const [buffer, digest] = await Promise.all([download(url, fresh, signal, tell), promised(url, signal)]);
      const random = url.endsWith(".json");
      if (!random) open(buffer); // what is cut short is told as that
      let verified = await verify(buffer, sha256 ?? digest);
      const loaded = random ? untrained(buffer) : load(buffer);
      if (!random) verified ??= await verify(tensors(buffer), loaded.metadata.data_sha256);
      const quick = await this.quicken(loaded);
      this.models.set(url, { ...loaded, ...quick, bytes: buffer.byteLength, verified });
    }
    const { config, metadata, tokenizer, bytes, verified, kernel } = this.models.get(url);
    const { checkpoint, receipt, seed } = metadata;
    const { merges } = tokenizer, specials = Object.keys(tokenizer.specials);
    return { config, checkpoint, receipt, seed, merges, specials, bytes, verified, simd: Boolean(kernel) };
  }

  // The weights moved into the memory of the compiled kernel, where a browser has one and the model fits it.
  async quicken({ weights, config }) {
    const module = fits(config) && await (this.module ??= compile());
    if (!module) return {};
    try {
      const kernel = new Kernel(module, weights, config);
      return { kernel, weights: kernel.weights };
    } catch {
      return {}; // too little memory: it goes on in plain JavaScript
    }
  }

  // Work with a model's weights, its config and a place to read at, which is left when the work is done.
  async reading(message, work) {
    const { weights, config, kernel } = this.model(message), place = kernel?.place();
    try {
      return await work(weights, config, place);
    } finally {
      place?.leave();
    }
  }

  model({ url }) {
    const loaded = this.models.get(url);
    if (!loaded) throw new Error("the model is not loaded");
    return loaded;
  }

  // Probability of each token given those before it (none for the first), the `top` likeliest in the place of each, and
  // the scores for what comes next.
  async score({ top = 0, ...message }) {
    const { ids } = message;
    const rows = await this.reading(message, (weights, config, place) => forward(weights, config, ids, place));
    const read = ids.map((id, i) => {
      if (!i) return { p: null, likely: [] };
      const chances = distribution(rows[i - 1]);
      return { p: chances[id], likely: top ? best_first(chances, top).map((one) => [one, chances[one]]) : [] };
    });
    return { p: read.map(({ p }) => p), likely: read.map(({ likely }) => likely), logits: rows.at(-1) };
  }

  // All that happens on the way to one prediction: attention [L][H][T][≤ T], queries and keys [L][T][C], and of the
  // residual stream before the first layer and behind each: its length at each time [L+1][T], the scores that it would
  // give at the last [L+1][V]; the row [C] that is compared with the embedding. What is `silent`, a head as
  // "layer.head" or a layer as "layer", adds nothing.
  look(message) {
    return this.reading(message, (weights, config, place) => this.watched(new Model(weights, config, place), message));
  }

  watched(model, { ids, silent = [] }) {
    const { weights, config: { layers, heads, width } } = model, off = new Set(silent), lens = [], { x } = model.rows;
    const each = (make) => Array.from({ length: layers }, make), lengths = [[], ...each(() => [])];
    const attention = each(() => Array.from({ length: heads }, () => [])), queries = each(() => []);
    let before;
    const note = (layer) => {
      before = x.slice();
      lengths[layer].push(Math.hypot(...x));
      if (model.time === ids.length - 1) lens.push(model.scores().slice());
    };
    model.watch = (layer, head, p, q, o) => {
      attention[layer][head].push(p.slice());
      if (head === 0) queries[layer].push(new Float32Array(width));
      queries[layer].at(-1).set(q, head * q.length);
      if (off.has(`${layer}.${head}`)) o.fill(0);
    };
    model.after = (layer) => {
      if (off.has(String(layer))) x.set(before);
      note(layer + 1);
    };
    for (const id of ids) {
      x.set(weights.embedding.subarray(id * width, (id + 1) * width));
      note(0);
      model.advance(id);
    }
    const keys = model.past.map(([k]) => ids.map((_, time) => k.slice(time * width, (time + 1) * width)));
    return { attention, queries, keys, lens, lengths, last: norm(x, new Float32Array(width)) };
  }

  // The rows [C] of the embedding that these tokens are compared by.
  async rows(message) {
    const { weights, config } = this.model(message), { width } = config;
    return message.ids.map((id) => weights.embedding.slice(id * width, (id + 1) * width));
  }

  // Streams each drawn token with its probability before and after the settings, and the likeliest others.
  generate(message, signal, tell) {
    return this.reading(message, (weights, config, place) =>
      this.written(new Model(weights, config, place), message, signal, tell));
  }

  async written(model, { ids, seed, count, stop = [], settings = {}, top = 0 }, signal, tell) {
    let made = 0;
    for (const drawn of generate(model, ids, new Random(seed), count, stop, settings)) {
      const plain = distribution(drawn.logits);
      const likely = top ? best_first(plain, top).map((id) => [id, plain[id]]) : [];
      tell({ id: drawn.id, ended: drawn.ended, p: plain[drawn.id], drawn: drawn.p[drawn.id], likely });
      if (drawn.ended) return { made, why: "end" };
      made++;
      await this.breathe();
      if (signal.aborted) return { made, why: "stopped" };
    }
    return { made, why: made < count ? "context" : "count" };
  }
}

// A model that has learned nothing: its config, its seed and the tokenizer are in the file, its weights are drawn.
function untrained(buffer) {
  try {
    const { config, seed, merges, specials } = JSON.parse(new TextDecoder().decode(buffer));
    return { config, weights: init(config, seed), tokenizer: new Tokenizer(merges, specials), metadata: { checkpoint: "random", seed } };
  } catch {
    throw new Error("the description of the random model is cut short or altered");
  }
}

const tensors = (buffer) => new Uint8Array(buffer, open(buffer).body);

answer(serve);
