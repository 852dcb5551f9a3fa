// The sampling accountant: one draw from the whole vocabulary, with every cut, every remainder and the exact cost of the text.

import { button, copyLink, frame, numberField, row, slider } from "./controls.js";
import { bytes, count, element, share } from "./element.js";
import { LIVES, openModel } from "./engine.js";
import { loader } from "./loader.js";
import { best_first, distribution, draw, Random } from "./minigpt/sample.js";
import { kinds, readState } from "./state.js";
import { bars, chip, factPlaces } from "./tokens.js";

const LONGEST = 2000; // characters of a prompt
const MOST_SEED = 2 ** 31;
const ALL_K = 101; // the slider's place for "off"
const PAGE = 12; // bars shown at first
const RUN = 16; // tokens of a run
const DRAWS = 1000;

export function mount(el, options) {
  const { prompt = "Mira Tolland keeps the light at", life = "base", fact = "", sha256 } = options;
  const fields = {
    prompt: kinds.text(LONGEST), temperature: kinds.number(0, 2, 0.05), top_k: kinds.number(0, 100, 1),
    top_p: kinds.number(0.05, 1, 0.01), min_p: kinds.number(0, 0.5, 0.01), seed: kinds.number(0, MOST_SEED, 1),
  };
  const { temperature = 1, top_k = 0, top_p = 1, min_p = 0, seed = 1 } = options;
  const state = readState("sampler", fields), held = { prompt, temperature, top_k, top_p, min_p, seed, ...state.values };
  const box = frame(el), model = openModel(Object.hasOwn(LIVES, life) ? life : "base", { sha256 });
  let info = null, start = [], drawn = [], scored = null, random = null, many = PAGE, job = 0, running = false, gone = false;

  const field = element("textarea", { rows: 2, class: "mono", maxlength: LONGEST, spellcheck: "false", "aria-label": "prompt" });
  field.value = held.prompt;
  field.addEventListener("input", () => { restart(); });
  const settings = () => ({ temperature: held.temperature, top_k: held.top_k, top_p: held.top_p, min_p: held.min_p });
  const setting = (key, from, to, step, value, words, read = (x) => x) => slider({
    name: key.replace("_", "-"), from, to, step, value, words,
    onchange(next) {
      held[key] = read(next);
      thousand.replaceChildren();
      show();
    },
  });
  const sliders = [
    setting("temperature", 0, 2, 0.05, held.temperature, (x) => (x ? x.toFixed(2) : "greedy")),
    setting("top_k", 1, ALL_K, 1, held.top_k || ALL_K, (x) => (x < ALL_K ? String(x) : "off"), (x) => (x < ALL_K ? x : 0)),
    setting("top_p", 0.05, 1, 0.01, held.top_p, (x) => (x < 1 ? x.toFixed(2) : "off")),
    setting("min_p", 0, 0.5, 0.01, held.min_p, (x) => (x ? x.toFixed(2) : "off")),
  ];
  const die = numberField({ name: "seed", value: held.seed, most: MOST_SEED, onchange: restart });
  const step = button("Draw one token", () => advance(1), { filled: true });
  const run = button(`draw ${RUN}`, () => (running ? stop() : advance(RUN)));
  const back = button("start over", () => restart());
  const test = button(`draw ${count(DRAWS)} times`, drawMany);
  const link = copyLink("sampler", () => ({ prompt: field.value, ...settings(), seed: die.value }), box.say);
  const text = element("div", { class: "tokens" }), cost = element("p", { class: "cost" });
  const rows = element("div", {}), more = row(""), thousand = element("div", {});
  const live = element("div", { class: "widget-body", hidden: true }, element("div", {}, text, cost), row("", step, run, back, test, die.element),
    element("div", { class: "sliders four" }, ...sliders.map((made) => made.element)), rows, more, thousand);
  const loading = loader(model, {
    words: `Fetch the ${LIVES[model.life].words} model`, size: options.bytes,
    ready(found) {
      if (gone) return;
      info = found;
      live.hidden = false;
      box.note(`${LIVES[model.life].words} weights, ${bytes(found.bytes)}, running in this page`);
      restart();
    },
  });
  box.body.append(field, loading.element, live, row("", link));
  box.say(state.word);

  function stop() {
    job++;
    running = false;
    show();
  }

  // Begin again at the prompt: its last tokens, if there are more than the model can see.
  async function restart() {
    if (!info) return;
    const mine = ++job, { tokenizer, config } = info;
    const read = tokenizer.encode(field.value), most = config.context - RUN - 1;
    running = false;
    drawn = [];
    random = new Random(die.value);
    start = [tokenizer.specials["<|document|>"], ...read.slice(-most)];
    box.say(read.length > most ? `The model sees ${config.context} tokens at most: the first ${count(read.length - most)} of this prompt are left out.` : state.word);
    state.word = "";
    thousand.replaceChildren();
    await score(mine);
  }

  async function score(mine) {
    try {
      const found = await model.score([...start, ...drawn]);
      if (mine !== job || gone) return false;
      scored = found;
      show();
      return true;
    } catch (fault) {
      if (mine === job && !gone) box.say(`This did not work: ${fault.message}.`, true);
      return false;
    }
  }

  async function advance(times) {
    const mine = ++job, { config } = info;
    running = times > 1;
    for (let made = 0; made < times && mine === job; made++) {
      if (start.length + drawn.length >= config.context) {
        box.say("The context is full.");
        break;
      }
      const id = draw(distribution(scored.logits, settings()), random);
      drawn.push(id);
      thousand.replaceChildren();
      if (!(await score(mine))) break;
    }
    if (mine === job) stop();
  }

  function show() {
    if (!scored || gone) return;
    const { tokenizer } = info, ids = [...start, ...drawn];
    const special = new Set(Object.values(tokenizer.specials)), places = factPlaces(ids.map((id) => tokenizer.pieces[id]), fact);
    run.textContent = running ? "stop" : `draw ${RUN}`;
    text.replaceChildren(...ids.map((id, i) => {
      const made = chip(tokenizer.pieces[id], i, { special: special.has(id), fact: places.has(i), title: scored.p[i] === null ? undefined : `probability ${share(scored.p[i])}` });
      if (i >= start.length) made.classList.add("drawn");
      return made;
    }));
    const nats = scored.p.reduce((sum, p) => sum + (p === null ? 0 : Math.log(p)), 0), told = ids.length - 1;
    cost.textContent = told ? `log-probability of this text ${nats.toFixed(3).replace("-", "−")} nats over ${told} ${told === 1 ? "token" : "tokens"}, perplexity ${Math.exp(-nats / told).toFixed(2)}` : "";
    showOrder();
    showBars(places, ids);
  }

  // What each operation leaves, in the order in which they work.
  function showOrder() {
    const all = settings(), whole = distribution(scored.logits, { temperature: all.temperature });
    const names = Object.keys(all);
    sliders.forEach((made, i) => {
      const p = distribution(scored.logits, Object.fromEntries(names.slice(0, i + 1).map((key) => [key, all[key]])));
      const kept = p.reduce((sum, value) => sum + (value > 0), 0), mass = whole.reduce((sum, value, id) => sum + (p[id] > 0 ? value : 0), 0);
      made.note.textContent = `${count(kept)} left, mass ${share(mass)}`;
    });
  }

  function showBars(places, ids) {
    const { tokenizer } = info, whole = distribution(scored.logits, { temperature: held.temperature }), p = distribution(scored.logits, settings());
    const best = best_first(whole), next = nextOfFact(tokenizer, ids, fact);
    const shownRows = best.slice(0, many).map((id, i) => ({
      name: element("span", { class: "tokens" }, chip(tokenizer.pieces[id], i, { fact: id === next })),
      value: whole[id], kind: p[id] === 0 ? "is-cut" : id === next ? "is-fact" : "", words: p[id] === 0 ? `cut ${share(whole[id])}` : share(p[id]),
    }));
    const rest = best.slice(many), tail = rest.reduce((sum, id) => sum + whole[id], 0), tailKept = rest.reduce((sum, id) => sum + p[id], 0);
    if (rest.length) {
      const cut = rest.reduce((sum, id) => sum + (p[id] === 0 ? whole[id] : 0), 0);
      shownRows.push({ name: element("span", { class: "rest" }, `${count(rest.length)} others`), value: tail, cut, kind: "is-tail", words: tailKept ? share(tailKept) : `cut ${share(tail)}` });
    }
    rows.replaceChildren(element("p", { class: "unit" }, "probability of the next token: the bar after temperature, the number after the cuts"), bars(shownRows, { label: "probabilities of the next token" }));
    more.replaceChildren(...(rest.length ? [button(`show ${count(Math.min(many * 3, rest.length))} more`, () => { many *= 4; show(); }, { class: "quiet" })] : []),
      ...(many > PAGE ? [button(`show the first ${PAGE}`, () => { many = PAGE; show(); }, { class: "quiet" })] : []));
  }

  // A thousand draws of this one token beside what theory expects, with its usual deviation.
  function drawMany() {
    const { tokenizer } = info, p = distribution(scored.logits, settings()), found = new Map(), dice = new Random(die.value);
    for (let i = 0; i < DRAWS; i++) {
      const id = draw(p, dice);
      found.set(id, (found.get(id) ?? 0) + 1);
    }
    const told = best_first(p).filter((id) => p[id] > 0).slice(0, 8);
    const lines = told.map((id, i) => line(chip(tokenizer.pieces[id], i), p[id], found.get(id) ?? 0));
    const rest = 1 - told.reduce((sum, id) => sum + p[id], 0), others = DRAWS - told.reduce((sum, id) => sum + (found.get(id) ?? 0), 0);
    if (rest > 1e-9) lines.push(line("all others", rest, others));
    const far = lines.filter((made) => Math.abs(made.off) > 2).length;
    thousand.replaceChildren(
      element("p", {}, `${count(DRAWS)} draws of this one token, seed ${die.value}. ${far} of ${lines.length} rows lie more than two standard deviations off.`),
      element("table", { class: "draws" }, element("thead", {}, element("tr", {}, ...["token", "expected", "drawn", "deviations"].map((name) => element("th", { scope: "col" }, name)))),
        element("tbody", {}, ...lines.map((made) => made.element))));
  }

  return () => {
    gone = true;
    job++;
    model.close();
    box.undo();
  };
}

function line(name, p, drawn) {
  const expected = DRAWS * p, spread = Math.sqrt(DRAWS * p * (1 - p)), off = spread ? (drawn - expected) / spread : 0;
  const cells = [name, spread < 0.05 ? expected.toFixed(0) : `${expected.toFixed(1)} ± ${spread.toFixed(1)}`, count(drawn), `${off < -0.05 ? "−" : off > 0.05 ? "+" : ""}${Math.abs(off).toFixed(1)}`];
  return { off, element: element("tr", {}, ...cells.map((cell) => element("td", {}, cell))) };
}

// The token that would carry the fact on after this text, or null.
export function nextOfFact(tokenizer, ids, fact) {
  if (!fact) return null;
  const spelled = tokenizer.encode(` ${fact}`);
  for (let have = Math.min(spelled.length - 1, ids.length); have > 0; have--) {
    if (spelled.slice(0, have).every((id, i) => ids[ids.length - have + i] === id)) return spelled[have];
  }
  return spelled[0];
}
