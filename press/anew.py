"""What every build works out from results that are frozen: the functions of stages/<slug>/anew.py, quick and unkept."""

from dataclasses import replace
from types import SimpleNamespace

from press.call import Call
from press.fault import Fault, shown


def added(stages, computed):
    """The results by slug, those of a stage with an anew.py joined by what it finds; no other run ever sees these."""
    made = dict(computed)
    for stage in stages:
        if stage.anew:
            found = vars(_run(stage, computed))
            made[stage.slug] = replace(
                computed[stage.slug], results=SimpleNamespace(**vars(computed[stage.slug].results), **found)
            )
    return made


def _run(stage, computed):
    """What the run of a stage's anew.py finds; its fields are not those of stage.py."""
    both = sorted(set(stage.anew) & set(stage.fields))
    if both:
        told = f'both stage.py and anew.py have a Results field "{both[0]}"'
        raise Fault(shown(stage.folder / "anew.py", stage.root), None, told, "rename the one in anew.py")
    return Call(stage, "anew", "run", stage.anew_needs, stage.anew_line).results(computed)
