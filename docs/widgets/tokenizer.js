// Type anything: our tokenizer and cl100k_base side by side, each token with its number and its bytes.

import { sizeOf } from "./asset.js";
import { unpack } from "./cl100k.js";
import { button, copyLink, frame, holds, labelled, rest, row } from "./controls.js";
import { count, element, sized } from "./element.js";
import { faultAnd, fetchJson, fetchPacked } from "./fetched.js";
import { Tokenizer } from "./minigpt/bpe.js";
import { Pane } from "./pane.js";
import { kinds, readState } from "./state.js";

const LONGEST = 20_000; // characters
const OTHER = "cl100k_base", HEADING = "GPT-4’s list, cl100k_base", PACKED = "tokenize/cl100k.bin";
const LEAD = "Type anything, or press an example. Each tinted piece is one token; what the model gets is its number.";
const EXAMPLES = [
  ["a blank before it", "strawberry strawberry STRAWBERRY"],
  ["digits", "1234567 + 89 = 1234656"],
  ["Hindi", "\u092e\u0940\u0930\u093e \u0926\u0940\u092a \u0930\u0916\u0924\u0940 \u0939\u0948"],
  ["emoji", "\u{1f469}\u200d\u{1f469}\u200d\u{1f467} \u{1f6a2}\u{1f4a1}"],
  ["code", "def keep(light):\n    return light is not None"],
];
// The language of a text that is not in our letters, for who listens; nothing where it cannot be told.
const LANGUAGES = [[/\p{Script=Greek}/u, "el"], [/\p{Script=Devanagari}/u, "hi"]];
const languageOf = (text) => LANGUAGES.find(([letters]) => letters.test(text))?.[1];
const FIELDS = { text: kinds.text(LONGEST), byte: kinds.number(0, 4 * LONGEST, 1), other: kinds.choice(["yes"]) };

export function mount(el, options) {
  const widget = new Tokenizers(el, options);
  return () => widget.close();
}

class Tokenizers {
  constructor(el, { text = "", examples = EXAMPLES, other = true, fact = "" }) {
    const { values, word } = readState("tokenizer", FIELDS);
    Object.assign(this, { other, fact, linked: values, panes: [], waiting: 0, chosen: values.byte ?? null, gone: false });
    this.box = frame(el, "in this page; nothing is sent");
    this.build(values.text ?? text, examples);
    this.box.say(word);
    this.fetchOurs().then(() => this.box.body.append(row("", copyLink("tokenizer", () => this.state())))); // below, so not moved
  }

  build(text, examples) {
    this.field = element("textarea", {
      rows: 2, class: "mono", maxlength: LONGEST, spellcheck: "false", autocapitalize: "off",
    });
    this.field.value = text;
    const fills = holds(this.field, LONGEST, this.box.say);
    this.field.addEventListener("input", () => {
      cancelAnimationFrame(this.waiting);
      this.waiting = requestAnimationFrame(() => this.draw());
      fills();
    });
    for (const kind of ["keyup", "click"]) this.field.addEventListener(kind, () => this.point());
    const tries = examples.map((example) => [].concat(example)).map(([label, words = label]) => button(label, () => {
      this.field.value = words;
      fills();
      this.draw();
    }, { lang: languageOf(label) }));
    this.sheet = element("div", { class: "panes" });
    this.fault = element("div");
    this.box.body.append(element("p", { class: "widget-lead" }, LEAD), labelled("text to cut into tokens", this.field),
      row("examples", ...tries), this.fault, this.sheet);
  }

  state() {
    return {
      text: this.field.value, ...(this.chosen === null ? {} : { byte: this.chosen }), ...(this.panes.length > 1 ? { other: "yes" } : {}),
    };
  }

  async fetchOurs(fresh = false) {
    const keyed = this.fault.contains(document.activeElement);
    try {
      const { merges, specials } = await fetchJson("tokenize/tokenizer.json", "our merges", fresh);
      this.fault.replaceChildren();
      this.add("ours", new Tokenizer(merges, Object.keys(specials)))?.focus(keyed);
    } catch (fault) {
      this.fault.replaceChildren(...faultAnd(() => this.fetchOurs(true), fault));
      if (keyed) this.fault.querySelector("button").focus();
    }
    if (this.other && !this.gone && !this.sheet.querySelector(".other")) this.offer();
  }

  // In the place of the other tokenizer, a button that tells its size and fetches it; a link that shows it fetches it.
  offer() {
    const ask = button(`Fetch ${OTHER}`, () => this.fetchOther(place, ask), { filled: true });
    const name = element("p", { class: "pane-name" }, element("strong", {}, HEADING));
    const place = element("section", { class: "pane other", "aria-label": OTHER }, name, row("", ask));
    this.sheet.append(place);
    sizeOf(PACKED).then((size) => { if (size && ask.ariaDisabled !== "true") ask.textContent = sized(`Fetch ${OTHER}`, size); });
    if (this.linked.other) this.fetchOther(place, ask);
  }

  async fetchOther(place, ask, fresh = Boolean(place.querySelector(".fault"))) {
    const keyed = ask.matches(":focus-visible");
    rest(ask, true);
    ask.textContent = `fetching ${OTHER}`;
    try {
      const tokenizer = await cl100k(fresh);
      place.remove();
      this.add(OTHER, tokenizer)?.focus(keyed && document.activeElement === document.body);
    } catch (fault) {
      rest(ask, false);
      ask.textContent = "Try again";
      place.querySelector(".fault")?.remove();
      ask.parentElement.before(element("p", { class: "fault", role: "alert" }, `This did not work: ${fault.message}.`));
    }
  }

  // Ours stands first, whichever came first.
  add(name, tokenizer) {
    if (this.gone) return null;
    const pane = new Pane(name === OTHER ? HEADING : name, tokenizer, this.fact, (start, stop) => {
      this.mark(start, stop);
      this.box.tell(pane.about.textContent, 500);
    });
    this.panes.push(pane);
    if (name === OTHER) pane.element.classList.add("other");
    this.sheet[name === OTHER ? "append" : "prepend"](pane.element);
    pane.draw(this.field.value);
    if (this.chosen !== null) this.mark(this.chosen, this.chosen + 1);
    return pane;
  }

  mark(start, stop) {
    this.chosen = start;
    this.panes.forEach((one) => one.mark(start, stop));
  }

  // The token under the cursor, in every pane.
  point() {
    const { value, selectionStart } = this.field, at = Math.min(selectionStart, value.length - 1);
    if (at < 0) return;
    const byte = new TextEncoder().encode(value.slice(0, at)).length;
    this.mark(byte, byte + 1);
  }

  draw() {
    this.chosen = null;
    this.field.lang = languageOf(this.field.value) ?? "";
    this.panes.forEach((pane) => pane.draw(this.field.value));
    this.box.tell(this.panes.map(({ told }) => told).join(" "), 500);
  }

  close() {
    this.gone = true;
    cancelAnimationFrame(this.waiting);
    this.box.undo();
  }
}

let packed = null; // kept for the page: fetched and unpacked once

function cl100k(fresh) {
  packed ??= fetchPacked(PACKED, "its list of tokens", fresh).then(unpack);
  packed.catch(() => { packed = null; });
  return packed;
}
