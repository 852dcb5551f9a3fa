"""A progress bar for steps that take long, on a terminal."""

import sys


def bar(items, label, out=sys.stderr):
    """Yield the items while a line says how far one is.

    >>> list(bar("ab", "reading", open("/dev/null", "w")))
    ['a', 'b']
    """
    items = list(items)
    for done, item in enumerate(items):
        if out.isatty():
            filled = round(24 * done / len(items))
            out.write(f"\r{label} [{'#' * filled}{'.' * (24 - filled)}] {done} of {len(items)} ")
            out.flush()
        yield item
    if items and out.isatty():
        out.write(f"\r{label} [{'#' * 24}] {len(items)} of {len(items)} \n")
