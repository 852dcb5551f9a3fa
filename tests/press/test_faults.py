"""Each mistake stops the build with one message: file and line, what was found, the nearest right name, the mend."""

import pytest

from press.fault import Fault
from tests.press.project import change, guide, make, write

PAGE = "stages/count/page.md"


def refused(folder, file, line, *told, check=False):
    """The build refuses, naming file and line, saying each of `told`; and what stood in site/ stays."""
    (folder / "site").mkdir(exist_ok=True)
    (folder / "site" / "index.html").write_text("the previous site")
    with pytest.raises(Fault) as caught:
        guide(folder).check() if check else guide(folder).build()
    message = str(caught.value)
    assert (caught.value.file, caught.value.line) == (file, line), message
    assert "\n" not in message and "Mend: " in message
    for text in told:
        assert text in message, message
    assert (folder / "site" / "index.html").read_text() == "the previous site"
    return message


def test_an_unknown_claim_names_the_nearest(tmp_path):
    line = change(make(tmp_path), PAGE, 'claim("tale-vocabulary")', 'claim("tale-vocabluary")')
    refused(tmp_path, PAGE, line, '"tale-vocabluary"', "Nearest: tale-vocabulary")


def test_an_unused_claim_is_a_warning_in_a_build(tmp_path):
    change(make(tmp_path), PAGE, '{{ cite("tale-origin") }}', "")
    made = guide(tmp_path)
    made.build()
    assert any('no page uses the claim "tale-origin"' in text and "warning" in text for text in made.said)


def test_an_unused_claim_is_an_error_in_a_check(tmp_path):
    change(make(tmp_path), PAGE, '{{ cite("tale-origin") }}', "")
    refused(tmp_path, "sources.yaml", 18, '"tale-origin"', "remove it", check=True)


def test_a_missing_locator_is_refused(tmp_path):
    change(make(tmp_path), "sources.yaml", "    at: section 2.2\n", "")
    refused(tmp_path, "sources.yaml", 18, '"tale-origin" has no at')


@pytest.mark.parametrize("typed", ["7", "3.5 %", "half", "twenty-one", "½", "dozen", "int8", "1,024"])
def test_a_naked_number_is_refused(tmp_path, typed):
    line = change(make(tmp_path), PAGE, "It is a beginning.", f"It is a beginning,\nof {typed} things.") + 1
    refused(tmp_path, PAGE, line, f'naked number "{typed.split()[0].split("-")[0]}', "measured")


@pytest.mark.parametrize(
    "old, new",
    [
        ("A sentence is written", "A sentence is written in 3 steps"),
        ("We begin with", "We begin 12 times with"),
        ("**It grows.**", "**It grows by 40.**"),
        ('question("How many?")', 'question("How many of 19?")'),
        ("Count them.", "Count all 16."),
        ("The squares of GPT-2.", "The squares of GPT-3."),
    ],
)
def test_a_naked_number_is_found_wherever_a_reader_sees_it(tmp_path, old, new):
    line = change(make(tmp_path), PAGE, old, new)
    refused(tmp_path, PAGE, line, "naked number")


@pytest.mark.parametrize(
    "text",
    [
        "`x = 12`",
        "[text](https://example.org/2019/1)",
        "https://example.org/2019",
        "GPT-2",
        "UTF-8 &#8212;",
        "ten",
        "so\n{: .framing }\n\n```python\nx = 12\n```\n\nand",
    ],
)
def test_code_addresses_and_proper_names_are_not_numbers(tmp_path, text):
    change(make(tmp_path), "sources.yaml", "names: [GPT-2]", "names: [GPT-2, UTF-8]")
    change(tmp_path, PAGE, "It is a beginning.", f"It is {text} a beginning.\n{{: .framing }}\n\nOn.")
    guide(tmp_path).check()


def test_a_naked_number_in_an_alt_text_is_refused(tmp_path):
    line = change(make(tmp_path), "stages/count/figures.py", "A whole and its part.", "A whole and 2 parts.")
    refused(tmp_path, "stages/count/figures.py", line, 'naked number "2"')


def test_a_failed_guard_of_a_page_says_value_and_bound(tmp_path):
    line = change(make(tmp_path), PAGE, 'All {{ measured("letters") }}', 'All {{ measured("letters", at_least=20) }}')
    refused(tmp_path, PAGE, line, "count.letters is 16", "at least 20")


def test_a_failed_expectation_of_the_ledger_says_value_and_bound(tmp_path):
    change(make(tmp_path), "sources.yaml", "at_least: 100", "at_least: 99999")
    refused(tmp_path, PAGE, 10, "ratio-large", "at least 99999")


def test_a_step_that_names_no_frame_names_the_nearest(tmp_path):
    line = change(make(tmp_path), PAGE, 'step("part")', 'step("parts")')
    refused(tmp_path, PAGE, line, '"parts" names no frame', "Nearest: part")


def test_a_figure_without_alt_text_is_refused(tmp_path):
    change(make(tmp_path), "stages/count/figures.py", '    """A whole and its part."""\n', "")
    refused(tmp_path, "stages/count/figures.py", 11, "no docstring")


def test_a_stage_that_needs_an_unknown_stage_is_refused(tmp_path):
    change(make(tmp_path), "stages/count/stage.py", "def run()", "def run(cuont)")
    refused(tmp_path, "stages/count/stage.py", 12, 'the stage "cuont"', "Nearest: count")


def test_a_figure_that_asks_for_an_unknown_stage_is_refused(tmp_path):
    change(make(tmp_path), "stages/count/figures.py", "def squares(count)", "def squares(counts)")
    refused(tmp_path, "stages/count/figures.py", 5, 'the stage "counts"', "Nearest: count")


def test_stages_that_need_each_other_are_refused(tmp_path):
    change(make(tmp_path), "stages/count/stage.py", "def run()", "def run(count)")
    refused(tmp_path, "stages/count/stage.py", None, "count → count")


def test_a_missing_field_names_the_nearest(tmp_path):
    line = change(make(tmp_path), PAGE, 'All {{ measured("letters")', 'All {{ measured("count.lettres")')
    refused(tmp_path, PAGE, line, '"lettres"', "Nearest: letters")


def test_a_misspelled_word_names_the_nearest(tmp_path):
    line = change(make(tmp_path), PAGE, "{{ fact() }}", "{{ fakt() }}")
    refused(tmp_path, PAGE, line, "fakt", "Nearest: fact")


def test_a_call_that_is_never_closed_is_refused(tmp_path):
    line = change(make(tmp_path), PAGE, 'How many?") %}Count them.{% endcall %}', 'How many?") %}Count them.')
    refused(tmp_path, PAGE, line, '"questions" is never closed')


def test_an_expression_that_is_never_closed_is_refused(tmp_path):
    change(make(tmp_path), PAGE, "{{ fact() }}", "{{ fact() ")
    refused(tmp_path, PAGE, 8, "template cannot be read")


def test_wrong_arguments_are_refused_without_a_traceback(tmp_path):
    line = change(make(tmp_path), PAGE, "{{ fact() }}", "{{ fact(1, 2) }}")
    refused(tmp_path, PAGE, line, "fact")


def test_a_figure_that_does_not_exist_names_the_nearest(tmp_path):
    line = change(make(tmp_path), PAGE, 'figure("squares")', 'figure("square")')
    refused(tmp_path, PAGE, line, '"square"', "Nearest: squares")


def test_a_figure_that_raises_names_its_own_line(tmp_path):
    line = change(make(tmp_path), "stages/count/figures.py", "n * n", "n * missing")
    refused(tmp_path, "stages/count/figures.py", line, "NameError", "missing")


def test_a_stage_that_raises_names_its_own_line(tmp_path):
    line = change(make(tmp_path), "stages/count/stage.py", '["Ada"', '[1 / 0, "Ada"')
    refused(tmp_path, "stages/count/stage.py", line, "ZeroDivisionError")


def test_a_paragraph_without_evidence_is_refused(tmp_path):
    line = change(make(tmp_path), PAGE, "It is a beginning.\n{: .framing }", "It is a beginning.")
    refused(tmp_path, PAGE, line, "neither links to the ledger nor is framing")


def test_a_page_that_is_mostly_framing_is_refused(tmp_path):
    change(make(tmp_path), PAGE, "It is a beginning.\n{: .framing }", "It is so.\n{: .framing }\n\n" * 6)
    refused(tmp_path, PAGE, 19, "of 11 units", "40%")


@pytest.mark.parametrize("key", ["titel: x", "claims: [a]", "needs: [b]"])
def test_an_unknown_key_of_front_matter_is_refused(tmp_path, key):
    change(make(tmp_path), PAGE, "nav: words", f"nav: words\n{key}")
    refused(tmp_path, PAGE, 4, f'"{key.split(":")[0]}"')


def test_a_duplicate_key_of_front_matter_is_refused(tmp_path):
    change(make(tmp_path), PAGE, "nav: words", "nav: words\nnav: more")
    refused(tmp_path, PAGE, 4, "stands twice")


def test_a_result_of_a_forbidden_type_names_the_field(tmp_path):
    change(make(tmp_path), "stages/count/stage.py", '["Ada", " counts"]', '{"Ada", " counts"}')
    refused(tmp_path, "stages/count/stage.py", None, '"pieces" holds a set')


def test_an_export_that_is_not_json_names_its_line(tmp_path):
    change(make(tmp_path), "stages/count/exports.py", "count.letters}", "{1, 2}}")
    refused(tmp_path, "stages/count/exports.py", 4, "not JSON")


def test_a_broken_link_stops_the_build(tmp_path):
    change(make(tmp_path), "docs/index.md", "{% for", "[there](nowhere.md)\n{: .framing }\n\n{% for")
    refused(tmp_path, "docs", None, "nowhere.md")


def test_a_syntax_error_names_its_line(tmp_path):
    line = change(make(tmp_path), "stages/count/stage.py", "def run() -> Results:", "def run() -> Results")
    refused(tmp_path, "stages/count/stage.py", line, "Python cannot read this")


def test_a_page_without_front_matter_is_refused(tmp_path):
    write(make(tmp_path), "stages/other/page.md", "Just text.\n")
    refused(tmp_path, "stages/other/page.md", 1, "no front matter")


def test_a_recomputation_that_differs_is_refused_by_a_check(tmp_path):
    change(make(tmp_path), "sources.yaml", "    unit: tokens\n", "    unit: tokens\n    recompute: drift_here:size\n")
    write(tmp_path, "drift_here.py", "def size():\n    return 50256\n")
    refused(tmp_path, "sources.yaml", 10, "says 50257", "gives 50256", check=True)


def test_a_recomputation_without_a_function_names_the_nearest(tmp_path):
    change(make(tmp_path), "sources.yaml", "    unit: tokens\n", "    unit: tokens\n    recompute: absent_here:sise\n")
    write(tmp_path, "absent_here.py", "def size():\n    return 50257\n")
    refused(tmp_path, "sources.yaml", 10, "no function sise", "Nearest: size", check=True)
