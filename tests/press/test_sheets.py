"""Style sheets joined: nothing that a page or a script can wear is lost."""

import pytest

from press import sheets

PAGE = """<html><head><link rel="stylesheet" href="UPassets/stylesheets/main.1.css">
<link rel="stylesheet" href="UPassets/site.css"><link rel="stylesheet" href="UPwidgets/widgets.css"></head>
<body class="shown"></body></html>"""
THEME = """.shown{color:red}.shown .made-later{color:blue}.unknown{color:green}@font-face{font-family:x}
@media print{.shown{top:0}.unknown{top:1px}}.shown:not(.unknown){top:2px}[dir=rtl] .unknown,.shown p{top:3px}"""


@pytest.fixture
def folder(tmp_path):
    for name, text in {
        "index.html": PAGE.replace("UP", ""),
        "guide/index.html": PAGE.replace("UP", "../"),
        "assets/stylesheets/main.1.css": THEME,
        "assets/site.css": "/* said\nat length */\na { b: c; }\n",
        "widgets/widgets.css": "d {\n  e: f;\n}\n",
        "widgets/main.js": 'element.className = "made-later";',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    sheets.gather(tmp_path)
    return tmp_path


def joined(folder, start):
    return next((folder / "assets").rglob(f"{start}.*.css"))


def test_every_page_names_two_sheets_from_where_it_stands(folder):
    for place, up in (("index.html", ""), ("guide/index.html", "../")):
        text = (folder / place).read_text(encoding="utf-8")
        named = [f"{match['up']}{match['path']}" for match in sheets.LINK.finditer(text)]
        theirs, ours = joined(folder, "theme").name, joined(folder, "guide").name
        assert named == [f"{up}assets/stylesheets/{theirs}", f"{up}assets/{ours}"]


def test_our_sheets_follow_each_other_without_comments(folder):
    assert joined(folder, "guide").read_text(encoding="utf-8") == "a { b: c; }d {e: f;}"


def test_of_the_theme_what_nothing_can_wear_is_left_out(folder):
    text = joined(folder, "theme").read_text(encoding="utf-8")
    for kept in (".shown{", ".made-later{", "@font-face{", "@media print{", ":not(.unknown){", ".shown p{"):
        assert kept in text, kept
    for gone in ("green", "1px", "rtl"):
        assert gone not in text, gone


def test_a_sheet_keeps_its_name_until_it_changes(folder):
    first = joined(folder, "guide").name
    assert first == f"guide.{first.split('.')[1]}.css" and len(first.split(".")[1]) == 8


def test_a_brace_in_a_string_ends_no_rule():
    css = '.a{content:"}"}.b{background:url(data:image/svg+xml;x{y})}'
    assert [head for head, _ in sheets.rules(css)] == [".a", ".b"]
