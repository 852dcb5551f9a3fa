// A file of assets/ that a widget needs, or a fault in plain words.

import { asset } from "./asset.js";
import { button, rest, row } from "./controls.js";
import { element } from "./element.js";

async function answer(path, what, fresh) {
  const found = await fetch(asset(path), { cache: fresh ? "reload" : "default" }).catch(() => {
    throw new Error(`${what} did not come: no answer from the server`);
  });
  if (!found.ok) throw new Error(`${what} did not come: the server says ${found.status}`);
  return found;
}

// `what` names the file in a fault, in the plural, as "the pages". `fresh` passes by the browser's own copy.
export async function fetchJson(path, what, fresh = false) {
  const found = await answer(path, what, fresh);
  return found.json().catch(() => { throw new Error(`${what} came cut short or altered`); });
}

// The bytes of a gzip file, unpacked; none where they are cut short.
export async function fetchPacked(path, what, fresh = false) {
  const found = await answer(path, what, fresh);
  const plain = new Response(found.body.pipeThrough(new DecompressionStream("gzip")));
  return plain.arrayBuffer().catch(() => { throw new Error(`${what} came cut short or altered`); });
}

// What a widget shows in the place of what did not come: a sentence and another try.
export function faultAnd(again, { message }) {
  const told = element("p", { class: "fault", role: "alert" }, `This did not work: ${message}.`);
  const retry = button("Try again", () => {
    rest(retry, true); // pressed twice, it asks once
    again();
  });
  return [told, row("", retry)];
}
