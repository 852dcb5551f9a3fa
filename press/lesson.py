"""teach.md of the stages: a lesson plan beside the page it teaches, with the page's own words and checks."""

from press import prose
from press.fault import shown


def written(writer, page, names):
    """A stage's lesson as Markdown, checked as prose is; "" where there is no teach.md."""
    path = page.stage.folder / "teach.md"
    if not path.is_file():
        return ""
    file, text = shown(path, page.stage.root), path.read_text(encoding="utf-8")
    prose.check(text, writer.book.ledger.names, writer.environment, file, ceiling=1)
    return writer.ask(text, names, file, 1)
