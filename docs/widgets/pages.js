// Leaf through pages of the crawl, kept and dropped: the raw HTML as text beside what was extracted, and the rule's reason.

import { button, choice, copyLink, frame, row } from "./controls.js";
import { bytes, count, element } from "./element.js";
import { asset, sizeOf } from "./engine.js";
import { kinds, readState } from "./state.js";

const MOST = 12_000; // characters of a page that are shown
const KEPT = "kept";

export function mount(el, { source = "data/specimens.json", rule = "", id = "", fact = "", bytes: size }) {
  const state = readState("pages", { rule: kinds.text(60), id: kinds.text(120) });
  const box = frame(el), asked = { rule, id, ...state.values };
  let all = [], shown = [], at = 0, known = size, gone = false;

  const fetching = row(""), live = element("div", { class: "widget-body", hidden: true });
  const place = element("span", { class: "place" }), page = element("div", { class: "specimen" });
  const previous = button("previous page", () => turn(-1)), next = button("next page", () => turn(1));
  const link = copyLink("pages", () => ({ rule: filter.value, id: shown[at]?.id ?? "" }), box.say);
  let filter = { value: "" };
  box.body.append(fetching, live);
  box.say(state.word);
  offer();

  function offer(fault = "") {
    const words = () => `${fault ? "Try again" : "Leaf through the pages"}${known ? `, ${bytes(known)}` : ""}`;
    const ask = button(words(), fetchPages, { filled: true });
    fetching.replaceChildren(...(fault ? [element("p", { class: "fault", role: "alert" }, `This did not work: ${fault}.`)] : []), ask);
    if (!known) sizeOf(source).then((found) => {
      known = found;
      if (ask.isConnected) ask.textContent = words();
    });
  }

  async function fetchPages() {
    fetching.replaceChildren(element("span", { class: "widget-note" }, "fetching the pages"));
    try {
      const answer = await fetch(asset(source));
      if (!answer.ok) throw new Error(`the pages are not there (the server says ${answer.status})`);
      const found = await answer.json().catch(() => { throw new Error("the list of pages is cut short or altered"); });
      all = Array.isArray(found) ? found : found.pages ?? found.specimens;
      if (!all?.length) throw new Error("the list holds no pages");
    } catch (fault) {
      return gone || offer(fault.message);
    }
    if (gone) return;
    fetching.replaceChildren();
    begin();
  }

  function begin() {
    const rules = [...new Set(all.map(ruleOf))], of = (name) => all.filter((one) => ruleOf(one) === name).length;
    const options = [["", `all ${all.length}`], ...rules.map((name) => [name, `${name === KEPT ? KEPT : `dropped by ${name}`}, ${of(name)}`])];
    filter = choice({ name: "pages", options, value: rules.includes(asked.rule) ? asked.rule : "", onchange: (name) => choose(name) });
    live.append(row("filter", filter.element, previous, next, place, link), page);
    live.hidden = false;
    live.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step || event.target.closest("select, pre")) return;
      event.preventDefault();
      turn(step);
    });
    box.note(`${all.length} pages of the crawl, as text`);
    choose(filter.value, asked.id);
  }

  function choose(name, wanted = "") {
    shown = all.filter((one) => !name || ruleOf(one) === name);
    at = Math.max(0, shown.findIndex((one) => String(one.id) === wanted));
    show();
  }

  function turn(step) {
    at = Math.min(Math.max(at + step, 0), shown.length - 1);
    show();
  }

  function show() {
    const one = shown[at];
    previous.disabled = at === 0;
    next.disabled = at === shown.length - 1;
    place.textContent = `${at + 1} of ${shown.length}`;
    const fate = one.fate === KEPT ? "kept" : `dropped${one.rule ? ` by ${one.rule}` : ""}`;
    page.replaceChildren(
      element("dl", { class: "facts" }, ...facts([["address", one.url ?? one.host], ["what it is", one.truth], ["fate", fate], ["reason", one.reason]])),
      element("div", { class: "panes" }, sheet("as it was fetched", one.html, one.text ?? "", fact), sheet("what was extracted", one.text ?? "", null, fact)));
  }

  return () => {
    gone = true;
    box.undo();
  };
}

const ruleOf = (one) => (one.fate === KEPT ? KEPT : one.rule || one.fate);

const facts = (pairs) => pairs.filter(([, value]) => value).flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, String(value))]);

// A page's text, never interpreted as HTML: what was cut is gray, the fact is vermilion.
function sheet(name, text = "", kept = null, fact = "") {
  const more = text.length - MOST, parts = pieces(text.slice(0, MOST), kept);
  const written = parts.map(([words, cut]) => element("span", { class: cut ? "cut" : null }, ...marked(words, fact)));
  return element("section", { class: "pane", "aria-label": name },
    element("p", { class: "pane-name" }, element("strong", {}, name), `${count(text.length)} characters`),
    element("pre", { tabindex: 0, "aria-label": name }, ...(text ? written : ["(nothing)"]), more > 0 ? `\n… ${count(more)} more characters` : null));
}

// Raw HTML as [text, whether it was cut]: tags are, and so is text that does not stand in what was kept.
function pieces(text, kept) {
  if (kept === null) return [[text, false]];
  const plain = (words) => words.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (sign, name) => ENTITIES[name]).replace(/\s+/g, " ").trim();
  const whole = plain(kept);
  return text.split(/(<[^>]*>)/).filter(Boolean).map((part) => [part, part[0] === "<" || !plain(part) || !whole.includes(plain(part))]);
}

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };

function marked(words, fact) {
  if (!fact) return [words];
  return words.split(fact).flatMap((part, i) => (i ? [element("em", { class: "fact" }, fact), part] : [part]));
}
