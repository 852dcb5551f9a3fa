"""Where a number, a figure or a widget of ours comes from: in one line, and in full."""

import posixpath
import re


def of_stage(book, slug):
    """Stage, seed and seconds as its receipt has them; a quick stage is computed while the site is built.

    The words are those under each figure.
    """
    made = book.computed.get(slug)
    if made is None:
        return f"stages/{slug}"
    if made.receipt is None:
        return f"stages/{slug}, anew in each build"
    told = [f"stages/{slug}"]
    *seeds, last = made.receipt.get("seeds") or [None]
    if last is not None:
        told.append(f"seeds {', '.join(map(str, seeds))} and {last}" if seeds else f"seed {last}")
    told.append(f"in {made.receipt.get('seconds', 0):,.0f} s on {made.receipt.get('date', 'a day not noted')}")
    return ", ".join(told)


def makers(book, slug, figure):
    """Slugs of the stages whose results a figure asks for; its own stage where it asks for none."""
    return [need for need in book.stage(slug).figures[figure].needs if need != "claims"] or [slug]


def of_entry(book, key):
    """A ledger entry of ours: what a claim says, or what is noted about a result, and where it was computed."""
    if key in book.ledger.claims:
        claim = book.ledger.claims[key]
        return claim.says, claim.path
    return note(book, key), anew(book, key) or of_stage(book, key.split(".")[0])


def anew(book, path):
    """Where each build works a result out again that stands in no frozen file; empty for one that does."""
    slug, name = path.split(".")[:2]
    stage = book.stage(slug)
    return f"stages/{slug}/anew.py, anew in each build" if stage and name in stage.anew else ""


def note(book, path):
    """The comment beside the field of Results that a path begins with; empty where there is none."""
    slug, name = path.split(".")[:2]
    stage = book.stage(slug)
    return stage.notes.get(name, "").rstrip(".").replace("->", "→") if stage else ""


def of_figure(book, slug, name):
    """How a figure came about, as the rows of `of_run`: first its own code, then the stages that it asks for."""
    drawing = book.stage(slug).figures[name]
    yield "drawn by", f"stages/{slug}/figures.py, {name}, line {drawing.line}", "code"
    for maker in makers(book, slug, name):
        yield from of_run(book, maker)
        told = book.stage(maker)
        if any((maker, field) in drawing.reads for field in told.anew):
            yield "and in each build by", f"stages/{maker}/anew.py, run, line {told.anew_line}", "code"


def of_run(book, slug):
    """How the results of a stage came about, as (name, text, kind): code, seed, machine, digests, the command again.

    `kind` is "code" for what is typed or copied, else "".
    """
    stage = book.stage(slug)
    made = book.computed.get(slug)
    if stage.run_line:
        yield "computed by", f"stages/{slug}/stage.py, run, line {stage.run_line}", "code"
    receipt = made.receipt if made else None
    if receipt is None:
        yield "again", "python build_site.py", "code"
        return
    seeds = ", ".join(map(str, receipt.get("seeds") or []))
    machine = [f"Python {receipt.get('python')}", f"numpy {receipt.get('numpy')}", receipt.get("processor") or ""]
    yield "seed", seeds, ""
    yield "took", f"{receipt.get('seconds', 0):,.0f} s on {receipt.get('date', 'a day not noted')}", ""
    yield "machine", ", ".join(filter(None, machine)), ""
    yield "code digest", str(receipt.get("fingerprint", "")), "code"
    for file, digest in (receipt.get("files") or {}).items():
        if file.endswith(("results.json", "arrays.npz")):
            yield f"{file} sha256", digest, "code"
    yield "again", str(receipt.get("command", "")), "code"


def of_widget(root, slugs, name):
    """The modules that a widget is made of, and the files of stages that it may fetch, read from its code.

    Paths are relative to the root; a file of a stage is slug/name.suffix as under assets/.
    """
    folder, waiting, modules, files = root / "docs" / "widgets", [f"{name}.js"], [], []
    named = re.compile(rf"""["'`]((?:{"|".join(map(re.escape, slugs))})/[\w-]+\.[a-z]+)["'`]""") if slugs else None
    while waiting:
        path = waiting.pop(0)
        if path in modules or not (folder / path).is_file():
            continue
        modules.append(path)
        text = (folder / path).read_text(encoding="utf-8")
        found = re.findall(r"""from\s+["'](\.{1,2}/[\w./-]+\.js)["']""", text)
        waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(path), one)) for one in found]
        files += named.findall(text) if named else []
    return [f"docs/widgets/{path}" for path in modules], list(dict.fromkeys(files))
