// Choosing one token of a row: by key, by a finger that slides along it, or by two buttons that step.

import { button, row } from "./controls.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

// The elements with data-at in `container` can be chosen, and `choose(at)` is told which; those with a tabindex are one
// stop for the tab key. The two buttons given back choose the neighbors: a token is as wide as its text, often too
// narrow for a thumb.
export function rove(container, choose) {
  const chips = () => Array.from(container.querySelectorAll("[data-at][tabindex]"));
  const neighbor = (here, step) => {
    const all = chips();
    return all[Math.min(Math.max(all.indexOf(here) + step, 0), all.length - 1)];
  };
  let last = null;
  const take = (found) => {
    last = found;
    chips().forEach((one) => { one.tabIndex = one.dataset.at === found.dataset.at ? 0 : -1; });
    choose(Number(found.dataset.at));
  };
  const reach = (event) => {
    const slides = event.type === "pointermove";
    const below = slides ? document.elementFromPoint(event.clientX, event.clientY) : event.target;
    const found = below?.closest?.("[data-at]");
    if (!found || !container.contains(found) || (slides && (found === last || event.pointerType !== "touch"))) return;
    take(found);
  };
  for (const kind of ["pointerover", "pointermove", "focusin", "click"]) container.addEventListener(kind, reach);
  container.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || !chips().includes(event.target)) return;
    event.preventDefault();
    neighbor(event.target, step).focus();
  });
  const go = (step) => {
    const found = neighbor(chips().find((one) => one.ariaSelected === "true"), step);
    if (!found) return;
    take(found);
    show(found, found.closest(".tokens"));
  };
  const quiet = { class: "quiet" };
  return row("neighbors", button("previous token", () => go(-1), quiet), button("next token", () => go(1), quiet));
}

// Scrolls the place of a chip or a number to it, never the page: the buttons stay under the thumb.
export function show(chip, place) {
  const seen = place.getBoundingClientRect(), { top, bottom } = chip.getBoundingClientRect();
  place.scrollTop += Math.min(0, top - seen.top) + Math.max(0, bottom - seen.bottom);
}
