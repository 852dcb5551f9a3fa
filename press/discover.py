"""The folder is the declaration: each stages/*/page.md becomes a Stage, in reading order, its needs checked."""

from press import folder as folders
from press import modules
from press.fault import Fault, nearest, shown


def stages(root):
    """All stages in reading order; every need is a stage and none goes in a circle."""
    modules.forget()
    there = sorted(path.parent for path in (root / "stages").glob("*/page.md"))
    found = sorted((folders.read(folder, root) for folder in there), key=lambda stage: (stage.order, stage.slug))
    slugs = {stage.slug for stage in found}
    for stage in found:
        for file, name, needs, line in _asked(stage):
            for need in needs:
                if need not in slugs and not (need == "claims" and file not in ("stage.py", "anew.py")):
                    raise Fault(
                        shown(stage.folder / file, root),
                        line,
                        f'{name} asks for the stage "{need}", and no folder of that name is in stages/',
                        "rename the parameter, or add that stage",
                        nearest(need, slugs),
                    )
    in_running_order(found)
    return found


def with_needs(root, slugs):
    """The named stages and all that these need, in running order; other folders are not even read."""
    modules.forget()
    found, waiting = {}, list(slugs)
    known = sorted(path.parent.name for path in (root / "stages").glob("*/page.md"))
    while waiting:
        slug = waiting.pop()
        if slug not in known:
            raise Fault(
                None,
                None,
                f'there is no stage "{slug}" (a folder of stages/ with a page.md)',
                f"name one of {', '.join(known)}",
                nearest(slug, known),
            )
        if slug not in found:
            found[slug] = folders.read(root / "stages" / slug, root)
            waiting.extend(found[slug].needs)
    return in_running_order(sorted(found.values(), key=lambda stage: (stage.order, stage.slug)))


def _asked(stage):
    yield "stage.py", "run", stage.needs, stage.run_line
    yield "anew.py", "run", stage.anew_needs, stage.anew_line
    for file, functions in (("figures.py", stage.figures), ("exports.py", stage.exports)):
        for drawing in functions.values():
            yield file, drawing.name, drawing.needs, drawing.line


def in_running_order(found):
    """Stages so that each comes after all it needs (the reading order where that allows).

    A circle is a Fault that names it.
    """
    by_slug, done, order = {stage.slug: stage for stage in found}, set(), []

    def visit(stage, path):
        if stage.slug in path:
            circle = " → ".join([*path[path.index(stage.slug) :], stage.slug])
            raise Fault(
                shown(stage.folder / "stage.py", stage.root),
                None,
                f"stages need each other in a circle: {circle}",
                "remove one of these parameters from run",
            )
        if stage.slug not in done:
            for need in stage.needs:
                visit(by_slug[need], [*path, stage.slug])
            done.add(stage.slug)
            order.append(stage)

    for stage in found:
        visit(stage, [])
    return order
