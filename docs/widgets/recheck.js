// Works out again, with the model in this page, what the pages tell: a chance of words, the chances of next tokens under
// a sampler's settings, a loss; and says for each whether it matched and how closely.
//
// A check is {what, kind, life, ids, expected} with `from` (chance), `tokens` and `settings` (distribution).

import { frame } from "./controls.js";
import { element, share } from "./element.js";
import { asset, openModel } from "./engine.js";
import { loader } from "./loader.js";
import { distribution } from "./minigpt/sample.js";

export const NEAR = 1e-4; // what the same weights may differ by between two engines, in probability or in nats
const DIGITS = 6;

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
  const { recheck: slug, figure } = button.dataset;
  const place = element("div", { class: "recheck" });
  button.closest(".provenance").after(place);
  button.remove();
  await run(place, [slug], (check) => check.figure === figure);
}

/** As a widget of its own: all checks of all stages in `stages`. */
export function mount(el, { stages = [] }) {
  const box = frame(el, "in this page; nothing is sent");
  run(box.body, stages, () => true);
  return () => box.undo();
}

async function run(place, stages, wanted) {
  try {
    const checks = (await Promise.all(stages.map(checksOf))).flat().filter(wanted);
    for (const life of new Set(checks.map((check) => check.life))) {
      askFor(place, life, checks.filter((check) => check.life === life));
    }
  } catch (fault) {
    place.append(element("p", { class: "fault", role: "alert" }, `This did not work: ${fault.message}.`));
  }
}

async function checksOf(slug) {
  const answer = await fetch(asset(`${slug}/recheck.json`));
  if (!answer.ok) throw new Error(`the list of what to work out is not there (the server says ${answer.status})`);
  return (await answer.json()).checks;
}

/** The button that fetches the model, then one line a check as it is done. */
function askFor(place, life, checks) {
  const model = openModel(life);
  const list = element("ul", { class: "recheck-list", role: "status" });
  const words = `Fetch the ${life} model and work out ${checks.length === 1 ? "this" : "these"} again`;
  const ready = async () => {
    for (const check of checks) {
      try {
        list.append(told(check, await worked_out(model, check)));
      } catch (fault) {
        list.append(element("li", { class: "fault" }, `${check.what}: this did not work: ${fault.message}.`));
      }
    }
    model.close();
  };
  place.append(loader(model, { words, ready }).element, list);
}

function told({ what, expected }, found) {
  const { matched, apart } = compared(found, expected);
  const word = element("strong", { class: matched ? "matched" : "differs" }, matched ? "matched" : "differs");
  const both = found.length === 1 ? ` Here ${found[0].toFixed(DIGITS)}, in the guide ${expected[0].toFixed(DIGITS)}.` : "";
  const count = found.length === 1 ? "" : ` ${found.length} numbers.`;
  const far = apart === 0 ? "to the last digit" : `apart by ${found.length > 1 ? "at most " : ""}${share(apart).replaceAll(" ", "\u00a0")}`;
  return element("li", {}, word, `: ${what}.${both}${count} They are ${far}.`.replace("They are to", "Equal to"));
}
