// The model at work, off the page's thread: loads weights files, reads, generates. A message {call, ask, …} is
// answered by {call, …} messages, the last of which carries `done` or `fault`; {ask: "stop", call} ends that call.
// Where a browser has no workers, the page imports this file and calls `serve` itself.

import { Tokenizer } from "./minigpt/bpe.js";
import { forward, init, Model, norm } from "./minigpt/gpt.js";
import { best_first, distribution, generate, Random } from "./minigpt/sample.js";
import { load, open } from "./minigpt/weights.js";

export function serve(post) {
  const server = new Server(post);
  return (message) => server.receive(message);
}

class Server {
  constructor(post) {
    this.post = post;
    this.models = new Map(); // address → {weights, config, tokenizer, metadata, …}
    this.calls = new Map(); // number → AbortController
    this.pause = null; // while the page is hidden: {promise, end}
  }

  async receive(message) {
    const { call, ask } = message;
    if (ask === "stop") return this.calls.get(call)?.abort();
    if (ask === "pause") return this.hold(message.paused);
    const { load, score, look, rows, generate } = this, work = { load, score, look, rows, generate }[ask];
    const control = new AbortController();
    this.calls.set(call, control);
    try {
      this.post({ call, done: await work.call(this, message, control.signal, (part) => this.post({ call, part })) });
    } catch (error) {
      const stopped = control.signal.aborted;
      this.post({ call, fault: { stopped, words: stopped ? "stopped" : error.message } });
    } finally {
      this.calls.delete(call);
    }
  }

  hold(paused) {
    if (!paused) {
      this.pause?.end();
      this.pause = null;
    } else if (!this.pause) {
      let end;
      const promise = new Promise((resolve) => { end = resolve; });
      this.pause = { promise, end };
    }
  }

  async load({ url, sha256, fresh }, signal, tell) {
    if (!this.models.has(url)) {
      const buffer = await download(url, fresh, signal, tell);
      const random = url.endsWith(".json"), loaded = random ? untrained(buffer) : load(buffer), { data_sha256 } = loaded.metadata;
      const whole = await verify(buffer, sha256), body = random ? null : await verify(tensors(buffer), data_sha256);
      this.models.set(url, { ...loaded, bytes: buffer.byteLength, verified: whole || body });
    }
    const { config, metadata, tokenizer, bytes, verified } = this.models.get(url), { checkpoint, receipt, seed } = metadata;
    const { merges } = tokenizer, specials = Object.keys(tokenizer.specials);
    return { config, checkpoint, receipt, seed, merges, specials, bytes, verified };
  }

  model({ url }) {
    const loaded = this.models.get(url);
    if (!loaded) throw new Error("the model is not loaded");
    return loaded;
  }

  // Probability of each token given those before it (none for the first), and the scores for what comes next.
  async score(message) {
    const { weights, config } = this.model(message), { ids } = message, rows = forward(weights, config, ids);
    const p = ids.map((id, i) => (i ? distribution(rows[i - 1])[id] : null));
    return { p, logits: rows.at(-1) };
  }

  // All that happens on the way to one prediction: attention [L][H][T][≤ T], queries and keys [L][T][C], and of the
  // residual stream before the first layer and behind each: its length at each time [L+1][T], the scores that it would
  // give at the last [L+1][V]; the row [C] that is compared with the embedding. What is `silent`, a head as
  // "layer.head" or a layer as "layer", adds nothing.
  async look(message) {
    const { weights, config } = this.model(message), { ids, silent = [] } = message, { layers, heads, width } = config;
    const model = new Model(weights, config), off = new Set(silent), lens = [], { x } = model.rows;
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
  async generate(message, signal, tell) {
    const { weights, config } = this.model(message), { ids, seed, count, stop = [], settings = {}, top = 0 } = message;
    let made = 0;
    for (const drawn of generate(new Model(weights, config), ids, new Random(seed), count, stop, settings)) {
      const plain = distribution(drawn.logits);
      const likely = top ? best_first(plain).slice(0, top).map((id) => [id, plain[id]]) : [];
      tell({ id: drawn.id, ended: drawn.ended, p: plain[drawn.id], drawn: drawn.p[drawn.id], likely });
      if (drawn.ended) return { made, why: "end" };
      made++;
      await breath();
      if (this.pause) await this.pause.promise;
      if (signal.aborted) return { made, why: "stopped" };
    }
    return { made, why: made < count ? "context" : "count" };
  }
}

// The bytes of a file, told as they arrive.
async function download(url, fresh, signal, tell) {
  let answer;
  try {
    answer = await fetch(url, { signal, cache: fresh ? "reload" : "default" });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Error("the weights could not be fetched: no answer from the server");
  }
  if (!answer.ok) throw new Error(`the weights file is not there (the server says ${answer.status})`);
  const coded = answer.headers.get("content-encoding");
  const total = coded ? 0 : Number(answer.headers.get("content-length")) || 0;
  const parts = [], reader = answer.body.getReader();
  let size = 0, told = 0;
  for (;;) {
    let chunk;
    try {
      chunk = await reader.read();
    } catch (error) {
      if (signal.aborted) throw error;
      throw new Error(`the connection broke after ${size} bytes`);
    }
    if (chunk.done) break;
    parts.push(chunk.value);
    size += chunk.value.length;
    if (performance.now() - told > 50) {
      told = performance.now();
      tell({ size, total });
    }
  }
  tell({ size, total: total || size });
  return new Blob(parts).arrayBuffer();
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

// Whether the bytes are those that were promised: true, or null where nothing was promised or a browser cannot tell.
async function verify(buffer, sha256) {
  if (!sha256 || !globalThis.crypto?.subtle) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== sha256.toLowerCase()) throw new Error("the weights file is altered: its sha256 is not the one promised");
  return true;
}

// Lets waiting messages in, without a timer's four milliseconds.
function breath() {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(0);
  });
}

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  const receive = serve((message) => self.postMessage(message));
  self.onmessage = ({ data }) => receive(data);
}
