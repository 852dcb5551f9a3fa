// Leaf through pages of the crawl, kept and dropped: the raw HTML as text, what was extracted, the rule and its reason.

import { sizeOf } from "./asset.js";
import { button, choice, copyLink, frame, rest, row } from "./controls.js";
import { count, element, sized } from "./element.js";
import { fetchJson } from "./fetched.js";
import { plainly } from "./reasons.js";
import { kinds, readState } from "./state.js";
import { marked } from "./tokens.js";

const MOST = 12_000; // characters of a page that are shown
const KEPT = "kept";
const UNOPENED = "address"; // the rule that looks at no text
const LANGUAGES = { Spanish: "es", French: "fr", German: "de", Dutch: "nl" }; // of pages planted as these
const LEAD = "Turn pages of our crawl and see what became of each: what was fetched, what was extracted, and why it was kept or dropped.";
const LEGEND = "Gray and struck through: what the extraction cut away, such as tags, menus and footers.";

export function mount(el, options) {
  const pages = new Pages(el, options);
  return () => pages.close();
}

class Pages {
  constructor(el, { source = "data/specimens.json", rule = "", id = "", fact = "", bytes: size }) {
    const { values, word } = readState("pages", { rule: kinds.text(60), id: kinds.text(120) });
    Object.assign(this, { source, fact, size, asked: { rule, id, ...values }, all: [], shown: [], at: 0, gone: false });
    this.box = frame(el);
    this.fetching = row("");
    this.live = element("div", { class: "widget-body", hidden: true });
    this.box.body.append(element("p", { class: "widget-lead" }, LEAD), this.fetching, this.live);
    this.box.say(word);
    this.offer();
  }

  // A button that tells the size; after a fault, its words and another try.
  offer(fault = "") {
    const words = () => sized(fault ? "Try again" : "Leaf through the pages", this.size);
    const ask = button(words(), () => this.fetch(Boolean(fault)), { filled: true });
    const told = fault && element("p", { class: "fault", role: "alert" }, `This did not work: ${fault}.`);
    this.fetching.replaceChildren(...(told ? [told] : []), ask);
    if (!this.size) sizeOf(this.source).then((found) => {
      this.size = found;
      ask.textContent = words();
    });
  }

  async fetch(fresh) {
    const keyed = this.fetching.querySelector(":focus-visible") !== null;
    this.fetching.replaceChildren(element("span", { class: "widget-note", role: "status" }, "fetching the pages"));
    try {
      this.all = await read(this.source, fresh);
    } catch (fault) {
      if (!this.gone) this.offer(fault.message);
      if (keyed) this.fetching.querySelector("button")?.focus();
      return;
    }
    if (this.gone) return;
    this.fetching.replaceChildren();
    this.build();
    if (keyed) this.filter.element.querySelector("select").focus();
  }

  build() {
    const rules = [...new Set(this.all.map(ruleOf))];
    const many = (rule) => this.all.filter((one) => ruleOf(one) === rule).length;
    const named = (rule) => [rule, `${rule === KEPT ? KEPT : `dropped by ${rule}`}, ${many(rule)}`];
    const options = [["", `all ${this.all.length}`], ...rules.map(named)];
    const value = rules.includes(this.asked.rule) ? this.asked.rule : "";
    this.filter = choice({ name: "pages", options, value, onchange: (rule) => {
      this.choose(rule);
      this.tell();
    } });
    this.previous = button("previous page", () => this.turn(-1));
    this.next = button("next page", () => this.turn(1));
    this.place = element("span", { class: "place" });
    this.page = element("div", { class: "specimen" });
    const state = () => ({ rule: this.filter.value, id: this.shown[this.at]?.id ?? "" });
    const link = copyLink("pages", state);
    this.live.append(row("filter", this.filter.element, this.previous, this.next, this.place), this.page, row("", link));
    this.live.hidden = false;
    this.live.addEventListener("keydown", (event) => this.key(event));
    this.box.note(`${this.all.length} pages of the crawl, as text`);
    this.choose(value, this.asked.id);
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.target.closest("select, pre")) return;
    event.preventDefault();
    this.turn(step);
  }

  choose(rule, id = "") {
    this.shown = this.all.filter((one) => !rule || ruleOf(one) === rule);
    this.at = Math.max(0, this.shown.findIndex((one) => String(one.id) === id));
    this.show();
  }

  turn(step) {
    this.at = Math.min(Math.max(this.at + step, 0), this.shown.length - 1);
    this.show();
    this.tell();
  }

  tell() {
    const one = this.shown[this.at];
    this.box.tell(`${this.place.textContent}: ${one.url ?? one.host}, ${fateOf(one)}`);
  }

  show() {
    const one = this.shown[this.at], html = one.html ?? "", text = one.text ?? "", opened = one.rule !== UNOPENED;
    const parts = opened ? pieces(html.slice(0, MOST), text) : [[html.slice(0, MOST), false]];
    this.bound();
    this.place.textContent = `${this.at + 1} of ${this.shown.length}`;
    this.page.replaceChildren(
      list([["address", one.url ?? one.host], ["planted as", one.truth], ["fate", fateOf(one)], ["reason", one.reason && plainly(one.reason)]]),
      element("p", { class: "widget-note" }, opened ? LEGEND : ""),
      element("div", { class: "panes" }, sheet("as it was fetched", html, parts, this.fact),
        sheet("what was extracted", text, [[text.slice(0, MOST), false]], this.fact, LANGUAGES[one.truth])));
    this.page.querySelectorAll("pre").forEach(bringFact);
  }

  // At an end one button rests.
  bound() {
    rest(this.previous, this.at === 0);
    rest(this.next, this.at === this.shown.length - 1);
  }

  close() {
    this.gone = true;
    this.box.undo();
  }
}

// Scrolls a page's text to the fact, where it would be out of sight, by whole lines.
function bringFact(pre) {
  const fact = pre.querySelector(".fact"), line = parseFloat(getComputedStyle(pre).lineHeight);
  if (fact && fact.offsetTop + line > pre.clientHeight) pre.scrollTop = Math.floor((fact.offsetTop - pre.clientHeight / 2) / line) * line;
}

async function read(source, fresh) {
  const found = await fetchJson(source, "the pages", fresh), pages = Array.isArray(found) ? found : found?.pages ?? found?.specimens;
  if (!pages?.length) throw new Error("the list holds no pages");
  return pages;
}

const fateOf = (one) => (one.fate === KEPT ? KEPT : `dropped${one.rule ? ` by ${one.rule}` : ""}`);
const ruleOf = (one) => (one.fate === KEPT ? KEPT : one.rule || one.fate);

function list(pairs) {
  const told = pairs.filter(([, value]) => value);
  const both = ([name, value]) => [element("dt", {}, name), element("dd", {}, String(value))];
  return element("dl", { class: "facts" }, ...told.flatMap(both));
}

// A page's text, never interpreted as HTML: what was cut is gray and struck through, the fact is vermilion.
function sheet(name, text, parts, fact, lang) {
  const written = parts.map(([words, cut]) => element(cut ? "del" : "span", { class: cut ? "cut" : null }, ...marked(words, fact)));
  const more = text.length > MOST ? `\n… ${count(text.length - MOST)} more characters` : null;
  return element("section", { class: "pane", "aria-label": name },
    element("p", { class: "pane-name" }, element("strong", {}, name), `${count(text.length)} characters`),
    element("pre", { tabindex: 0, "aria-label": name, lang }, ...(text ? written : ["(nothing)"]), more));
}

// Raw HTML as runs of [text, whether it was cut]: tags are, and so is text that does not stand in what was kept.
function pieces(html, kept) {
  const whole = plain(kept);
  const gone = (part) => part[0] === "<" || !plain(part) || !whole.includes(plain(part));
  const parts = [];
  for (const part of html.split(/(<[^>]*>)/).filter(Boolean)) {
    const cut = gone(part);
    if (parts.at(-1)?.[1] === cut) parts.at(-1)[0] += part;
    else parts.push([part, cut]);
  }
  return parts;
}

// Text as a browser reads it, its entities resolved; a text of tags alone is none.
const reader = document.createElement("textarea");

function plain(words) {
  reader.innerHTML = words.replaceAll("<", "&lt;");
  return reader.value.replace(/\s+/g, " ").trim();
}
