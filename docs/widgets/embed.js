// The entry of an embed page: one widget, alone, in the colors that the reader's system asks for.

const dark = matchMedia("(prefers-color-scheme: dark)");
const paint = () => { document.body.dataset.mdColorScheme = dark.matches ? "slate" : "default"; };
document.documentElement.classList.replace("no-js", "js");
dark.addEventListener("change", paint);
paint();

const place = document.querySelector("[data-widget]");
try {
  const { mount } = await import(`./${place.dataset.widget}.js`);
  mount(place, JSON.parse(place.dataset.options || "{}"));
} catch (error) {
  const words = document.createElement("p");
  words.className = "widget-status";
  words.setAttribute("role", "alert");
  words.textContent = `The interactive part could not start (${error.message}). What stands here was computed when the page was built.`;
  place.append(words);
}
