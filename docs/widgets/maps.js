// Every head of every layer at a glance: a small map each, which chooses the head that is drawn large.

import { element, svg } from "./element.js";

const SHADES = [[0.04, 0.2], [0.15, 0.4], [0.35, 0.7], [0.65, 1]]; // from this weight on, drawn this dark

export class Maps {
  constructor(choose) {
    this.element = element("div", { class: "maps", role: "radiogroup", "aria-label": "heads by layer" });
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.choose = choose;
  }

  // attention [L][H][T][≤ T]; `off` holds the names of heads "layer.head" and layers "layer" that are silent.
  show(attention, off, layer, head) {
    const had = this.element.contains(document.activeElement), heads = attention[0].length;
    this.size = [attention.length, heads];
    this.at = [layer, head];
    this.element.style.setProperty("--heads", heads);
    const names = element("div", { class: "maps-row", "aria-hidden": "true" }, element("span"),
      ...attention[0].map((_, i) => element("span", {}, `head ${i + 1}`)));
    const rows = attention.map((all, l) => element("div", { class: "maps-row" }, element("span", {}, `layer ${l + 1}`),
      ...all.map((rows, h) => this.map(rows, l, h, { here: l === layer && h === head, out: off.has(`${l}.${h}`) || off.has(String(l)) }))));
    this.element.replaceChildren(names, ...rows);
    if (had) this.element.querySelector('[aria-checked="true"]').focus();
  }

  // One stop for the tab key; arrow keys go from head to head.
  key(event) {
    const [down, right] = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key] ?? [];
    if (down === undefined) return;
    event.preventDefault();
    const [layer, head] = [this.at[0] + down, this.at[1] + right].map((to, i) => Math.min(Math.max(to, 0), this.size[i] - 1));
    this.choose(layer, head);
  }

  map(rows, layer, head, { here, out }) {
    const drawing = svg("svg", { viewBox: `0 0 ${rows.length} ${rows.length}`, "aria-hidden": "true" },
      svg("path", { d: `M0 0V${rows.length}H${rows.length}Z`, class: "causal" }), ...SHADES.map((shade, i) => cells(rows, shade, SHADES[i + 1]?.[0] ?? Infinity)));
    return element("button", {
      type: "button", class: `map quiet ${out ? "is-off" : ""}`, role: "radio", "aria-checked": String(here), tabindex: here ? 0 : -1,
      "aria-label": `layer ${layer + 1}, head ${head + 1}${out ? ", off" : ""}`, onclick: () => this.choose(layer, head),
    }, drawing);
  }
}

function cells(rows, [from, dark], to) {
  let d = "";
  rows.forEach((row, asks) => row.forEach((p, at) => { if (p >= from && p < to) d += `M${at} ${asks}h1v1h-1z`; }));
  return svg("path", { d, opacity: dark });
}
