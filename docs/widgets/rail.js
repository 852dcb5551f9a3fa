// The rail: how far the reader is and the minutes left, search by button, the contents sheet, the next page fetched early.

import { minutesLeft, startReading } from "./reading.js";

const PREFETCH_AT = 0.8;

/** Make the rail's parts work; each is absent on some page, none is needed to read. */
export function startRail() {
  startReading();
  followProgress(document.querySelector(".rail-progress"), document.querySelector(".rail-left"));
  startSearch(document.querySelector("[data-search-open]"));
  startContents(document.querySelector(".rail-contents"));
  keepCurrentInView(document.querySelector(".rail-stages"));
}

function followProgress(line, left) {
  const end = document.querySelector(".onward");
  const measure = () => {
    const bottom = end ? end.getBoundingClientRect().bottom + scrollY : document.documentElement.scrollHeight;
    const room = Math.min(bottom, document.documentElement.scrollHeight) - innerHeight;
    const done = room > 0 ? Math.min(1, Math.max(0, scrollY / room)) : 1;
    line?.style.setProperty("--progress", done.toFixed(3));
    if (left) tell(left, minutesLeft(done));
    if (done > PREFETCH_AT) prefetchNext();
  };
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; measure(); });
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  document.addEventListener("reading", soon);
  soon();
}

function tell(left, minutes) {
  const words = minutes ? `${minutes} min left` : "";
  if (left.textContent !== words) left.textContent = words;
}

let prefetched = false;

function prefetchNext() {
  const next = document.querySelector(".onward a[href]");
  if (prefetched || !next || navigator.connection?.saveData) return;
  prefetched = true;
  const link = document.createElement("link");
  link.rel = "prefetch";
  link.href = next.href;
  document.head.append(link);
}

function startSearch(button) {
  const toggle = document.getElementById("__search"); // Material opens its search by this checkbox
  button?.addEventListener("click", () => {
    if (!toggle) return;
    toggle.checked = !toggle.checked;
    toggle.dispatchEvent(new Event("change", { bubbles: true }));
    if (toggle.checked) document.querySelector(".md-search__input")?.focus();
  });
  const search = document.querySelector(".md-search");
  search?.addEventListener("keydown", (event) => {
    if (event.key === "Escape") setTimeout(() => { // Material, where it came, has closed it by then
      if (toggle.checked) toggle.click();
      button?.focus();
    });
    if (/^(Tab|Shift| )$/.test(event.key)) event.stopPropagation(); // Material would close at Tab, and take the others for words
  });
  const found = search?.querySelector("ol"), reach = () => found.querySelectorAll("a").forEach((one) => { one.tabIndex = 0; });
  if (found) new MutationObserver(reach).observe(found, { childList: true, subtree: true }); // Material leaves them to the arrow keys
  search?.addEventListener("focusout", ({ relatedTarget: to }) => { // by Tab past its end
    if (to && to !== button && toggle?.checked && !search.contains(to)) toggle.click();
  });
}

function startContents(details) {
  if (!details) return;
  const narrow = matchMedia("(max-width: 700px)"), tools = document.querySelector(".rail-tools");
  const sheet = details.querySelector(".rail-sheet");
  const keepTools = () => (narrow.matches ? sheet.prepend(tools) : details.before(tools)); // reached in the order in which they are seen
  narrow.addEventListener("change", keepTools);
  keepTools();
  const close = () => { details.open = false; };
  details.addEventListener("click", (event) => { if (event.target.closest("a")) close(); });
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".rail")) close(); });
  details.addEventListener("focusout", (event) => { // by Tab past its end: an open sheet would cover what has the focus
    if (event.relatedTarget && !event.relatedTarget.closest(".rail")) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    const inside = details.contains(document.activeElement);
    close();
    if (inside) details.querySelector("summary").focus();
  });
}

function keepCurrentInView(strip) {
  const here = strip?.querySelector("[aria-current]");
  if (!here) return;
  strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
}
