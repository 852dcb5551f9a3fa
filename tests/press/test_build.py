"""A whole build of a small project: what it writes, what it keeps, and that it survives being killed."""

import json
import re
import shutil
import signal
import subprocess
import sys
from html import unescape

import pytest

from press import fingerprint, finish, new_stage
from press.fault import Fault
from tests.press.project import ROOT, change, guide, make, write

LONE = "---\ntitle: A stop without numbers\norder: 90\n---\nNothing is computed here.\n{: .framing }\n"


def page(folder, name="count"):
    return (folder / "site" / "guide" / name / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The small project, built once; tests only read it."""
    folder = make(tmp_path_factory.mktemp("built"))
    guide(folder).build()
    return folder


def test_a_measured_number_links_to_its_ledger_entry(built):
    assert re.search(r'<a class="measured"[^>]*href="../ledger/#count.letters"[^>]*>16</a>', page(built))
    assert 'id="count.letters"' in page(built, "ledger")


def test_a_claim_links_to_its_footnote_and_back(built):
    text = page(built)
    mark = '<span class="mark" aria-hidden="true">'  # seen in copied text; ", source" is heard
    marker = rf'<sup>{mark}\s\[</span><span class="heard">, source </span>1{mark}\]</span></sup>'
    claim = r'<a class="claim" id="ref-tale-vocabulary-1" href="#cite-tale-vocabulary">50,257'
    assert re.search(claim + marker + "</a>", unescape(text))
    assert re.search(r'<li id="cite-tale-vocabulary".*?href="#ref-tale-vocabulary-1"', text, re.S)


def test_the_ways_back_from_a_source_are_numbered_where_there_are_several(tmp_path):
    folder = make(tmp_path)
    change(folder, "stages/count/page.md", "It is a beginning.\n{: .framing }", 'It is{{ cite("tale-origin") }} so.')
    guide(folder).build()
    notes = (re.search(rf'<li id="cite-tale-{id}".*?</li>', page(folder), re.S) for id in ("vocabulary", "origin"))
    one, two = (note[0] for note in notes)
    assert re.findall(r'aria-label="(Back[^"]*)">(.*?)</a>', one) == [("Back to the text", "back")]
    backs = [(f"Back to the text, place {place}", str(place)) for place in (1, 2)]
    assert re.findall(r'aria-label="(Back[^"]*)">(.*?)</a>', two) == backs and '<span class="back">back</span>' in two


def test_a_frame_of_a_scene_without_a_step_is_not_drawn(tmp_path, built):
    step = '{% call step("part") %}Fewer than {{ measured("letters") }}.{% endcall %}\n'
    change(make(tmp_path), "stages/count/page.md", step, "")
    guide(tmp_path).build()
    drawn = [re.findall(r'data-frame="(\w+)"', page(folder)) for folder in (built, tmp_path)]
    assert drawn == [["whole", "part"], ["whole"]]


def test_the_report_counts_guards_in_prose_and_numbers_without_one(tmp_path):
    folder = make(tmp_path)
    book = guide(folder).book()
    guide(folder).write(book)
    before = dict(book.numbers)
    change(folder, "stages/count/page.md", 'has {{ measured("letters")', 'has {{ measured("letters", at_least=3)')
    book = guide(folder).book()
    guide(folder).write(book)
    assert before["unguarded"] - book.numbers["unguarded"] == book.numbers["guarded"] - before.get("guarded", 0) == 1


def test_the_ledger_lists_every_claim_with_its_places(built):
    text = page(built, "ledger")
    for told in (
        'id="tale-vocabulary"',
        "“50,257”",
        "page 4",
        "It counts one special token.",
        'href="../count/#ref-tale-origin-1"',
        "count.letters",
        "Holds while".lower(),
        "receipt-count",
    ):
        assert told in text
    twin = json.loads((built / "site" / "guide" / "ledger.json").read_text())
    assert {claim["id"] for claim in twin["claims"]} == {"tale-vocabulary", "tale-origin", "ratio-large"}
    assert twin["accounts"] == {"count": {"linked": 5, "framing": 1}}


def test_home_loops_over_the_stages(built):
    text = (built / "site" / "index.html").read_text()
    assert 'href="guide/count/"' in text and re.search(r'href="guide/ledger/#count.letters"[^>]*>16</a> letters', text)


def test_figures_stand_in_their_place_and_not_in_the_search_index(built):
    assert "<p>squares</p>" in page(built) and "data-slot" not in page(built)
    searched = (built / "site" / "search" / "search_index.json").read_text()
    assert "squares</p>" not in searched
    assert "<sup>" not in searched, "a marker is no word of the text that is searched"
    assert json.loads((built / "site/assets/count/squares.json").read_text())["rows"][3] == {"n": 3, "square": 9}
    assert (built / "site/assets/count/squares.csv").read_text().startswith("n,square\n0,0\n1,1\n")
    assert json.loads((built / "site/assets/count/words.json").read_text()) == {"letters": 16}


def test_alt_text_is_the_docstring_with_its_numbers(built):
    assert 'aria-label="sixteen squares in a row."' in page(built)


def test_every_page_has_a_policy_that_fits_its_scripts(built):
    for path in (built / "site").rglob("*.html"):
        text = path.read_text()
        said = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
        assert said == finish.policy(text) and "default-src 'self'" in said


def test_no_address_means_no_canonical_and_no_sitemap(built):
    assert 'rel="canonical"' not in page(built) and not list((built / "site").glob("sitemap*"))


def test_an_address_gives_canonical_links(tmp_path):
    guide(make(tmp_path), environ={"SITE_URL": "https://example.org/sub/"}).build()
    assert 'rel="canonical" href="https://example.org/sub/guide/count/"' in page(tmp_path)
    assert (tmp_path / "site" / "sitemap.xml").exists()


def test_two_builds_give_the_same_bytes(tmp_path, built):
    guide(make(tmp_path)).build()

    def digests(folder):
        return {
            path.relative_to(folder).as_posix(): fingerprint.of_bytes(path.read_bytes())
            for path in (folder / "site").rglob("*")
            if path.is_file()
        }

    assert digests(tmp_path) == digests(built)


def test_nothing_changed_means_nothing_done(tmp_path):
    assert guide(make(tmp_path)).build() is True
    assert guide(tmp_path).build() is False
    (tmp_path / "site" / "index.html").write_text("touched")
    assert guide(tmp_path).build() is True
    assert guide(tmp_path, environ={"SITE_URL": "https://example.org/"}).build() is True


def test_a_lone_page_is_a_stage_and_deleting_it_removes_it(tmp_path):
    write(make(tmp_path), "stages/alone/page.md", LONE)
    guide(tmp_path).build()
    assert "Nothing is computed here." in page(tmp_path, "alone")
    assert "Stage two of two" in page(tmp_path, "alone") and "../alone/" in page(tmp_path)
    shutil.rmtree(tmp_path / "stages" / "alone")
    guide(tmp_path).build()
    assert (
        not (tmp_path / "site" / "guide" / "alone").exists()
        and "alone" not in (tmp_path / "site/index.html").read_text()
    )


def test_a_figure_says_which_stage_computed_what_it_shows(tmp_path):
    borrowed = (
        '"""Lent."""\nfrom types import SimpleNamespace\n\n\ndef squares(count):\n    """Squares."""\n'
        '    return SimpleNamespace(html="", table=[{"n": count.letters}], data={})\n'
    )
    write(make(tmp_path), "stages/alone/figures.py", borrowed)
    write(tmp_path, "stages/alone/page.md", LONE + '\n{% call figure("squares") %}\n**Squares.**\n{% endcall %}\n')
    guide(tmp_path).build()
    text = page(tmp_path, "alone")
    assert "stages/alone/figures.py, squares" in text
    assert "stages/count/stage.py, run" in text and "#receipt-count" in text and "#receipt-alone" not in text


def test_deleting_a_stage_that_another_asks_for_names_both(tmp_path):
    write(
        make(tmp_path),
        "stages/other/page.md",
        LONE.replace("Nothing", "It has {{ measured('count.letters') }}. Nothing"),
    )
    shutil.rmtree(tmp_path / "stages" / "count")
    with pytest.raises(Fault) as caught:
        guide(tmp_path).build()
    assert "stages/other/page.md" in str(caught.value) and "count" in str(caught.value)


def test_a_new_stage_builds_as_it_is_written(tmp_path):
    make(tmp_path)
    written = new_stage.write(tmp_path, "extra", [10])
    assert [path.split("/")[-1] for path in written] == ["exports.py", "figures.py", "page.md", "stage.py"]
    guide(tmp_path).build()
    assert 'data-scene="counting"' in page(tmp_path, "extra")
    with pytest.raises(Fault, match="already there"):
        new_stage.write(tmp_path, "extra", [10])


def test_code_is_lifted_and_cited(tmp_path):
    change(
        make(tmp_path),
        "stages/count/page.md",
        "It is a beginning.\n{: .framing }",
        'Code{{ cite("stages:count.stage.run") }}.\n\n{{ code("stages.count.stage.run") }}\n',
    )
    guide(tmp_path).build()
    assert re.search(r'class="claim cite of-code"[^>]*href="#cite-stages-count.stage.run"', page(tmp_path))
    assert "Ada counts the hens" in re.search(r'<div class="highlight.*?</div>|<pre.*?</pre>', page(tmp_path), re.S)[0]


def test_tokens_and_mathematics_are_html(tmp_path):
    change(
        make(tmp_path),
        "stages/count/page.md",
        "It is a beginning.",
        '{{ tokens("pieces") }} and {{ math("\\\\log p_i") }} begin.',
    )
    guide(tmp_path).build()
    chips = '<span class="token t0">Ada</span><wbr><span class="token t1"> counts</span>'
    assert f'<span class="tokens">{chips}</span>' in page(tmp_path)
    assert "<math" in page(tmp_path)


def test_tokens_of_the_fact_are_marked(tmp_path):
    change(make(tmp_path), "stages/count/page.md", "It is a beginning.", '{{ tokens("pieces", fact="counts") }} begin.')
    guide(tmp_path).build()
    assert '<span class="token t1 fact"> counts</span>' in page(tmp_path) and 'class="token t0">Ada<' in page(tmp_path)


def test_text_of_a_result_is_never_markup(tmp_path):
    change(
        make(tmp_path), "stages/count/stage.py", "Ada counts the hens", "*Ada* <b>_counts_</b> [the](x) `hens` & | $"
    )
    guide(tmp_path).build()
    shown = re.search(r'<em class="fact">(.*?)</em>', page(tmp_path))[1]
    import html

    assert html.unescape(shown) == "*Ada* <b>_counts_</b> [the](x) `hens` & | $" and "<" not in shown


KILLED = """
import os, signal, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from press import guide as house
from tests.press.project import guide

owner, name = getattr(house, "{owner}"), "{name}"
whole = getattr(owner, name)

def killed(*given):
    if {after}:
        whole(*given)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(owner, name, killed)
guide(Path({folder!r})).build()
"""
STEPS = ["Guide.book", "Guide.write", "site.write", "render.site", "Guide.finish", "swap.into_place", "unchanged.note"]
MOMENTS = [*((step, False) for step in STEPS), ("swap.exchange", True), ("unchanged.note", True)]


def test_a_build_killed_at_any_step_leaves_a_whole_site_and_can_be_repeated(tmp_path):
    guide(make(tmp_path)).build()
    stands = None
    for number, (step, after) in enumerate(reversed(MOMENTS)):  # the last has most to make good
        change_home(tmp_path, number)
        owner, name = step.split(".")
        code = KILLED.format(root=str(ROOT), folder=str(tmp_path), owner=owner, name=name, after=after)
        ended = subprocess.run([sys.executable, "-c", code], capture_output=True)
        assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
        home = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
        assert "</html>" in home and "data-slot" not in page(tmp_path)
        assert (tmp_path / "site/guide/ledger.json").exists()
        mark = re.search("mark of build ([a-z]+)", home)
        found = mark and mark[1]
        assert found in (stands, chr(97 + number) * 3), (step, after)
        stands = found
    guide(tmp_path).build()
    assert f"mark of build {chr(97 + number) * 3}" in (tmp_path / "site" / "index.html").read_text()


def change_home(folder, number):
    from tests.press.project import HOME

    write(folder, "docs/index.md", HOME + f"\nThe mark of build {chr(97 + number) * 3}.\n{{: .framing }}\n")


GLOSSARY = """\
---
title: The words
---
{% for term in terms %}
**{{ term.name }}**: {{ term.definition }} [{{ term.nav }}]({{ term.url }})
{: .framing }

{% endfor %}
"""


def test_a_glossary_gathers_the_terms_of_every_stage(tmp_path):
    make(
        tmp_path,
        {
            "docs/words.md": GLOSSARY,
            "stages/count/terms.yaml": 'letter: Here are {{ measured("count.letters", "words") }}.\nHen: A bird.\n',
        },
    )
    guide(tmp_path).build()
    text = (tmp_path / "site" / "words" / "index.html").read_text()
    assert text.index("<strong>Hen</strong>") < text.index("<strong>letter</strong>")
    assert ">sixteen</a>" in text and '<a href="../guide/count/">words</a>' in text


def test_a_naked_number_in_a_term_names_its_line(tmp_path):
    make(tmp_path, {"docs/words.md": GLOSSARY, "stages/count/terms.yaml": "Hen: A bird.\negg: One of 12.\n"})
    with pytest.raises(Fault) as caught:
        guide(tmp_path).build()
    assert (caught.value.file, caught.value.line) == ("stages/count/terms.yaml", 2) and '"12"' in str(caught.value)


def test_a_widget_that_is_no_module_names_the_nearest(tmp_path):
    make(tmp_path, {"docs/widgets/counter.js": "export function mount() {}\n"})
    line = change(
        tmp_path,
        "stages/count/page.md",
        "It is a beginning.\n{: .framing }",
        '{% call widget("countre") %}Some hens.{% endcall %}',
    )
    with pytest.raises(Fault) as caught:
        guide(tmp_path).build()
    assert caught.value.line == line and "Nearest: counter" in str(caught.value)


def test_a_widget_takes_its_prompt_from_a_result_and_leaves_no_dead_link_in_the_ledger(tmp_path):
    make(tmp_path, {"docs/widgets/counter.js": "export function mount() {}\n"})
    change(
        tmp_path,
        "stages/count/page.md",
        "It is a beginning.\n{: .framing }",
        '{% call widget("counter", prompt=text("pieces.0")) %}Some hens.\n{: .framing }\n{% endcall %}',
    )
    guide(tmp_path).build()
    assert 'data-options="{&quot;prompt&quot;: &quot;Ada&quot;}"' in page(tmp_path)
    assert "use-count.pieces" not in page(tmp_path)
