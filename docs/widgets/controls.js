// What every widget is made of: its frame, buttons, sliders, number fields, a copy-link button.

import { count, element } from "./element.js";
import { address } from "./state.js";

// The widget in place of its stand-in: its name, a quiet note at the right, a line for words to the reader, a body.
// `tell` is for who listens: what the picture now shows, once, `after` so many milliseconds without another telling.
export function frame(el, note = "") {
  const standIn = el.querySelector(":scope > .stand-in"), name = el.querySelector(":scope > :is(h2, h3)");
  const quiet = element("p", { class: "widget-note" }, note); // what is there from the start is not told unasked
  const body = element("div", { class: "widget-body" });
  const words = element("p", { class: "widget-words", role: "status" }), heard = element("p", { class: "unseen", role: "status" });
  let timer;
  const within = standIn?.contains(document.activeElement);
  if (standIn) standIn.hidden = true;
  name?.after(quiet);
  el.append(...(name ? [] : [quiet]), words, heard, body);
  el.classList.add("is-live");
  if (within) stand(name ?? body); // whoever read there is not sent back to the top of the page
  return {
    body,
    note(text) {
      quiet.role = "status";
      quiet.textContent = text;
    },
    say(text, fault = false) {
      words.textContent = text;
      words.classList.toggle("fault", fault);
    },
    tell(text, after = 0) {
      clearTimeout(timer);
      heard.textContent = ""; // so that the same words are told again
      timer = setTimeout(() => { heard.textContent = text; }, after);
    },
    undo() {
      clearTimeout(timer);
      for (const part of [quiet, body, words, heard]) part.remove();
      if (standIn) standIn.hidden = false;
      el.classList.remove("is-live");
    },
  };
}

function stand(place) {
  place.tabIndex = -1;
  place.focus();
}

export function button(words, act, { filled = false, ...attributes } = {}) {
  const onclick = act && ((event) => event.currentTarget.ariaDisabled !== "true" && act(event));
  return element("button", { type: "button", class: filled ? "filled" : undefined, onclick, ...attributes }, words);
}

// A button at rest does nothing and keeps the focus, which `disabled` would lose.
export const rest = (made, rests) => { made.ariaDisabled = String(rests); };

export const row = (kind, ...children) => element("div", { class: `widget-row ${kind}` }, ...children);

// Texts to press in place of typing them; `act` is given the one that was pressed.
export function suggestions(prompts, act, ...before) {
  return row("suggestions", ...before, ...prompts.map((words) => button(words, () => act(words), { class: "suggestion" })));
}

// Says that a field is full, and takes it back; to be called when its text has changed.
export function holds(field, most, say) {
  let full = false;
  return () => {
    const was = full;
    full = field.value.length >= most;
    if (full || was) say(full ? `This box holds ${count(most)} characters.` : "");
  };
}

// A slider with its name and value above it. `words(value)` prints it, `heard(value)` tells it.
export function slider({ name, from, to, step, value, words = String, heard = words, onchange }) {
  const printed = element("span", { class: "slider-value", "aria-hidden": "true" }, words(value)); // heard as the value, not in the name
  const input = element("input", { type: "range", min: from, max: to, step, value, "aria-valuetext": heard(value) });
  input.addEventListener("input", () => {
    show();
    onchange(Number(input.value));
  });
  function show() {
    printed.textContent = words(Number(input.value));
    input.setAttribute("aria-valuetext", heard(Number(input.value)));
  }
  const note = element("span", { class: "slider-note" });
  const label = element("label", {}, element("span", { class: "slider-name" }, name), printed, input);
  return { element: element("div", { class: "slider" }, label, note), note, get value() { return Number(input.value); } };
}

// A field of text with its name above it and, at the right of that, what is `beside` it.
export function labelled(name, field, beside = "") {
  return element("label", { class: "field" }, element("span", { class: "slider-name" }, name), beside, field);
}

// A whole number from 0 to `most`, such as a seed.
export function numberField({ name, value, most, onchange }) {
  const input = element("input", { type: "number", min: 0, max: most, step: 1, value, inputmode: "numeric" });
  const held = () => Math.min(Math.max(Math.trunc(Number(input.value)) || 0, 0), most);
  input.addEventListener("input", () => onchange?.(held()));
  input.addEventListener("change", () => { input.value = held(); });
  const made = element("label", { class: "number" }, element("span", { class: "slider-name" }, name), input);
  return { element: made, get value() { return held(); }, set value(next) { input.value = next; } };
}

export function choice({ name, options, value, onchange }) {
  const option = ([key, words]) => element("option", { value: key, selected: key === value }, words);
  const input = element("select", {}, options.map(option));
  input.addEventListener("change", () => onchange(input.value));
  const made = element("label", { class: "choice" }, element("span", { class: "slider-name" }, name), input);
  return { element: made, get value() { return input.value; }, set value(next) { input.value = next; } };
}

// Two quiet buttons: one copies an address that restores this widget as it stands, the other the code of a frame that
// shows it, in this state, on any page. What came of it stands beside them, and before them the line that says how the
// widget computes: on a page it follows the widget.
export function copyLink(widget, values) {
  const told = element("span", { role: "status" });
  const copy = async (words, done, otherwise) => {
    try {
      await navigator.clipboard.writeText(words);
      told.textContent = done;
    } catch {
      told.textContent = otherwise;
    }
  };
  const hashed = () => {
    const hash = address(widget, values());
    if (!hash) told.textContent = "This text is too long for a link.";
    return hash;
  };
  const link = () => {
    const hash = hashed();
    if (!hash) return;
    history.replaceState(history.state, "", hash);
    copy(location.href, "The link is copied.", "The link is in the address bar now.");
  };
  const embed = () => {
    const hash = hashed();
    if (!hash) return;
    const page = new URL(`../embed/${widget}/${hash}`, import.meta.url).href.replaceAll("&", "&amp;");
    const code = `<iframe src="${page}" title="${widget}" width="100%" height="720" loading="lazy"></iframe>`;
    copy(code, "The code for your page is copied.", code);
  };
  const line = document.querySelector(`[data-widget="${widget}"] + .of-widget`)?.cloneNode(true);
  const title = document.querySelector(`[data-widget="${widget}"] :is(h2, h3)`)?.textContent ?? widget; // a page has several of these buttons
  const quiet = (words, act) => button(words, act, { class: "quiet", "aria-label": `${words}: ${title}` });
  return element("span", { class: "links" }, line, quiet("copy link", link), quiet("copy embed code", embed), told);
}
