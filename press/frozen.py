"""Slow results made again, or accepted as they stand: stage by stage, in running order."""

from dataclasses import dataclass
from pathlib import Path

from press import discover, swap
from press.cache import Cache
from press.fault import Fault


@dataclass(frozen=True)
class Frozen:
    """What the stages of one project keep in their frozen/ folders."""

    root: Path
    draft: bool
    say: object

    def refreeze(self, slugs):
        """Recompute slow results: of the named stages, or of all that have a frozen/ folder."""
        stages = (
            discover.with_needs(self.root, slugs) if slugs else discover.in_running_order(discover.stages(self.root))
        )
        chosen = slugs or [stage.slug for stage in stages if stage.frozen]
        for stage in stages:
            if stage.slug in chosen and not stage.computes:
                raise Fault(None, None, f'the stage "{stage.slug}" computes nothing', "give it a stage.py with run()")
        self._go_through(stages, chosen, Cache.refreeze)

    def restamp(self, slugs):
        """Accept changed code of the named stages when their replay repeats exactly."""
        stages = discover.with_needs(self.root, slugs)
        for stage in stages:
            if stage.slug in slugs and not stage.frozen:
                told = f'the stage "{stage.slug}" keeps no frozen results'
                raise Fault(None, None, told, f"python build_site.py --refreeze {stage.slug} makes them")
        self._go_through(stages, slugs, Cache.restamp)

    def _go_through(self, stages, chosen, act):
        with swap.alone(self.root / ".build", "refreeze", self.say):
            cache = Cache(self.root, self.draft, self.say)
            for stage in stages:
                if stage.slug in chosen:
                    self.say(f"{stage.slug}: {act.__name__}")
                    act(cache, stage)
                elif stage.computes:
                    cache.all([stage])
