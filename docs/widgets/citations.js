// Where a number comes from and what a word means, beside it: on hover, focus and tap. Without this file the markers are
// plain links to the footnotes, the ledger and the glossary.

import { awaited, evidence } from "./evidence.js";

const OPEN_AFTER = 140; // milliseconds of hovering, so that a pointer passing over a line opens nothing
const CLOSE_AFTER = 320; // and for the way from the marker to the sheet
const LOWEST = 160; // where there is less room than this, in pixels, the sheet runs on and the page scrolls
const MARKERS = "a.claim, a.measured, a.term";

let sheet, marker, timer;
let wanted; // the marker that was pressed while what it says is still on its way

/** Give every marker in `root` its popover. */
export function startCitations(root) {
  for (const term of root.querySelectorAll("a.term")) { // its title is for pages without script
    term.dataset.says = term.title;
    term.removeAttribute("title");
  }
  for (const found of root.querySelectorAll(MARKERS)) {
    if (!found.matches(".claim, [data-from], [data-says]") && !awaited(found)) continue; // a plain link
    found.setAttribute("aria-haspopup", "dialog");
    found.setAttribute("aria-expanded", "false");
  }
  root.addEventListener("pointerover", (event) => {
    const found = event.pointerType === "mouse" && event.target.closest(MARKERS);
    if (found && found !== marker) later(() => open(found), OPEN_AFTER);
    else if (found) clearTimeout(timer);
  });
  root.addEventListener("pointerout", (event) => {
    if (event.pointerType === "mouse" && event.target.closest(MARKERS)) later(close, CLOSE_AFTER);
  });
  root.addEventListener("focusin", (event) => {
    const found = event.target.closest(MARKERS);
    if (found?.matches(":focus-visible")) open(found);
  });
  root.addEventListener("focusout", (event) => {
    if (event.target === marker && !sheet?.contains(event.relatedTarget)) later(close, 0);
  });
  root.addEventListener("click", (event) => onClick(event));
  document.addEventListener("keydown", onKey);
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest(MARKERS) !== wanted) wanted = undefined;
    if (marker && !sheet.contains(event.target) && event.target.closest(MARKERS) !== marker) close();
  });
  addEventListener("resize", () => marker && place());
}

function later(action, after) {
  clearTimeout(timer);
  timer = setTimeout(action, after);
}

async function onClick(event) {
  const found = event.target.closest(MARKERS);
  if (!found || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  const wait = awaited(found);
  if (!wait && !evidence(found)) return; // nothing to show: the link leads on
  event.preventDefault();
  clearTimeout(timer);
  if (wait && !(await come(found, wait))) return;
  const how = event.pointerType; // none by key, and of what a screen reader presses
  if (found !== marker) open(found);
  else if (how === "touch" || how === "pen") return close();
  if (how !== "mouse") sheet.focus({ preventScroll: true }); // read from its beginning
}

/** Whether what a marker says has come and is still wanted; if it cannot come, the link leads on. */
async function come(found, wait) {
  if (wanted === found) return false; // pressed again
  wanted = found;
  const came = await wait();
  if (wanted !== found) return false; // the reader has gone on
  wanted = undefined;
  if (!came) location.href = found.href;
  return came;
}

function onKey(event) {
  if (/^(Escape|Tab)$/.test(event.key)) wanted = undefined;
  if (!marker) return;
  if (event.key === "Escape") {
    const back = sheet.contains(document.activeElement) ? marker : null; // opened by the pointer, the focus is elsewhere
    close();
    back?.focus({ preventScroll: true });
    close(); // the focus that just came back must not open it again
  }
  if (event.key === "Tab" && sheet.contains(event.target)) leaveByTab(event);
}

/** Tab past the sheet's last link, or back past its first, goes on from the marker. */
function leaveByTab(event) {
  const stops = [sheet, ...sheet.querySelectorAll("a, button, summary, pre[tabindex]")].filter((one) => one.checkVisibility?.() ?? true);
  if (!(event.shiftKey ? stops.slice(0, 2) : stops.slice(-1)).includes(event.target)) return;
  const back = marker;
  close();
  back.focus({ preventScroll: true });
  clearTimeout(timer);
  close();
  if (event.shiftKey) event.preventDefault();
}

async function openOnce(found) {
  if (await awaited(found)() && found.matches(":hover, :focus-visible")) open(found);
}

function open(found) {
  if (awaited(found)) return void openOnce(found);
  const body = evidence(found);
  if (!body) return;
  close();
  marker = found;
  sheet ??= makeSheet();
  sheet.replaceChildren(...body);
  sheet.setAttribute("aria-label", found.matches(".term") ? "What this word means" : "Where this comes from");
  sheet.hidden = false;
  sheet.scrollTop = 0;
  sheet.querySelector(".says")?.setAttribute("id", "where-says");
  marker.setAttribute("aria-expanded", "true");
  place();
}

function close() {
  clearTimeout(timer);
  if (!marker) return;
  marker.setAttribute("aria-expanded", "false");
  marker = undefined;
  sheet.hidden = true;
}

function makeSheet() {
  const made = document.createElement("div");
  made.className = "popover";
  made.id = "where-from";
  made.setAttribute("role", "dialog");
  made.tabIndex = -1;
  made.setAttribute("aria-describedby", "where-says");
  made.addEventListener("pointerenter", () => clearTimeout(timer));
  made.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") later(close, CLOSE_AFTER); });
  made.addEventListener("focusout", (event) => {
    if (marker && event.relatedTarget && !made.contains(event.relatedTarget) && event.relatedTarget !== marker) close();
  });
  document.body.append(made);
  return made;
}

/** The bottom of the sentence that a marker stands in: what is being read. */
function sentenceEnd(low) {
  const block = marker.closest("p, .trip-headline, li, dd, td, figcaption, summary, .step") ?? marker.parentElement, range = document.createRange();
  const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  texts.currentNode = marker.lastChild;
  while (texts.nextNode()) {
    const { currentNode } = texts, end = /[.?!:]["”’)]?(?=\s|$)/.exec(currentNode.data);
    if (!currentNode.data.trim()) continue;
    range.selectNodeContents(currentNode);
    if (end) range.setEnd(currentNode, end.index + 1);
    low = Math.max(low, range.getBoundingClientRect().bottom);
    if (end) break;
  }
  return low;
}

/** Below the sentence; where there is no room, below the marker's last line, or above its first; what is taller scrolls. */
function place() {
  const lines = marker.getClientRects(), box = marker.getBoundingClientRect();
  const line = lines[lines.length - 1] ?? box;
  const edge = 16;
  const wide = sheet.offsetWidth, read = sheet.scrollTop;
  sheet.style.maxHeight = "";
  const left = Math.max(edge, Math.min(line.left - 16, document.documentElement.clientWidth - wide - edge));
  const [below, whole] = [line.bottom, sentenceEnd(line.bottom)].map((low) => low + 8);
  const rail = document.querySelector(".rail")?.offsetHeight ?? 0;
  const high = sheet.offsetHeight, over = box.top - rail - 16;
  const under = (low) => innerHeight - low - 8;
  const upward = high > under(below) && over > under(below) && over >= Math.min(high, LOWEST);
  const low = high <= under(whole) ? whole : below, room = upward ? over : under(low);
  if (room >= LOWEST) sheet.style.maxHeight = `${room}px`;
  const top = upward ? box.top - 8 - Math.min(high, room) : low;
  sheet.style.left = `${left + scrollX}px`;
  sheet.style.top = `${top + scrollY}px`;
  sheet.scrollTop = read; // measured in full, it had nowhere to scroll
}
