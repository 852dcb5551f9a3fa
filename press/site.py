"""The generated tree: docs with their numbers filled in, the guide, and a resolved configuration, all under .build/."""

import shutil

import yaml

from press import front_matter
from press import page as pages
from press.fault import Fault, shown

DOC_KEYS = {"title", "nav", "order", "summary", "hide", "template", "description", "search", "opening"}
GENERATED = "guide"


def global_pages(root):
    """Pages written by hand: docs/**/*.md outside the generated guide and the widgets' own notes."""
    made = []
    for path in sorted((root / "docs").rglob("*.md")):
        inside = path.relative_to(root / "docs")
        if inside.parts[0] in (GENERATED, "widgets", "assets"):
            continue
        file = shown(path, root)
        front, body, line = front_matter.read(path, file)
        front_matter.check(front, file, DOC_KEYS, ("title",))
        name = inside.with_suffix("").as_posix()
        url = "" if name == "index" else f"{name.removesuffix('/index')}/"
        made.append(pages.Page(file, url, front["title"], front, body, line))
    return sorted(made, key=lambda page: (page.url != "", _order(page), page.url))


def _order(page):
    text = str(page.front.get("order", "100"))
    if not text.isdigit():
        raise Fault(page.file, page.front.line_of("order"), f'order is "{text}"', "write a whole number such as 20")
    return int(text)


def source_path(page):
    """Where a page's Markdown stands in the generated docs folder."""
    return "index.md" if page.url == "" else f"{page.url.rstrip('/')}.md"


def write(root, build, written, settings):
    """Mirror docs/, write every page's Markdown, and the configuration that renders them."""
    docs = build / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    docs.mkdir(parents=True)
    for path in sorted((root / "docs").rglob("*")):
        inside = path.relative_to(root / "docs")
        if (
            path.is_file()
            and path.suffix != ".md"
            and inside.parts[0] != GENERATED
            and "__pycache__" not in inside.parts
        ):
            (docs / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, docs / inside)
    for page, text in written:
        target = docs / source_path(page)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    config = build / "mkdocs.yml"
    config.write_text(
        yaml.safe_dump(resolved([page for page, _ in written], settings), allow_unicode=True, sort_keys=False),
        encoding="utf-8",
    )
    return config


def resolved(ordered, settings):
    """mkdocs.yml with what only a build knows: folders, navigation, the list of stages."""
    stages = [
        {
            "slug": page.stage.slug,
            "nav": str(page.stage.nav),
            "title": str(page.title),
            "url": page.url,
            "minutes": page.minutes,
        }
        for page in ordered
        if page.kind == "stage"
    ]
    made = {
        "INHERIT": "../mkdocs.yml",
        "docs_dir": "docs",
        "site_dir": "site",
        "nav": [{str(page.front.get("nav") or page.title): source_path(page)} for page in ordered],
        "theme": {"custom_dir": "../theme"},
        "extra": {"stages": stages, "draft": bool(settings.get("draft"))},
    }
    for key in ("site_url", "repo_url"):
        if settings.get(key):
            made[key] = settings[key]
    return made
