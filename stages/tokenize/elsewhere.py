"""The same cutting away from the islands: other English, other languages, other spellings."""

from . import cl100k, samples


def english(tokenizer) -> dict:
    """The control: English that our tokenizer did not learn from."""
    return {
        "elsewhere_bytes": len(samples.ELSEWHERE.encode()),
        "elsewhere_tokens": len(tokenizer.encode(samples.ELSEWHERE)),
        "elsewhere_cl100k_tokens": len(cl100k.pieces(samples.ELSEWHERE)),
    }


def languages() -> dict:
    """One sentence in many languages under cl100k_base."""
    rows = [{"language": language, "text": text, "characters": len(text), "bytes": len(text.encode()),
             "tokens": len(cl100k.pieces(text))} for language, text in samples.LANGUAGES.items()]
    return {
        "languages": rows,
        "language_count": len(rows),
        "languages_fewest": min(rows, key=lambda row: row["tokens"]),
        "languages_most": max(rows, key=lambda row: row["tokens"]),
    }


def spellings() -> dict:
    """The bytes of a few letters, and one word in several spellings under cl100k_base."""
    return {
        "letters": [{"letter": letter, "bytes": list(letter.encode())} for letter in samples.LETTERS],
        "spellings": [{"text": text, "pieces": [piece.decode(errors="replace") for piece in cl100k.pieces(text)],
                       "ids": cl100k.load().encode_ordinary(text)} for text in samples.SPELLINGS],
    }
