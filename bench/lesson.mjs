// The lesson of the widget "train here", without a page: how many words of what the tiny model writes stand in the text
// that it reads, after some seconds of one processor. Reads {text, seconds, seeds, merges} as JSON, prints lines of JSON.

import { readFileSync } from "node:fs";
import { baselines, BATCH, beginning, MERGES, pairs, prepare, RATE, recognized, SIZE, TEMPERATURE } from "../docs/widgets/lesson.js";
import { Random } from "../docs/widgets/minigpt/sample.js";
import { Training } from "../docs/widgets/minigpt/train.js";

const SAMPLES = 20, TOKENS = 60, LOOKED = 1025;
const kernel = await WebAssembly.compile(readFileSync(new URL("../docs/widgets/minigpt/kernel.wasm", import.meta.url)));
const { text, seconds, seeds, merges = MERGES } = JSON.parse(readFileSync(0, "utf-8"));
const lesson = prepare(text, merges), config = { vocabulary: lesson.pieces.length, ...SIZE };

function processor() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const share = (writers) => {
  const sums = [0, 0];
  for (let seed = 1; seed <= SAMPLES; seed++) recognized(lesson, writers(seed)).forEach((one, i) => { sums[i] += one; });
  return sums[0] / sums[1];
};

// What counted pairs write, and the words of the text's own end that stand in the rest: a floor and a ceiling.
function pairsWrite(seed) {
  const guess = pairs(lesson.ids, config.vocabulary), random = new Random(seed), made = [beginning(lesson)];
  while (made.length < TOKENS) {
    const p = Array.from({ length: config.vocabulary }, (_, next) => guess(made.at(-1), next) ** (1 / TEMPERATURE));
    let left = random.uniform() * p.reduce((sum, one) => sum + one, 0);
    made.push(Math.max(0, p.findIndex((one) => (left -= one) < 0)));
  }
  return made;
}

function tell(training, seed, spent) {
  const settings = { temperature: TEMPERATURE }, ids = [beginning(lesson)];
  const write = (number) => training.sample({ ids, count: TOKENS, seed: number, settings });
  const written = new TextDecoder().decode(Uint8Array.from(write(1).flatMap((id) => [...lesson.pieces[id]])));
  const nats = training.loss(lesson.held.subarray(0, LOOKED));
  console.log(JSON.stringify({ seed, seconds: spent, steps: training.steps, nats, share: share(write), written }));
}

console.log(JSON.stringify({ config, tokens: lesson.ids.length, ...baselines(lesson), pairs: share(pairsWrite), node: process.version }));
for (const seed of seeds) {
  let spent = 0;
  const begun = processor(), training = new Training({ config, seed, tokens: lesson.ids, batch: BATCH, rate: RATE }, kernel);
  spent += processor() - begun;
  tell(training, seed, 0);
  for (const until of seconds) {
    while (spent < until) {
      const before = processor();
      training.step();
      spent += processor() - before;
    }
    tell(training, seed, until);
  }
}
