// A prompt, the model's real next-token bars, and how it goes on. Touch a token that it wrote to see what it chose from.

import { button, copyLink, frame, row } from "./controls.js";
import { bytes, count, element } from "./element.js";
import { LIVES, openModel } from "./engine.js";
import { loader } from "./loader.js";
import { kinds, readState } from "./state.js";
import { bars, chip, factPlaces, rove } from "./tokens.js";
import { nextOfFact } from "./sampler.js";

const LONGEST = 500; // characters of a prompt
const BARS = 6;

export function mount(el, { prompt = "Mira Tolland keeps the light at", prompts = [], life = "base", length = 24, fact = "", sha256, bytes: size }) {
  const state = readState("live", { prompt: kinds.text(LONGEST) });
  const box = frame(el), model = openModel(Object.hasOwn(LIVES, life) ? life : "base", { sha256 });
  let info = null, running = null, ids = [], given = 0, steps = [], at = 0, gone = false;

  const field = element("input", { type: "text", maxlength: LONGEST, value: state.values.prompt ?? prompt, spellcheck: "false", autocomplete: "off", "aria-label": "prompt", enterkeyhint: "go" });
  const go = button("Go on", null, { filled: true, type: "submit", hidden: true });
  const form = element("form", { class: "ask" }, field, go);
  const read = element("span", {}), wrote = element("span", { role: "listbox", "aria-label": "what the model wrote", "aria-orientation": "horizontal" });
  const text = element("div", { class: "tokens written" }, read, wrote), place = element("div", {}), about = element("p", { class: "widget-note" });
  const live = element("div", { class: "widget-body", hidden: true }, text, place, about);
  const loading = loader(model, {
    words: "Fetch the model and go on", size,
    ready(found) {
      if (gone) return;
      info = found;
      go.hidden = live.hidden = false;
      box.note(`${LIVES[model.life].words} weights, ${bytes(found.bytes)}, running in this page`);
      start();
    },
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!info) loading.begin();
    else if (running) running.stop();
    else start();
  });
  const tries = row("suggestions", ...prompts.map((words) => button(words, () => {
    field.value = words;
    if (info) start();
    else loading.begin();
  }, { class: "suggestion" })), copyLink("live", () => ({ prompt: field.value }), box.say));
  rove(wrote, look);
  box.body.append(form, loading.element, live, tries);
  box.say(state.word);

  // Each token is the likeliest one, so that the same prompt always goes on in the same way.
  async function start() {
    running?.stop();
    const { tokenizer, config } = info, asked = tokenizer.encode(field.value), most = config.context - length - 1;
    ids = [tokenizer.specials["<|document|>"], ...asked.slice(-most)];
    given = ids.length;
    steps = [];
    at = 0;
    box.say(asked.length > most ? `The model sees ${config.context} tokens at most: it reads the last ${most}.` : "");
    const call = model.generate({ ids, seed: 1, count: length, stop: [tokenizer.specials["<|document|>"]], settings: { temperature: 0 }, top: BARS }, (made) => {
      if (call !== running) return;
      steps.push(made);
      if (!made.ended) ids.push(made.id);
      show();
    });
    running = call;
    show();
    try {
      await call.promise;
    } catch (fault) {
      if (!fault.stopped && !gone) box.say(`This did not work: ${fault.message}.`, true);
    }
    if (call === running) running = null;
    if (!gone) show();
  }

  function show() {
    const { tokenizer } = info, pieces = ids.map((id) => tokenizer.pieces[id]), places = factPlaces(pieces, fact);
    go.textContent = running ? "Stop" : "Go on";
    const chips = pieces.map((piece, i) => chip(piece, i, { special: i === 0, fact: places.has(i), ...(i < given ? {} : written(i - given)) }));
    chips.slice(given).forEach((made) => made.classList.add("drawn"));
    read.replaceChildren(...chips.slice(0, given));
    wrote.replaceChildren(...chips.slice(given));
    wrote.hidden = !chips[given];
    showBars(tokenizer, places);
  }

  const written = (step) => ({ role: "option", "data-at": step, tabindex: step === at ? 0 : -1, "aria-selected": String(step === at) });

  function look(step) {
    at = step;
    for (const made of wrote.children) made.setAttribute("aria-selected", String(Number(made.dataset.at) === at));
    const { tokenizer } = info;
    showBars(tokenizer, factPlaces(ids.map((id) => tokenizer.pieces[id]), fact));
  }

  function showBars(tokenizer, places) {
    if (!steps[at]) return place.replaceChildren();
    const { likely } = steps[at], next = nextOfFact(tokenizer, ids.slice(0, given + at), fact), rest = 1 - likely.reduce((sum, [, p]) => sum + p, 0);
    const shown = likely.map(([id, p], i) => {
      const ofFact = id === next || (places.has(given + at) && id === ids[given + at]);
      return { name: element("span", { class: "tokens" }, chip(tokenizer.pieces[id], i, { fact: ofFact, special: id >= tokenizer.vocabulary - 4 })), value: p, kind: ofFact ? "is-fact" : "" };
    });
    shown.push({ name: element("span", { class: "rest" }, `${count(tokenizer.vocabulary - likely.length)} others`), value: Math.max(rest, 0), kind: "is-tail" });
    place.replaceChildren(element("p", { class: "unit" }, at ? `probability of token ${at + 1} of what it wrote` : "probability of the next token"), bars(shown, { label: "probabilities of the next token", top: 1 }));
    about.textContent = "Underlined: what it wrote, always the likeliest token. Touch one to see what it chose from.";
  }

  return () => {
    gone = true;
    model.close();
    box.undo();
  };
}
