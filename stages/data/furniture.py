"""What stands on a page besides its text: menus, banners, adverts, comments, and the careless ways to write a tag."""

import html
import random

NAV = ("Home", "Archive", "About us", "Contact", "Shop", "Map", "Search", "Help")
ADVERTS = (
    "Boots that last a lifetime. Order before Sunday and save.",
    "Tired of damp? Ask for our free sample of roof paint.",
    "Sound Savings Bank: your money, dry and safe.",
    "Lose your keys? Never again, with the whistle ring.",
    "Half price on lamp oil, this week only.",
    "Learn the concertina in nine evenings.",
    "Seven pounds of tea for the price of six.",
    "Your roof in three days, or the ladder is yours.",
    "A warm coat is cheaper than a doctor.",
    "Now hiring: people who can count sheep and stay awake.",
)
COMMENTS = (
    "So true!",
    "First.",
    "My cousin says the same.",
    "Lovely, thank you for sharing.",
    "I do not agree at all.",
    "Does anybody know if the ferry runs today?",
    "Great post, visit my page.",
    "Miss those days.",
    "I read this twice and still do not see it.",
    "Can you post the second part?",
    "The picture does not load for me.",
    "Greetings from the other side of the sound.",
)
COOKIES = (
    "We use cookies to improve your visit. Accept all or choose settings.",
    "This site stores small files on your device. By reading on you agree.",
    "Your privacy matters to us and to our partners. Accept. Reject.",
    "Cookies help us to run this page. Only necessary ones. All of them.",
    "We and our 614 partners would like to remember you. Agree. Manage.",
)
RELATED = (
    "The best walks near the sea",
    "Five things to do with string",
    "Old photographs wanted",
    "Is your chimney safe?",
    "Market prices this week",
    "Readers' letters",
    "What the tide left behind",
    "Ten knots that you can tie in the dark",
    "The oldest kettle in town",
)


def escape(rng: random.Random, text: str) -> str:
    """Escape text the way some page does: named, numbered or needless entities, which all decode to the same."""
    text = html.escape(text, quote=False)
    way = rng.randrange(4)
    if way == 0:
        text = text.replace('"', "&quot;").replace("'", "&#39;")
    if way == 1:
        text = text.replace(" a ", "&#32;a ")
    return text


def body(rng: random.Random, blocks: list[tuple[str, str]], close: bool = True) -> str:
    """The blocks as HTML paragraphs, headings, lists; unclosed where a template is careless."""
    parts, listed = [], False
    for kind, text in blocks:
        tag = {"p": "p", "h": "h2", "post": "p", "li": "li", "pre": "pre"}[kind]
        if listed != (kind == "li"):
            listed = not listed
            parts.append("<ul>" if listed else "</ul>")
        parts.append(f"<{tag}>{escape(rng, text)}" + (f"</{tag}>" if close or tag not in ("p", "li") else ""))
    return "\n".join(parts + ["</ul>"] * listed)


def links(rng: random.Random, count: int) -> str:
    """Some navigation links."""
    return " ".join(f'<a href="/{word.lower().replace(" ", "-")}">{word}</a>' for word in rng.sample(NAV, count))


def comments(rng: random.Random) -> str:
    """A few readers' comments, or none."""
    found = rng.sample(COMMENTS, rng.randint(0, 4))
    return "".join(f'<div class="comment"><b>guest{rng.randint(10, 99)}</b> {text}</div>' for text in found)
