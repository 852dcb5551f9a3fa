// Material's own script, with its search worker and index, weighs more than a page. It is fetched when a reader first
// reaches for what it does: the search, the switch between light and dark, a fragment that may stand in closed details.

const source = document.querySelector("script[data-bundle]")?.dataset.bundle;
let asked = null;

/** Fetch the script once; tells whether it has run. Where it did not come, the next reach fetches again. */
function fetchBundle() {
  asked ??= new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = new URL(source, location.href);
    script.addEventListener("load", () => resolve(true));
    script.addEventListener("error", () => {
      asked = null;
      script.remove();
      resolve(false);
    });
    document.body.append(script);
  });
  return asked;
}

/** Each button stands behind the radio of one scheme and presses the other's, which Material's script listens to. */
function startPalette(form) {
  const scheme = document.body.dataset.mdColorScheme;
  for (const button of form.querySelectorAll("button")) {
    button.hidden = button.previousElementSibling.dataset.mdColorScheme !== scheme;
    button.addEventListener("keydown", (event) => { if (event.key === "Enter") event.stopPropagation(); }); // Material would focus the radio
    const { textContent: word, ariaLabel: name } = button;
    button.addEventListener("click", async () => {
      const came = await fetchBundle();
      button.textContent = came ? word : "could not load; try again";
      button.ariaLabel = came ? name : `${button.textContent}: ${name}`;
      if (!came) return;
      document.getElementById(button.dataset.palette).click();
      setTimeout(() => form.querySelector("button:not([hidden])")?.focus()); // the other one has taken its place
    });
  }
}

/** Material opens the search or leaves the page at a bare letter: who dictates or mistypes did not mean that. */
function withoutShortcuts(event) {
  if (/^[fs/pn,.]$/.test(event.key) && !event.target.matches("input, textarea")) event.stopPropagation();
}

/** On paper every fold is open, with or without Material's script. */
function startPaper() {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open])")];
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
}

if (source) {
  const form = document.querySelector("[data-md-component=palette]");
  if (form) startPalette(form);
  document.getElementById("__search")?.addEventListener("change", async () => {
    if (await fetchBundle()) return;
    document.querySelector(".md-search-result__meta").textContent = "The search could not be loaded. Close it and try again.";
  });
  document.addEventListener("keydown", withoutShortcuts);
  startPaper();
  for (const kind of ["pointerover", "focusin", "touchstart"]) {
    document.querySelector(".rail-tools")?.addEventListener(kind, fetchBundle, { once: true, passive: true });
  }
  addEventListener("hashchange", fetchBundle, { once: true });
  if (location.hash || location.search) fetchBundle();
}
