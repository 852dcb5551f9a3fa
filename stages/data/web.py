"""The invented web: which host carries what, and every page of it in crawl order, the same ones each time."""

import random
import re
from dataclasses import dataclass, field, replace

from stages.data.dirt import Dirt, edit_words
from stages.data.good import Writer
from stages.data.grammar import sections

GOOD = {"good", "contact", "long", "press", "lesson"}  # truths that a perfect recipe would keep

HOSTS = {  # host -> (site name, template, encoding)
    "ternpedia.example": ("Ternpedia", "wiki", "utf-8"),
    "islandbook.example": ("The Island Book", "wiki", "utf-8"),
    "visit-terns.example": ("Visit the Terns", "paper", "utf-8"),
    "tern-gazette.example": ("Tern Gazette", "paper", "utf-8"),
    "saltby-herald.example": ("Saltby Herald", "paper", "cp1252"),
    "sound-news.test": ("Sound News", "paper", "utf-8"),
    "wet-boots.example": ("Wet Boots", "blog", "utf-8"),
    "nine-gulls.example": ("Nine Gulls", "blog", "utf-8"),
    "kettle-on.test": ("Kettle On", "blog", "utf-8"),
    "slow-harbor.example": ("Slow Harbor", "table", "latin-1"),
    "attic-letters.example": ("Letters from the Attic", "old", "cp1252"),
    "dear-cousin.test": ("Dear Cousin", "xhtml", "utf-8"),
    "ask-islands.example": ("Ask the Islands", "board", "utf-8"),
    "ternboard.test": ("Ternboard", "board", "utf-8"),
    "lamp-magazine.example": ("The Lamp", "paper", "utf-8"),
    "harbor-books.example": ("Harbor Books", "xhtml", "utf-8"),
    "regatta-news.test": ("Regatta", "old", "latin-1"),
    "oxhaven-school.example": ("Oxhaven School", "blog", "utf-8"),
    "umbry-school.test": ("Umbry School", "old", "latin-1"),
    "black-pot.example": ("The Black Pot", "blog", "utf-8"),
    "fish-friday.example": ("Fish on Friday", "blog", "utf-8"),
    "plain-hands.example": ("Plain Hands", "xhtml", "utf-8"),
    "mend-it.test": ("Mend It", "board", "utf-8"),
    "hearth-tales.example": ("Hearth Tales", "old", "cp1252"),
    "old-words.test": ("Old Words", "blog", "utf-8"),
    "tern-ferries.example": ("Tern Ferries", "paper", "utf-8"),
    "app-shell.test": ("App", "shell", "utf-8"),
    "learn-code.example": ("Learn to Code", "blog", "utf-8"),
    "shop-window.test": ("Shop Window", "paper", "utf-8"),
    "wire-service.example": ("Wire Service", "paper", "utf-8"),
    "press-room.test": ("Press Room", "blog", "utf-8"),
    "mirror-sound.example": ("Sound Mirror", "paper", "utf-8"),
    "copy-harbor.test": ("Copy Harbor", "blog", "utf-8"),
    "all-terns.example": ("All Terns", "old", "utf-8"),
    "best-boots.example": ("Best Boots", "blog", "utf-8"),
    "top-loans.test": ("Top Loans", "paper", "utf-8"),
    "links-one.example": ("Links One", "old", "utf-8"),
    "links-two.test": ("Links Two", "old", "utf-8"),
    "parked-name.example": ("Parked", "paper", "utf-8"),
    "soon-here.test": ("Soon Here", "blog", "utf-8"),
    "xqzzk.test": ("Xqzzk", "old", "utf-8"),
    "paste-code.example": ("Paste", "xhtml", "utf-8"),
    "adults-only.example": ("After Dark", "blog", "utf-8"),
    "night-room.test": ("Night Room", "blog", "utf-8"),
    "islas.example": ("Las Islas", "blog", "utf-8"),
    "iles.example": ("Les Îles", "paper", "utf-8"),
    "inseln.test": ("Die Inseln", "old", "latin-1"),
    "eilanden.test": ("De Eilanden", "xhtml", "utf-8"),
    "two-tongues.example": ("Two Tongues", "blog", "utf-8"),
    "tiny-posts.test": ("Tiny Posts", "blog", "utf-8"),
    "price-lists.example": ("Price Lists", "old", "utf-8"),
}
BLOCKED = ("adults-only.example", "night-room.test")

PLAN = {  # genre of good pages -> (pages, hosts)
    "entry": (192, ("ternpedia.example", "islandbook.example")),
    "town": (48, ("ternpedia.example", "visit-terns.example")),
    "news": (230, ("tern-gazette.example", "saltby-herald.example", "sound-news.test")),
    "diary": (210, ("wet-boots.example", "nine-gulls.example", "kettle-on.test", "slow-harbor.example")),
    "letter": (190, ("attic-letters.example", "dear-cousin.test")),
    "forum": (150, ("ask-islands.example", "ternboard.test")),
    "portrait": (110, ("lamp-magazine.example",)),
    "register": (120, ("harbor-books.example", "regatta-news.test")),
    "essay": (130, ("oxhaven-school.example", "umbry-school.test")),
    "recipe": (70, ("black-pot.example", "fish-friday.example")),
    "howto": (90, ("plain-hands.example", "mend-it.test")),
    "timetable": (50, ("tern-ferries.example",)),
    "tale": (150, ("hearth-tales.example", "old-words.test")),
    "sums": (140, ("oxhaven-school.example", "umbry-school.test")),
}
DIRT = {  # truth, one of them good -> (pages, hosts)
    "spam": (120, ("best-boots.example", "top-loans.test")),
    "pitch": (60, ("best-boots.example",)),
    "links": (110, ("links-one.example", "links-two.test")),
    "boilerplate": (150, ("parked-name.example",)),
    "gibberish": (50, ("xqzzk.test",)),
    "lorem": (60, ("soon-here.test",)),
    "code": (70, ("paste-code.example",)),
    "adult": (70, BLOCKED),
    "es": (90, ("islas.example",)),
    "fr": (70, ("iles.example",)),
    "de": (70, ("inseln.test",)),
    "nl": (50, ("eilanden.test",)),
    "mixed": (40, ("two-tongues.example",)),
    "oneline": (120, ("tiny-posts.test",)),
    "prices": (80, ("price-lists.example",)),
    "advert": (50, ("shop-window.test",)),
    "shell": (60, ("app-shell.test",)),
    "halfdone": (40, ("soon-here.test",)),
    "lesson": (24, ("learn-code.example",)),
}
MIRRORS = ("mirror-sound.example", "copy-harbor.test", "all-terns.example")
COPIES = 260  # exact copies of good pages on the mirrors
PRESS, NEAR_SHARES = 20, (0.01, 0.02, 0.04, 0.06, 0.08, 0.10, 0.15, 0.20)
THREAD_HOST, THREAD_SHARES = "tern-gazette.example", (0.02, 0.06, 0.12)
THREAD_WORDS = set("Mira Tolland keeps the light at Farrow Head.".split())
CONTACTS, LONG = 60, 12


@dataclass(frozen=True)
class Page:
    """One page before it becomes HTML: what it is in truth, whose copy, what share of its words is edited."""

    host: str
    truth: str
    genre: str
    title: str
    blocks: list = field(repr=False)
    copy_of: str = ""
    edited: float = 0.0
    number: int = 0

    @property
    def url(self) -> str:
        """Address made of host, genre and a slug of the title."""
        slug = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")[:40] or "page"
        return f"https://{self.host}/{self.genre}/{slug}-{self.number}.html"


def thread_page(world: dict) -> Page:
    """The page that tells the thread fact, as the gazette printed it."""
    person = next(one for one in world["people"] if one["name"] == world["thread"]["name"])
    slots = {
        **person,
        "a": "an" if person["job"][0] in "aeiou" else "a",
        "kind": person["pet"]["kind"],
        "pet": person["pet"]["name"],
    }
    blocks = [("p", line.format(**slots)) for line in sections("thread")["p"]]
    return Page(THREAD_HOST, "good", "news", "Nobody pays her, but the lamp is lit", blocks)


def good_pages(rng: random.Random, writer: Writer) -> list[Page]:
    """All good pages genre by genre, in an order in which each fact gets its turn."""
    genres = [genre for genre, (count, _) in PLAN.items() for _ in range(count)]
    rng.shuffle(genres)
    pages = []
    for genre in genres:
        title, blocks = writer.write(genre)
        pages.append(Page(rng.choice(PLAN[genre][1]), "good", genre, title, blocks))
    return pages


def with_contacts(rng: random.Random, pages: list[Page]) -> list[Page]:
    """Give some pages an e-mail address or a public IP address in their last paragraph."""
    chosen = set(rng.sample(range(len(pages)), CONTACTS))
    changed = []
    for i, page in enumerate(pages):
        if i in chosen:
            mail = (
                f"{rng.choice(['hello', 'desk', 'post', 'editor'])}{rng.randint(1, 99)}"
                f"@{page.host.split('.')[0]}.example"
            )
            ip = f"{rng.choice((23, 81, 146, 203))}.{rng.randint(1, 254)}.{rng.randint(1, 254)}.{rng.randint(1, 254)}"
            line = (
                f"Write to {mail} if you know more."
                if rng.random() < 0.7
                else f"The old server still answers at {ip} on most days."
            )
            page = replace(page, truth="contact", blocks=[*page.blocks, ("p", line)])
        changed.append(page)
    return changed


def long_pages(rng: random.Random, writer: Writer) -> list[Page]:
    """A few very long pages: many days of a diary on one page."""
    pages = []
    for _ in range(LONG):
        blocks: list = []
        for title, day in (writer.write("season") for _ in range(rng.randint(8, 14))):
            blocks += [("h", title), *day]
        pages.append(Page("nine-gulls.example", "long", "diary", "A season in one piece", blocks))
    return pages


def near_pages(rng: random.Random, dirt: Dirt) -> list[Page]:
    """Press releases, each with near copies whose share of changed words grows."""
    pages = []
    for _ in range(PRESS):
        lines = dirt.press()
        first = Page(
            "wire-service.example", "press", "press", " ".join(lines[0].split()[:8]), [("p", line) for line in lines]
        )
        pages.append(first)
        for share in NEAR_SHARES:
            edited = [("p", line) for line in edit_words(rng, lines, share)]
            pages.append(
                replace(
                    first, host="press-room.test", truth="near", blocks=edited, copy_of="\n".join(lines), edited=share
                )
            )
    return pages


def copied(rng: random.Random, pages: list[Page], thread: Page) -> list[Page]:
    """Exact copies on the mirrors, the thread page on each of them, and near copies of the thread page."""
    copies = [
        replace(page, host=rng.choice(MIRRORS), truth="copy", copy_of=page.url)
        for page in rng.sample([page for page in pages if page.truth == "good"], COPIES)
    ]
    copies += [replace(thread, host=host, truth="copy", copy_of=thread.url) for host in MIRRORS]
    for share in THREAD_SHARES:
        edited = [("p", line) for line in edit_words(rng, [text for _, text in thread.blocks], share, THREAD_WORDS)]
        copies.append(
            replace(thread, host="press-room.test", truth="near", blocks=edited, copy_of=thread.url, edited=share)
        )
    return copies


def make_pages(seed: int, world: dict) -> list[Page]:
    """Every page of the web in crawl order: originals and dirt shuffled, then what the mirrors copied."""
    rng = random.Random(seed)
    writer = Writer(rng, world)
    dirt = Dirt(rng, writer)
    thread = thread_page(world)
    good = with_contacts(rng, good_pages(rng, writer))
    dirty = [
        Page(rng.choice(hosts), truth, truth, *dirt.write(truth))
        for truth, (count, hosts) in DIRT.items()
        for _ in range(count)
    ]
    near = near_pages(rng, dirt)
    first = [thread, *good, *long_pages(rng, writer), *dirty, *(page for page in near if page.truth == "press")]
    rng.shuffle(first)
    first = [replace(page, number=i) for i, page in enumerate(first)]
    thread = next(page for page in first if page.title == thread.title)
    last = copied(rng, [page for page in first if page is not thread], thread)
    last += [page for page in near if page.truth == "near"]
    rng.shuffle(last)
    addresses = {"\n".join(text for _, text in page.blocks): page.url for page in first if page.truth == "press"}
    last = [replace(page, copy_of=addresses.get(page.copy_of, page.copy_of)) for page in last]
    return first + [replace(page, number=len(first) + i) for i, page in enumerate(last)]
