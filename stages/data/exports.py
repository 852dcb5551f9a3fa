"""What the browser gets: pages to leaf through, and what became of every page."""


def specimens(data) -> dict:
    """Pages of every kind and fate: raw HTML, extracted text, the rule that dropped it and why."""
    return {"pages": data.specimens}


def fates(data) -> dict:
    """The fate of every page of the crawl, in columns: kind, rule (empty for kept), reason, and the recorded scores."""
    columns = ("url", "truth", "rule", "reason", "chars", "stop_words", "language_score", "similarity", "edited")
    return {column: [fate[column] for fate in data.fates] for column in columns}
