"""Style sheets joined: nothing that a page or a script can wear is lost."""

import pytest

from press import css, sheets

PAGE = """<html><head><link rel="stylesheet" href="UPassets/stylesheets/main.1.css">
<link rel="stylesheet" href="UPassets/site.css"><link rel="stylesheet" href="UPwidgets/widgets.css"></head>
<body class="shown md-there" dir="ltr"><p dir="rtl">BODY</p></body></html>"""
THEME = """.shown{color:red}.shown .made-later{color:blue}.unknown{color:green}@font-face{font-family:x}
@media print{.shown{top:0}.unknown{top:1px}}.shown:not(.unknown){top:2px}[dir=rtl] .unknown,.shown p{top:3px}
.shown:before{content:"/* "}.shown:after{content:" */"}.too-late{top:4px}[dir=rtl] .shown{top:6px}
:root{--icon:url("data:x;<path d='}'/>");--read:var(--kept);--kept:5px}.shown b{top:var(--read)}
.md-there__part{top:7px}.md-absent__part{top:8px}"""


@pytest.fixture
def folder(tmp_path):
    for name, text in {
        "index.html": PAGE.replace("UP", "").replace("BODY", ""),
        "guide/index.html": PAGE.replace("UP", "../").replace("BODY", '<p data-widget="chat"></p>'),
        "assets/stylesheets/main.1.css": THEME,
        "assets/site.css": "/* said\nat length */\na { b: c; }\n",
        "widgets/widgets.css": "d {\n  e: f;\n}\n",
        "widgets/main.js": 'element.className = "made-later md-there__part md-absent__part";',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    sheets.gather(tmp_path)
    return tmp_path


def joined(folder, start):
    return next(folder.rglob(f"{start}.????????.css"))


def test_every_page_names_two_sheets_from_where_it_stands_and_one_with_a_widget_a_third(folder):
    there = [joined(folder, start).relative_to(folder).as_posix() for start in ("theme", "guide", "widgets")]
    for place, up, count in (("index.html", "", 2), ("guide/index.html", "../", 3)):
        text = (folder / place).read_text(encoding="utf-8")
        named = [f"{match['up']}{match['path']}" for match in sheets.LINK.finditer(text)]
        assert named == [f"{up}{name}" for name in there[:count]]


def test_our_sheets_follow_each_other_without_comments(folder):
    assert joined(folder, "guide").read_text(encoding="utf-8") == "a{b:c;}"
    assert joined(folder, "widgets").read_text(encoding="utf-8") == "d{e:f;}"


def test_of_the_theme_what_nothing_can_wear_is_left_out(folder):
    text = joined(folder, "theme").read_text(encoding="utf-8")
    for kept in (".shown{", ".made-later{", "@font-face{", "@media print{", ":not(.unknown){", ".shown p{", "5px", "7"):
        assert kept in text, kept
    for gone in ("green", "1px", "rtl", "--icon", "6px", "8px"):
        assert gone not in text, gone


def test_a_sheet_keeps_its_name_until_it_changes(folder):
    first = joined(folder, "guide").name
    assert first == f"guide.{first.split('.')[1]}.css" and len(first.split(".")[1]) == 8


def test_a_brace_in_a_string_ends_no_rule():
    sheet = '.a{content:"}"}.b{background:url(data:image/svg+xml;x{y})}.c{background:url("x)}")}'
    assert [head for head, _ in css.rules(sheet)] == [".a", ".b", ".c"]


def test_what_follows_a_string_that_looks_like_a_comment_is_judged(folder):
    """The theme writes the marks of a comment in a `content`; taken for one, they hid all that came after them."""
    text = joined(folder, "theme").read_text(encoding="utf-8")
    assert '.shown:before{content:"/* "}.shown:after{content:" */"}' in text and ".too-late" not in text
