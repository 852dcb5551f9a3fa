// A long list, narrowed by words and choices: the ledger's entries, the rows of the corrections. Each choice is an
// attribute of an entry. Without this file the page is the whole list.

import { fragment } from "./reading.js";

/** Make the form `form` choose among the elements that its data-entries finds. */
export function startLedger(form) {
  const entries = [...document.querySelectorAll(form.dataset.entries)];
  const noun = form.dataset.noun;
  const fields = [...form.querySelectorAll("select")].map((select) => select.name);
  const texts = new Map(entries.map((entry) => [entry, plain(`${entry.id} ${entry.textContent}`)]));
  for (const entry of entries) entry.querySelector(".anchor")?.setAttribute("aria-label", `Link to ${entry.id}`);
  const holds = (part) => part.querySelector(form.dataset.entries);
  const parts = [...document.querySelectorAll(".ledger-part, .ledger-group")].filter(holds);
  const found = form.querySelector(".ledger-found");

  function narrow() {
    const asked = new FormData(form);
    const words = plain(String(asked.get("words") ?? "")).split(/\s+/).filter(Boolean);
    const wanted = fields.map((name) => [name, asked.get(name)]).filter(([, value]) => value);
    const fits = (entry) => wanted.every(([name, value]) => (entry.dataset[name] ?? "").split(" ").includes(value))
      && words.every((word) => texts.get(entry).includes(word));
    for (const entry of entries) entry.hidden = !fits(entry);
    const left = entries.filter((entry) => !entry.hidden);
    for (const part of parts) show(part, left.filter((entry) => part.contains(entry)).length, left.length < entries.length);
    found.textContent = left.length === entries.length ? `${left.length} ${noun}` : `${left.length} of ${entries.length} ${noun}`;
  }

  function showTarget() { // a link to an entry that is filtered away, or folded, shows it
    const target = document.getElementById(fragment());
    if (!target || !entries.includes(target)) return;
    if (target.hidden) {
      form.reset();
      narrow();
    }
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  }

  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(narrow)); // the fields are empty only after this event
  addEventListener("hashchange", showTarget);
  narrow(); // a browser may have kept what was chosen before a reload
  showTarget();
}

/** Small letters and the marks of a keyboard, as a reader types them. */
const plain = (text) => text.toLowerCase().replace(/[‘’]/g, "'").replace(/[“”]/g, '"');

/** A part with nothing left in it goes; a folded group opens while a filter is on, and says how many are left in it. */
function show(part, count, filtered) {
  part.hidden = !count;
  if (!part.matches("details")) return;
  if (part.dataset.filtered !== String(filtered)) part.open = filtered;
  part.dataset.filtered = filtered;
  part.querySelector(".count").textContent = count;
}
