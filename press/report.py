"""What was checked, how and with what result, and what could not be: for the command line and for the report page."""

import datetime
import html
from collections import Counter
from dataclasses import dataclass

from press import online, quotes

STATES = {
    "there": "open as they were",
    "moved": "moved for good; the new address is named below",
    "gone": "gone",
    "changed": "there, but a printed form no longer stands in the text",
    "not checked": "could not be opened from where the check ran",
}


@dataclass(frozen=True)
class Row:
    """One kind of check: what, how many, how, and what came of it."""

    what: str
    count: int
    how: str
    result: str


def checked(book, accounts):
    """What every build and every --check looks at; a failure would have stopped it."""
    claims = list(book.ledger.claims.values())
    stale = [slug for slug, one in book.computed.items() if one.stale]
    slugs = [stage.slug for stage in book.stages if stage.computes]
    measured = {key for key in book.used() if key not in book.ledger.claims and ":" not in key}
    made = [
        ("claims cited to a source", sum(claim.kind == "cited" for claim in claims),
         "each names its source, the place in it and the day it was read", "in order"),
        ("values that their own sentence tells", sum(claim.value is not None for claim in claims),
         "the number in the sentence against the value that pages print", "agree"),
        ("values beside the form that the source prints", sum(bool(claim.as_written) for claim in claims),
         "the number in it against the value", "agree"),
        ("claims measured or derived", sum(claim.kind != "cited" for claim in claims),
         "computed from results and other claims", "computed"),
        ("guards in sources.yaml", sum(bool(claim.expect) for claim in claims),
         "bounds within which the words about a number are true", "hold"),
        ("guards in the prose of pages", book.numbers["guarded"],
         "bounds that a page sets where it prints a measured number", "hold"),
        ("claims recomputed here", book.recomputed, "functions of recompute.py, run by every build", "agree"),
        ("measured values told", len(measured), "looked up in the results, linked to the ledger", "found"),
        ("corrections", len(book.corrections.said) if book.corrections else 0,
         "each rests on claims of the ledger", "in order"),
        ("passages (paragraphs, lists, tables, steps) of the stages' pages with evidence",
         sum(page.account.linked for page in accounts), "each links to the ledger", "linked"),
        ("passages of these pages that only lead on", sum(page.account.framing for page in accounts),
         "marked so, at most two in five of a stage's page", "marked"),
        ("frozen stages, whose slow results are kept", sum(bool(one.receipt) for one in book.computed.values()),
         "checksums of code, inputs and files against the receipt, written when the results were made",
         f"stale: {', '.join(stale)}" if stale else "fit"),
        ("figures and scenes drawn", len(book.gallery.drawn), "from the results, with data beside them", "drawn"),
        ("figures that a browser can work out again", sum(len(book.gallery.rechecked(slug)) for slug in slugs),
         "a button below the figure does it", "offered"),
    ]  # fmt: skip
    return [Row(*one) for one in made if one[1] or one[0].startswith(("claims cited", "measured"))]


def unchecked(book):
    """What this check cannot settle."""
    claims = [claim for claim in book.ledger.claims.values() if claim.kind == "cited"]
    status = Counter(claim.status for claim in claims)
    lectures = sum(source.kind == "lecture" for source in book.ledger.sources.values())
    replays = sum(stage.frozen and stage.replays for stage in book.stages)
    made = [
        ("values whose printed form we have not seen",
         sum(claim.value is not None and not claim.as_written for claim in claims),
         "the fact was noted in our own words", "not compared with the printed page"),
        ("claims seen only through a secondary source", status["verified-secondary"],
         "the primary source was not open to us", "the claim's own sentence says so"),
        ("claims said only in a lecture", status["lecture-only"], "confirmed nowhere else",
         "the claim's own sentence says so"),
        ("claims on which sources differ", status["disputed"], "both sides are told", "open"),
        ("sources that are a lecture", lectures,
         "no program here reads a video; its places are shares of the transcript", "for a reader to check"),
        ("numbers in prose that carry no guard", book.numbers["unguarded"],
         "looked up and linked; no bound holds the words beside them", "for a reader to judge"),
        ("frozen stages whose results are measured again in part", replays, "by make test, which takes minutes",
         "not run by this check"),
        ("claims whose source may itself be wrong", len(claims), "we say what a source says", "for its readers"),
    ]  # fmt: skip
    return [Row(*one) for one in made if one[1]]


def opened(records):
    """The last time every source was opened again, by state."""
    states = Counter(one["state"] for one in records)
    days = sorted({one.get("day", "") for one in records})
    printed = [value for one in records for value in one.get("printed", {}).values()]
    rows = [Row(f"addresses: {state}", states[state], f"opened on {days[-1]}", words)
            for state, words in STATES.items() if states[state]]  # fmt: skip
    told = (("yes", "stands in the text"), ("no", "does not stand in the text"))
    rows += [Row("printed forms looked for", printed.count(key), "in the text of the place", words)
             for key, words in told if key in printed]  # fmt: skip
    unread = sum(value not in ("yes", "no") for value in printed)
    if unread:
        rows.append(Row("printed forms looked for", unread, "in the text of the place", "cannot be told"))
    return rows


def printed(rows):
    """Rows as lines of text.

    >>> printed([Row("claims", 1200, "read", "in order")])
    ' 1,200  claims  in order  read'
    """
    wide = max((len(row.what) for row in rows), default=0)
    told = max((len(row.result) for row in rows), default=0)
    return "\n".join(f"{row.count:6,}  {row.what:<{wide}}  {row.result:<{told}}  {row.how}" for row in rows)


def table(rows, name, third="how"):
    """Rows as a table that scrolls in its own box; `third` heads the column that says how, or why."""
    body = "".join(
        f'<tr><th scope="row">{html.escape(row.what)}</th><td>{row.count:,}</td><td>{html.escape(row.how)}</td>'
        f"<td>{html.escape(row.result)}</td></tr>"
        for row in rows
    )
    body = quotes.curled(body)
    head = "".join(f'<th scope="col">{word}</th>' for word in ("what", "count", third, "result"))
    return (
        f'<div class="table-scroll report-table" tabindex="0" role="region" aria-label="{html.escape(name)}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def today():
    """The day on which a report is written."""
    return f'<p class="report-day">Checked on {datetime.date.today().isoformat()}.</p>'


def of_online(root):
    """The last check of the sources, or that there was none, with every address that is not as it was."""
    records = online.read(root)
    if not records:
        return (
            "<p>The sources were not opened for this build. <code>python build_site.py --check --online</code> opens "
            "them, and a workflow does so every month.</p>"
        )
    items = "".join(
        f'<li><a href="{html.escape(one["url"])}" rel="noopener">{html.escape(one["url"])}</a>: '
        f"{html.escape(_why(one))}</li>"
        for one in records
        if one["state"] != "there"
    )
    return table(opened(records), "Sources opened again") + (f"<ul>{items}</ul>" if items else "")


def _why(record):
    missing = ", ".join(id for id, value in record.get("printed", {}).items() if value == "no")
    parts = (record["state"], record.get("to", ""), record.get("why", ""), missing and f"not found: {missing}")
    return ", ".join(part for part in parts if part)
