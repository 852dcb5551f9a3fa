// The walk through a scene by its buttons and by keys: a step at a time, told aloud, and the focus goes along.

/** Make the buttons and keys of a scene work; `bring` brings a step into view. */
export function startWalk(scene, { bring, isBeingRead }) {
  const told = document.createElement("span"); // told aloud when asked for, not while scrolling
  told.className = "unseen";
  told.setAttribute("role", "status");
  scene.count?.after(told);
  const walk = (by) => {
    const index = Math.min(scene.steps.length - 1, Math.max(0, scene.current + by));
    bring(scene, index);
    const step = scene.steps[index], name = step.dataset.step.replaceAll("_", " ");
    told.textContent = `${scene.count?.textContent}, ${name}: ${wordsOf(step)}`;
  };
  scene.previous?.addEventListener("click", () => walk(-1));
  scene.next?.addEventListener("click", () => walk(1));
  scene.section.addEventListener("keydown", (event) => goByTab(event, scene));
  scene.section.addEventListener("focusin", (event) => fromAbove(event, scene) && bring(scene, 0));
  scene.section.addEventListener("focusout", ({ relatedTarget: to }) => {
    if (to && !scene.entered?.parentElement.contains(to)) scene.entered?.removeAttribute("tabindex");
  });
  document.addEventListener("keydown", (event) => {
    const by = asked(event);
    if (!by || !isBeingRead(scene)) return;
    event.preventDefault();
    walk(by);
    if (event.target.closest?.(".step")) enter(scene); // the focus goes along
  });
}

/** What a step says, without the numbers of its sources. */
function wordsOf(step) {
  const said = step.cloneNode(true);
  for (const mark of said.querySelectorAll("sup")) mark.remove();
  return said.textContent.replace(/\s+/g, " ").trim();
}

/** Whether a key has brought the focus from before the scene to its controls: it is read from its first step on. */
function fromAbove({ target, relatedTarget: from }, { section, previous, next }) {
  if (!from || (target !== previous && target !== next) || !target.matches(":focus-visible")) return false;
  return Boolean(from.compareDocumentPosition(section) & Node.DOCUMENT_POSITION_FOLLOWING);
}

/** Tab leads from the controls into the step that is shown, not into the first, and back from there to the controls. */
function goByTab(event, scene) {
  const back = event.shiftKey && event.target === scene.entered;
  if (event.key !== "Tab" || !(back || (event.target === scene.next && !event.shiftKey))) return;
  event.preventDefault();
  if (back) scene.next.focus();
  else enter(scene);
}

/** The beginning of the step is a stop for the tab key as long as the focus is in that step. */
function enter(scene) {
  const first = scene.steps[scene.current].firstElementChild;
  first.tabIndex = 0;
  first.focus({ preventScroll: true });
  scene.entered = first; // only now: the one before it has just been left
}

/** How far a key leads, where an arrow does nothing else. */
function asked(event) {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return 0;
  if (event.target.closest?.("input, textarea, select, [contenteditable], [tabindex='0']:not(.step > *), details, .widget, .popover, .rail")) return 0;
  return { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
}
