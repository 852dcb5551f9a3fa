// The entry of an embed page: one widget, alone, in the colors that the reader's system asks for.

import { mountWidget } from "./mount.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const paint = () => { document.body.dataset.mdColorScheme = dark.matches ? "slate" : "default"; };
document.documentElement.classList.replace("no-js", "js");
dark.addEventListener("change", paint);
paint();

mountWidget(document.querySelector("[data-widget]"));
