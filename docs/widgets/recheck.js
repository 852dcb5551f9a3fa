// Works out again, with the model in this page, what the pages tell: a chance of words, the chances of next tokens under
// a sampler's settings, a loss; and says for each whether it matched and how closely.
//
// A check is {what, kind, life, ids, expected} with `from` (chance), `tokens` and `settings` (distribution).

import { frame } from "./controls.js";
import { element, share } from "./element.js";
import { openModel } from "./engine.js";
import { faultAnd, fetchJson } from "./fetched.js";
import { loader } from "./loader.js";
import { distribution } from "./minigpt/sample.js";

export const NEAR = 1e-4; // what the same weights may differ by between two engines, in probability or in nats
const DIGITS = 6;
const STOP = "button, [role=log]"; // where the keyboard goes on: a model that is here already asks with no button

/** The numbers that a check asks for, from a model that is loaded. */
export async function worked_out(model, { kind, ids, from, tokens, settings }) {
  const { p, logits } = await model.score(ids);
  if (kind === "chance") return [p.slice(from).reduce((product, one) => product * one, 1)];
  if (kind === "loss") return [p.slice(1).reduce((sum, one) => sum - Math.log(one), 0) / (ids.length - 1)];
  if (kind !== "distribution") throw new Error(`this page does not know how to work out a ${kind}`);
  const chances = distribution(logits, settings);
  return tokens.map((id) => chances[id]);
}

/** Whether the numbers match, and the largest distance between them. */
export function compared(found, expected) {
  if (found.length !== expected.length || !found.length) return { matched: false, apart: Infinity };
  const apart = Math.max(...found.map((value, i) => Math.abs(value - expected[i])));
  return { matched: apart <= NEAR, apart };
}

/** Under a figure: a button has asked for the checks of that figure. */
export async function underFigure(button) {
  if (!button.isConnected) return; // pressed twice
  const { recheck: slug, figure } = button.dataset, keyed = button.matches(":focus-visible");
  const place = element("div", { class: "recheck" });
  button.closest(".provenance").after(place);
  button.remove();
  await new Recheck(place, [slug], (check) => check.figure === figure).run();
  if (keyed) place.querySelector(STOP)?.focus();
}

/** As a widget of its own: all checks of all stages in `stages`. */
export function mount(el, { stages = [] }) {
  const box = frame(el, "in this page; nothing is sent"), place = element("div", { class: "widget-body" });
  const told = el.querySelector(":scope > .stand-in > p:not(.no-script)")?.textContent ?? "";
  const recheck = new Recheck(place, stages, () => true);
  box.body.append(element("p", {}, told), place);
  recheck.run();
  return () => {
    recheck.close();
    box.undo();
  };
}

class Recheck {
  constructor(place, stages, wanted) {
    Object.assign(this, { place, stages, wanted, models: [], gone: false });
  }

  async run(fresh) {
    const keyed = this.place.contains(document.activeElement);
    try {
      const lists = await Promise.all(this.stages.map((slug) => fetchJson(`${slug}/recheck.json`, "the numbers to work out", fresh)));
      if (this.gone) return;
      const checks = lists.flatMap((list) => list.checks).filter(this.wanted);
      const lives = [...new Set(checks.map(({ life }) => life))], of = (life) => checks.filter((check) => check.life === life);
      this.place.replaceChildren(...lives.flatMap((life) => this.askFor(life, of(life))));
    } catch (fault) {
      this.place.replaceChildren(...faultAnd(() => this.run(true), fault));
    }
    if (keyed) this.place.querySelector(STOP)?.focus();
  }

  /** The button that fetches the model, then one line a check as it is done. */
  askFor(life, checks) {
    const model = openModel(life), list = element("ul", { class: "recheck-list" }), sum = element("p", {});
    const words = `Fetch the ${life} model and work out ${checks.length === 1 ? "this" : "these"} again`;
    const result = element("div", { role: "log", "aria-label": "what was found", tabindex: -1 }, list, sum);
    const ready = async (_, keyed) => {
      if (keyed) result.focus();
      let matched = 0;
      for (const check of checks) {
        if (this.gone) return;
        const { line, holds } = await worked(model, check);
        matched += holds;
        list.append(line);
      }
      if (!this.gone) sum.textContent = `${matched} of ${checks.length} matched, each number to within ${NEAR}.`;
      model.close();
    };
    this.models.push(model);
    return [loader(model, { words, ready }).element, result];
  }

  close() {
    this.gone = true;
    this.models.forEach((model) => model.close());
  }
}

/** One check as a line of the list, and whether it holds. */
async function worked(model, check) {
  try {
    const found = await worked_out(model, check);
    return { line: told(check, found), holds: compared(found, check.expected).matched };
  } catch (fault) {
    return { line: element("li", { class: "fault" }, `${check.what}: this did not work: ${fault.message}.`), holds: false };
  }
}

function told({ what, expected }, found) {
  const { matched, apart } = compared(found, expected);
  const word = element("strong", { class: matched ? "matched" : "differs" }, matched ? "matched" : "differs");
  const both = found.length === 1 ? ` Here ${found[0].toFixed(DIGITS)}, in the guide ${expected[0].toFixed(DIGITS)}.` : "";
  const count = found.length === 1 ? "" : ` ${found.length} numbers.`;
  const far = apart === 0 ? "to the last digit" : `apart by ${found.length > 1 ? "at most " : ""}${share(apart).replaceAll(" ", "\u00a0")}`;
  return element("li", {}, word, `: ${what}.${both}${count} They are ${far}.`.replace("They are to", "Equal to"));
}
