// A tiny model in training, off the page's thread. CONTRACT.md, section 7, says what can be asked.

import { baselines, prepare } from "./lesson.js";
import { compile } from "./minigpt/kernel.js";
import { Training } from "./minigpt/train.js";
import { answer, Server } from "./server.js";

const TELL = 50; // milliseconds between two reports
const LONGEST = 4096; // tokens whose loss is taken

export function serve(post) {
  const trainer = new Trainer(post);
  return (message) => trainer.receive(message);
}

class Trainer extends Server {
  work = {
    prepare: ({ text, merges }) => {
      const lesson = prepare(text, merges);
      return { ...lesson, ...baselines(lesson) };
    },
    begin: async (message) => { this.training = new Training(message, await compile()); },
    run: (_, signal, tell) => this.run(signal, tell),
    set: ({ rate }) => { this.training.rate = rate; },
    sample: (message) => this.training.sample(message),
    loss: ({ tokens }) => this.training.loss(tokens.slice(0, LONGEST)),
  };

  // Steps until the call is stopped; tells the mean loss of the steps since it told last.
  async run(signal, tell) {
    const { training } = this, begun = performance.now();
    let told = begun, losses = [];
    while (!signal.aborted) {
      losses.push(training.step());
      const now = performance.now();
      if (now - told >= TELL) {
        const loss = losses.reduce((sum, one) => sum + one, 0) / losses.length;
        tell({ step: training.steps, loss, seconds: (now - begun) / 1000 });
        [told, losses] = [now, []];
      }
      await this.breathe();
    }
    return { step: training.steps };
  }
}

answer(serve);
