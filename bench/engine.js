// In the page of the benchmark: the same greedy text from the same weights, by our engine, its plain twin and ONNX
// Runtime Web, in turns. Each `write` reads one token at a time, from the first on, and returns the ids it chose.

import { Model } from "../widgets/minigpt/gpt.js";
import { compile, Kernel } from "../widgets/minigpt/kernel.js";
import { load } from "../widgets/minigpt/weights.js";

const DIST = new URL("../onnx/", import.meta.url).href;

function best(scores) {
  let best = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i] > scores[best]) best = i;
  return best;
}

function ours(weights, config, place) {
  return async (first, count) => {
    const model = new Model(weights, config, place), ids = [first];
    while (ids.length < count) ids.push(best(model.step(ids.at(-1))));
    return ids;
  };
}

async function theirs(config) {
  const ort = await import(`${DIST}ort.wasm.min.mjs`), { layers, heads, width } = config;
  Object.assign(ort.env.wasm, { numThreads: 1, wasmPaths: DIST });
  const session = await ort.InferenceSession.create("../assets/model.onnx", { executionProviders: ["wasm"] });
  const names = ["keys", "values"].flatMap((part) => Array.from({ length: layers }, (_, layer) => `${part}.${layer}`));
  return async (first, count) => {
    const empty = () => new ort.Tensor("float32", new Float32Array(0), [1, heads, 0, width / heads]), ids = [first];
    let past = Object.fromEntries(names.map((name) => [name, empty()]));
    while (ids.length < count) {
      const last = ids.length - 1, token = new ort.Tensor("int64", BigInt64Array.of(BigInt(ids[last])), [1]);
      const held = new ort.Tensor("int32", Int32Array.of(last), [1]);
      const total = new ort.Tensor("int32", Int32Array.of(last + 1), []);
      const found = await session.run({ token, held, total, ...past });
      past = Object.fromEntries(names.map((name) => [name, found[`new.${name}`]]));
      ids.push(best(found.logits.data));
    }
    return ids;
  };
}

// Tokens a second of each in every round, and whether all wrote the same.
export async function compare(rounds, count) {
  const { weights, config } = load(await (await fetch("../assets/base.safetensors")).arrayBuffer());
  const kernel = new Kernel(await compile(), weights, config), first = config.vocabulary - 4;
  const writers = {
    ours: ours(kernel.weights, config, kernel.place()), plain: ours(weights, config), onnx: await theirs(config),
  };
  const names = Object.keys(writers), speeds = Object.fromEntries(names.map((name) => [name, []])), texts = {};
  for (const name of names) texts[name] = await writers[name](first, count); // warms it up, too
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 ? names.toReversed() : names) {
      const begun = performance.now();
      await writers[name](first, count);
      speeds[name].push((count - 1) / (performance.now() - begun) * 1000);
    }
  }
  const same = names.every((name) => texts[name].join() === texts.ours.join());
  return { speeds, same, parameters: Object.values(weights).reduce((sum, w) => sum + w.length, 0) };
}

// Milliseconds from the last byte of the weights to the first token of a reply, all on the page's own, slowed thread.
export async function first(prompt) {
  delete window.Worker;
  const { LIVES, openModel } = await import("../widgets/engine.js");
  LIVES.bench = { file: "base.safetensors", words: "base" };
  const model = openModel("bench");
  let arrived = 0;
  const { tokenizer } = await model.load(() => { arrived = performance.now(); });
  const loaded = performance.now(), ids = tokenizer.encode(prompt);
  let told = 0;
  const greedy = { ids, seed: 1, count: 1, settings: { temperature: 0 } };
  await model.generate(greedy, () => { told ||= performance.now(); }).promise;
  model.close();
  return { loaded: loaded - arrived, token: told - arrived, read: ids.length };
}
