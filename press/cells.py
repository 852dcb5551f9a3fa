"""What stands in the cells of a figure's table: the numbers of one column have one number of decimals."""

from math import floor, log10

from press.number import MINUS, rounded

NOTHING = 1e-15  # what is left of a zero by rounding is smaller; the untrained chance of the fact is not
FIGURES = 4  # that the largest number of a column shows, and
FEWEST = 3  # the smallest
MOST = 6  # decimals; where a column would need more, each of its numbers is told in its own way


def column(values):
    """The cells of a column, from its values.

    >>> column([4.082454, 2.78]), column([0.95893, 0.011815, 0.0]), column([1.0, 0.25, None]), column([1, "a"])
    (['4.082', '2.780'], ['0.9589', '0.0118', '0.0000'], ['1.00', '0.25', ''], ['1', 'a'])
    >>> column([0.9999, 1.448e-06])
    ['0.9999', '1.448 × 10⁻⁶']
    """
    decimals = _decimals([value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool)])
    return [cell(value, decimals) for value in values]


def cell(value, decimals=None):
    """A value as a table shows it; a number with these decimals or, without any told, in four figures.

    >>> cell(0.123456), cell(12345), cell(-12345.6), cell(3e-17), cell(1.3e-14), cell(None), cell(3.7, 3)
    ('0.1235', '12,345', '−12,346', '0', '1.3 × 10⁻¹⁴', '', '3.700')
    """
    if isinstance(value, bool) or value is None:
        return "" if value is None else ("yes" if value else "no")
    if not isinstance(value, (int, float)):
        return str(value)
    known = 0 if abs(value) < NOTHING else value
    if decimals is None and abs(value) < 1000:
        return rounded(known)
    return f"{known:,.{decimals or 0}f}".replace("-", MINUS)


def _decimals(numbers):
    """How many decimals these numbers share: no zeros at the end of all; None where they differ too much in size."""
    sizes = [abs(number) for number in numbers if abs(number) >= NOTHING]
    if not sizes or all(isinstance(number, int) for number in numbers):
        return 0
    needed = max(_places(max(sizes) * 0.999, FIGURES), _places(min(sizes), FEWEST))  # 1.0 is as 0.9965 beside it
    if needed > MOST:
        return None
    return max(len(f"{size:.{needed}f}".rstrip("0").partition(".")[2]) for size in sizes)


def _places(size, figures):
    """Decimals that show so many figures of a number.

    >>> _places(12.352, 4), _places(0.0118, 2), _places(5000.0, 4)
    (2, 3, 0)
    """
    return max(0, figures - 1 - floor(log10(size)))
