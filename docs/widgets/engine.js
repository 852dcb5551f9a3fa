// The page's side of the model: one worker a page, one copy of each weights file, shared by all widgets.

import { asset } from "./asset.js";
import { connect } from "./line.js";
import { Tokenizer } from "./minigpt/bpe.js";

// The random life is not downloaded: its size, its seed and the tokenizer are, and its weights are drawn.
export const LIVES = {
  random: { file: "pretrain/random.json", words: "random" },
  chat: { file: "finetune/chat.safetensors", words: "finetuned" },
  base: { file: "pretrain/base.safetensors", words: "base" },
  early: { file: "pretrain/early.safetensors", words: "early" },
};
export const lifeOf = (asked, otherwise) => (Object.hasOwn(LIVES, asked) ? asked : otherwise);

let line = null; // to the program that reads, shared by all widgets; `loads` are its files, by address

// A widget's hold on a model. Nothing is fetched before `load`; `close` when the widget goes.
export function openModel(life, { sha256 } = {}) {
  const { file, words } = LIVES[life], url = asset(file);
  let open = true, running = new Set();
  line ??= { ...connect("worker"), users: 0, loads: new Map() };
  line.users++;

  function run(ask, message, tell) {
    const call = line.request(ask, { url, ...message }, (part) => open && tell?.(part));
    running.add(call);
    const over = () => running.delete(call);
    call.promise.then(over, over);
    return call;
  }

  function load(tell, fresh = false) {
    const { promise, heard } = loaded(line, { url, sha256, fresh }, words);
    heard.add((part) => open && tell?.(part));
    return promise;
  }

  return {
    life,
    load,
    begun: () => line.loads.has(url),
    cancel: () => line?.loads.get(url)?.stop(),
    score: (ids, more) => run("score", { ids, ...more }).promise,
    look: (ids, more) => run("look", { ids, ...more }).promise,
    rows: (ids) => run("rows", { ids }).promise,
    generate: (message, tell) => run("generate", message, tell),
    close() {
      if (!open) return;
      open = false;
      running.forEach((call) => call.stop());
      if (--line.users === 0) {
        line.end();
        line = null;
      }
    },
  };
}

// What a file is, asked for once for the page; a failed load may be tried again.
function loaded({ request, loads }, message, words) {
  const { url } = message;
  if (!loads.has(url)) {
    const heard = new Set(), tellAll = (part) => heard.forEach((hear) => hear(part));
    const { promise: read, stop } = request("load", message, tellAll);
    const promise = read.then((info) => ({ ...info, words, tokenizer: new Tokenizer(info.merges, info.specials) }));
    promise.catch(() => loads.delete(url));
    loads.set(url, { promise, heard, stop });
  }
  return loads.get(url);
}
