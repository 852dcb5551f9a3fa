"""Pages as the web writes them: eight templates with navigation, cookie banners, adverts, comments and broken tags."""

import html
import random

NAV = ("Home", "Archive", "About us", "Contact", "Shop", "Map", "Search", "Help")
ADVERTS = (
    "Boots that last a lifetime. Order before Sunday and save.",
    "Tired of damp? Ask for our free sample of roof paint.",
    "Sound Savings Bank: your money, dry and safe.",
    "Lose your keys? Never again, with the whistle ring.",
    "Half price on lamp oil, this week only.",
    "Learn the concertina in nine evenings.",
)
COMMENTS = (
    "So true!",
    "First.",
    "My cousin says the same.",
    "Lovely, thank you for sharing.",
    "I do not agree at all.",
    "Does anybody know if the ferry runs today?",
    "Great post, visit my page.",
    "Miss those days.",
)
COOKIES = (
    "We use cookies to improve your visit. Accept all or choose settings.",
    "This site stores small files on your device. By reading on you agree.",
    "Your privacy matters to us and to our partners. Accept. Reject.",
)
RELATED = (
    "The best walks near the sea",
    "Five things to do with string",
    "Old photographs wanted",
    "Is your chimney safe?",
    "Market prices this week",
    "Readers' letters",
)


def escape(rng: random.Random, text: str) -> str:
    """Escape text the way some page does: named, numbered or needless entities, which all decode to the same."""
    text = html.escape(text, quote=False)
    way = rng.randrange(4)
    if way == 0:
        text = text.replace('"', "&quot;").replace("'", "&#39;")
    if way == 1:
        text = text.replace(" a ", "&#32;a ")
    return text


def body(rng: random.Random, blocks: list[tuple[str, str]], close: bool = True) -> str:
    """The blocks as HTML paragraphs, headings, list items; unclosed where a template is careless."""
    parts = []
    for kind, text in blocks:
        tag = {"p": "p", "h": "h2", "post": "p", "li": "li", "pre": "pre"}[kind]
        parts.append(f"<{tag}>{escape(rng, text)}" + (f"</{tag}>" if close or tag != "p" else ""))
    return "\n".join(parts)


def links(rng: random.Random, count: int) -> str:
    """Some navigation links."""
    return " ".join(f'<a href="/{word.lower().replace(" ", "-")}">{word}</a>' for word in rng.sample(NAV, count))


def comments(rng: random.Random) -> str:
    """A few readers' comments, or none."""
    found = rng.sample(COMMENTS, rng.randint(0, 4))
    return "".join(f'<div class="comment"><b>guest{rng.randint(10, 99)}</b> {text}</div>' for text in found)


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


def blog(rng: random.Random, site: str, title: str, blocks: list) -> str:
    """A weblog with a sidebar and comments."""
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} - {site}</title>
<style>body {{ font: 16px serif }} .side {{ float: right }}</style></head><body>
<div id="cookie-consent" class="cookie-banner">{rng.choice(COOKIES)}</div>
<header><a href="/">{site}</a><nav>{links(rng, 4)}</nav></header>
<main><article class="post"><h1 class="entry-title">{title}</h1><div class="entry-content">
{body(rng, blocks)}
</div></article><section id="comments" class="comments"><h3>Comments</h3>{comments(rng)}</section></main>
<aside class="side sidebar widget"><h4>Older</h4>{"<br>".join(rng.sample(RELATED, 3))}</aside>
<footer class="footer">&copy; {site}. Powered by kettle.</footer></body></html>"""


def paper(rng: random.Random, site: str, title: str, blocks: list) -> str:
    """A newspaper with adverts between paragraphs and scripts."""
    cut = len(blocks) // 2
    advert = (
        f'<div class="ad advert" id="ad-{rng.randint(100, 999)}"><span>Advertisement</span> {rng.choice(ADVERTS)}</div>'
    )
    return f"""<!doctype html><html><head><title>{title} | {site}</title>
<script>window.dataLayer = window.dataLayer || []; function track(x) {{ dataLayer.push(x); }}</script></head><body>
<div class="banner cookie">{rng.choice(COOKIES)} <button>Accept</button></div>
<div class="topnav menu"><ul><li>{links(rng, 6).replace("</a> <a", "</a></li><li><a")}</li></ul></div>
<div class="article" itemprop="articleBody"><h1>{title}</h1>
{body(rng, blocks[:cut])}
{advert}
{body(rng, blocks[cut:])}
</div><div class="related-links"><h3>More stories</h3><ul><li>{"</li><li>".join(rng.sample(RELATED, 3))}</li></ul></div>
<div class="footer">All rights reserved. {site}. {links(rng, 3)}</div>
<script>track({{ page: "{rng.randint(1, 99999)}" }});</script></body></html>"""


def wiki(rng: random.Random, site: str, title: str, blocks: list) -> str:
    """An encyclopedia page with an edit bar and categories."""
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} - {site}</title></head><body>
<div id="mw-navigation"><ul><li><a href="/Main">Main page</a></li><li><a href="/Random">Random entry</a></li></ul></div>
<div id="content" class="mw-body"><h1 id="firstHeading">{title}</h1><div id="mw-content-text">
{body(rng, blocks)}
</div><div id="catlinks">Categories: <a href="/c1">Tern Isles</a> | <a href="/c2">All entries</a></div></div>
<div id="footer">This page was last edited on a {rng.choice(("Monday", "Friday", "Sunday"))}.
Text is free to share. <a href="/privacy">Privacy</a></div></body></html>"""


def board(rng: random.Random, site: str, title: str, blocks: list) -> str:
    """A forum thread, each block a post with its author and date."""
    posts = "\n".join(
        f'<div class="message"><div class="author">member_{rng.randint(100, 999)}</div><div class="postbody">'
        f'<p>{escape(rng, text)}</p></div><div class="buttons">Quote | Report</div></div>'
        for _, text in blocks
    )
    return f"""<!DOCTYPE html><html><head><title>{title}</title></head><body><div class="nav">{links(rng, 4)}</div>
<div class="content"><h1>{title}</h1>{posts}</div>
<div class="footer">You must log in to reply. Board time is island time. {site}</div></body></html>"""


def xhtml(rng: random.Random, site: str, title: str, blocks: list) -> str:
    """Strict XHTML as a careful person wrote it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>{title}</title></head>
<body><div id="menu">{links(rng, 4)}</div><div id="main"><h1>{title}</h1>
{body(rng, blocks)}
</div><div id="foot">Valid pages since the great flood. {site}</div></body></html>"""


def shell(rng: random.Random, site: str, title: str, blocks: list) -> str:
    """An empty root that a script would fill."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{site}</title></head><body><div id="root"></div>
<noscript></noscript><script src="/app.{rng.randint(1000, 9999)}.js"></script></body></html>"""


TEMPLATES = {
    "shell": shell,
    "old": old,
    "table": table,
    "blog": blog,
    "paper": paper,
    "wiki": wiki,
    "board": board,
    "xhtml": xhtml,
}


def render(rng: random.Random, template: str, site: str, title: str, blocks: list) -> str:
    """A whole HTML page in one of the templates."""
    return TEMPLATES[template](rng, site, escape(rng, title), blocks)
