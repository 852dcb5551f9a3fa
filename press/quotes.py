"""Quotation marks as printers set them, in what is put into a page without passing through Markdown's smarty."""

import re

MARKS = {'"': "“”", "&quot;": "“”", "'": "‘’", "&#x27;": "‘’"}
PART = re.compile(r"<code\b.*?</code>|<[^>]*>|&quot;|&#x27;|[\"']|[^<&\"']+|.", re.S)
INLINE = re.compile(r"</?(?:a|b|em|span|strong|sup)\b")


def curled(text):
    """HTML with its straight marks set: opening after a space, a bracket or another opening mark, else closing.

    >>> curled('<p title="x">&quot;So,&quot; it&#x27;s said (by <em>"some"</em>).</p>')
    '<p title="x">“So,” it’s said (by <em>“some”</em>).</p>'
    >>> curled("<code>'a'</code>'s")
    "<code>'a'</code>’s"
    """
    made, before = [], " "
    for part in PART.findall(text):
        if part in MARKS:
            part = MARKS[part][not re.match(r"[\s(\[“‘—/]", before)]
        made.append(part)
        if not part.startswith("<"):
            before = part[-1]
        elif part.startswith("<code"):
            before = "x"
        elif not INLINE.match(part):
            before = " "
    return "".join(made)
