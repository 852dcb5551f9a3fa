"""Which language a row of a table is in, so that a reader's voice, fonts and line ends follow it."""

CODES = {
    "Arabic": "ar", "Chinese": "zh-Hans", "English": "en", "French": "fr", "German": "de", "Greek": "el",
    "Hebrew": "he", "Hindi": "hi", "Italian": "it", "Japanese": "ja", "Korean": "ko", "Portuguese": "pt",
    "Russian": "ru", "Spanish": "es", "Turkish": "tr",
}  # fmt: skip
LEFTWARD = ("ar", "he")
PAGES = "en"


def told(row, column):
    """The attributes of a cell: a text beside the name of a language is in that language.

    >>> told({"language": "Arabic", "text": "ضوء"}, "text"), told({"language": "Arabic", "text": "ضوء"}, "language")
    (' lang="ar" dir="rtl"', '')
    """
    code = CODES.get(row.get("language"), PAGES)
    if code == PAGES or column == "language" or not isinstance(row.get(column), str):
        return ""
    return f' lang="{code}"' + ' dir="rtl"' * (code in LEFTWARD)
