"""Runs stages once: live results in .cache/, slow ones committed in frozen/ with a receipt that says what made them."""

import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from press import fingerprint, receipt, store
from press.call import Call
from press.fault import Fault, shown
from press.files import read_folder, replace_folder, write_folder
from press.replay import part, replay

PLAIN = (int, str, bool, bytes, type(None))


@dataclass(frozen=True)
class Computed:
    """A stage's results, their digest, and the receipt of a frozen stage."""

    results: object
    digest: str
    receipt: dict | None = None
    stale: str = ""
    floats: tuple = ()


@dataclass
class Cache:
    """The results of every stage asked for so far."""

    root: Path
    draft: bool = False
    say: object = print
    kept: dict = field(default_factory=dict)

    def all(self, stages):
        """Results of every stage that computes, by slug; stages come in running order."""
        for stage in stages:
            if stage.computes and stage.slug not in self.kept:
                self.kept[stage.slug] = self.frozen(stage) if stage.frozen else self.live(stage)
        return self.kept

    def inputs(self, stage):
        """The digests of what a stage needs."""
        return {need: made.digest for need, made in _run(stage).asked(self.kept).items()}

    def live(self, stage):
        """Results of a quick stage, run now unless its key was seen before."""
        code = fingerprint.of_lines(fingerprint.of_stage(stage.folder, self.root))
        key = fingerprint.of_lines({"code": code} | self.inputs(stage))
        folder = self.root / ".cache" / stage.slug / key[:32]
        if not folder.is_dir():
            started = time.time()
            files = store.dump(self.run(stage), stage)
            write_folder(folder, files)
            _forget_old(folder.parent, keep=4)
            self.say(f"{stage.slug}: computed in {time.time() - started:.1f} s")
        files = read_folder(folder)
        results = store.restore(files, stage)
        return Computed(results, store.digest(files), floats=_floats(results, stage))

    def run(self, stage):
        """Call the stage's run with the results it asks for."""
        self._module(stage)  # what it imports and is not there has a mend of its own
        return _run(stage).results(self.kept)

    def _module(self, stage):
        try:
            return stage.load("stage")
        except ImportError as error:
            raise Fault(
                shown(stage.folder / "stage.py", self.root),
                None,
                f"an import failed: {error}",
                f"install what it needs: make refreeze does (or name it in uses: of {stage.page})",
            ) from None

    def frozen(self, stage):
        """Committed results, their receipt compared with today's code, inputs and files."""
        folder = stage.folder / "frozen"
        files = read_folder(folder)
        written = receipt.read(files.pop("receipt.json", None), stage, self.root)
        self._check_files(stage, files, written)
        stale = receipt.difference(written, receipt.state(stage, self.root, self.inputs(stage)))
        self._check_floats(stage)
        if stale and not self.draft:
            minutes = written.get("seconds", 0) / 60
            raise Fault(
                shown(folder / "receipt.json", self.root),
                None,
                f"the frozen results are stale: {stale}",
                f"python build_site.py --refreeze {stage.slug} (took {minutes:.1f} minutes), or --restamp "
                f"{stage.slug} if the results cannot have changed, or build with --draft",
            )
        return Computed(store.restore(files, stage, whole=not self.draft), frozen_digest(files), written, stale)

    def _check_files(self, stage, files, written):
        for name in sorted(set(files) | set(written["files"])):
            found = fingerprint.of_bytes(files[name]) if name in files else None
            if found != written["files"].get(name):
                state = (
                    "is missing"
                    if name not in files
                    else "is not in the receipt"
                    if name not in written["files"]
                    else "is not the file that the receipt describes"
                )
                raise Fault(
                    shown(stage.folder / "frozen" / name, self.root),
                    None,
                    f"this frozen file {state}",
                    f"restore it from git, or python build_site.py --refreeze {stage.slug}",
                )

    def _check_floats(self, stage):
        """Last bits of floats differ between machines, so a quick stage with floats may not feed a frozen one."""
        for need in stage.needs:
            if self.kept[need].floats:
                raise Fault(
                    shown(stage.folder / "stage.py", self.root),
                    stage.run_line,
                    f'the frozen stage "{stage.slug}" needs "{need}", which is not frozen and holds floats in '
                    f'"{self.kept[need].floats[0]}"',
                    f"freeze {need} too, or keep that field as ints",
                )

    def refreeze(self, stage):
        """Recompute a slow stage and commit its results to frozen/ with a new receipt."""
        state = receipt.state(stage, self.root, self.inputs(stage))
        started = time.time()
        results = self.run(stage)
        seconds = time.time() - started + getattr(results, "resumed_seconds", 0)  # of earlier, interrupted sittings
        files = store.dump(results, stage)
        made = receipt.write(stage, state, files, seconds, self._module(stage))
        replace_folder(stage.folder / "frozen", files | {"receipt.json": made})
        self.say(f"{stage.slug}: refrozen in {seconds:.1f} s")
        self.kept[stage.slug] = self.frozen(stage)

    def restamp(self, stage):
        """Accept changed code when the stage's replay repeats its frozen results bit for bit."""
        folder = stage.folder / "frozen"
        files = read_folder(folder)
        written = receipt.read(files.pop("receipt.json", None), stage, self.root)
        self._check_files(stage, files, written)
        fields = self.replayed(stage, store.restore(files, stage))
        state = receipt.state(stage, self.root, self.inputs(stage))
        made = receipt.restamped(written, state, sorted(fields))
        replace_folder(folder, files | {"receipt.json": made})
        self.say(f"{stage.slug}: restamped; {', '.join(sorted(fields))} repeat exactly")
        self.kept[stage.slug] = self.frozen(stage)

    def replayed(self, stage, results):
        """What replay measures, checked to equal the frozen fields exactly."""
        where = shown(stage.folder / "stage.py", self.root)
        if not stage.replays:
            raise Fault(
                where,
                None,
                "there is no replay to show that nothing changed",
                f"write def replay(results, ...), or python build_site.py --refreeze {stage.slug}",
            )
        again = replay(stage, results, self.kept)
        for name, value in again.items():
            if receipt.canonical(value) != receipt.canonical(part(results, name, value)):
                raise Fault(
                    where,
                    None,
                    f'the replay of "{name}" differs from the frozen value',
                    f"python build_site.py --refreeze {stage.slug}",
                )
        return again


def _run(stage):
    return Call(stage, "stage", "run", stage.needs, stage.run_line)


def frozen_digest(files):
    """One digest of a frozen stage's files, byte for byte."""
    return fingerprint.of_lines({name: fingerprint.of_bytes(data) for name, data in files.items()})


def _forget_old(folder, keep):
    kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[keep:]:
        shutil.rmtree(path, ignore_errors=True)


def _floats(results, stage):
    """Names of fields that hold floats, which differ between machines in their last bits."""

    def inside(value):
        if isinstance(value, dict):
            return any(inside(item) for item in value.values())
        return any(inside(item) for item in value) if isinstance(value, list) else not isinstance(value, PLAIN)

    return tuple(name for name in stage.fields if inside(getattr(results, name)))
