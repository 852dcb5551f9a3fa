// How a reader wants to read: the ten-minute path, without the mathematics, still. Each is a class on <html>, kept on this
// device; theme/main.html sets the classes before the first paint, this file makes the switches work.

const KEY = "reading";

/** Make every [data-switch] work; a place that a switch hides is shown again when an address leads to it. */
export function startReading() {
  const root = document.documentElement;
  const buttons = [...document.querySelectorAll("[data-switch]")];
  const show = () => {
    for (const one of buttons) one.setAttribute("aria-pressed", String(root.classList.contains(one.dataset.switch)));
    document.dispatchEvent(new CustomEvent("reading"));
  };
  const set = (name, on) => {
    root.classList.toggle(name, on);
    remember(name, on);
    show();
  };
  for (const one of buttons) {
    one.addEventListener("click", () => keepPlace(one, () => set(one.dataset.switch, !root.classList.contains(one.dataset.switch))));
  }
  document.querySelector("[data-whole]")?.addEventListener("click", () => {
    set("short", false);
    document.querySelector(".reading [data-switch=short]").focus(); // the button is gone
  });
  const land = () => {
    const widget = /^#w=([a-z][a-z0-9_]*)/.exec(location.hash)?.[1]; // a copied link, as in main.js
    const target = widget ? document.querySelector(`[data-widget="${widget}"]`) : document.getElementById(fragment());
    const hidden = () => target?.checkVisibility?.() === false;
    const hiding = ["short", "plain"].filter((name) => hidden() && root.classList.contains(name));
    for (const name of hiding) if (hidden()) set(name, false);
    if (hiding.length) target.scrollIntoView();
  };
  addEventListener("hashchange", land);
  addEventListener("pageshow", ({ persisted }) => { // come back to as it was left: it takes on what was chosen since
    if (!persisted) return;
    for (const { dataset } of buttons) root.classList.toggle(dataset.switch, remembered().includes(dataset.switch));
    show();
  });
  show();
  land();
}

/** The id that the address leads to; nothing where it is malformed. */
export function fragment() {
  try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
}

/** Whether the page was gone to: on reload and Back the browser restores the place itself. */
export function arrived() {
  const [entry] = performance.getEntriesByType("navigation");
  return !entry || entry.type === "navigate";
}

/** What stands under the reader's finger stays there while passages above it appear or go. */
function keepPlace(button, change) {
  const before = button.getBoundingClientRect().top;
  change();
  scrollBy({ top: button.getBoundingClientRect().top - before, behavior: "instant" });
}

function remember(name, on) {
  const others = remembered().filter((one) => one !== name); // chosen on another page, or in another window
  try { localStorage.setItem(KEY, [...others, ...(on ? [name] : [])].join(" ")); } catch { /* storage may be full; the switch still works */ }
}

function remembered() {
  return (localStorage.getItem(KEY) ?? "").split(" ").filter(Boolean); // theme/main.html stands in for a storage that is refused
}

/** Minutes that are left on this page in the way it is read now; `done` is the share that is behind the reader. */
export function minutesLeft(done) {
  const { minutes, short } = document.querySelector(".reading")?.dataset ?? {};
  const whole = Number(document.documentElement.classList.contains("short") ? short : minutes);
  return whole ? Math.ceil(whole * (1 - done)) : 0;
}
