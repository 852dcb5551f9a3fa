"""sources.yaml, mended and broken: every mistake is one sentence, never a traceback."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press import ledger, strict
from press.fault import Fault
from tests.press.project import ROOT, SOURCES, guide, make, write

OURS = (ROOT / "sources.yaml").read_text(encoding="utf-8")


def read(text):
    return ledger.of_document(strict.parse(text, "sources.yaml"))


def refused(text):
    with pytest.raises(Fault) as caught:
        read(text)
    return caught.value


def test_our_own_ledger_is_in_order():
    assert read(OURS).claims


@pytest.mark.parametrize(
    "old, new, line, told",
    [
        ("    value: 50257\n", "    value: 50257\n    value: 1\n", 13, '"value" stands twice'),
        ("    value: 50257\n", "    value: many\n", 12, '"many" is not a number'),
        ("    value: 50257\n", "    valeu: 50257\n", 12, "Nearest: value"),
        ("    value: 50257\n", "    value: 50257\n    measured: count.letters\n", 13, "both value and measured"),
        ("    source: tale-paper\n    at: page 4", "    source: tale-papre\n    at: page 4", 15, "Nearest: tale-paper"),
        ("    at: page 4\n", "", 10, '"tale-vocabulary" has no at'),
        ("    says: The tale was first", "    says:\n    caveat: The tale was first", 19, "has no says"),
        ("  tale-origin:\n", "  tale-vocabulary:\n", 18, "stands twice"),
        ("    kind: paper", "    kind: papre", 6, "Nearest: paper"),
        ("    read: 2026-11-24", "    read: yesterday", 8, "yesterday"),
        ("    url: https://example.org/tale.pdf", "    url: tale.pdf", 7, "tale.pdf"),
        ("    by: [A. Writer]", "    by: []", 4, "who it is by"),
        ("expect: {at_least: 100}", "expect: {atleast: 100}", 26, "Nearest: at_least"),
        ("expect: {at_least: 100}", "expect: {between: 4}", 26, "between"),
        ('show: "{value:.0f}"', 'show: "{value.__class__}"', 25, "show"),
        ('show: "{value:.0f}"', 'show: "{value:999999999d}"', 25, "number format"),
        (
            "derived: tale-vocabulary / count.letters",
            "derived: tale-vocabluary / count.letters",
            22,
            "Nearest: tale-vocabulary",
        ),
        ("derived: tale-vocabulary / count.letters", "derived: __import__('os')", 22, "cannot stand in a formula"),
        ("names: [GPT-2]", "names: GPT-2", 27, "names is not a list"),
        ("names: [GPT-2]", "nmaes: [GPT-2]", 27, "Nearest: names"),
        ("claims:\n", "claims: &a\n", 9, "anchor"),
        ("claims:\n", "claims: !!set\n", 9, "tag"),
        ("    date: 2019-02\n", "    date: [2019]\n", 5, "date"),
        ("    title: A tale of tokens\n", "   title: A tale of tokens\n", 4, "not YAML"),
        ("    unit: tokens\n", "    unit: tokens\n    status: sure\n", 14, "sure"),
        ("    unit: tokens\n", "    unit: tokens\n    recompute: os.system\n", 14, "module:function"),
    ],
)
def test_a_broken_ledger_names_line_and_mend(old, new, line, told):
    assert SOURCES.count(old) >= 1
    fault = refused(SOURCES.replace(old, new, 1))
    assert (fault.file, fault.line) == ("sources.yaml", line) and told in str(fault), str(fault)


def test_a_source_that_nobody_cites_is_refused():
    text = SOURCES.replace(
        "claims:\n",
        "  other-paper:\n    title: T\n    by: B\n    date: 2020\n    kind: blog\n"
        "    url: https://example.org\n    read: 2026-11-24\nclaims:\n",
    )
    assert "no claim cites" in str(refused(text))


def test_a_claim_that_derives_from_itself_is_refused():
    made = read(SOURCES.replace("derived: tale-vocabulary / count.letters", "derived: ratio-large + tale-vocabulary"))
    with pytest.raises(Fault, match="derives from itself"):
        ledger.value(made.claims["ratio-large"], made, lambda *_: 1)


VALUES = [
    "[1, 2]", "{a: b}", "~", "null", "12:34:56", "1e999", "-", "&x y", "*x", "!!int 3", '"', "{", "[", "|", ">", "true",
    "0x1F", "9" * 400, "{value}", "{value:{value}}", "%", "@", "`", "\t", "tale-origin / 0", "a.b.c",
]  # fmt: skip
SIGNS = "\x00\x07\t\ufeff:{}[]#&*!|>'\"%@`-,?\u2028é"


def with_a_sign(line, chance):
    cut = chance.randrange(len(line) + 1)
    return line[:cut] + chance.choice(SIGNS) + line[cut:]


OF_A_LINE = (
    lambda line, chance: "",
    lambda line, chance: " " * chance.randint(0, 7) + line.lstrip(),
    lambda line, chance: f"{line.partition(':')[0]}: {chance.choice(VALUES)}",
    with_a_sign,
    lambda line, chance: line[: chance.randrange(len(line) + 1)],
    lambda line, chance: line.replace(":", chance.choice(["", "::", " :", "="]), 1),
)
OF_LINES = (
    lambda lines, at, chance: [*lines[:at], chance.choice(lines), *lines[at:]],
    lambda lines, at, chance: lines[:at],
    lambda lines, at, chance: [*lines[:at], *reversed(lines[at : at + 2]), *lines[at + 2 :]],
)


def mutated(text, seed):
    """The text with one to three random injuries: characters, lines, words, indentation, values."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 3)):
        lines = text.split("\n")
        at, injure = chance.randrange(len(lines)), chance.choice(OF_A_LINE + OF_LINES)
        if injure in OF_A_LINE:
            lines[at] = injure(lines[at], chance)
        else:
            lines = injure(lines, at, chance)
        text = "\n".join(lines) or "x"
    return text


def all_right_or_one_sentence(text):
    """Reading gives a ledger whose every claim has a value, or a Fault with one line of text."""
    try:
        made = read(text)
        for claim in made.claims.values():
            ledger.value(claim, made, lambda *_: 16)
    except Fault as fault:
        assert "\n" not in str(fault) and "Mend: " in str(fault) and fault.file == "sources.yaml"
        return True
    return False


@pytest.mark.parametrize("text", [SOURCES, OURS[:40_000]], ids=["small", "ours"])
def test_a_thousand_injured_ledgers_give_one_sentence_each(text):
    count = 1000 if text is SOURCES else 60
    refusals = sum(all_right_or_one_sentence(mutated(text, seed)) for seed in range(count))
    assert refusals > count / 3


def test_injured_ledgers_stop_a_whole_check_with_one_sentence(tmp_path):
    make(tmp_path)
    for seed in range(150):
        write(tmp_path, "sources.yaml", mutated(SOURCES, 10_000 + seed))
        try:
            guide(tmp_path).check()
        except Fault as fault:
            assert "\n" not in str(fault) and "Mend: " in str(fault)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_text_at_all_is_a_ledger_or_one_sentence(text):
    all_right_or_one_sentence(text)


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["sources", "claims", "names", "says", "at", "value", "expect", "a-b", "title"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_shape_at_all_is_a_ledger_or_one_sentence(shape):
    import yaml

    all_right_or_one_sentence(yaml.safe_dump(shape))
