// Asks before it fetches: a button that tells the size, then progress that can be canceled, then the model or a fault
// with another try.

import { sizeOf } from "./asset.js";
import { button, row } from "./controls.js";
import { bytes, element, sized } from "./element.js";
import { LIVES } from "./engine.js";

const REACHABLE = "a[href], button:enabled, input, select, textarea, summary, [tabindex]";

// Returns {element, begin}; `ready(info, keyed)` is called once the model can be used, `keyed` where the button was pressed
// by key; the keyboard goes on when it is done.
// `begin` is what the button does; while it fetches, it does nothing more.
export function loader(model, { size, ready, words = `Fetch the ${LIVES[model.life]?.words} model` }) {
  const { place, put } = changing();
  const files = model.files ?? [LIVES[model.life].file];
  let known = size, fetching = false;

  function ask() {
    const asked = button(sized(words, known), () => begin(), { filled: true });
    put(row("", asked));
    if (!known) sizeOfAll(files).then((found) => {
      known = found;
      asked.textContent = sized(words, known);
    });
  }

  async function begin(fresh = false) {
    if (fetching) return;
    fetching = true;
    const { element: shown, tell } = progress(() => known, () => model.cancel());
    put(shown);
    try {
      const info = await model.load(tell, fresh).finally(() => { fetching = false; });
      const keyed = put();
      await ready(info, keyed);
      if (keyed && document.activeElement === document.body) following(place)?.focus();
    } catch (fault) {
      if (fault.stopped) ask();
      else put(...failed(fault, () => begin(true)));
    }
  }

  if (model.begun()) begin();
  else ask();
  return { element: place, begin };
}

// A place whose content is replaced: whoever works by keyboard goes on at the button that comes, and `put` says whether
// one does.
function changing() {
  const place = element("div", { class: "loader" });
  const put = (...children) => {
    const keyed = place.querySelector(":focus-visible") !== null;
    place.replaceChildren(...children);
    if (keyed) place.querySelector("button")?.focus();
    return keyed;
  };
  return { place, put };
}

// What went wrong, and another try.
function failed(fault, again) {
  const told = element("p", { class: "fault", role: "alert" }, `This did not work: ${fault.message}.`);
  return [told, row("", button("Try again", again, { filled: true }))];
}

async function sizeOfAll(files) {
  const found = await Promise.all(files.map(sizeOf));
  return found.every(Boolean) ? found.reduce((sum, one) => sum + one, 0) : null;
}

// How much has come; `known()` bytes are all of it where the answer does not say.
function progress(known, cancel) {
  const bar = element("progress", { max: 1, "aria-label": "model fetched" });
  const told = element("span", { class: "widget-note" }, "asking for the file");
  const tell = ({ size, total }) => {
    const whole = total || known();
    if (whole) bar.value = Math.min(size / whole, 1);
    told.textContent = whole ? `${bytes(size)} of ${bytes(Math.max(whole, size))}` : bytes(size);
  };
  return { element: row("loading", bar, told, button("cancel", cancel, { class: "quiet" })), tell };
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
