// One prompt through the model's lives at once, their next-token bars side by side.

import { Beside } from "./beside.js";
import { copyLink, frame, row } from "./controls.js";
import { bytes } from "./element.js";
import { LIVES } from "./engine.js";
import { kinds, readState } from "./state.js";

const LONGEST = 500; // characters of a prompt
const PROMPT = "Which light does Mira Tolland keep?";

export function mount(el, { prompt = PROMPT, prompts = [], lives = ["random", "early", "base", "chat"], chat = true, limit = 24, fact = "" }) {
  const { values, word } = readState("lives", { prompt: kinds.text(LONGEST) }), box = frame(el);
  const note = (info) => box.note(`${info.length} sets of weights, ${bytes(info.reduce((sum, one) => sum + one.bytes, 0))}, running in this page`);
  const beside = new Beside({
    prompt: values.prompt ?? prompt, prompts, lives: lives.filter((life) => Object.hasOwn(LIVES, life)), chat, limit, fact,
    say: box.say, note,
  });
  box.body.append(beside.element, row("", copyLink("lives", () => ({ prompt: beside.prompt }))));
  box.say(word);
  return () => {
    beside.close();
    box.undo();
  };
}
