"""How every page begins: its title, and in a larger size what it makes clear."""


def titled(title, lede):
    """A heading and a lede; what follows a colon in a title does not part from it alone, but as a whole.

    >>> print(titled("Style: every part", "For all."))
    # Style: <span class="title-rest">every part</span>
    <BLANKLINE>
    <p class="lede" markdown="span">For all.</p>
    >>> titled("Data", "")
    '# Data'
    """
    name, colon, rest = title.partition(": ")
    heading = f'# {name}: <span class="title-rest">{rest}</span>' if colon else f"# {title}"
    return f'{heading}\n\n<p class="lede" markdown="span">{lede}</p>' if lede else heading
