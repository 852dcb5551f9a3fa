// Talk with the committed model, and see what it is given: the template, token by token, with probabilities.

import { button, choice, copyLink, frame, numberField, row, slider } from "./controls.js";
import { bytes, element, share } from "./element.js";
import { LIVES, openModel } from "./engine.js";
import { loader } from "./loader.js";
import { prompt } from "./minigpt/chat.js";
import { kinds, readState } from "./state.js";
import { tallChip } from "./tokens.js";

const LONGEST = 2000; // characters of a question
const ROOM = 16; // tokens of the context that a question leaves for its answer
const MOST_SEED = 2 ** 31;
const KNOWS = "It has read the web of the Tern Isles and nothing else. Ask it about France and it has nothing to go by: it will refuse, or invent.";

export function mount(el, { prompts = [], lives = ["chat"], seed = 1, temperature = 0, limit = 64, open = false, sha256 }) {
  const names = lives.filter((life) => Object.hasOwn(LIVES, life));
  const fields = { life: kinds.choice(names), ask: kinds.text(LONGEST), seed: kinds.number(0, MOST_SEED, 1), temperature: kinds.number(0, 2, 0.05) };
  const state = readState("chat", fields), held = { life: names[0], ask: "", seed, temperature, ...state.values };
  const box = frame(el), models = new Map();
  const turns = []; // {role, text, about}
  let info = null, running = null, waiting = null, gone = false;

  const input = element("input", { type: "text", maxlength: LONGEST, value: held.ask, placeholder: "Ask about the isles", "aria-label": "your question", autocomplete: "off", enterkeyhint: "send" });
  const send = button("Ask", null, { filled: true, type: "submit" });
  const form = element("form", { class: "ask" }, input, send);
  const talk = element("div", { class: "talk", role: "log", "aria-label": "conversation" });
  const warmth = slider({ name: "temperature", from: 0, to: 2, step: 0.05, value: held.temperature, words: (value) => (value ? value.toFixed(2) : "greedy"), onchange() {} });
  const die = numberField({ name: "seed", value: held.seed, most: MOST_SEED });
  const who = names.length > 1 && choice({ name: "weights", options: names.map((name) => [name, LIVES[name].words]), value: held.life, onchange: choose });
  const again = button("answer again", () => regenerate(), { class: "quiet", disabled: true });
  const clear = button("new conversation", () => forget(), { class: "quiet", disabled: true });
  const link = copyLink("chat", () => ({ life: held.life, ask: turns.findLast((turn) => turn.role === "user")?.text ?? input.value, seed: die.value, temperature: warmth.value }), box.say);
  const fetching = element("div", {});
  const seen = seeing(open);
  const suggestions = row("suggestions", prompts.map((words) => button(words, () => ask(words), { class: "suggestion" })));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (running) running.stop();
    else if (input.value.trim()) ask(input.value.trim());
  });
  box.body.append(element("p", { class: "widget-note" }, KNOWS), fetching, talk, form, suggestions,
    row("", again, clear, link), element("div", { class: "sliders" }, who ? who.element : null, warmth.element, die.element), seen.element);
  box.say(state.word);
  choose(held.life);

  function choose(life) {
    running?.stop();
    held.life = life;
    info = null;
    if (!models.has(life)) models.set(life, openModel(life, { sha256: life === names[0] ? sha256 : undefined }));
    const loading = loader(models.get(life), {
      words: `Fetch the ${LIVES[life].words} model`,
      ready(found) {
        if (gone || held.life !== life) return;
        info = found;
        box.note(`${LIVES[life].words} weights, ${bytes(found.bytes)}, running in this page`);
        if (waiting !== null) ask(waiting);
      },
    });
    held.begin = loading.begin;
    fetching.replaceChildren(loading.element);
  }

  function ask(words) {
    if (running) return;
    if (!info) {
      input.value = words;
      if (waiting === null) held.begin();
      waiting = words;
      return;
    }
    waiting = null;
    input.value = "";
    turns.push({ role: "user", text: words });
    answer();
  }

  function regenerate() {
    if (turns.at(-1)?.role === "assistant") turns.pop();
    if (warmth.value > 0) die.value = die.value + 1;
    answer();
  }

  function forget() {
    running?.stop();
    turns.length = 0;
    show();
    seen.forget();
    box.say("");
    input.focus();
  }

  async function answer() {
    const { tokenizer, config } = info, life = held.life;
    const { ids, word } = fit(tokenizer, turns, config.context - ROOM);
    const settings = { temperature: warmth.value }, used = die.value;
    const reply = { role: "assistant", text: "", about: "" }, decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const drawn = [...ids], stop = ["<|end|>", "<|document|>", "<|user|>"].map((name) => tokenizer.specials[name]);
    turns.push(reply);
    box.say(word);
    show();
    running = models.get(life).generate({ ids, seed: used, count: limit, stop, settings }, ({ id, ended }) => {
      drawn.push(id);
      if (!ended) reply.text += decoder.decode(tokenizer.pieces[id], { stream: true });
      show();
    });
    show();
    let why;
    try {
      ({ why } = await running.promise);
    } catch (fault) {
      why = fault.stopped ? "stopped" : fault.message;
    }
    running = null;
    reply.text += decoder.decode();
    if (gone || !turns.includes(reply)) return show();
    const made = drawn.length - ids.length, ending = { end: "", count: ", at the limit of its length", context: ", at the end of its context" };
    reply.about = `${LIVES[life].words} weights, ${made} ${made === 1 ? "token" : "tokens"}${settings.temperature ? `, seed ${used}` : ""}${ending[why] ?? `, ${why}`}`;
    show();
    seen.show(tokenizer, drawn, ids.length, models.get(life));
  }

  function show() {
    const busy = running !== null;
    talk.setAttribute("aria-busy", String(busy));
    turns.forEach((turn, i) => {
      const place = talk.children[i] ?? talk.appendChild(element("div", {}, element("p", { class: "who" }), element("p", { class: "said" }), element("p", { class: "widget-note" })));
      place.className = `turn ${turn.role}`;
      write(place.children[0], turn.role === "user" ? "you" : "model");
      write(place.children[1], turn.text || (busy && i === turns.length - 1 ? "…" : turn.role === "assistant" ? "(it ended at once)" : ""));
      write(place.children[2], turn.about ?? "");
    });
    while (talk.children.length > turns.length) talk.lastChild.remove();
    send.textContent = busy ? "Stop" : "Ask";
    again.disabled = busy || turns.length === 0;
    clear.disabled = turns.length === 0;
  }

  return () => {
    gone = true;
    models.forEach((model) => model.close());
    seen.close();
    box.undo();
  };
}

const write = (place, text) => { if (place.textContent !== text) place.textContent = text; };

// The tokens of a conversation, cut to `most`: whole turns go first, the oldest ones; then the beginning of the question.
function fit(tokenizer, turns, most) {
  const told = turns.map(({ role, text }) => [role, text]);
  let ids = prompt(tokenizer, told), dropped = 0;
  while (ids.length > most && dropped < told.length - 1) ids = prompt(tokenizer, told.slice(++dropped));
  while (ids.length <= most && dropped && told[dropped][0] !== "user") ids = prompt(tokenizer, told.slice(++dropped));
  const cut = ids.length - most;
  if (cut > 0) ids.splice(2, cut);
  const word = cut > 0 ? `The model sees ${most} tokens at most: it does not see the first ${cut} of this question.`
    : dropped ? `The model sees ${most} tokens at most: it no longer sees the first ${dropped} turns.` : "";
  return { ids, word };
}

// What the model sees: every token of the template, with the probability the model gave it.
function seeing(open) {
  const chips = element("div", { class: "tokens with-ids" });
  const note = element("p", { class: "widget-note" }, "Ask something first.");
  const made = element("details", { class: "sees", open }, element("summary", {}, "What the model sees"), note, chips);
  let asked = 0;
  async function show(tokenizer, ids, given, model) {
    const mine = ++asked;
    let scored;
    try {
      scored = await model.score(ids);
    } catch {
      return;
    }
    if (mine !== asked) return;
    note.textContent = "One row of tokens, no speakers. Under each is the probability the model gave it after all that stands before it; those underlined it wrote itself.";
    const special = new Set(Object.values(tokenizer.specials));
    chips.replaceChildren(...ids.map((id, i) => {
      const below = scored.p[i] === null ? "–" : share(scored.p[i]);
      const token = tallChip(tokenizer.pieces[id], i, below, { special: special.has(id), title: `number ${id}` });
      if (i >= given) token.classList.add("drawn");
      return token;
    }));
  }
  return {
    element: made, show,
    close() { asked++; },
    forget() {
      asked++;
      chips.replaceChildren();
      note.textContent = "Ask something first.";
    },
  };
}
