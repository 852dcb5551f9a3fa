"""Every link of the built site leads somewhere, fragments included, and every id is its page's only one."""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

LINKS = {("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("source", "src"), ("div", "data-json"),
         ("nav", "data-told")}  # fmt: skip


class Page(HTMLParser):
    """Ids, links and the notes of numbers of a page."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.ids, self.links, self.headings, self.widgets, self.notes = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if attrs.get("id"):
            self.ids.append(attrs["id"])
        if attrs.get("data-says"):
            self.notes.append(attrs["data-says"])
        if attrs.get("data-widget"):
            self.widgets.append(attrs["data-widget"])
        self.links.extend(attrs[name] for one, name in LINKS if one == tag and attrs.get(name))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


@pytest.fixture(scope="session")
def pages(site):
    """All pages but 404.html, which a host may serve at any depth."""
    return {path: Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html") if path.name != "404.html"}


def test_every_page_of_the_list_is_there(site, url):
    assert (site / url / "index.html").is_file()


def test_every_link_leads_somewhere(site, pages):
    broken = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "data", "mailto"):
                continue
            assert not parts.path.startswith("/"), f"{path}: {link} would not survive a sub-path"
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file():
                broken.append(f"{path.relative_to(site)} → {link}")
            elif parts.fragment.startswith("w="):
                widget = parts.fragment.removeprefix("w=").split("&")[0]
                if widget not in pages[target].widgets:
                    broken.append(f"{path.relative_to(site)} → {link}: no such widget")
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
                broken.append(f"{path.relative_to(site)} → {link}: no such place")
    assert not broken


def test_every_id_is_the_only_one_on_its_page(site, pages):
    twice = {
        str(path.relative_to(site)): [id for id, count in Counter(page.ids).items() if count > 1]
        for path, page in pages.items()
    }
    assert not {path: ids for path, ids in twice.items() if ids}


def test_headings_go_down_one_level_at_a_time(site, pages):
    for path, page in pages.items():
        assert page.headings.count(1) == 1, path.relative_to(site)
        steps = [later - earlier for earlier, later in zip(page.headings, page.headings[1:])]
        assert max(steps, default=0) <= 1, f"{path.relative_to(site)}: {page.headings}"


def test_no_placeholder_and_no_template_word_is_left(site, pages):
    for path in pages:
        text = re.sub(r"<(pre|code|script)\b.*?</\1>", "", path.read_text(encoding="utf-8"), flags=re.S)
        assert "data-slot" not in text and "{{" not in text and "{%" not in text, path


def test_nothing_is_fetched_from_elsewhere(site):
    for path in [*site.rglob("*.html"), *site.rglob("*.css")]:
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"""(?:src|@import|url\()\s*=?\s*["']?(https?://[^"')\s]+)""", text)
        assert not [one for one in found if "www.w3.org" not in one], f"{path}: {found[:3]}"


def test_the_note_of_a_number_stands_alone(pages):
    notes = {note for page in pages.values() for note in page.notes}
    leaning = re.compile(r"(of these|these|the same|what came|its|that)\b", re.IGNORECASE)
    assert len(notes) > 100 and [note for note in notes if leaning.match(note)] == []


def test_what_is_told_of_a_number_has_its_marks_set(site, pages):
    told = re.findall(r'<p class="(?:says|entry-note)">(.*?)</p>|<option[^>]*>(.*?)<',
                      (site / "guide/ledger/index.html").read_text(encoding="utf-8"))
    told = [re.sub("<code>.*?</code>|<[^>]*>", "", unescape("".join(one))) for one in told]
    told += [note for page in pages.values() for note in page.notes]
    assert any("’" in one for one in told) and [one for one in told if re.search("[\"']", one)] == []


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("place", ["guide/data/#fig-cleaned", "whole/#data-fig-cleaned"])
def test_a_link_to_a_figure_inside_an_answer_opens_the_answer(browser, address, place, script):
    context = browser.new_context(java_script_enabled=script, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + place)
    page.locator("details.predict[open] .figure:target").wait_for()
    expect(page.locator(".figure:target")).to_be_in_viewport()
    context.close()
