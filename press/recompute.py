"""Claims that can be worked out here are: each `recompute:` function must give the value that the claim states, or
True where the claim has no value."""

import importlib
import math
import sys

from press.entry import FILE
from press.fault import Fault, nearest


def check(book):
    """Run every function that a claim names; how many agreed."""
    claims = [claim for claim in book.ledger.claims.values() if claim.recompute]
    for claim in claims:
        found, value = _run(claim, book.root), book.value(claim)
        if not (found is True if value is None else agrees(found, value)):
            raise Fault(
                FILE, claim.line,
                f'"{claim.id}" says {"yes" if value is None else value}, and {claim.recompute} gives {found}',
                "find out which of the two is wrong",
            )  # fmt: skip
    return len(claims)


def agrees(found, value):
    """Whether a recomputed number is the stated one; a claim without a number is recomputed as True.

    >>> agrees(50257, 50257), agrees(50256, 50257), agrees(True, 1)
    (True, False, False)
    """
    return not isinstance(found, bool) and isinstance(found, (int, float)) and math.isclose(found, value, rel_tol=1e-9)


def _run(claim, root):
    name, function = claim.recompute.split(":")
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    try:
        module = importlib.import_module(name)
    except ImportError as error:
        raise Fault(FILE, claim.line, f"{claim.recompute} cannot be imported: {error}", "mend the name") from None
    if not hasattr(module, function):
        raise Fault(
            FILE, claim.line, f"{name} has no function {function}", "mend the name", nearest(function, vars(module))
        )
    try:
        return getattr(module, function)()
    except Exception as error:  # whatever a recomputation raises is told with its claim
        raise Fault(
            FILE, claim.line, f"{claim.recompute} raised {type(error).__name__}: {error}", "mend the function"
        ) from error
