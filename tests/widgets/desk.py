"""How the tests of widgets mount one, wait for it, and read what it shows."""

import re

QUESTION = "Where is the light?"
PROMPT = "Mira Tolland keeps the light at"
WIDGETS = ("tokenizer", "threshold", "chat", "sampler", "live", "pages", "network", "lives", "checkpoints", "train")


def mount(page, name: str, options: dict | None = None, hash: str = "") -> None:
    """Mount a widget on the page's section, as main.js does."""
    page.evaluate("""async ([name, options, hash]) => {
      if (hash) history.replaceState(null, "", hash);
      const { mount } = await import(`../widgets/${name}.js`);
      window.undo = mount(document.querySelector(".widget"), options);
    }""", [name, options or {}, hash])


def fetch_model(page) -> None:
    """Ask for the model and wait until the widget names its weights."""
    page.get_by_role("button", name="Fetch the").click()
    page.get_by_text("weights, ").first.wait_for()


def visible(piece: bytes) -> str:
    """What a chip shows of a token: its text, or its bytes where they are no text."""
    try:
        words = piece.decode().replace("\n", "⏎").replace("\r", "␍").replace("\t", "⇥")
    except UnicodeDecodeError:
        return " ".join(map(str, piece))
    return legible(words)


def legible(words: str) -> str:
    """A text with numbers for its control characters, but for breaks and tabs."""
    return re.sub("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]", lambda sign: f"0x{ord(sign[0]):02x}", words)


def until(page, test: str) -> None:
    """Wait until a JavaScript expression holds (the page's policy forbids Playwright's own way of waiting)."""
    for _ in range(1200):
        if page.evaluate(test):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {test}")


def hide(page, hidden: bool) -> None:
    """Tell the page that it went to the background or came back."""
    page.evaluate("""hidden => {
      Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
      document.dispatchEvent(new Event("visibilitychange"));
    }""", hidden)


def alone(page) -> None:
    """Wait until no worker is left."""
    for _ in range(1200):
        if not page.workers:
            return
        page.wait_for_timeout(50)
    raise AssertionError("a worker was left behind")


def share(p: float) -> str:
    """A probability as widgets print it: what `share` of docs/widgets/element.js gives."""
    if 0.9995 <= p < 1 - 1e-12:
        return "≈\u00a01"
    if p == 0 or p >= 0.0005:
        return f"{p:.3f}"
    if p < 1e-12:
        return "≈\u00a00"
    digit, power = f"{p:.0e}".split("e-")
    return f"{digit}\u00a0·\u00a010⁻{str(int(power)).translate(str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


def loads(page, life: str = "") -> int:
    """How often weights were fetched whole."""
    return sum(method == "GET" and url.endswith(f"{life}.safetensors") for method, url in page.asked)
