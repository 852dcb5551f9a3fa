"""What readers call the rules and the kinds of page."""

from .rules import NAMES as RULE_NAMES

NAMES = {"crawl": "the crawl"} | RULE_NAMES
LOST = {
    "crawl": "",
    "url": "on blocked hosts",
    "extract": "without text",
    "language": "not English",
    "repetition": "that repeat themselves",
    "quality": "not prose",
    "c4": "by C4's rules",
    "fineweb": "by FineWeb's own rules",
    "duplicate": "that are copies",
}
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
    "lorem": "lorem ipsum",
    "halfdone": "tale and lorem",
    "code": "code",
    "links": "link farms",
    "spam": "keyword spam",
    "pitch": "clumsy adverts",
    "advert": "well-made adverts",
    "prices": "price lists",
    "boilerplate": "furniture only",
    "oneline": "one line",
}
