"""The recipe as data: its rules in order, and every threshold of FineWeb's that short pages made us change."""

RULES = ("url", "extract", "language", "repetition", "quality", "c4", "fineweb", "duplicate")
NAMES = {
    "url": "address",
    "extract": "main text",
    "language": "language",
    "repetition": "repetition",
    "quality": "quality",
    "c4": "C4",
    "fineweb": "FineWeb",
    "duplicate": "near-copies",
}
CHANGED = [  # rule, threshold, FineWeb's value, ours, reason
    {
        "rule": "quality",
        "threshold": "max_non_alpha_words_ratio",
        "old": 0.8,
        "new": 0.6,
        "reason": "School sums are a genre of this web, and their numbers count as words without letters.",
    },
]
CHANGES: dict[str, dict] = {
    rule: {one["threshold"]: one["new"] for one in CHANGED if one["rule"] == rule} for rule in RULES
}
STOP_WORDS = {"the", "be", "to", "of", "and", "that", "have", "with"}  # Gopher's; a text must hold two
MAIL_MASK, IP_MASK = "email@example.com", "22.214.171.124"
TARGETS = {  # the kinds of page each rule is there to catch; near-copies are counted by their originals
    "url": {"adult"},
    "extract": {"shell"},
    "language": {"es", "fr", "de", "nl", "mixed", "gibberish"},
    "repetition": {"spam", "pitch", "links", "boilerplate", "prices", "endless", "translated"},
    "quality": {"oneline", "spam", "links", "boilerplate", "prices", "gibberish"}
    | {"sitemap", "teasers", "hashtags", "figures", "shouting", "login"},
    "c4": {"lorem", "code", "oneline", "halfdone"},
    "fineweb": {"boilerplate", "prices", "links", "sitemap", "comments"},
    "duplicate": {"copy", "near"},
}
