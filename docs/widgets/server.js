// What the programs beside the page have in common. A message {call, ask, …} is answered by {call, …} messages, the last
// of which carries `done` or `fault`; {ask: "stop", call} ends that call, {ask: "pause", paused} holds what runs.

export class Server {
  constructor(post) {
    this.post = post;
    this.calls = new Map(); // number → AbortController
    this.pause = null; // while the page is hidden: {promise, end}
  }

  // `work` has a method for each thing that can be asked: (message, signal, tell) → what is done.
  async receive(message) {
    const { call, ask } = message;
    if (ask === "stop") return this.calls.get(call)?.abort();
    if (ask === "pause") return this.hold(message.paused);
    const control = new AbortController();
    this.calls.set(call, control);
    try {
      const done = await this.work[ask](message, control.signal, (part) => this.post({ call, part }));
      this.post({ call, done: done ?? null });
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

  // Between two pieces of work: messages that wait come in, and while the page is hidden nothing goes on.
  async breathe() {
    await breath();
    if (this.pause) await this.pause.promise;
  }
}

// Without a timer's four milliseconds.
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

// In a worker, answer the page. Where a browser has no workers, the page calls `serve` itself.
export function answer(serve) {
  if (typeof WorkerGlobalScope === "undefined" || !(self instanceof WorkerGlobalScope)) return;
  const receive = serve((message) => self.postMessage(message));
  self.onmessage = ({ data }) => receive(data);
}
