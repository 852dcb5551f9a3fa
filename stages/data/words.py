"""What readers call the rules and the kinds of page."""

from .rules import NAMES as RULE_NAMES

NAMES = {"crawl": "the crawl"} | RULE_NAMES | {"c4": "C4’s rules", "fineweb": "FineWeb’s own", "duplicate": "copies"}
TRUTHS = {
    "good": "good pages",
    "contact": "good, with an address",
    "long": "good, very long",
    "press": "press releases",
    "lesson": "lessons with code",
    "copy": "exact copies",
    "near": "near-copies",
    "adult": "blocked hosts",
    "shell": "script only",
    "es": "Spanish",
    "fr": "French",
    "de": "German",
    "nl": "Dutch",
    "mixed": "two languages",
    "gibberish": "gibberish",
    "lorem": "filler text",
    "halfdone": "half filler",
    "code": "code",
    "links": "link farms",
    "spam": "keyword spam",
    "pitch": "clumsy adverts",
    "advert": "well-made adverts",
    "prices": "price lists",
    "boilerplate": "menus only",
    "oneline": "one line",
}
