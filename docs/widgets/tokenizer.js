// Type anything: our tokenizer and cl100k_base side by side, each token with its number and its bytes.

import { unpack } from "./cl100k.js";
import { button, copyLink, frame, row } from "./controls.js";
import { bytes, count, element } from "./element.js";
import { asset, sizeOf } from "./engine.js";
import { Tokenizer } from "./minigpt/bpe.js";
import { kinds, readState } from "./state.js";
import { chip, factPlaces, hex, rove, wordsOf } from "./tokens.js";

const LONGEST = 20_000; // characters
const MOST_CHIPS = 400;
const EXAMPLES = [
  ["a blank before it", "strawberry strawberry STRAWBERRY"],
  ["digits", "1234567 + 89 = 1234656"],
  ["Hindi", "\u092e\u0940\u0930\u093e \u0926\u0940\u092a \u0930\u0916\u0924\u0940 \u0939\u0948"],
  ["emoji", "\u{1f469}\u200d\u{1f469}\u200d\u{1f467} \u{1f6a2}\u{1f4a1}"],
  ["code", "def keep(light):\n    return light is not None"],
];

export function mount(el, { text = "", examples = EXAMPLES, other = true, fact = "" }) {
  const box = frame(el, "in this page; nothing is sent");
  const state = readState("tokenizer", { text: kinds.text(LONGEST) });
  const field = element("textarea", { rows: 2, class: "mono", maxlength: LONGEST, spellcheck: "false", autocapitalize: "off", "aria-label": "text to cut into tokens" });
  const panes = element("div", { class: "panes" }), shownPanes = [];
  let gone = false, waiting = 0;
  field.value = state.values.text ?? text;
  field.addEventListener("input", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(draw);
    if (field.value.length >= LONGEST) box.say(`This box holds ${count(LONGEST)} characters.`);
  });

  function draw() {
    shownPanes.forEach((pane) => pane.draw(field.value));
  }

  function add(pane) {
    if (gone) return;
    shownPanes.push(pane);
    panes.append(pane.element);
    pane.draw(field.value);
  }

  const pair = (start, stop) => shownPanes.forEach((pane) => pane.mark(start, stop));
  const tries = examples.map((example) => [].concat(example)).map(([label, words = label]) =>
    button(label, () => {
      field.value = words;
      draw();
    }));
  box.body.append(field, row("examples", ...tries, copyLink("tokenizer", () => ({ text: field.value }), box.say)), panes);
  box.say(state.word);
  ours().then((tokenizer) => add(makePane("ours", tokenizer, pair, fact)))
    .then(() => other && !gone && panes.append(offer((tokenizer) => add(makePane("cl100k_base", tokenizer, pair, fact)))))
    .catch((fault) => box.say(`Our tokenizer could not be fetched: ${fault.message}. Reload the page to try again.`, true));
  return () => {
    gone = true;
    cancelAnimationFrame(waiting);
    box.undo();
  };
}

async function ours() {
  const answer = await fetch(asset("tokenize/tokenizer.json"));
  if (!answer.ok) throw new Error(`the server says ${answer.status}`);
  const { merges, specials } = await answer.json();
  return new Tokenizer(merges, Array.isArray(specials) ? specials : Object.keys(specials));
}

// The button that fetches cl100k_base, after telling its size.
function offer(ready) {
  const file = "tokenize/cl100k.bin", words = "Fetch cl100k_base";
  const ask = button(words, async () => {
    ask.disabled = true;
    ask.textContent = "fetching cl100k_base";
    try {
      const tokenizer = await cl100k(asset(file));
      place.remove();
      ready(tokenizer);
    } catch (fault) {
      ask.disabled = false;
      ask.textContent = `Try again: ${fault.message}`;
    }
  }, { filled: true });
  const place = element("section", { class: "pane", "aria-label": "cl100k_base" },
    element("p", { class: "pane-name" }, element("strong", {}, "cl100k_base"), "the tokenizer of GPT-4"), row("", ask));
  sizeOf(file).then((size) => { if (size && !ask.disabled) ask.textContent = `${words}, ${bytes(size)}`; });
  return place;
}

let packed = null; // kept for the page: unpacked once

function cl100k(url) {
  packed ??= (async () => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`the vocabulary is not there (the server says ${answer.status})`);
    const plain = answer.body.pipeThrough(new DecompressionStream("gzip"));
    const buffer = await new Response(plain).arrayBuffer().catch(() => { throw new Error("the packed vocabulary is cut short or altered"); });
    return unpack(buffer);
  })();
  packed.catch(() => { packed = null; });
  return packed;
}

// One tokenizer's view of the text: counts, chips, ids, and a line about the token under the pointer or in focus.
function makePane(name, tokenizer, pair, fact) {
  const counts = element("p", { class: "pane-counts" });
  const chips = element("div", { class: "tokens", role: "listbox", "aria-label": `tokens, ${name}`, "aria-orientation": "horizontal" });
  const numbers = element("p", { class: "ids", "aria-label": `numbers, ${name}` });
  const about = element("p", { class: "pane-about", "aria-live": "polite" });
  const made = element("section", { class: "pane", "aria-label": name },
    element("p", { class: "pane-name" }, element("strong", {}, name), `${count(tokenizer.vocabulary)} in its list`),
    counts, chips, numbers, about);
  let ids = [], starts = [];

  function draw(text) {
    ids = tokenizer.encode(text);
    const pieces = ids.map((id) => tokenizer.pieces[id]), size = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const few = pieces.slice(0, MOST_CHIPS), places = factPlaces(few, fact);
    let sum = 0;
    starts = pieces.map((piece) => (sum += piece.length) - piece.length);
    counts.replaceChildren(element("strong", {}, count(ids.length)), ids.length === 1 ? " token, " : " tokens, ", count(size), size === 1 ? " byte" : " bytes",
      ids.length ? `, ${(size / ids.length).toFixed(2)} bytes a token` : "");
    chips.replaceChildren(...few.map((piece, i) => chip(piece, i, {
      fact: places.has(i), role: "option", "data-at": i, tabindex: i ? -1 : 0, "aria-selected": "false",
      "aria-label": `${wordsOf(piece) ?? `bytes ${hex(piece)}`}, number ${ids[i]}`,
    })));
    numbers.replaceChildren(...few.flatMap((_, i) => [element("span", { "data-at": i }, String(ids[i])), " "]));
    if (ids.length > MOST_CHIPS) numbers.append(`and ${count(ids.length - MOST_CHIPS)} more`);
    chips.hidden = numbers.hidden = !ids.length;
    tell(null);
  }

  function tell(i) {
    if (i === null) return about.replaceChildren("Touch a token to see its number and bytes.");
    const piece = tokenizer.pieces[ids[i]], pairOf = tokenizer.merges[ids[i] - 256];
    const parts = pairOf ? [`, made by merge ${count(ids[i] - 255)} from `, chip(tokenizer.pieces[pairOf[0]], 0), " and ", chip(tokenizer.pieces[pairOf[1]], 1)] : [];
    about.replaceChildren(`number ${count(ids[i])}, ${piece.length === 1 ? "byte" : "bytes"} `, element("code", {}, hex(piece)), ...parts);
  }

  // Marks what covers the bytes from start to stop, whichever tokenizer they were chosen in.
  function mark(start, stop) {
    const first = ids.findIndex((id, i) => start !== null && starts[i] + tokenizer.pieces[id].length > start);
    tell(first < 0 ? null : first);
    for (const part of made.querySelectorAll("[data-at]")) {
      const i = Number(part.dataset.at), covers = start !== null && starts[i] < stop && starts[i] + tokenizer.pieces[ids[i]].length > start;
      part.classList.toggle("is-paired", covers);
      if (part.role === "option") part.setAttribute("aria-selected", String(covers));
    }
  }

  function choose(i) {
    pair(starts[i], starts[i] + tokenizer.pieces[ids[i]].length);
  }

  rove(made, choose);
  return { element: made, draw, mark };
}
