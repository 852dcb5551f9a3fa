"""Words that pages and lessons may use, and what a figure or a command is said to weigh or to need."""

import gzip
import re

import pytest

from press import downloads, figure_html
from press.fault import Fault
from tests.press.project import change, guide, make, write

COUNT = "stages/count/page.md"


def page(folder, name="guide/count"):
    return (folder / "site" / name / "index.html").read_text(encoding="utf-8")


def test_words_of_the_fact_in_a_measured_text_are_marked_and_others_are_refused(tmp_path):
    asked = '{% call remember() %}\n- It is {{ measured("fact", fact="the hens") }}.'
    line = change(make(tmp_path), COUNT, "{% call remember() %}", asked) + 1
    guide(tmp_path).build()
    assert 'Ada counts <em class="fact">the hens</em></a>' in page(tmp_path)
    change(tmp_path, COUNT, 'fact="the hens"', 'fact="the cows"')
    with pytest.raises(Fault, match='does not hold "the cows"') as told:
        guide(tmp_path).build()
    assert (told.value.file, told.value.line) == (COUNT, line)


def test_the_size_of_the_explorer_is_that_of_its_file_zipped(tmp_path):
    script = bytes(range(256)) * 4000
    made = guide(make(tmp_path))
    made.extra_files = {figure_html.EXPLORER: script}
    assert made.settings()["explorer"] == downloads.size(len(gzip.compress(script)))


def test_a_figure_is_called_by_its_finding_and_a_scene_by_the_title_in_its_docstring(tmp_path):
    change(make(tmp_path), COUNT, "**It grows.**", "**It grows; \"hens\" do not.**")
    change(tmp_path, "stages/count/figures.py", "A whole and its part.", "Whole and half\n\n    A whole and its part.")
    guide(tmp_path).build()
    assert '<figure aria-label="It grows">' in page(tmp_path) and "CSV: It grows" in page(tmp_path)
    assert 'aria-label="Scene: Whole and half"' in page(tmp_path) and 'whole. A whole and its part."' in page(tmp_path)


@pytest.mark.parametrize("act", ["refreeze", "restamp"])
def test_what_a_stage_has_not_is_neither_frozen_nor_stamped(tmp_path, act):
    write(make(tmp_path), "stages/lone/page.md", "---\ntitle: Lone\norder: 90\n---\nText.\n{: .framing }\n")
    with pytest.raises(Fault, match='the stage "lone"'):
        getattr(guide(tmp_path), act)(["lone"])


def test_a_lesson_links_to_a_widget_that_a_page_has_and_to_no_other(tmp_path):
    lamp = '\n\n{% call widget("lamp") %}\nIt glows.\n{: .framing }\n{% endcall %}\n'
    lesson = '\n<div class="lesson framing" markdown="1">\n\n{{ stage.lesson }}\n\n</div>\n'
    teach = f"---\ntitle: Teach\n---\n{{% for stage in stages %}}{lesson}{{% endfor %}}\n"
    make(tmp_path, {"docs/widgets/lamp.js": "export function mount() {}\n", "docs/teach.md": teach})
    path = tmp_path / COUNT
    path.write_text(path.read_text(encoding="utf-8") + lamp, encoding="utf-8")
    write(tmp_path, "stages/count/teach.md", 'Open {{ tool("lamp", "the lamp") }}.\n{: .framing }\n')
    guide(tmp_path).build()
    assert re.search(r'<a href="../embed/lamp/" data-address="[^"]*embed/lamp/">the lamp</a>', page(tmp_path, "teach"))
    write(tmp_path, "stages/count/teach.md", 'Open {{ tool("lump", "the lamp") }}.\n{: .framing }\n')
    with pytest.raises(Fault, match='tool\\(\\) names the widget "lump"'):
        guide(tmp_path).build()


def test_the_short_page_says_its_colors_and_leaves_out_what_the_mathematics_switch_does(tmp_path):
    skipped = '<span class="mathematics">, of {{ math("q") }}</span>'
    asked = '{% call remember() %}\n- Mean' + skipped + ', and {{ measured("letters") }}.'
    change(make(tmp_path), COUNT, "{% call remember() %}", asked)
    guide(tmp_path).build()
    assert 'class="mathematics"' in page(tmp_path) and 'class="mathematics"' not in page(tmp_path, "short")
    assert '<span class="measured">Green</span>' in page(tmp_path, "short")
