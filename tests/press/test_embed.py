"""A widget's own page: cut out of the page where it stands, with links that still lead where they led."""

import re

from press import embed

GUIDE = """<html><head><link rel="stylesheet" href="../../assets/stylesheets/main.1.css"><link rel="stylesheet"
 href="../../nothing.css"><link rel="stylesheet" href="../../assets/site.css">
<link rel="stylesheet" href="../../widgets/widgets.css"></head><body><h1 id="t">Talk <em>now</em></h1>
<section class="widget" data-options="{&quot;a&quot;: 1}" data-widget="chat"><h3 id="c">The chat &amp; you</h3>
<div class="stand-in"><p id="use-1">See <a href="../ledger/#a.b" id="x">1</a>, <a href="#cite-1">2</a>,
<a href="https://example.org/">3</a>.</p></div></section>
<section class="widget" data-widget="live"><h3>Live</h3><div class="stand-in"><p>x</p></div></section></body></html>"""


def embedded(tmp_path):
    """The embed pages of a site of two pages, by widget."""
    for url, text in (("guide/chat/", GUIDE), ("", GUIDE.replace("The chat", "Another"))):
        (tmp_path / url).mkdir(parents=True, exist_ok=True)
        (tmp_path / url / "index.html").write_text(text)
    embed.write(tmp_path, ["guide/chat/", ""])
    return {path.parent.name: path.read_text() for path in tmp_path.glob("embed/*/index.html")}


def test_each_widget_gets_one_page_from_the_first_place_where_it_stands(tmp_path):
    pages = embedded(tmp_path)
    assert set(pages) == {"chat", "live"}
    assert "<title>The chat &amp; you</title>" in pages["chat"] and 'data-options="{&quot;a&quot;: 1}"' in pages["chat"]


def test_links_of_an_embedded_widget_lead_where_they_led(tmp_path):
    links = re.findall(r'<a href="([^"]*)"', embedded(tmp_path)["chat"])
    assert links == ["../../guide/ledger/#a.b", "../../guide/chat/#cite-1", "https://example.org/", "../../guide/chat/"]


def test_an_embed_page_has_the_sites_sheets_a_policy_and_no_anchors_of_its_own(tmp_path):
    page = embedded(tmp_path)["chat"]
    assert re.findall(r'stylesheet" href="([^"]*)"', page) == ["../../assets/site.css", "../../widgets/widgets.css"]
    assert "Content-Security-Policy" in page and not re.search(r'\sid="', page)
