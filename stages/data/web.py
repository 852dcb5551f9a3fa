"""The invented web: which host carries what, and every page of it in crawl order, the same ones each time."""

import random
import re
from dataclasses import dataclass, field, replace

from stages.data.dirt import Dirt, edit_words
from stages.data.good import Writer
from stages.data.grammar import sections
from stages.data.hosts import BLOCKED, COPIES, DIRT, HOSTS, MIRRORS, NEAR_SHARES, PRESS

__all__ = ["BLOCKED", "HOSTS", "GOOD", "NEAR_SHARES", "THREAD_HOST", "Page", "make_pages"]
GOOD = {"good", "contact", "long", "press", "lesson", "listed"}  # truths that a perfect recipe would keep

PLAN = {  # genre of good pages -> (pages, hosts)
    "entry": (240, ("ternpedia.example", "islandbook.example")),
    "town": (96, ("ternpedia.example", "visit-terns.example")),
    "news": (300, ("tern-gazette.example", "saltby-herald.example", "sound-news.test")),
    "diary": (260, ("wet-boots.example", "nine-gulls.example", "kettle-on.test", "slow-harbor.example")),
    "letter": (230, ("attic-letters.example", "dear-cousin.test")),
    "forum": (200, ("ask-islands.example", "ternboard.test")),
    "portrait": (130, ("lamp-magazine.example",)),
    "register": (230, ("harbor-books.example", "regatta-news.test")),
    "essay": (150, ("oxhaven-school.example", "umbry-school.test")),
    "recipe": (120, ("black-pot.example", "fish-friday.example")),
    "howto": (110, ("plain-hands.example", "mend-it.test")),
    "timetable": (70, ("tern-ferries.example",)),
    "tale": (180, ("hearth-tales.example", "old-words.test")),
    "sums": (280, ("oxhaven-school.example", "umbry-school.test")),
}
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
        title, lines = dirt.press()
        first = Page("wire-service.example", "press", "press", title, [("p", line) for line in lines])
        pages.append(first)
        for share in NEAR_SHARES:
            edited = [("p", line) for line in edit_words(rng, lines, share, places=tuple(dirt.writer.towns))]
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
