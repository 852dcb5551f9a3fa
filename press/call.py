"""A function of a stage, called: what it asks for in vain, raises, or returns by mistake is told with its line."""

from dataclasses import dataclass

from press.fault import Fault, shown


@dataclass(frozen=True)
class Call:
    """The function `name` of stages/<slug>/<module>.py, what it needs, and the line it stands on."""

    stage: object
    module: str
    name: str
    needs: tuple[str, ...]
    line: int | None

    def asked(self, known):
        """What it needs, by name, out of what is known."""
        for need in self.needs:
            if need not in known:
                told = f'{self.name} asks for "{need}", which computes nothing'
                raise self._fault(told, f"add stages/{need}/stage.py, or drop the parameter")
        return {need: known[need] for need in self.needs}

    def made(self, given):
        """What it returns; whatever a contributor's code raises is told with its own line."""
        try:
            return getattr(self.stage.load(self.module), self.name)(**given)
        except Fault:
            raise
        except Exception as error:
            told = f"{self.name} raised {type(error).__name__}: {error}"
            raise Fault(*self.stage.own_line(error, f"{self.module}.py"), told, "mend the code") from error

    def results(self, computed):
        """The Results that a `run` returns, called with those of other stages."""
        found = self.made({need: one.results for need, one in self.asked(computed).items()})
        if not isinstance(found, self.stage.load(self.module).Results):
            raise self._fault(f"run returned a {type(found).__name__}", "return Results(...)")
        return found

    def _fault(self, told, mend):
        return Fault(shown(self.stage.folder / f"{self.module}.py", self.stage.root), self.line, told, mend)
