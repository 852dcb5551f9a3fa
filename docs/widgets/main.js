// The page's one entry: rail, notes, scenes and figures at once; each [data-widget] only when it comes near the view.

import { startRail } from "./rail.js";
import { startCitations } from "./citations.js";
import { startFigures } from "./explore.js";

const NEAR = "500px 0px"; // mounted below the fold, a widget may change its height without moving what is read

startRail();
startCitations(document.querySelector("article") ?? document.body);
startFigures(document);

// A scene starts before it is seen: on a page of many, those far away need no layout yet.
whenNear(document.querySelectorAll(".scene"), (scene) => import("./scene.js").then(({ startScenes }) => startScenes([scene])));

document.addEventListener("click", ({ target }) => {
  const asked = target.closest("[data-recheck]");
  if (asked) import("./recheck.js").then(({ underFigure }) => underFigure(asked));
});

const ledger = document.querySelector("[data-ledger]");
if (ledger) import("./ledger.js").then(({ startLedger }) => startLedger(ledger));

const watcher = whenNear(document.querySelectorAll("[data-widget]"), mountWidget);

// A copied link (#w=<name>&...) names the widget whose state it carries: that one starts at once and is brought into view.
const linked = /^#w=([a-z][a-z0-9_]*)(?:&|$)/.exec(location.hash);
const wanted = linked && document.querySelector(`[data-widget="${linked[1]}"]`);
if (wanted) {
  watcher.unobserve(wanted);
  mountWidget(wanted).then(() => wanted.scrollIntoView());
}

/** Act once on each of these elements when it comes near the view; returns the observer. */
function whenNear(elements, act) {
  const watcher = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      act(target);
    }
  }, { rootMargin: NEAR });
  for (const element of elements) watcher.observe(element);
  return watcher;
}

/** Import ./<name>.js and call its mount(element, options); the stand-in gives way only when that worked. */
async function mountWidget(element) {
  const name = element.dataset.widget;
  const standIn = element.querySelector(".stand-in");
  try {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`"${name}" is not the name of a widget`);
    const { mount } = await import(`./${name}.js`);
    await mount(element, JSON.parse(element.dataset.options || "{}"));
    if (standIn) standIn.hidden = true;
  } catch (error) {
    const status = document.createElement("p");
    status.className = "widget-status";
    status.textContent = `The interactive part could not start (${error.message}). What stands here was computed when the page was built.`;
    if (standIn) standIn.hidden = false;
    element.append(status);
    console.error(error);
  }
}
