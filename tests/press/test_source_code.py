"""Code that a page shows: lifted whole, without the examples of its docstring."""

from press import source_code

SOURCE = '''\
def f(x):
    """Say one.

    >>> f(2)
    1

    Always.

    >>> f(3)
    1
    """
    return 1'''

LIFTED = '''\
def f(x):
    """Say one.

    Always."""
    return 1'''


def test_examples_are_left_out_and_the_sentences_stay():
    assert source_code.without_examples(SOURCE) == LIFTED


def test_code_without_docstring_or_examples_stays_as_it_is():
    assert source_code.without_examples("def f():\n    return 1") == "def f():\n    return 1"
    assert source_code.without_examples('def f():\n    """One."""') == 'def f():\n    """One."""'
