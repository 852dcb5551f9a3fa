// The rail: how far the reader is, the still switch, search by button, the contents sheet, the next page fetched early.

const PREFETCH_AT = 0.8;

/** Make the rail's parts work; each is absent on some page, none is needed to read. */
export function startRail() {
  followProgress(document.querySelector(".rail-progress"));
  startStill(document.querySelector("[data-still]"));
  startSearch(document.querySelector("[data-search-open]"));
  startContents(document.querySelector(".rail-contents"));
  keepCurrentInView(document.querySelector(".rail-stages"));
}

/** Whether pictures change without a fade: the reader's switch, or the system's wish. */
export function isStill() {
  return document.documentElement.classList.contains("still") || matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function followProgress(line) {
  const measure = () => {
    const room = document.documentElement.scrollHeight - innerHeight;
    const done = room > 0 ? Math.min(1, Math.max(0, scrollY / room)) : 1;
    line?.style.setProperty("--progress", done.toFixed(3));
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
  soon();
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

function startStill(button) {
  if (!button) return;
  const apply = (still) => {
    document.documentElement.classList.toggle("still", still);
    button.setAttribute("aria-pressed", String(still));
  };
  apply(remembered("still") === "yes");
  button.addEventListener("click", () => {
    const still = button.getAttribute("aria-pressed") !== "true";
    apply(still);
    remember("still", still ? "yes" : "no");
  });
}

function startSearch(button) {
  const toggle = document.getElementById("__search"); // Material opens its search by this checkbox
  button?.addEventListener("click", () => {
    if (!toggle) return;
    toggle.checked = !toggle.checked;
    toggle.dispatchEvent(new Event("change", { bubbles: true }));
    if (toggle.checked) document.querySelector(".md-search__input")?.focus();
  });
}

function startContents(details) {
  if (!details) return;
  const close = () => { details.open = false; };
  details.addEventListener("click", (event) => { if (event.target.closest("a")) close(); });
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".rail")) close(); });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    close();
    details.querySelector("summary").focus();
  });
}

function keepCurrentInView(strip) {
  const here = strip?.querySelector("[aria-current]");
  if (!here) return;
  strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
}

function remembered(key) {
  try { return localStorage.getItem(key); } catch { return null; } // storage may be refused; the switch still works
}

function remember(key, value) {
  try { localStorage.setItem(key, value); } catch { /* as above */ }
}
