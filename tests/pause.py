"""Waiting by the page's own clock, which is as slow as the page is."""

PASS = """milliseconds => new Promise((done) => {
  setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), milliseconds);
})"""


def pause(page, milliseconds=0):
    """Let time pass on a page that runs scripts: what it had set a shorter timer for has happened, and been drawn."""
    page.evaluate(PASS, milliseconds)
