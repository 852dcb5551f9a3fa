// Under a figure: its table, and the same figure as live Plotly when a reader asks for it.

const PLOTLY = new URL("../assets/plotly.min.js", import.meta.url).href;

let loading;

/** Wire the table and explore buttons of every figure and scene. */
export function startFigures(root) {
  for (const button of root.querySelectorAll("[data-table]")) startTable(button);
  for (const button of root.querySelectorAll("[data-explore]")) startExplore(button);
}

function startTable(button) {
  const table = button.closest(".figure, section")?.querySelector("details.table");
  if (!table) return void button.remove();
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    table.open = !table.open;
    button.setAttribute("aria-expanded", String(table.open));
  });
}

function startExplore(button) {
  const figure = button.closest(".figure");
  const asked = button.textContent;
  const say = (text) => {
    button.textContent = text;
    button.setAttribute("aria-label", `${text}: ${button.dataset.explore}`);
  };
  const back = () => {
    say(asked);
    button.style.minWidth = "";
  };
  button.addEventListener("click", async () => {
    if (button.ariaBusy === "true") return;
    if (figure.querySelector(".live")) return void stop(figure, back);
    button.style.minWidth = `${button.getBoundingClientRect().width}px`; // shorter words leave the row as it is
    say("loading …");
    button.ariaBusy = "true"; // not `disabled`: the focus would be lost
    try {
      await explore(figure, () => stop(figure, back));
      say("stop exploring");
    } catch (error) {
      say(`could not load (${error.message}); try again`);
    }
    button.ariaBusy = "false";
  });
}

function stop(figure, told) {
  const live = figure.querySelector(".live");
  globalThis.Plotly?.purge(live);
  live.watcher?.disconnect();
  live.sizer?.disconnect();
  live.hint.remove();
  live.remove();
  for (const poster of figure.querySelectorAll(".poster")) poster.hidden = false;
  told();
}

/** Draw the figure live at the exact size of its poster, in the page's colors, and again when those change. */
async function explore(figure, close) {
  const poster = [...figure.querySelectorAll(".poster")].find((one) => one.offsetWidth > 0);
  const variant = poster.classList.contains("narrow") ? "narrow" : "wide";
  const { width, height } = poster.getBoundingClientRect();
  const [Plotly, both] = await Promise.all([loadPlotly(), fetchData(figure.dataset.json)]);
  const live = document.createElement("div"), pointer = matchMedia("(pointer: fine)").matches;
  live.className = "live";
  for (const name of ["role", "aria-label"]) live.setAttribute(name, poster.getAttribute(name)); // the table says its numbers
  live.hint = hintOf(figure, pointer);
  live.style.cssText = `width:${width}px;height:${height}px`;
  const draw = () => {
    const { data, layout } = recolored({ ...both[variant], layout: { ...both[variant].layout, hoverlabel: HOVER } });
    Plotly.react(live, data, asLive(layout, width, height), { displayModeBar: false, responsive: false });
  };
  poster.before(live);
  figure.append(live.hint); // by the button, in the room below the figure: nothing moves
  for (const one of figure.querySelectorAll(".poster")) one.hidden = true;
  draw();
  for (const part of live.children) part.setAttribute("aria-hidden", "true");
  // Under a thumb Plotly hears the click before it is told where it was.
  if (!pointer) live.addEventListener("click", (event) => setTimeout(() => Plotly.Fx.hover(live, event, "xy")));
  live.watcher = new MutationObserver(draw);
  live.watcher.observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
  const room = figure.clientWidth; // a picture of another width: the page's own fits it
  live.sizer = new ResizeObserver(() => figure.clientWidth !== room && close());
  live.sizer.observe(figure);
}

/** What to do with the marks, for who sees them; for who listens, where their values are. */
function hintOf(figure, pointer) {
  const hint = document.createElement("p"), [seen, heard] = [document.createElement("span"), document.createElement("span")];
  Object.assign(hint, { className: "unit", role: "status" });
  Object.assign(seen, { textContent: `${pointer ? "Move over" : "Tap"} the marks for their values.`, ariaHidden: "true" });
  Object.assign(heard, { textContent: "The values are in the table of this figure.", className: "unseen" });
  hint.append(seen, ...(figure.querySelector("details.table") ? [heard] : []));
  return hint;
}

/** A layout at the poster's size. Nothing zooms: by a drag alone it would be closed to keys, and a thumb must scroll the page. */
function asLive(layout, width, height) {
  const [xaxis, yaxis] = [layout.xaxis, layout.yaxis].map((axis) => ({ ...axis, fixedrange: true }));
  return { ...layout, width, height, dragmode: false, xaxis, yaxis };
}

async function fetchData(address) {
  const answer = await fetch(new URL(address, location.href));
  if (!answer.ok) throw new Error(`${answer.status} for the figure’s data`);
  return answer.json();
}

function loadPlotly() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = PLOTLY;
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = () => { loading = undefined; reject(new Error("no answer for Plotly")); };
    document.head.append(script);
  });
  return loading;
}

/** The figure with the light palette's colors replaced by what the page shows now. */
function recolored(figure) {
  let text = JSON.stringify(figure);
  const now = getComputedStyle(document.body);
  for (const [tone, light] of Object.entries(LIGHT)) {
    text = text.replaceAll(light, now.getPropertyValue(`--${tone}`).trim() || light);
  }
  return JSON.parse(text);
}

// viz/theme.py's light palette, which figures are drawn in (a test compares the two).
const LIGHT = {
  paper: "#fbfaf6", sheet: "#ffffff", ink: "#1d1c1a", soft: "#5c584f", hair: "#d9d5cb", fact: "#a8361a", ours: "#17594f",
  world: "#274f8f", second: "#9a5614", third: "#7b4a86", base: "#736e63", "chip-0": "#e4ebf3", "chip-1": "#f3e8d5",
  "chip-2": "#e2eee6", "chip-3": "#efe3ee",
};
const HOVER = { bgcolor: LIGHT.sheet, bordercolor: LIGHT.ink, font: { color: LIGHT.ink, size: 13 }, align: "left" };
