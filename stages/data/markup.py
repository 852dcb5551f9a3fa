"""A page's text into HTML, in one of the templates that hosts write their pages with."""

import random

from stages.data.furniture import escape
from stages.data.layouts_new import blog, board, cms, magazine, paper, shell, wiki
from stages.data.layouts_old import old, plain, portal, table, xhtml

TEMPLATES = {
    "shell": shell,
    "old": old,
    "table": table,
    "portal": portal,
    "plain": plain,
    "xhtml": xhtml,
    "blog": blog,
    "paper": paper,
    "wiki": wiki,
    "board": board,
    "cms": cms,
    "magazine": magazine,
}


def render(rng: random.Random, template: str, site: str, title: str, blocks: list) -> str:
    """A whole HTML page in one of the templates."""
    return TEMPLATES[template](rng, site, escape(rng, title), blocks)
