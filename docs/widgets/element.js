// The one way a widget makes elements: attributes are set, handlers (on…) are added, strings become text nodes.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

export function svg(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// The first cell of a row is its head.
export function table(name, head, rows) {
  const headed = (scope, words) => element("th", { scope }, words);
  const line = ([first, ...more]) => element("tr", {}, headed("row", first), ...more.map((cell) => element("td", {}, cell)));
  return element("table", { class: "draws", "aria-label": name },
    element("thead", {}, element("tr", {}, ...head.map((words) => headed("col", words)))), element("tbody", {}, ...rows.map(line)));
}

// Numbers as the pages print them: 1,024 · 0.034 · 1.2 MB.
export const count = (value) => value.toLocaleString("en-US");

export function share(p) {
  if (p >= 0.9995 && p < 1 - 1e-12) return "≈\u00a01"; // nearer to one is a sum of all
  if (p === 0 || p >= 0.0005) return p.toFixed(3);
  return p >= 1e-12 ? p.toExponential(0).replace("e-", "\u00a0·\u00a010⁻").replace(/(?<=⁻)\d+/, superscript) : "≈\u00a00";
}

const superscript = (digits) => [...digits].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("");

export function bytes(size) {
  return size < 1e6 ? `${Math.max(1, Math.round(size / 1000))}\u00a0kB` : `${(size / 1e6).toFixed(1)}\u00a0MB`;
}

/** Words of a button, and the size of what it fetches once that is known; a line does not end before the size. */
export const sized = (words, size) => (size ? `${words},\u00a0${bytes(size)}` : words);
