// Leaf through pages of the crawl, kept and dropped: the raw HTML as text, what was extracted, the rule and its reason.

import { button, choice, copyLink, frame, row } from "./controls.js";
import { bytes, count, element } from "./element.js";
import { asset, sizeOf } from "./engine.js";
import { kinds, readState } from "./state.js";
import { marked } from "./tokens.js";

const MOST = 12_000; // characters of a page that are shown
const KEPT = "kept";

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
    this.box.body.append(this.fetching, this.live);
    this.box.say(word);
    this.offer();
  }

  // A button that tells the size; after a fault, its words and another try.
  offer(fault = "") {
    const words = () => `${fault ? "Try again" : "Leaf through the pages"}${this.size ? `, ${bytes(this.size)}` : ""}`;
    const ask = button(words(), () => this.fetch(), { filled: true });
    const told = fault && element("p", { class: "fault", role: "alert" }, `This did not work: ${fault}.`);
    this.fetching.replaceChildren(...(told ? [told] : []), ask);
    if (!this.size) sizeOf(this.source).then((found) => {
      this.size = found;
      ask.textContent = words();
    });
  }

  async fetch() {
    this.fetching.replaceChildren(element("span", { class: "widget-note" }, "fetching the pages"));
    try {
      this.all = await read(this.source);
    } catch (fault) {
      return this.gone || this.offer(fault.message);
    }
    if (this.gone) return;
    this.fetching.replaceChildren();
    this.build();
  }

  build() {
    const rules = [...new Set(this.all.map(ruleOf))];
    const many = (rule) => this.all.filter((one) => ruleOf(one) === rule).length;
    const named = (rule) => [rule, `${rule === KEPT ? KEPT : `dropped by ${rule}`}, ${many(rule)}`];
    const options = [["", `all ${this.all.length}`], ...rules.map(named)];
    const value = rules.includes(this.asked.rule) ? this.asked.rule : "";
    this.filter = choice({ name: "pages", options, value, onchange: (rule) => this.choose(rule) });
    this.previous = button("previous page", () => this.turn(-1));
    this.next = button("next page", () => this.turn(1));
    this.place = element("span", { class: "place" });
    this.page = element("div", { class: "specimen" });
    const state = () => ({ rule: this.filter.value, id: this.shown[this.at]?.id ?? "" });
    const link = copyLink("pages", state);
    this.live.append(row("filter", this.filter.element, this.previous, this.next, this.place, link), this.page);
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
  }

  show() {
    const one = this.shown[this.at], html = one.html ?? "", text = one.text ?? "";
    this.previous.disabled = this.at === 0;
    this.next.disabled = this.at === this.shown.length - 1;
    this.place.textContent = `${this.at + 1} of ${this.shown.length}`;
    const fate = one.fate === KEPT ? KEPT : `dropped${one.rule ? ` by ${one.rule}` : ""}`;
    this.page.replaceChildren(
      list([["address", one.url ?? one.host], ["what it is", one.truth], ["fate", fate], ["reason", one.reason]]),
      element("div", { class: "panes" }, sheet("as it was fetched", html, pieces(html.slice(0, MOST), text), this.fact),
        sheet("what was extracted", text, [[text.slice(0, MOST), false]], this.fact)));
    this.page.querySelectorAll("pre").forEach(bringFact);
  }

  close() {
    this.gone = true;
    this.box.undo();
  }
}

// Scrolls a page's text to the fact, where it has it.
function bringFact(pre) {
  const fact = pre.querySelector(".fact");
  if (fact) pre.scrollTop = fact.offsetTop - pre.clientHeight / 2;
}

async function read(source) {
  const answer = await fetch(asset(source)).catch(() => { throw new Error("no answer from the server"); });
  if (!answer.ok) throw new Error(`the pages are not there (the server says ${answer.status})`);
  const found = await answer.json().catch(() => { throw new Error("the list of pages is cut short or altered"); });
  const pages = Array.isArray(found) ? found : found?.pages ?? found?.specimens;
  if (!pages?.length) throw new Error("the list holds no pages");
  return pages;
}

const ruleOf = (one) => (one.fate === KEPT ? KEPT : one.rule || one.fate);

function list(pairs) {
  const told = pairs.filter(([, value]) => value);
  const both = ([name, value]) => [element("dt", {}, name), element("dd", {}, String(value))];
  return element("dl", { class: "facts" }, ...told.flatMap(both));
}

// A page's text, never interpreted as HTML: what was cut is gray, the fact is vermilion.
function sheet(name, text, parts, fact) {
  const written = parts.map(([words, cut]) => element("span", { class: cut ? "cut" : null }, ...marked(words, fact)));
  const more = text.length > MOST ? `\n… ${count(text.length - MOST)} more characters` : null;
  return element("section", { class: "pane", "aria-label": name },
    element("p", { class: "pane-name" }, element("strong", {}, name), `${count(text.length)} characters`),
    element("pre", { tabindex: 0, "aria-label": name }, ...(text ? written : ["(nothing)"]), more));
}

// Raw HTML as [text, whether it was cut]: tags are, and so is text that does not stand in what was kept.
function pieces(html, kept) {
  const whole = plain(kept);
  const gone = (part) => part[0] === "<" || !plain(part) || !whole.includes(plain(part));
  return html.split(/(<[^>]*>)/).filter(Boolean).map((part) => [part, gone(part)]);
}

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };

function plain(words) {
  return words.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (sign, name) => ENTITIES[name]).replace(/\s+/g, " ").trim();
}
