"""The guide itself, checked without rendering: claims, guards, receipts, recomputations, posters."""

from argparse import Namespace

import pytest

import build_site


@pytest.fixture(scope="module")
def made():
    """The guide as build_site.py makes it, and its book with every page written."""
    guide = build_site.guide(Namespace(draft=False, posters=False))
    book = guide.book()
    guide.write(book, draw_missing=False)
    return guide, book


def test_every_claim_is_used_and_every_guard_holds(made):
    guide, _ = made
    assert {row.what: row.count for row in guide.check()}["claims cited to a source"] > 20


def test_every_poster_is_committed_and_shows_its_figure(made):
    _, book = made
    assert not [told for told in book.warnings if "posters/" in told]


def test_nothing_else_is_left_to_warn_of(made):
    _, book = made
    assert not book.warnings
