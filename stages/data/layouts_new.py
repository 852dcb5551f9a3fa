"""Pages as the web of style sheets writes them: boxes, banners, scripts, and much that is not the text."""

import random

from stages.data.furniture import ADVERTS, COMMENTS, COOKIES, RELATED, body, comments, escape, links


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


def cms(rng: random.Random, site: str, title: str, blocks: list) -> str:
    """A publishing system's page: boxes in boxes, a breadcrumb, buttons to share, a newsletter, replies."""
    replies = "".join(f"<li id='c{rng.randint(1, 999)}'><p>{text}</p></li>" for text in rng.sample(COMMENTS, 2))
    return f"""<!DOCTYPE html><html lang="en-GB" class="no-js">
<head><meta charset="utf-8"><title>{title} &#8211; {site}</title>
<script type="application/ld+json">{{"@type": "Article", "publisher": "{site}"}}</script>
<style>.wrap{{max-width:60em}}.hidden{{display:none}}</style></head><body class="single post-{rng.randint(100, 9999)}">
<div class="consent-overlay" role="dialog"><p>{rng.choice(COOKIES)}</p><button>OK</button></div><div class="wrap">
<header class="site-header"><a href="/" rel="home">{site}</a><nav class="main-menu">{links(rng, 5)}</nav></header>
<div class="breadcrumbs"><a href="/">Home</a> &raquo; <a href="/all">All posts</a></div>
<main><article class="hentry"><header><h1 class="entry-title">{title}</h1></header><div class="entry-content">
{body(rng, blocks)}
</div><div class="share sharedaddy"><a href="#">Share</a> <a href="#">Print</a></div></article>
<div class="newsletter-signup"><h3>Never miss a post</h3><form><input type="email"><button>Join</button></form></div>
<div class="comments-area"><h2>Replies</h2><ol class="comment-list">{replies}</ol></div></main>
<aside class="widget-area"><h2>Recent</h2><ul><li>{"</li><li>".join(rng.sample(RELATED, 3))}</li></ul></aside>
<footer class="site-footer"><p>&copy; {site}</p></footer></div>
<script>document.body.classList.remove("no-js")</script>"""


def magazine(rng: random.Random, site: str, title: str, blocks: list) -> str:
    """A magazine with a picture that loads late, a box of readers' favorites, and a tracker that needs no script."""
    cut = (len(blocks) + 1) // 2
    return f"""<!doctype html>
<html lang=en><head><meta charset=utf-8><title>{title} | {site}</title>
<link rel=stylesheet href=/m.{rng.randint(10, 99)}.css>
<noscript><img height=1 width=1 src="/pixel?p={rng.randint(1, 9999)}"></noscript></head><body>
<a class="skip-link" href="#main">Skip to content</a><div role="banner"><a href="/">{site}</a>{links(rng, 4)}</div>
<div class="gdpr" hidden>{rng.choice(COOKIES)}</div>
<main id=main><article><h1>{title}</h1>
<figure><img loading=lazy data-src="/img/{rng.randint(1, 999)}.jpg" alt="">
<figcaption>Picture: archive</figcaption></figure>
<section class="article-body">
{body(rng, blocks[:cut])}
<div class="promo ad-slot"><small>Advertisement</small> {rng.choice(ADVERTS)}</div>
{body(rng, blocks[cut:])}
</section></article></main>
<div class="most-read"><h2>Most read</h2><ol><li>{"<li>".join(rng.sample(RELATED, 4))}</ol></div>
<div role="contentinfo" class="footer">{site} {links(rng, 3)}</div></body></html>"""


def shell(rng: random.Random, site: str, title: str, blocks: list) -> str:
    """An empty root that a script would fill."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{site}</title></head><body><div id="root"></div>
<noscript></noscript><script src="/app.{rng.randint(1000, 9999)}.js"></script></body></html>"""
