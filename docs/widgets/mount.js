// A widget in its place, on a page or alone.

/** Import ./<name>.js and call its mount(element, options); the stand-in gives way only when that worked. */
export async function mountWidget(element) {
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
    status.role = "alert";
    status.textContent = `The interactive part could not start (${error.message}). What stands here was computed when the page was built.`;
    if (standIn) standIn.hidden = false;
    element.append(status);
    console.error(error);
  }
}
