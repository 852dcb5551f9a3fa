"""A token looks the same in prose and in figures."""

from hypothesis import given
from hypothesis import strategies as some

from press import chips
from viz import tokens

PIECES = some.lists(some.text("ab &<\u00e9\u200d", min_size=1, max_size=9), min_size=1, max_size=12)


@given(PIECES, some.sets(some.integers(0, 11)))
def test_a_row_of_prose_is_the_row_of_a_figure(pieces, fact):
    assert chips.row(pieces, fact) == tokens.chips(pieces, fact)
