"""A share of a count, and how far it can be trusted."""

NORMAL = 1.959963984540054  # 95 % of a normal distribution lies within so many standard deviations


def wilson(right, count):
    """Wilson's 95 % interval for `right` of `count`, as (low, high).

    >>> [round(end, 3) for end in wilson(9, 10)]
    [0.596, 0.982]
    """
    share, pull = right / count, NORMAL**2 / count
    middle = (share + pull / 2) / (1 + pull)
    reach = NORMAL * (share * (1 - share) / count + pull / (4 * count)) ** 0.5 / (1 + pull)
    return max(0.0, middle - reach), min(1.0, middle + reach)
