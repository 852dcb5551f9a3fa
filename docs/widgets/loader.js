// Asks before it fetches: a button that tells the size, then progress that can be canceled, then the model or a fault
// with another try.

import { button, row } from "./controls.js";
import { bytes, element, sized } from "./element.js";
import { LIVES, sizeOf } from "./engine.js";

const REACHABLE = "a[href], button:enabled, input, select, textarea, summary, [tabindex]";

// Returns {element, begin}; `ready(info, keyed)` is called once the model can be used, `keyed` where the button was pressed
// by key; the keyboard goes on when it is done.
// `begin` is what the button does; while it fetches, it does nothing more.
export function loader(model, { size, ready, words = `Fetch the ${LIVES[model.life]?.words} model` }) {
  const place = element("div", { class: "loader" });
  const files = model.files ?? [LIVES[model.life].file];
  let known = size, fetching = false;

  const label = () => sized(words, known);

  // What stands here is replaced; whoever works by keyboard goes on at the button that takes its place.
  function put(...children) {
    const keyed = place.querySelector(":focus-visible") !== null;
    place.replaceChildren(...children);
    if (keyed) place.querySelector("button")?.focus();
    return keyed;
  }

  function ask() {
    const asked = button(label(), () => begin(), { filled: true });
    put(row("", asked));
    if (!known) Promise.all(files.map(sizeOf)).then((found) => {
      known = found.every(Boolean) ? found.reduce((sum, one) => sum + one, 0) : null;
      asked.textContent = label();
    });
  }

  async function begin(fresh = false) {
    if (fetching) return;
    fetching = true;
    const bar = element("progress", { max: 1, "aria-label": "model fetched" });
    const told = element("span", { class: "widget-note" }, "asking for the file");
    put(row("loading", bar, told, button("cancel", () => model.cancel(), { class: "quiet" })));
    try {
      const info = await model.load(({ size, total }) => {
        const whole = total || known;
        if (whole) bar.value = Math.min(size / whole, 1);
        told.textContent = whole ? `${bytes(size)} of ${bytes(Math.max(whole, size))}` : bytes(size);
      }, fresh).finally(() => { fetching = false; });
      const keyed = put();
      await ready(info, keyed);
      if (keyed && document.activeElement === document.body) following(place)?.focus();
    } catch (fault) {
      if (fault.stopped) return ask();
      const retry = button("Try again", () => begin(true), { filled: true });
      const told = element("p", { class: "fault", role: "alert" }, `This did not work: ${fault.message}.`);
      put(told, row("", retry));
    }
  }

  if (model.begun()) begin();
  else ask();
  return { element: place, begin };
}

// The next thing in the widget that a key can reach.
function following(place) {
  const all = [...place.closest(".widget, .recheck")?.querySelectorAll(REACHABLE) ?? []];
  const follows = (one) => place.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  return all.find((one) => one.tabIndex >= 0 && follows(one) && (one.checkVisibility?.() ?? true));
}

// What runs, in a widget's quiet line.
export function running({ words, bytes: size, seed }) {
  return `${words} weights, ${seed === undefined ? bytes(size) : `drawn from seed ${seed}`}, running in this page`;
}
