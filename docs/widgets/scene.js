// A scene: the step nearest the middle of what is free to read decides the frame, so scrolling up equals scrolling down, and
// a reload in the middle of a scene shows what was there. Whether its picture stays beside the steps is decided once for a
// window's size.

import { arrived, fragment } from "./reading.js";
import { startWalk } from "./walk.js";

const MOST = 0.66; // of the window below the rail may go to a picture above its steps
const BARS = 120; // pixels of its height that a phone's own bars take and give back while a page is read
const SETTLED = 60; // milliseconds after its load in which a browser puts a page back to where it was

/** Make a scene live. */
export function startScene(section) {
  const scene = readScene(section);
  if (!scene.steps.length || !scene.frames.every(Boolean)) return;
  let waiting = false, wide = innerWidth;
  const follow = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; followScroll(scene); });
  };
  arrange(scene);
  const first = nearest(scene); // read before anything is written: the browser then lays the page out once
  keepRoom(scene);
  startWalk(scene, { bring, isBeingRead });
  addEventListener("beforeprint", () => spread(scene));
  addEventListener("afterprint", () => arrange(scene));
  addEventListener("scroll", follow, { passive: true });
  addEventListener("resize", () => { // a page of another width: the step that was read is brought back
    const kept = innerWidth !== wide && scene.isRead;
    wide = innerWidth;
    if (kept) bring(scene, scene.current);
    else follow();
  }, { passive: true });
  addEventListener("hashchange", () => land(scene));
  show(scene, first);
  section.classList.add("is-live");
  const seen = (told) => section.classList.toggle("is-seen", told.at(-1).isIntersecting);
  new IntersectionObserver(seen).observe(scene.figure); // frames fade only where somebody sees it
  if (arrived()) land(scene);
  else restored().then((id) => land(scene, id)); // the browser restores the place itself, on a long page not quite
}

/** The step that the address named before anything moved, once the browser has put the page where it was. */
async function restored() {
  const id = fragment();
  if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  await new Promise((resolve) => setTimeout(resolve, SETTLED));
  return id;
}

/** Keep the picture in the middle of the window's height: the style sheet centers what it knows the height of. A picture
    too tall to leave room for its steps does not stay; whether it is, only a window of another size asks again. */
function keepRoom(scene) {
  let wide = innerWidth, high = innerHeight;
  const tell = () => {
    arrange(scene);
    const tall = scene.figure.offsetHeight;
    if (!tall) return; // flat, there is no such box
    const free = high - (document.querySelector(".rail")?.offsetHeight ?? 0), fits = tall <= free * (isStacked(scene) ? MOST : 1);
    scene.section.style.setProperty("--tall", `${tall}px`);
    if (fits) return;
    scene.section.classList.add("is-flat");
    arrange(scene);
    dispatchEvent(new Event("resize")); // what is below has moved: an open sheet is placed anew
  };
  tell(); // at once: a step is brought into view next
  new ResizeObserver(tell).observe(scene.figure);
  addEventListener("resize", () => {
    if (innerWidth === wide && Math.abs(innerHeight - high) < BARS) return;
    [wide, high] = [innerWidth, innerHeight];
    scene.section.classList.remove("is-flat");
    tell();
  });
}

/** The pictures take turns in one place, and each is heard in its step; where they do not, it stands before its step. */
function arrange(scene) {
  if (getComputedStyle(scene.figure).display === "contents") spread(scene);
  else if (!scene.steps[0].hasAttribute("aria-owns")) gather(scene);
}

function gather({ figure, frames, steps }) {
  figure.prepend(...frames);
  frames.forEach((frame, place) => {
    frame.id = `${steps[place].id}-picture`;
    steps[place].setAttribute("aria-owns", frame.id);
  });
}

function spread({ frames, steps }) {
  frames.forEach((frame, place) => {
    if (place && frame.nextElementSibling !== steps[place]) steps[place].before(frame);
    steps[place].removeAttribute("aria-owns");
  });
}

/** Whether the picture stands above its steps, and not beside them. */
function isStacked({ figure, section }) {
  const { width, height } = figure.getBoundingClientRect();
  return width > 0.8 * section.clientWidth && height > 0;
}

function readScene(section) {
  const steps = [...section.querySelectorAll(".step")];
  const frames = steps.map((step) => section.querySelector(`.frame[data-frame="${step.dataset.step}"]`));
  return {
    section, frames, steps, current: -1,
    figure: section.querySelector(".scene-figure"),
    count: section.querySelector(".scene-count"),
    previous: section.querySelector("[data-previous]"),
    next: section.querySelector("[data-next]"),
  };
}

/** The height in the window that a step must reach: the middle of the part where steps can be read. */
function readingLine(scene) {
  const rail = document.querySelector(".rail")?.offsetHeight ?? 0;
  const top = isStacked(scene) ? Math.min(rail + scene.figure.offsetHeight, innerHeight * 0.75) : rail;
  return (top + innerHeight) / 2;
}

function nearest(scene) {
  const line = readingLine(scene);
  const away = scene.steps.map((step) => { // by its words, not its box: the room below them belongs to nobody
    const [top, bottom] = [step.firstElementChild.getBoundingClientRect().top, step.lastElementChild.getBoundingClientRect().bottom];
    return top > line ? top - line : Math.max(0, line - bottom);
  });
  return away.indexOf(Math.min(...away));
}

function show(scene, index) {
  if (index === scene.current) return;
  scene.current = index;
  const step = scene.steps[index];
  for (const one of scene.steps) one.classList.toggle("is-current", one === step);
  scene.frames.forEach((frame, place) => turn(frame, place === index));
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
  show(scene, nearest(scene));
  const was = scene.isRead;
  scene.isRead = isBeingRead(scene);
  if (scene.isRead) keepAddress(scene.steps[scene.current].id);
  else if (was && scene.steps.some((step) => step.id === fragment())) leaveAddress();
}

/** Read past, a step leaves the address: Back would otherwise lead to it and not to the place that was read. */
function leaveAddress() {
  history.replaceState(history.state, "", location.pathname + location.search);
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

function bring(scene, index) {
  const { top, height } = scene.steps[index].getBoundingClientRect();
  scrollTo({ top: scrollY + top + Math.min(height, 160) / 2 - readingLine(scene), behavior: "instant" });
  show(scene, index);
  keepAddress(scene.steps[index].id);
}

/** Bring the step into view that an address names, or that holds what it names; `wanted` if it is not there yet. */
function land(scene, wanted) {
  const named = document.getElementById(wanted ?? fragment())?.closest(".step"), index = scene.steps.indexOf(named);
  if (index >= 0 && !(wanted && index === nearest(scene))) bring(scene, index);
}
