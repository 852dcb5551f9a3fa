// The ledger, narrowed: by words, by kind, stage, source and status. Without this file the page is the whole list.

const FIELDS = ["kind", "stage", "source", "status"];

/** Make the form `form` choose among all entries of its page. */
export function startLedger(form) {
  const entries = [...document.querySelectorAll(".entry[data-kind]")];
  const texts = new Map(entries.map((entry) => [entry, `${entry.id} ${entry.textContent}`.toLowerCase()]));
  const parts = [...document.querySelectorAll(".ledger-part")].filter((part) => part.querySelector(".entry[data-kind]"));
  const found = form.querySelector(".ledger-found");

  function narrow() {
    const asked = new FormData(form);
    const words = String(asked.get("words") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = FIELDS.map((name) => [name, asked.get(name)]).filter(([, value]) => value);
    const fits = (entry) => wanted.every(([name, value]) => (entry.dataset[name] ?? "").split(" ").includes(value))
      && words.every((word) => texts.get(entry).includes(word));
    for (const entry of entries) entry.hidden = !fits(entry);
    for (const part of parts) part.hidden = !part.querySelector(".entry[data-kind]:not([hidden])");
    const count = entries.filter((entry) => !entry.hidden).length;
    found.textContent = count === entries.length ? `${count} entries` : `${count} of ${entries.length} entries`;
  }

  function showTarget() { // a link to an entry that is filtered away shows all again
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.hidden) return;
    form.reset();
    narrow();
    target.scrollIntoView();
  }

  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(narrow)); // the fields are empty only after this event
  addEventListener("hashchange", showTarget);
  narrow(); // a browser may have kept what was chosen before a reload
}
