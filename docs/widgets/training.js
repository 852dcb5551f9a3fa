// The page's side of a training: a tiny model of the reader's own, in a program of its own. CONTRACT.md, section 7, says what
// each word does.

import { connect } from "./line.js";

export function openTraining() {
  const { request, end } = connect("trainer");
  let open = true, wanted = false, running = null, begun = null;

  function begin({ config, seed, tokens, batch = 8, rate = 4e-3 }) {
    begun = request("begin", { config, seed, tokens, batch, rate }).promise;
    begun.catch(() => {}); // told to whoever asks next
  }

  const ask = async (what, message) => (await begun, request(what, message).promise);

  async function run(tell) {
    wanted = true;
    await begun;
    if (!open || !wanted) return;
    running = request("run", {}, (part) => open && tell?.(part));
    await running.promise;
  }

  function pause() {
    wanted = false;
    running?.stop();
  }

  return {
    prepare: (text, merges) => request("prepare", { text, merges }).promise,
    begin,
    run,
    pause,
    set: ({ rate }) => ask("set", { rate }),
    sample: (message) => ask("sample", message),
    loss: (tokens) => ask("loss", { tokens }),
    close() {
      open = false;
      pause();
      end();
    },
  };
}
