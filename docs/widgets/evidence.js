// What the sheet beside a marker says: where a number comes from, or what a word means.

/** The elements that tell it, null where there is nothing to tell beyond the marker's own link. */
export function evidence(marker) {
  const { says, from } = marker.dataset, id = marker.getAttribute("href").split("#")[1];
  const note = marker.matches(".claim") && document.getElementById(decodeURIComponent(id ?? ""));
  if (note) return [...note.cloneNode(true).childNodes].filter((node) => !node.classList?.contains("back"));
  if (marker.matches(".term")) return says ? [made("p", says, "says"), onward(marker, "in the glossary")] : null;
  if (!from) return null;
  const told = says && !id.includes(".") ? compared(marker) : result(marker, id);
  return [...told, onward(marker, "In the ledger", `In the ledger: ${marker.textContent}`)];
}

/** A number that follows from others: the claim that it belongs to, and how it is worked out. */
function compared({ dataset: { says, from }, textContent }) {
  return [made("p", says, "says"), rows([["value", textContent], ["worked out from", made("code", from)]])];
}

/** A result of ours: what it is in plain words; that we computed it, which result of which stage it is, and when. */
function result({ dataset: { says, from }, textContent }, id) {
  const name = id.slice(id.indexOf(".") + 1), plain = says ?? name.replace(/[._]/g, " "), [stage, ...how] = from.split(", ");
  const told = made("p", "We computed this ourselves; no source says it: ", "note");
  told.append(made("code", name), " of ", made("code", stage), `, ${how.join(", ")}.`);
  const head = says && name.includes(".") ? `Part of: ${plain}` : `${plain[0].toUpperCase()}${plain.slice(1)}`;
  return [made("p", `${head}.`, "says"), rows([["value", textContent]]), told];
}

function rows(pairs) {
  const list = document.createElement("dl");
  for (const [name, value] of pairs) {
    const cell = made("dd", "");
    cell.append(value);
    if (cell.textContent) list.append(made("dt", name), cell);
  }
  return list;
}

/** The way to where the marker's link leads; `label` is what is heard where the words alone would not tell. */
function onward({ href }, words, label = "") {
  const line = made("p", "", "more"), link = made("a", words);
  link.href = href;
  if (label) link.setAttribute("aria-label", label);
  line.append(link);
  return line;
}

/** On the page that holds every stage numbers do not carry what they say: a function that fetches it for all of them and
    tells whether it came; null where there is nothing to wait for. */
export function awaited(marker) {
  const list = marker.matches("a.measured:not([data-from])") && document.querySelector("[data-told]");
  return list ? () => (entries ??= fetchEntries(list.dataset.told)) : null;
}

let entries;

async function fetchEntries(address) {
  try {
    const told = await (await fetch(address)).json();
    for (const marker of document.querySelectorAll("a.measured:not([data-from])")) {
      const [says, from] = told[decodeURIComponent(marker.hash.slice(1))];
      if (says) marker.dataset.says = says;
      marker.dataset.from = from;
    }
    return true;
  } catch {
    entries = undefined; // who reaches for one next asks again
    return false;
  }
}

// As in element.js, which comes only with a widget: every page would wait for one file more.
function made(tag, text, name = "") {
  const part = document.createElement(tag);
  part.textContent = text;
  if (name) part.className = name;
  return part;
}
