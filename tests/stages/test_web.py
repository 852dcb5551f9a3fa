"""The invented web is large, dirty in every way we planted, the same each time, and its near copies still read."""

import io
import random
import re
import time
from collections import Counter
from html.parser import HTMLParser

import pytest
from warcio.archiveiterator import ArchiveIterator

from stages.data import archive, edits, grammar, hosts, markup, rules, stage, web, words, world
from stages.data.dirt import DRAWN, LANGUAGES, Dirt
from stages.data.good import Writer


@pytest.fixture(scope="module")
def isles():
    return world.make_world(stage.WORLD_SEED)


@pytest.fixture(scope="module")
def pages(isles):
    return web.make_pages(stage.WEB_SEED, isles)


@pytest.fixture(scope="module")
def records(pages):
    file = io.BytesIO(archive.write_warc(stage.ARCHIVE_SEED, pages))
    return [(record.rec_headers, record.content_stream().read()) for record in ArchiveIterator(file)]


@pytest.fixture
def dirt(isles):
    rng = random.Random(3)
    return Dirt(rng, Writer(rng, isles))


def distance(one, other):
    """Words to change, drop or add between two lists of words."""
    row = list(range(len(other) + 1))
    for i, word in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, found in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (word != found))
    return row[-1]


def words_of(page):
    """All words of a page's blocks."""
    return " ".join(text for _, text in page.blocks).split()


def test_the_web_has_thousands_of_pages_on_more_than_sixty_hosts(pages):
    assert 6_000 <= len(pages) <= 7_500
    assert len({page.host for page in pages}) >= 64
    assert {page.host for page in pages} == set(hosts.HOSTS), "no host is empty, and none is unknown"
    assert len({page.url for page in pages}) == len(pages)


def test_the_whole_crawl_is_written_in_under_a_minute_of_one_core():
    before = time.process_time()
    stage.make_crawl()
    assert time.process_time() - before < 60


def test_every_kind_of_dirt_is_planted_as_often_as_promised_and_has_a_name(pages):
    found = Counter(page.truth for page in pages)
    for kind, (count, homes) in hosts.DIRT.items():
        assert found[kind] == count and kind in words.TRUTHS
        assert {page.host for page in pages if page.truth == kind} == set(homes), kind
    assert set(found) == set(words.TRUTHS)
    assert all(targets <= set(found) for targets in rules.TARGETS.values())


def test_no_dirty_page_shows_its_grammar(dirt):
    for kind in hosts.DIRT:
        for _ in range(6):
            title, blocks = dirt.write(kind)
            text = "\n".join([title, *(text for _, text in blocks)])
            assert not re.search(r"\{[a-z]+(:\w+)?\}|\bNone\b", text), text
            assert kind in ("code", "lesson", "boilerplate", "login") or not re.search(r"[\[\]{}|]", text), text


def test_kinds_that_say_nothing_twice_do_not(dirt):
    for kind in ("policy", "consent", "adult"):
        text = dirt.lines("dirt", kind, len(grammar.sections("dirt")[kind]), True, **dirt.slots())
        assert len(set(text)) == len(text)
    assert set(DRAWN) <= set(hosts.DIRT)


def test_pages_in_other_languages_are_many_sentences_and_no_two_are_alike(pages):
    for language in LANGUAGES:
        assert len(grammar.sections("foreign")[language]) >= 20
        found = [tuple(page.blocks) for page in pages if page.truth == language]
        assert len(set(found)) == len(found) >= 90


def test_each_page_is_stored_in_the_encoding_of_its_host(records):
    found = Counter()
    for held, payload in records:
        host, encoding = held["WARC-Target-URI"].split("/")[2], held["X-Encoding"]
        assert encoding == hosts.HOSTS[host][2]
        assert payload.decode(encoding)
        found[encoding] += 1
    assert set(found) == {"utf-8", "latin-1", "cp1252", "cp1250", "utf-16"}
    assert archive.encoded("é€", "latin-1") == b"\xe9&#8364;"
    assert archive.encoded("a", "utf-16") == b"\xff\xfea\x00"


class Seen(HTMLParser):
    """Collects the text of a page."""

    def __init__(self):
        super().__init__()
        self.text = ""

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("template", sorted(set(markup.TEMPLATES) - {"shell"}))
def test_a_template_shows_the_whole_text_between_its_furniture(template):
    lines = ["One & two are \"here\", it's said.", "A second a third.", "Fish", "Salt", "The end."]
    blocks = list(zip(("p", "p", "li", "li", "p"), lines))
    for seed in range(5):
        seen = Seen()
        html = markup.render(random.Random(seed), template, "Site", "A title", blocks)
        seen.feed(html)
        where = [seen.text.find(line) for line in ["A title", *lines]]
        assert -1 not in where, (template, where)
        assert 'href="/' in html, "there is something to take off"


def test_every_template_and_encoding_carries_some_host():
    assert {template for _, template, _ in hosts.HOSTS.values()} == set(markup.TEMPLATES)


@pytest.mark.parametrize("share", hosts.NEAR_SHARES)
def test_a_near_copy_differs_in_the_share_of_words_that_it_says(dirt, share):
    _, lines = dirt.press()
    before = " ".join(lines).split()
    after = " ".join(edits.edit_words(random.Random(7), lines, share, places=tuple(dirt.writer.towns))).split()
    count = round(share * len(before))
    assert count - 1 <= distance(before, after) <= count


def test_near_copies_in_the_web_say_how_far_they_are_from_their_originals(pages):
    originals = {page.url: page for page in pages}
    for page in [page for page in pages if page.truth == "near"][::20]:
        before, after = words_of(originals[page.copy_of]), words_of(page)
        assert abs(distance(before, after) / len(before) - page.edited) < 0.012, page.url


def test_a_word_gives_way_to_one_of_its_sort_only():
    line = "On Monday two porters carried a large box to Saltby in May, and they may rest.".split()
    found = {word: edits.edits(line, j, ("Saltby", "Umbry")) for j, word in enumerate(line)}
    assert "Friday" in found["Monday"] and "April," in found["May,"]
    assert found["Saltby"] == ["Umbry"] and not edits.edits(line, line.index("Saltby"))
    assert found["may"] == [] and found["a"] == [] and found["On"] == []
    assert "clerks" in found["porters"] and "twelve" in found["two"]
    assert edits.edits("a large box".split(), 1) == ["heavy", "bulky", "wet"]
    assert edits.edits("the shop was open".split(), 2)[0] == "was also"


def test_a_replaced_word_agrees_with_the_article_before_it(dirt):
    for _ in range(20):
        _, lines = dirt.press()
        places = tuple(dirt.writer.towns)
        for before, after in zip(lines, edits.edit_words(dirt.rng, lines, 0.2, places=places)):
            wrong = r"\ba [aeio]\w+|\ban [^aeiou\W]\w+"
            assert set(re.findall(wrong, after)) <= set(re.findall(wrong, before)), after


def test_what_is_told_of_people_is_told_in_their_near_copies_too(pages, isles):
    person = next(one for one in isles["people"] if one["name"] == isles["thread"]["name"])
    copies = [page for page in pages if page.truth == "near" and page.genre == "news"]
    assert len(copies) == len(web.THREAD_SHARES)
    for page in copies:
        text = " ".join(words_of(page))
        assert isles["thread"]["sentence"] in text
        assert f"{person['job']} in {person['town']}" in text and person["pet"]["name"] in text


def test_too_few_words_to_edit_say_where_to_add_some():
    with pytest.raises(ValueError, match="prose/swaps.txt"):
        edits.edit_words(random.Random(1), ["of the and by"], 0.9)
