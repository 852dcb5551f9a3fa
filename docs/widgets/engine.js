// The page's side of the model: one worker a page, one copy of each weights file, shared by all widgets.

import { Tokenizer } from "./minigpt/bpe.js";

// The random life is not downloaded: its size, its seed and the tokenizer are, and its weights are drawn.
export const LIVES = {
  random: { file: "pretrain/random.json", words: "random" },
  chat: { file: "finetune/chat.safetensors", words: "finetuned" },
  base: { file: "pretrain/base.safetensors", words: "base" },
  early: { file: "pretrain/early.safetensors", words: "early" },
};
export const lifeOf = (asked, otherwise) => (Object.hasOwn(LIVES, asked) ? asked : otherwise);
export const asset = (path) => new URL(`../assets/${path}`, import.meta.url).href;

const BROKEN = "the program that runs the model broke off";
let line = null; // to the program that reads, shared by all widgets: {post, end, users, calls, number, loads}
const HERE = { worker: () => import("./worker.js"), trainer: () => import("./trainer.js") };

// Where requests go: a worker, or this thread where there is none.
function connect(program) {
  const calls = new Map(), made = { calls, users: 0, number: 0, loads: new Map() };
  const hear = ({ call, part, done, fault }) => {
    const waiting = calls.get(call);
    if (!waiting) return;
    if (part) return waiting.tell(part);
    calls.delete(call);
    if (fault) waiting.reject(Object.assign(new Error(fault.words), { stopped: fault.stopped }));
    else waiting.resolve(done);
  };
  const local = () => {
    const receiving = HERE[program]().then(({ serve }) => serve(hear));
    const lost = (call) => hear({ call, fault: { words: "the program that runs the model could not be fetched" } });
    return { post: (message) => receiving.then((receive) => receive(message), () => lost(message.call)), end() {} };
  };
  let far;
  try {
    const worker = new Worker(new URL(`./${program}.js`, import.meta.url), { type: "module" });
    let unanswered = [];
    worker.onmessage = ({ data }) => {
      unanswered = null;
      hear(data);
    };
    worker.onerror = (event) => { // where it never began, its work is done here
      event.preventDefault();
      if (!unanswered) return [...calls.keys()].forEach((call) => hear({ call, fault: { words: BROKEN } }));
      far = local();
      unanswered.forEach(far.post);
    };
    far = {
      post(message) {
        unanswered?.push(message);
        worker.postMessage(message);
      },
      end: () => worker.terminate(),
    };
  } catch {
    far = local();
  }
  made.post = (message) => far.post(message);
  const hidden = () => made.post({ ask: "pause", paused: document.hidden });
  document.addEventListener("visibilitychange", hidden);
  made.end = () => {
    document.removeEventListener("visibilitychange", hidden);
    far.end();
  };
  return made;
}

function request(here, ask, message, tell = () => {}) {
  const call = ++here.number;
  const promise = new Promise((resolve, reject) => here.calls.set(call, { resolve, reject, tell }));
  here.post({ call, ask, ...message });
  return { promise, stop: () => here.post({ ask: "stop", call }) };
}

// A widget's hold on a model. Nothing is fetched before `load`; `close` when the widget goes.
export function openModel(life, { sha256 } = {}) {
  const { file, words } = LIVES[life], url = asset(file);
  let open = true, running = new Set();
  line ??= connect("worker");
  line.users++;

  function run(ask, message, tell) {
    const call = request(line, ask, { url, ...message }, (part) => open && tell?.(part));
    running.add(call);
    const over = () => running.delete(call);
    call.promise.then(over, over);
    return call;
  }

  // What the file is, once for the page; a failed load may be tried again.
  function load(tell, fresh = false) {
    const { loads } = line;
    if (!loads.has(url)) {
      const heard = new Set(), tellAll = (part) => heard.forEach((hear) => hear(part));
      const call = request(line, "load", { url, sha256, fresh }, tellAll);
      const complete = (info) => ({ ...info, words, tokenizer: new Tokenizer(info.merges, info.specials) });
      const promise = call.promise.then(complete);
      promise.catch(() => loads.delete(url));
      loads.set(url, { promise, heard, stop: call.stop });
    }
    loads.get(url).heard.add((part) => open && tell?.(part));
    return loads.get(url).promise;
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

// A tiny model of the reader's own, in a program of its own. CONTRACT.md, section 7, says what each word does.
export function openTraining({ config, seed, tokens, batch = 8, rate = 4e-3 }) {
  const own = connect("trainer"), begun = request(own, "begin", { config, seed, tokens, batch, rate }).promise;
  let open = true, wanted = false, running = null;
  begun.catch(() => {}); // told to whoever asks next

  async function ask(what, message) {
    await begun;
    return request(own, what, message).promise;
  }

  async function run(tell) {
    wanted = true;
    await begun;
    if (!open || !wanted) return;
    running = request(own, "run", {}, (part) => open && tell?.(part));
    await running.promise;
  }

  function pause() {
    wanted = false;
    running?.stop();
  }

  return {
    run,
    pause,
    set: ({ rate }) => ask("set", { rate }),
    sample: (message) => ask("sample", message),
    loss: (tokens) => ask("loss", { tokens }),
    close() {
      open = false;
      pause();
      own.end();
    },
  };
}

// How large a file is, asked without fetching it; null where the server does not say.
export async function sizeOf(path) {
  try {
    const answer = await fetch(asset(path), { method: "HEAD" });
    return answer.ok ? Number(answer.headers.get("content-length")) || null : null;
  } catch {
    return null;
  }
}
