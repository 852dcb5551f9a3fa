"""After rendering: figures into their places, a security policy on every page, data files beside them."""

import base64
import hashlib
import html
import re

from press import columns, reading, slim

SLOT = re.compile(r'<(span|div)(?P<kept> class="[^"]*")? data-slot="(?P<key>slot-\d+)"></\1>')
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.S | re.I)
BUNDLE = re.compile(r'<script src="((?:[^"]*/)?)assets/javascripts/bundle\.[^"]*"></script>')
TOGGLE = re.compile(r'(<input class="md-toggle"[^>]*) autocomplete="off"')
PRE = re.compile(r"<pre(?= |>)(?![^>]*\btabindex=)")
KEPT = r"<(?P<tag>head|script|style|svg|select|pre|code)\b.*?</(?P=tag)>|<[^>]*>"
NAME = r"\b(?:GPT-\d\w*|DeepSeek-(?:R1(?:-Zero)?|AI)\b|(?:[Mm]in|[Tt]op)-[kp]\b|[Ee]-mails?\b|[Hh]eld-out\b)"
PLACE = r"\b(?:[Ss]ections?|[Ff]igures?|[Tt]ables?|[Pp]ages?|[Ll]ines?|[Ee]xperiment|Theorem) \d[\d.]*\b"
DATE = r"(?<![\w./-])(?<!<dd>)\d{4}-\d\d(?:-\d\d)?(?![\w/-])"
WHOLE = re.compile(rf"{KEPT}|(?P<name>{NAME}|{PLACE}|{DATE})", re.S)
SLACK = re.compile(
    r"(?P<kept><(?P<tag>pre|textarea|script|style)\b.*?</(?P=tag)>|<\w+ class=\"(?:token|said)\b[^>]*>[^<]*)"
    r"|(?P<line>\n)\s+"
    r"|(?P<sign>&(?:[lr][sd]quo|#160|#91|#93);)| data-search-exclude(?=[ >])",
    re.S,
)
OPTION = re.compile(r"(?<![\w-])--?[a-z][\w-]*")
CHARSET = re.compile(r"<meta charset=[^>]*>", re.I)


def pages(folder, slots, mark=lambda text, url: text):
    """Finish every HTML file of a rendered site in place; `mark` may change a text before its slots are filled."""
    waits = (folder / "widgets" / "bundle.js").is_file()
    for path in sorted(folder.rglob("*.html")):
        url = path.relative_to(folder).as_posix().removesuffix("index.html")
        text = mark(path.read_text(encoding="utf-8"), url)
        path.write_text(page(text, slots, waits), encoding="utf-8")


def page(text, slots, waits=False):
    """One page with its slots filled, its policy set, and Material's script waiting where ours can fetch it."""
    text = slim.page(PRE.sub('<pre tabindex="0"', filled(reading.formulas(text, slots), slots)))
    text = unbroken(columns.marked(text))
    text = tight(TOGGLE.sub(r"\1", text))  # a checkbox has nothing to complete, and HTML does not allow it to say so
    return with_policy(later(text) if waits else text)


def tight(text):
    """A page without the indents of its templates and what only the index of the search reads, its signs as themselves.

    >>> tight('<p data-search-exclude>a\\n\\n  b&rsquo;s &lt;</p><pre>\\n  c</pre>')
    '<p>a\\nb’s &lt;</p><pre>\\n  c</pre>'
    >>> tight('<span class="token t0">\\n    </span>')
    '<span class="token t0">\\n    </span>'
    """
    return SLACK.sub(lambda match: match["kept"] or match["line"] or html.unescape(match["sign"] or ""), text)


def unbroken(text):
    """Where a line would end, a name, a date and a command's option are not broken, nor a place in a source.

    A date alone in its cell has a line to itself, and the ledger has hundreds.

    >>> unbroken('<p title="GPT-2">Like GPT-3, its top-k stop-key.</p>')
    '<p title="GPT-2">Like <span class="no-break">GPT-3</span>, its <span class="no-break">top-k</span> stop-key.</p>'
    >>> unbroken("section 3.2, table 6.")
    '<span class="no-break">section 3.2</span>, <span class="no-break">table 6</span>.'
    >>> unbroken('<code>make 2024-06 --online</code>')
    '<code>make 2024-06 <span class="no-break">--online</span></code>'
    >>> unbroken("<dd>2024-06</dd>")
    '<dd>2024-06</dd>'
    """

    def kept(match):
        if match["name"]:
            return f'<span class="no-break">{match[0]}</span>'
        return OPTION.sub(r'<span class="no-break">\g<0></span>', match[0]) if match["tag"] == "code" else match[0]

    return WHOLE.sub(kept, text)


def later(text):
    """Material's script named, not fetched: widgets/bundle.js fetches it when a reader first reaches for the search.

    >>> later('<script src="../assets/javascripts/bundle.a5.min.js"></script>')
    '<script type="module" src="../widgets/bundle.js" data-bundle="../assets/javascripts/bundle.a5.min.js"></script>'
    """
    return BUNDLE.sub(
        lambda match: (
            f'<script type="module" src="{match[1]}widgets/bundle.js" data-bundle={match[0][12:-10]}></script>'
        ),
        text,
    )


def filled(text, slots):
    """Each placeholder replaced by its HTML; one with a class stays as the wrapper.

    >>> filled('<p><span data-slot="slot-1"></span></p>', {"slot-1": "<b>x</b>"})
    '<p><b>x</b></p>'
    """

    def put(match):
        made = filled(slots[match["key"]], slots)
        return f"<{match[1]}{match['kept']}>{made}</{match[1]}>" if match["kept"] else made

    return SLOT.sub(put, text)


def policy(text):
    """The Content-Security-Policy of a page: its own files, and the inline scripts that it really holds, by hash."""
    hashes = []
    for match in INLINE_SCRIPT.finditer(text):
        if "application/json" not in match["attributes"]:
            digest = base64.b64encode(hashlib.sha256(match["text"].encode()).digest()).decode()
            if f"'sha256-{digest}'" not in hashes:
                hashes.append(f"'sha256-{digest}'")
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *hashes])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "worker-src 'self'"
    )


def with_policy(text):
    """The page with its policy right after the character set."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(text)}">'
    return CHARSET.sub(lambda match: match.group() + meta, text, count=1)


def without_address(folder):
    """A site that does not know its address has no sitemap."""
    for path in folder.glob("sitemap.xml*"):
        path.unlink()


def write_files(folder, files):
    """Put data files into the rendered site: path under it → bytes."""
    for name, data in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
