// Type anything: our tokenizer and cl100k_base side by side, each token with its number and its bytes.

import { unpack } from "./cl100k.js";
import { button, copyLink, frame, row } from "./controls.js";
import { bytes, count, element } from "./element.js";
import { asset, sizeOf } from "./engine.js";
import { Tokenizer } from "./minigpt/bpe.js";
import { Pane } from "./pane.js";
import { kinds, readState } from "./state.js";

const LONGEST = 20_000; // characters
const OTHER = "cl100k_base", PACKED = "tokenize/cl100k.bin";
const EXAMPLES = [
  ["a blank before it", "strawberry strawberry STRAWBERRY"],
  ["digits", "1234567 + 89 = 1234656"],
  ["Hindi", "\u092e\u0940\u0930\u093e \u0926\u0940\u092a \u0930\u0916\u0924\u0940 \u0939\u0948"],
  ["emoji", "\u{1f469}\u200d\u{1f469}\u200d\u{1f467} \u{1f6a2}\u{1f4a1}"],
  ["code", "def keep(light):\n    return light is not None"],
];

export function mount(el, options) {
  const widget = new Tokenizers(el, options);
  return () => widget.close();
}

class Tokenizers {
  constructor(el, { text = "", examples = EXAMPLES, other = true, fact = "" }) {
    const { values, word } = readState("tokenizer", { text: kinds.text(LONGEST) });
    Object.assign(this, { other, fact, panes: [], waiting: 0, gone: false });
    this.box = frame(el, "in this page; nothing is sent");
    this.build(values.text ?? text, examples);
    this.box.say(word);
    this.fetchOurs();
  }

  build(text, examples) {
    this.field = element("textarea", {
      rows: 2, class: "mono", maxlength: LONGEST, spellcheck: "false", autocapitalize: "off",
      "aria-label": "text to cut into tokens",
    });
    this.field.value = text;
    this.field.addEventListener("input", () => {
      cancelAnimationFrame(this.waiting);
      this.waiting = requestAnimationFrame(() => this.draw());
      if (this.field.value.length >= LONGEST) this.box.say(`This box holds ${count(LONGEST)} characters.`);
    });
    for (const kind of ["keyup", "click"]) this.field.addEventListener(kind, () => this.point());
    const tries = examples.map((example) => [].concat(example)).map(([label, words = label]) => button(label, () => {
      this.field.value = words;
      this.draw();
    }));
    this.sheet = element("div", { class: "panes" });
    const link = copyLink("tokenizer", () => ({ text: this.field.value }));
    this.box.body.append(this.field, row("examples", ...tries, link), this.sheet);
  }

  async fetchOurs() {
    try {
      this.add("ours", await ours());
    } catch (fault) {
      this.box.say(`Our tokenizer could not be fetched: ${fault.message}. Reload the page to try again.`, true);
    }
    if (this.other && !this.gone) this.offer();
  }

  // In the place of the other tokenizer, a button that tells its size and fetches it.
  offer() {
    const ask = button(`Fetch ${OTHER}`, () => this.fetchOther(place, ask), { filled: true });
    const name = element("p", { class: "pane-name" }, element("strong", {}, OTHER), "the tokenizer of GPT-4");
    const place = element("section", { class: "pane", "aria-label": OTHER }, name, row("", ask));
    this.sheet.append(place);
    sizeOf(PACKED).then((size) => { if (size && !ask.disabled) ask.textContent = `Fetch ${OTHER}, ${bytes(size)}`; });
  }

  async fetchOther(place, ask) {
    ask.disabled = true;
    ask.textContent = `fetching ${OTHER}`;
    try {
      const tokenizer = await cl100k();
      place.remove();
      this.add(OTHER, tokenizer);
    } catch (fault) {
      ask.disabled = false;
      ask.textContent = `Try again: ${fault.message}`;
    }
  }

  add(name, tokenizer) {
    if (this.gone) return;
    const pair = (start, stop) => this.panes.forEach((one) => one.mark(start, stop));
    const pane = new Pane(name, tokenizer, this.fact, pair);
    this.panes.push(pane);
    this.sheet.append(pane.element);
    pane.draw(this.field.value);
  }

  // The token under the cursor, in every pane.
  point() {
    const { value, selectionStart } = this.field, at = Math.min(selectionStart, value.length - 1);
    if (at < 0) return;
    const byte = new TextEncoder().encode(value.slice(0, at)).length;
    this.panes.forEach((pane) => pane.mark(byte, byte + 1));
  }

  draw() {
    this.panes.forEach((pane) => pane.draw(this.field.value));
  }

  close() {
    this.gone = true;
    cancelAnimationFrame(this.waiting);
    this.box.undo();
  }
}

async function ours() {
  const answer = await fetch(asset("tokenize/tokenizer.json"));
  if (!answer.ok) throw new Error(`the server says ${answer.status}`);
  const { merges, specials } = await answer.json();
  return new Tokenizer(merges, Object.keys(specials));
}

let packed = null; // kept for the page: fetched and unpacked once

function cl100k() {
  packed ??= (async () => {
    const answer = await fetch(asset(PACKED));
    if (!answer.ok) throw new Error(`the vocabulary is not there (the server says ${answer.status})`);
    const plain = new Response(answer.body.pipeThrough(new DecompressionStream("gzip")));
    return unpack(await plain.arrayBuffer().catch(() => new ArrayBuffer(0)));
  })();
  packed.catch(() => { packed = null; });
  return packed;
}
