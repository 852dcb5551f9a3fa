"""The corrections page: what is said beside what the sources say, row by row, and our own errors."""

import html

from press import filter_form, formula, quotes
from press.book import relative
from press.corrections import PLACE, VERDICTS


def since(claims):
    """Since when all of an answer is said: the date of the latest source; empty where it has none.

    A paper says so from its date on; code and documents are told as of the day they speak of.
    """
    dated = sorted((claim.as_of or claim.source.date, claim.source.kind) for claim in claims)
    if not dated:
        return ""
    date, kind = dated[-1]
    return f"{'since' if kind in ('paper', 'lecture', 'blog') else 'as of'} {date}"


def cited(ids, ledger):
    """The claims with a source that an answer rests on; a derived claim gives those that it is worked out from."""
    claims = [ledger.claims[id] for id in ids if ":" not in id]
    parts = [ledger.claims[name] for one in claims if one.kind == "derived" for name in formula.names(one.path)
             if name in ledger.claims]  # fmt: skip
    return [one for one in (*claims, *parts) if one.source]


def sources(ids, claims):
    """Where an answer comes from: its label, and each source once with each of its places once.

    The label says "primary source" only where each claim was read in its own source.
    """
    places = {}
    for one in claims:
        places.setdefault(one.source, {}).update(dict.fromkeys(one.at.split("; ")))
    if not claims:
        return ("our own code" if any(":" in id for id in ids) else "worked out here"), places
    primary = all(one.status == "verified-primary" for one in claims)
    return ("primary source" if primary else "source") + "s" * (len(places) > 1), places


class View:
    """The words `corrections` and `errata` of a page: topics in the order of the stages, then others."""

    def __init__(self, made, book, words):
        self.made, self.book, self.words = made, book, words

    def __len__(self):
        return len(self.made.said)

    def count(self, verdict):
        """How many rows have a verdict."""
        return sum(one.verdict == verdict for one in self.made.said)

    def __call__(self):
        """Every topic's heading as Markdown with what is said of it, the plainest mistakes first, as HTML."""
        stages = {stage.slug: stage for stage in self.book.stages}
        said = sorted((one for one in self.made.said if one.said), key=lambda one: VERDICTS.index(one.verdict))
        parts = [self.filter(stages)]
        for topic in dict.fromkeys([*stages, *(one.topic for one in self.made.said)]):
            entries = [one for one in said if one.topic == topic]
            if entries:
                stage = stages.get(topic)
                name = f"[{stage.nav}]({relative(f'guide/{topic}/', self.words.url)})" if stage else topic
                parts.append(self.part(f"## {name} {{: #{topic} }}", entries))
        return "\n\n".join(parts)

    def left_out(self):
        """What accounts leave out, as HTML."""
        return "\n\n".join(self.entry(one) for one in self.made.said if one.leaves_out)

    def part(self, heading, entries):
        """A heading and its rows, in a section that a filter can hide."""
        rows = "\n\n".join(self.entry(one) for one in entries)
        return f'<section class="ledger-part" markdown="1">\n\n{heading}\n\n{rows}\n\n</section>'

    def filter(self, stages):
        """The controls that narrow the rows; docs/widgets/ledger.js makes them work, without it they are hidden."""
        verdicts = [(word.replace(" ", "-"), word) for word in VERDICTS if self.count(word)]
        topics = [(slug, str(stage.nav)) for slug, stage in stages.items()]
        choices = (("verdict", verdicts), ("stage", topics))
        return filter_form.of("The corrections", ".correction[data-verdict]", "rows", choices)

    def entry(self, one):
        """One row: what is said and where, the verdict, the answer, its sources and since when they say so."""
        said = html.escape(f"“{one.said}”" if one.said else one.leaves_out[:1].upper() + one.leaves_out[1:])
        claims = cited(one.instead, self.book.ledger)
        label, places = sources(one.instead, claims)
        told = "; ".join(self.place(source, "; ".join(at)) for source, at in places.items())
        from_where = ", ".join(filter(None, (f"{label}: {told}" if told else label, since(claims))))
        verdict = f'<b class="verdict">{one.verdict.capitalize()}.</b> ' if one.said else ""
        return quotes.curled(
            f'<article class="correction" id="{one.id}" data-verdict="{one.verdict.replace(" ", "-")}" '
            f'data-stage="{one.topic}"><div class="correction-said"><p>{said}</p>'
            f'<p class="correction-by">{self.found(one)}</p></div><div class="correction-instead">'
            f'<p>{verdict}{self.answer(one)}</p><p class="correction-since">{from_where}</p></div></article>'
        )

    def found(self, one):
        """Where a statement was found."""
        return "; ".join(filter(None, (html.escape(one.by), self.place(one.source, one.at) if one.source else "")))

    def place(self, source, at):
        """A source by its short title, with its kind and the place."""
        title = html.escape(source.title.split(": ")[0])
        kind = {"docs": "documentation"}.get(source.kind, source.kind.replace("-", " "))
        return f'<a href="{html.escape(source.url)}" rel="noopener">{title}</a> ({kind}), {html.escape(at)}'

    def answer(self, one):
        """The answer with values and markers in their places, and the markers of the other claims at its end."""
        placed = {match["key"] for match in PLACE.finditer(one.answer)}
        told = PLACE.sub(lambda match: self.value(match["key"], match["spec"] or ""), html.escape(one.answer))
        return told + "".join(self.words.cite(id) for id in one.instead if id not in placed)

    def value(self, key, spec):
        """What stands in the place of {key spec}: a claim's value with its marker, the marker alone, or a result."""
        if ":" in key or spec == "cite":
            return self.words.cite(key)
        if "." in key:
            return self.words.measured(key, spec)
        if self.book.value(self.book.ledger.claims[key]) is None:
            return self.words.cite(key)
        return self.words.claim(key, spec or None)

    def errata(self):
        """Our own errors, latest first, as HTML."""
        rows = "\n\n".join(
            f'<article class="correction" id="{one.id}"><div class="correction-said"><p>{html.escape(one.said)}</p>'
            f'<p class="correction-by">{html.escape(one.where)}</p></div><div class="correction-instead">'
            f'<p>{html.escape(one.now)}</p><p class="correction-since">mended {one.date}</p></div></article>'
            for one in self.made.errata
        )
        return quotes.curled(rows)
