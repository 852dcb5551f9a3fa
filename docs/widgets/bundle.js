// Material's own script, with its search worker and index, weighs more than a page. It is fetched when a reader first
// reaches for what it does: the search, the switch between light and dark, a fragment that may stand in closed details.

const source = document.querySelector("script[data-bundle]")?.dataset.bundle;
let asked = null;

/** Fetch the script once; resolves when it has run. */
function fetchBundle() {
  asked ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(source, location.href);
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
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
    button.addEventListener("click", async () => {
      await fetchBundle();
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
  document.getElementById("__search")?.addEventListener("change", fetchBundle);
  document.addEventListener("keydown", withoutShortcuts);
  startPaper();
  for (const kind of ["pointerover", "focusin", "touchstart"]) {
    document.querySelector(".rail-tools")?.addEventListener(kind, fetchBundle, { once: true, passive: true });
  }
  addEventListener("hashchange", fetchBundle, { once: true });
  if (location.hash || location.search) fetchBundle();
}
