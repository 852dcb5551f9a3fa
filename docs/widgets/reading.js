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
    remember([...new Set(buttons.map((one) => one.dataset.switch))], root);
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
    const target = document.getElementById(fragment());
    if (!target || target.checkVisibility?.() !== false || !root.classList.contains("short")) return;
    set("short", false);
    target.scrollIntoView();
  };
  addEventListener("hashchange", land);
  show();
  land();
}

/** The id that the address leads to; nothing where it is malformed. */
export function fragment() {
  try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
}

/** What stands under the reader's finger stays there while passages above it appear or go. */
function keepPlace(button, change) {
  const before = button.getBoundingClientRect().top;
  change();
  scrollBy({ top: button.getBoundingClientRect().top - before, behavior: "instant" });
}

function remember(names, root) {
  const others = remembered().filter((name) => !names.includes(name)); // a page need not have every switch
  const on = names.filter((name) => root.classList.contains(name));
  try { localStorage.setItem(KEY, [...others, ...on].join(" ")); } catch { /* storage may be refused; the switch still works */ }
}

function remembered() {
  try { return (localStorage.getItem(KEY) ?? "").split(" ").filter(Boolean); } catch { return []; }
}

/** Minutes that are left on this page in the way it is read now; `done` is the share that is behind the reader. */
export function minutesLeft(done) {
  const { minutes, short } = document.querySelector(".reading")?.dataset ?? {};
  const whole = Number(document.documentElement.classList.contains("short") ? short : minutes);
  return whole ? Math.ceil(whole * (1 - done)) : 0;
}
