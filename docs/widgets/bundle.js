// Material's own script, with its search worker and index, weighs more than a page. It is fetched when a reader first
// reaches for what it does: the search, the switch between light and dark, a fragment that may stand in closed details.

const source = document.querySelector("script[data-bundle]")?.dataset.bundle;
const SEARCH_KEYS = ["/", "f", "s"];
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

function isTyping(element) {
  return element.matches("input, textarea, select") || element.isContentEditable;
}

/** Show the label of the scheme that is on; a click before the script has run is told to it afterwards. */
function startPalette(form) {
  const scheme = document.body.dataset.mdColorScheme;
  for (const input of form.querySelectorAll("input")) {
    const label = input.nextElementSibling;
    if (label) label.hidden = input.dataset.mdColorScheme !== scheme;
    input.addEventListener("change", async (event) => {
      if (!event.isTrusted) return;
      const ran = asked && window.component$;
      await fetchBundle();
      if (!ran) input.dispatchEvent(new Event("change"));
    });
  }
}

/** The button opens Material's sheet; so do its keys, which it would otherwise only hear once it has run. */
function startSearch(toggle, button) {
  toggle?.addEventListener("change", fetchBundle);
  document.addEventListener("keydown", (event) => {
    if (!SEARCH_KEYS.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!button || toggle.checked || isTyping(document.activeElement)) return;
    event.preventDefault();
    button.click();
  });
}

/** On paper every answer and table is open, with or without Material's script. */
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
  startSearch(document.getElementById("__search"), document.querySelector("[data-search-open]"));
  startPaper();
  for (const kind of ["pointerover", "focusin", "touchstart"]) {
    document.querySelector(".rail-tools")?.addEventListener(kind, fetchBundle, { once: true, passive: true });
  }
  addEventListener("hashchange", fetchBundle, { once: true });
  if (location.hash || location.search) fetchBundle();
}
