// A scene: the step nearest the middle of what is free to read decides the frame. Nothing else is state, so scrolling up
// equals scrolling down, and a reload in the middle of a scene shows what was there.

import { fragment } from "./reading.js";

/** Make every scene live. */
export function startScenes(sections) {
  const scenes = [...sections].map(readScene).filter((scene) => scene.steps.length && scene.frames.size);
  let waiting = false;
  const follow = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; scenes.forEach((scene) => followScroll(scene)); });
  };
  scenes.forEach(wire);
  scenes.forEach(keepCentered);
  addEventListener("scroll", follow, { passive: true });
  addEventListener("resize", follow, { passive: true });
  addEventListener("hashchange", () => land(scenes));
  document.addEventListener("keydown", (event) => walkByKey(event, scenes));
  scenes.forEach((scene) => { show(scene, nearest(scene)); scene.section.classList.add("is-live"); markSeen(scene); });
  const [entry] = performance.getEntriesByType("navigation");
  if (!entry || entry.type === "navigate") land(scenes); // on reload and Back the browser restores the place itself
}

/** Keep the picture in the middle of the window's height: the style sheet centers what it knows the height of. */
function keepCentered(scene) {
  const tell = () => scene.section.style.setProperty("--tall", `${scene.figure.offsetHeight}px`);
  new ResizeObserver(tell).observe(scene.figure);
}

function readScene(section) {
  const frames = new Map([...section.querySelectorAll(".frame")].map((frame) => [frame.dataset.frame, frame]));
  return {
    section, frames, current: -1,
    steps: [...section.querySelectorAll(".step")],
    figure: section.querySelector(".scene-figure"),
    count: section.querySelector(".scene-count"),
    previous: section.querySelector("[data-previous]"),
    next: section.querySelector("[data-next]"),
  };
}

/** The height in the window that a step must reach: the middle of the part where steps can be read. */
function readingLine(scene) {
  const box = scene.figure.getBoundingClientRect();
  const stacked = box.width > 0.8 * scene.section.clientWidth && box.height > 0;
  const rail = document.querySelector(".rail")?.offsetHeight ?? 0;
  const top = stacked ? Math.min(rail + box.height, innerHeight * 0.75) : rail;
  return (top + innerHeight) / 2;
}

function nearest(scene) {
  const line = readingLine(scene);
  const away = scene.steps.map((step) => {
    const { top, bottom } = step.getBoundingClientRect();
    return top > line ? top - line : Math.max(0, line - bottom);
  });
  return away.indexOf(Math.min(...away));
}

function show(scene, index) {
  if (index === scene.current) return;
  scene.current = index;
  const step = scene.steps[index];
  for (const one of scene.steps) one.classList.toggle("is-current", one === step);
  for (const [name, frame] of scene.frames) turn(frame, name === step.dataset.step);
  if (scene.count) scene.count.textContent = `frame ${index + 1} of ${scene.steps.length}`;
  // Not `disabled`: whoever walked to the end by keyboard would lose the focus.
  scene.previous?.setAttribute("aria-disabled", String(index === 0));
  scene.next?.setAttribute("aria-disabled", String(index === scene.steps.length - 1));
}

/** Only the frame that was seen last fades; in a long jump the others would lie over each other. */
function turn(frame, isCurrent) {
  frame.classList.toggle("was-current", !isCurrent && frame.classList.contains("is-current"));
  frame.classList.toggle("is-current", isCurrent);
}

function followScroll(scene) {
  markSeen(scene);
  show(scene, nearest(scene));
  if (isBeingRead(scene)) keepAddress(scene.steps[scene.current].id);
}

/** Frames fade only where somebody sees it. */
function markSeen(scene) {
  const { top, bottom } = scene.figure.getBoundingClientRect();
  scene.section.classList.toggle("is-seen", top < innerHeight && bottom > 0);
}

function isBeingRead(scene) {
  const { top, bottom } = scene.section.getBoundingClientRect();
  const line = readingLine(scene);
  return top < line && bottom > line;
}

/** The step's id in the address, without a new entry in the history; a widget's own state is left alone. */
function keepAddress(id) {
  if (location.hash.startsWith("#w=") || location.hash === `#${id}`) return;
  history.replaceState(history.state, "", `#${id}`);
}

function wire(scene) {
  scene.told = document.createElement("span"); // told aloud when asked for, not while scrolling
  scene.told.className = "unseen";
  scene.told.setAttribute("role", "status");
  scene.count?.after(scene.told);
  scene.previous?.addEventListener("click", () => walk(scene, -1));
  scene.next?.addEventListener("click", () => walk(scene, 1));
}

function walk(scene, by) {
  const index = Math.min(scene.steps.length - 1, Math.max(0, scene.current + by));
  bring(scene, index);
  scene.told.textContent = `${scene.count?.textContent}, ${scene.steps[index].dataset.step.replaceAll("_", " ")}`;
}

function bring(scene, index) {
  const { top, height } = scene.steps[index].getBoundingClientRect();
  scrollTo({ top: scrollY + top + Math.min(height, 160) / 2 - readingLine(scene), behavior: "instant" });
  show(scene, index);
  keepAddress(scene.steps[index].id);
}

function walkByKey(event, scenes) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!by || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], [tabindex='0'], details, .widget")) return;
  const scene = scenes.find(isBeingRead);
  if (!scene) return;
  event.preventDefault();
  walk(scene, by);
}

function land(scenes) {
  const id = fragment();
  for (const scene of scenes) {
    const index = scene.steps.findIndex((step) => step.id === id);
    if (index >= 0) bring(scene, index);
  }
}
