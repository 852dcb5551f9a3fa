"""The sentence in which each of our own numbers stands, so that the ledger can say what a number is in words."""

import html
import re

LINK = re.compile(r'<a class="measured" id="(?P<anchor>[^"]+)"[^>]*>(?P<text>.*?)</a>', re.S)
BLOCK = re.compile(
    r"\n\s*\n|</?(?:p|div|section|li|ul|ol|td|th|tr|table|figure|figcaption|details|summary|h\d|aside|blockquote|dl|dt|dd)\b"
    r"[^>]*>|^\s*(?:[-*]|\d+\.)\s+|^\s*\|?[\s:|-]+\|[\s:|-]*$|(?<=\|)\s*\n",
    re.M,
)
DROPPED = re.compile(r"<sup\b.*?</sup>|<a class=.trip-name..*?</a>|\{:[^}\n]*\}|<!--.*?-->", re.S)
SLOT = re.compile(r'<span data-slot="(slot-\d+)"></span>')
FORMULA = re.compile(r"<math.*?</math>", re.S)
END = re.compile(r"(?<=[.?!])[\"”’)*_]*\s+(?=[\"“‘(*_]*[A-Z\ue000])")
OPEN, CLOSE = "\ue000", "\ue001"
LONGEST_SAMPLE = 48  # letters of a row of tokens
SHORT, LONG = 40, 260  # letters around a number: with fewer a sentence needs the one before it, with more it is cut


def found(text, slots):
    """Anchor → (sentence before it, number, sentence after it), for each number of ours in a page's Markdown.

    >>> text = 'After <span data-slot="slot-7"></span> it has <a class="measured" id="use-a.b-1" href="x">3</a> *here*.'
    >>> found(text, {"slot-7": '<span class="token">the</span>'})
    {'use-a.b-1': ('After the it has ', '3', ' here.')}
    """
    made, head = {}, []
    for block in filter(str.strip, BLOCK.split(SLOT.sub(lambda match: short(slots[match[1]]), text))):
        row = cells(block)
        head = head or row if row else []
        links = list(LINK.finditer(block))
        if not links:
            continue
        block = named(row, head) if row and row != head else block
        told = plain(LINK.sub(lambda match: f"{OPEN}{match['text']}{CLOSE}", block))
        places = [match.span() for match in re.finditer(f"{OPEN}[^{CLOSE}]*{CLOSE}", told)]
        for link, (start, end) in zip(links, places, strict=True):
            made[link["anchor"]] = around(told, start, end)
    return made


def finding(caption):
    """The finding of a caption, its bold sentence as plain words; nothing where none is bold.

    >>> finding("**Few are *good*.** The rest is not.")
    'Few are good.'
    """
    bold = re.search(r"\*\*(.+?)\*\*(?!\*)", caption, re.S)
    return plain(bold[1]) if bold else ""


def title(caption):
    """What a figure is called: its finding as far as a semicolon or a colon.

    >>> title("**Few are *good*; most are not.** The rest is.")
    'Few are good'
    """
    return re.split("[;:] ", finding(caption))[0].rstrip(".")


def cells(block):
    """The cells of a table row, none where a text is no row."""
    row = block.strip()
    return [cell.strip() for cell in row.strip("|").split("|")] if row.startswith("|") else []


def named(row, head):
    """A table row in which each cell has the name of its column.

    >>> named(["hens", "3"], ["bird", "count"])
    'In a table; bird: hens; count: 3'
    """
    return "; ".join(["In a table", *(f"{name}: {cell}" for name, cell in zip(head, row, strict=False) if cell)])


def around(text, start, end):
    """The sentence about a number that stands between two places: before it, the number, after it."""
    breaks = [(match.start() + len(match[0].rstrip()), match.end()) for match in END.finditer(text)]
    breaks = [(stop, go) for stop, go in breaks if whole(text[:stop])]
    begins = [0, *(go for _, go in breaks if go <= start)]
    ends = [*(stop for stop, _ in breaks if stop >= end), len(text)]
    first, last = begins[-1], ends[0]
    if last - first - (end - start) < SHORT:
        first, last = (begins[-2], last) if len(begins) > 1 else (first, ends[min(1, len(ends) - 1)])
    before, after = bare(text[first:start]), bare(text[end:last])
    if len(before) + len(after) > LONG:
        before = before if len(before) < LONG / 2 else "… " + before[-LONG // 2 :].partition(" ")[2]
        after = after if len(after) < LONG / 2 else after[: LONG // 2].rpartition(" ")[0] + " …"
    return before.lstrip(), bare(text[start:end]), after.rstrip()


def whole(text):
    """Whether no quotation and no bracket is left open, as where a sentence may end.

    >>> whole("He said “Yes."), whole("He said “Yes.”")
    (False, True)
    """
    return text.count("“") == text.count("”") and text.count("(") == text.count(")")


def bare(text):
    """Text without the marks of other numbers."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def short(chips):
    """What stands in the place of a few tokens or a letter of mathematics; a longer sample is left out."""
    return chips if len(re.sub(r"<[^>]+>", "", chips)) < LONGEST_SAMPLE else ""


def symbol(formula):
    """A formula of a single letter as that letter; nothing of a longer one, which only its form tells."""
    told = re.sub(r"<[^>]+>", "", formula[0])
    return told if len(told) == 1 else ""


def plain(text):
    """Markdown with HTML as plain words; the cells of a table row are set apart by points.

    >>> plain("| **a** | [b](c) |")
    'a · b'
    """
    text = re.sub(r"<[^>]+>", "", FORMULA.sub(symbol, DROPPED.sub("", text)))
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?<![*\w])\*([^*\s][^*]* [^*]*)\*(?!\*)", r"“\1”", text)  # words of the model, or of a page
    text = re.sub(r"(\*\*|__|`|(?<!\w)[*_]|[*_](?!\w))", "", text)
    text = " · ".join(filter(None, cells(text))) or text
    return " ".join(html.unescape(text).split())
