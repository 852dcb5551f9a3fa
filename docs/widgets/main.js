// The page's one entry: rail, notes, scenes and figures at once; each [data-widget] only when it comes near the view.

import { arrived, fragment } from "./reading.js";
import { startRail } from "./rail.js";
import { startCitations } from "./citations.js";

const NEAR = "500px 0px"; // mounted below the fold, a widget may change its height without moving what is read

startRail();
startCitations(document.querySelector("article") ?? document.body);

// A scene starts before it is seen: on a page of many, those far away need no layout yet. Where its script does not come, each
// step stands below its own picture.
const startScene = (scene) => import("./scene.js").then((live) => live.startScene(scene), () => scene.classList.add("is-flat"));
const scenes = whenNear(document.querySelectorAll(".scene"), startScene);
const named = document.getElementById(fragment())?.closest(".scene");
if (named) {
  scenes.unobserve(named);
  startScene(named);
}

const figures = document.querySelector("[data-table], [data-explore]");
if (figures) import("./explore.js").then(({ startFigures }) => startFigures(document), () => {
  for (const one of document.querySelectorAll("[data-table], [data-explore]")) one.remove(); // it would answer nothing
});

document.addEventListener("click", ({ target }) => {
  const asked = target.closest("[data-recheck]");
  if (asked) import("./recheck.js").then(({ underFigure }) => underFigure(asked), () => {
    asked.textContent = "could not load; reload the page"; // a browser keeps that a module did not come
    asked.ariaLabel = asked.ariaLabel.replace(/^[^:]*/, asked.textContent);
  });
});

const ledger = document.querySelector("[data-ledger]");
if (ledger) import("./ledger.js").then(({ startLedger }) => startLedger(ledger));

const places = document.querySelectorAll("[data-widget]");
if (places.length) import("./mount.js").then(({ mountWidget }) => {
  const watcher = whenNear(places, mountWidget);
  // A copied link (#w=<name>&...) names the widget whose state it carries: that one starts at once and is brought into view.
  const linked = /^#w=([a-z][a-z0-9_]*)(?:&|$)/.exec(location.hash);
  const wanted = linked && document.querySelector(`[data-widget="${linked[1]}"]`);
  if (!wanted) return;
  watcher.unobserve(wanted);
  mountWidget(wanted).then(() => arrived() && wanted.scrollIntoView());
});

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
