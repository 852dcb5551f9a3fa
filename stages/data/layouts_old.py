"""Pages as the early web wrote them: capitals, layout tables, paragraphs left open; and one careful hand."""

import random

from stages.data.furniture import ADVERTS, body, escape, links


def old(rng: random.Random, site: str, title: str, blocks: list) -> str:
    """Capitals, presentational tags, paragraphs left open."""
    return f"""<HTML><HEAD><TITLE>{title}</TITLE></HEAD>
<BODY BGCOLOR=#FFFFEE><CENTER><FONT SIZE=2>{links(rng, 5)}</FONT></CENTER><H1>{title}</H1>
{body(rng, blocks, close=False)}
<HR><CENTER><FONT SIZE=1>Last changed in autumn &#149; best seen at 800x600 &#149; &copy; {site}</FONT></CENTER>
</BODY></HTML>"""


def table(rng: random.Random, site: str, title: str, blocks: list) -> str:
    """A whole page in one layout table, where extraction takes navigation and text for one cell."""
    return f"""<HTML><HEAD><TITLE>{title}</TITLE></HEAD>
<BODY BGCOLOR=#FFFFEE><TABLE WIDTH=700><TR><TD WIDTH=120 VALIGN=top><FONT SIZE=2>{links(rng, 5)}</FONT>
<TD><FONT FACE="Times"><H1>{title}</H1>
{body(rng, blocks, close=False)}
<HR><FONT SIZE=1>Last changed in autumn &#149; best seen at 800x600 &#149; &copy; {site}</FONT></TABLE></BODY></HTML>"""


def portal(rng: random.Random, site: str, title: str, blocks: list) -> str:
    """A portal of nested tables: weather, a poll, tags closed twice or never, and ampersands that nobody escaped."""
    poll = rng.choice(("Tea or coffee", "Cats & dogs", "Sail or steam"))
    return f"""<html><head><title>{title} & more @ {site}</title>
<META NAME=keywords CONTENT="isles, sound, {site}"></head>
<body><!-- saved from old server --><table border=0 width=780><tr><td colspan=3><marquee>{rng.choice(ADVERTS)}</marquee>
<tr><td valign=top width=130><table><tr><td><b>Channels<br>{links(rng, 6)}</td></tr></table></td>
<td valign=top><div class="content"><h1><font color="#003366">{title}</h1></font>
{body(rng, blocks, close=False)}
</div></td><td valign=top width=140><table><tr><td>Poll: {poll}?<br><input type=radio>yes <input type=radio>no</td></td>
<tr><td>Visitors &nbsp; {rng.randint(1000, 99999)}</table></td></tr></table>
<center><small>{site} &#151; all rights & wrongs reserved</small></center><p></body>"""


def plain(rng: random.Random, site: str, title: str, blocks: list) -> str:
    """Hardly any tags: a heading, and paragraphs with empty lines between them, written in an editor for text."""
    lines = [("* " if kind == "li" else "") + escape(rng, text) for kind, text in blocks]
    gap = "<br>\n" if blocks and blocks[0][0] == "li" else "<br><br>\n"
    return f"""<title>{title}</title>
<h2>{title}</h2>
{gap.join(lines)}
<hr><i>{site}</i> | <a href="/">up</a> | <a href="/next.html">next</a>
"""


def xhtml(rng: random.Random, site: str, title: str, blocks: list) -> str:
    """Strict XHTML as a careful person wrote it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>{title}</title></head>
<body><div id="menu">{links(rng, 4)}</div><div id="main"><h1>{title}</h1>
{body(rng, blocks)}
</div><div id="foot">Valid pages since the great flood. {site}</div></body></html>"""
