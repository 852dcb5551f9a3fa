"""The form that narrows a long list; docs/widgets/ledger.js makes it work, and without script it is hidden."""

import html

from press import quotes


def of(name, entries, noun, choices):
    """A search form over the elements that the selector `entries` finds; each choice is (attribute, [(value, words)]).

    >>> 'data-entries=".row"' in of("Rows", ".row", "rows", [("stage", [("a", "a")])])
    True
    """
    selects = "".join(_select(key, options) for key, options in choices if options)
    return (
        f'<form class="ledger-filter needs-script" data-ledger data-entries="{entries}" data-noun="{noun}" '
        f'role="search" aria-label="{name}"><label class="ledger-words">words '
        f'<input type="search" name="words" autocomplete="off"></label>{selects}'
        '<div class="ledger-told"><p class="ledger-found" role="status"></p>'
        '<button type="reset" class="quiet">clear</button></div></form>'
    )


def _select(name, options):
    listed = "".join(
        f'<option value="{value}">{quotes.curled(html.escape(words))}</option>' for value, words in options
    )
    return f'<label>{name} <select name="{name}"><option value="">any</option>{listed}</select></label>'
