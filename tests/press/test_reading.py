"""Ways to read a page, and the pages that are made of all stages."""

import re

import pytest

from press import reading
from press.whole import deeper
from tests.press.project import HOME, guide, make

BODY = """One.
{% call where() %}here{% endcall %}
Two.
{% call scene("s") %}
{% call step("a") %}first{% endcall %}
between
{% call step("b") %}second{% endcall %}
{% endcall %}
{% call figure("f") %}caption{% endcall %}
{% call remember() %}
- three
{% endcall %}
"""


def test_the_short_form_keeps_opener_scene_and_key_points_and_every_line_its_place():
    short = reading.excerpt(BODY)
    assert short.split() == "".join(
        line for line in BODY.splitlines(keepends=True) if line not in ("One.\n", "Two.\n") and "figure" not in line
    ).split()
    assert short.count("\n") == BODY.count("\n")
    assert short.splitlines()[5] == "between"


def test_the_short_form_keeps_a_prediction_that_asks_for_it_and_no_other():
    body = '{% call predict("A?") %}a{% endcall %}\n{% call predict("B?", short=true) %}b{% endcall %}\n'
    assert reading.excerpt(body) == "\n" + body.splitlines(keepends=True)[1]


def test_a_paragraph_that_is_only_a_formula_can_be_skipped_and_one_with_words_cannot():
    alone, chips = '<p><span data-slot="slot-1"></span></p>', '<p><span data-slot="slot-2"></span></p>'
    text = alone + alone.replace("<p>", "<p>So ") + chips
    made = reading.formulas(text, {"slot-1": "<math>p</math>", "slot-2": "<span>chips</span>"})
    assert made.count('class="mathematics"') == 1 and made.startswith('<p class="mathematics">')


def test_headings_go_deeper_and_code_stays():
    assert deeper("## A\n\n````python\n## not a heading\n````\n\n### B") == (
        "### A\n\n````python\n## not a heading\n````\n\n#### B"
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Two stages with figures and steps of the same names, built once."""
    folder = make(tmp_path_factory.mktemp("gathered"))
    page = (folder / "stages/count/page.md").read_text(encoding="utf-8")
    again = page.replace("order: 10", "order: 20").replace("nav: words", "nav: more")
    again = again.replace("measured('letters", "measured('count.letters")
    again = again.replace('measured("letters', 'measured("count.letters').replace('("squares")', '("count.squares")')
    again = again.replace('("halves")', '("count.halves")') + '\n\n{% call widget("lamp") %}It glows.{% endcall %}\n'
    bridge = "{% call bridge() %}\nIt is said again.\n{: .framing }\n{% endcall %}\n\n"
    again = again.replace("{% call remember", bridge + "{% call remember")
    home = HOME.replace("title: Home\n", "title: Home\nopening: It is a small tale.\n")
    home += "\n## Its colors { .in-whole }\n\nGreen is ours.\n{: .framing }\n\n## More\n\nNo more.\n{: .framing }\n"
    lamp = "export function mount() {}\n"
    make(folder, {"stages/more/page.md": again, "docs/widgets/lamp.js": lamp, "docs/index.md": home})
    guide(folder).build()
    return folder


def test_the_whole_guide_has_ids_of_its_own_and_numbers_sources_through(built):
    text = (built / "site/whole/index.html").read_text(encoding="utf-8")
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert {"count-fig-squares", "more-fig-squares", "count-halves-part", "more-halves-part"} <= set(ids)
    assert text.count('<section class="sources"') == 1
    note = re.search(r'<li id="(cite-\d+)"(?:(?!</li>).)*50,257', text, re.S)[1]
    assert len(re.findall(rf'class="claim[^>]*href="#{note}"', text)) == 2
    assert text.count(f'id="{note}"') == 1


def test_widgets_stand_in_for_themselves_in_the_whole_guide(built):
    whole, own = ((built / f"site/{name}/index.html").read_text(encoding="utf-8") for name in ("whole", "guide/more"))
    assert "It glows." in whole and "data-widget" not in whole and "of-widget" not in whole
    assert "the title of each stage leads there" in whole and "With script" not in whole
    assert 'data-widget="lamp"' in own and "of-widget" in own
    words = "Where script runs, there is something to try here."
    assert re.search(rf'<p class="no-script"[^>]*>{words}<', own)


def test_the_whole_guide_begins_with_the_section_of_home_that_says_how_to_read_it(built):
    text = (built / "site/whole/index.html").read_text(encoding="utf-8")
    places = [text.index(part) for part in ('class="whole-contents"', "Green is ours.", "stage-line whole-stage")]
    assert places == sorted(places)
    assert "No more." not in text and ".in-whole" not in text


def test_each_figure_of_a_page_made_of_others_links_to_its_data_and_table_on_the_page_of_its_stage(built):
    for name in ("whole", "short"):
        text = (built / f"site/{name}/index.html").read_text(encoding="utf-8")
        for slug in ("count", "more"):
            links = re.findall(rf'<a href="\.\./guide/{slug}/#([^"]+)"[^>]*>data and table<', text)
            own = (built / f"site/guide/{slug}/index.html").read_text(encoding="utf-8")
            assert links and all(f'id="{anchor}"' in own for anchor in links)


def test_a_bridge_stands_in_the_short_form_and_is_marked_on_its_stage_and_left_out_of_the_whole(built):
    whole, short, own = (
        (built / f"site/{name}/index.html").read_text(encoding="utf-8") for name in ("whole", "short", "guide/more")
    )
    assert "It is said again." not in whole and "It is said again." in short
    assert re.search(r'<div class="of-short bridge"[^>]*>\s*<p[^>]*>It is said again.', own)


def test_the_ledger_lists_the_stage_pages_and_not_the_pages_made_of_them(built):
    ledger = (built / "site/guide/ledger/index.html").read_text(encoding="utf-8")
    assert "../count/#use-count.letters-1" in ledger and "whole/#" not in ledger


def test_the_ten_minute_path_leaves_the_rest_to_the_stages(built):
    text = (built / "site/short/index.html").read_text(encoding="utf-8")
    article = re.search(r"<article.*?</article>", text, re.S)[0]
    assert "What to remember" in article
    assert "It is a beginning." not in article and 'class="questions"' not in article
    assert 'href="../guide/count/"' in article and "more-halves-part" in article


def test_the_ten_minute_path_begins_as_home_does_and_ends_with_a_way_on(built):
    text = (built / "site/short/index.html").read_text(encoding="utf-8")
    assert text.index("It is a small tale.") < text.index('class="whole-contents"')
    assert re.search(r'class="whole-end .*?<nav class="onward long-way"[^>]*><a href="../guide/count/">', text, re.S)
