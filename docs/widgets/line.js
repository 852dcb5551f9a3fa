// A line to a program beside the page: a worker, or this thread where there is none. Each request is a call with a number;
// server.js says what is sent.

const BROKEN = "the program that runs the model broke off", LOST = "the program that runs the model could not be fetched";
const HERE = { worker: () => import("./worker.js"), trainer: () => import("./trainer.js") };

// Returns {request, end}; `request(ask, message, tell)` gives {promise, stop}.
export function connect(program) {
  const calls = new Map();
  let number = 0;
  const hear = ({ call, part, done, fault }) => {
    const waiting = calls.get(call);
    if (!waiting) return;
    if (part) return waiting.tell(part);
    calls.delete(call);
    if (fault) waiting.reject(Object.assign(new Error(fault.words), { stopped: fault.stopped }));
    else waiting.resolve(done);
  };
  const local = () => here(program, hear, () => { far = null; }); // the next request begins anew
  const instead = (unanswered) => {
    far = local();
    unanswered.forEach(far.post);
  };
  const broke = () => [...calls.keys()].forEach((call) => hear({ call, fault: { words: BROKEN } }));
  const begin = () => {
    try { return apart(program, hear, { instead, broke }); } catch { return local(); }
  };
  let far = begin();
  const post = (message) => (far ??= begin()).post(message);
  const hidden = () => post({ ask: "pause", paused: document.hidden });
  document.addEventListener("visibilitychange", hidden);
  return {
    request(ask, message, tell = () => {}) {
      const call = ++number;
      const promise = new Promise((resolve, reject) => calls.set(call, { resolve, reject, tell }));
      post({ call, ask, ...message });
      return { promise, stop: () => post({ ask: "stop", call }) };
    },
    end() {
      document.removeEventListener("visibilitychange", hidden);
      far?.end();
    },
  };
}

// The program in this thread; `lost` is told where it could not be fetched.
function here(program, hear, lost) {
  const receiving = HERE[program]().then(({ serve }) => serve(hear));
  receiving.catch(() => {}); // told to whoever asks
  const fail = ({ call }) => {
    lost();
    hear({ call, fault: { words: LOST } });
  };
  return { post: (message) => receiving.then((receive) => receive(message), () => fail(message)), end() {} };
}

// The program in a worker. Where it never began, its work is done `instead`, from what is still unanswered; later it `broke`.
function apart(program, hear, { instead, broke }) {
  const begun = new Worker(new URL(`./${program}.js`, import.meta.url), { type: "module" });
  let unanswered = [];
  begun.onmessage = ({ data }) => {
    unanswered = null;
    hear(data);
  };
  begun.onerror = (event) => {
    event.preventDefault();
    if (unanswered) instead(unanswered);
    else broke();
  };
  return {
    post(message) {
      unanswered?.push(message);
      begun.postMessage(message);
    },
    end: () => begun.terminate(),
  };
}
