"""Run FineWeb's recipe on anybody's crawl files: python -m stages.data.crawl FILE.warc.gz [...] --out DIR."""

import argparse
import json
import math
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from stages.data import executors, records, summary
from stages.data.progress import progress, quiet
from stages.data.warc import Fault, survey

LEFTOVERS = ("filtered", "signatures", "buckets", "clusters", "logs", "plan.json")  # of a finished run


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The command's words."""
    parser = argparse.ArgumentParser(prog="python -m stages.data.crawl", description=__doc__)
    add = parser.add_argument
    add("files", nargs="*", type=Path, metavar="FILE.warc.gz", help="crawl files, packed or not")
    add("--out", required=True, type=Path, metavar="DIR", help="a new folder for what is kept and dropped")
    add("--executor", choices=executors.KINDS, default="local", help="where it runs (default: local)")
    add("--workers", type=int, help="files read at a time (default: 1; on a cluster as many as it can)")
    add("--memory", type=float, default=2, metavar="GB", help="of a task on Ray or Slurm (default: 2)")
    add("--partition", default="", help="Slurm: where the jobs are queued")
    add("--time", default="20:00:00", help="Slurm: the most that a task may take (default: 20:00:00)")
    add("--blocklist", type=Path, metavar="FILE", help="hosts to leave unread, one a line")
    add("--largest", type=int, default=records.LARGEST, metavar="BYTES", help="of a page (default: 5 MiB)")
    add("--collect", action="store_true", help="Slurm: count what the finished jobs wrote in DIR")
    asked = parser.parse_args(given)
    asked.workers = asked.workers or (1 if asked.executor == "local" else -1)
    return asked


def main(given: list[str] | None = None) -> int:
    """Check, run, count and tell; a fault is a sentence and exit code 2."""
    asked = arguments(given)
    try:
        if asked.collect:
            found = collect(asked.out)
        else:
            check(asked)
            found = run(asked, survey_all(asked.files))
    except (Fault, executors.Unfinished) as fault:
        print(fault, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; nothing was left behind", file=sys.stderr)
        return 130
    if found:
        print(f"{summary.tell(found)}\n{asked.out}: clean/, dropped/ by rule, summary.json")
    return 0


def check(asked: argparse.Namespace) -> None:
    """What can be said before anything is read."""
    out, names = asked.out, [path.resolve() for path in asked.files]
    if not names:
        raise Fault("no crawl file was named; at least one was expected; add its path")
    for name in names:
        if names.count(name) > 1:
            raise Fault(f"{name}: named twice; each file was expected once; leave one out")
    if out.is_file() or (out.is_dir() and any(out.iterdir())):
        found = "is a file" if out.is_file() else "is a folder with something in it"
        raise Fault(f"{out}: {found}; a new or empty folder was expected; choose another --out")
    if not out.resolve().parent.is_dir():
        raise Fault(f"{out.resolve().parent}: does not exist; --out is made inside it; make it first")
    if asked.blocklist and not asked.blocklist.is_file():
        raise Fault(f"{asked.blocklist}: does not exist; a list of hosts was expected; check the name")
    if asked.executor == "slurm" and not asked.partition:
        raise Fault("--executor slurm: no partition was named; one was expected; add --partition")
    if asked.executor == "slurm" and not shutil.which("sbatch"):
        raise Fault("sbatch was not found; Slurm's commands were expected; run this on a login node of the cluster")
    for package, lock in (("datatrove", "refreeze"), ("ray", "ray"))[: 1 + (asked.executor == "ray")]:
        if not find_spec(package):
            mend = f"pip install -r requirements-{lock}.lock"
            raise Fault(f"the package {package} is missing; the recipe runs with it; {mend}")


def survey_all(files: list[Path]) -> dict[str, int]:
    """Records of each file, read to their ends before anything is written; the first damaged file is a Fault."""
    from tqdm import tqdm

    with tqdm(desc="reading", unit=" records") as bar:
        return {str(path.resolve()): survey(path, bar.update) for path in files}


def run(asked: argparse.Namespace, files: dict[str, int]) -> dict | None:
    """Run the recipe in a folder beside DIR that takes its name when all is done; Slurm's jobs write in DIR itself."""
    if asked.executor == "slurm":
        asked.out.mkdir(exist_ok=True)
        return submit(asked, files)
    folder = Path(tempfile.mkdtemp(prefix=f".{asked.out.name}-", dir=asked.out.resolve().parent))
    try:
        with quiet(folder / "logs.txt") as screen, progress(folder, sum(files.values()), screen):
            clean(asked, files, folder, workers=asked.workers)
        found = finish(folder, files)
        (folder / "logs.txt").unlink()
        folder.chmod(0o755)
        if asked.out.is_dir():
            asked.out.rmdir()
        folder.rename(asked.out)
    except executors.Unfinished as fault:
        raise executors.Unfinished(f"{fault}; its last line: {last_line(folder)}") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return found


def clean(asked: argparse.Namespace, files: dict[str, int], folder: Path, **options) -> None:
    """The recipe with FineWeb's own thresholds on these files, one task a file."""
    from datatrove.pipeline.writers.jsonl import JsonlWriter

    from stages.data import reader, recipe

    hosts = asked.blocklist.read_text(encoding="utf-8").split() if asked.blocklist else []
    no_pages = JsonlWriter(str(folder / "dropped" / "record"), compression=None)
    source = [reader.Records(list(files), asked.largest), reader.Pages(exclusion_writer=no_pages)]
    rules = recipe.filters(folder, tuple(hosts), changes={})
    rules[1] = reader.Patient(rules[1].exclusion_writer)
    if asked.executor == "ray":
        options["memory"] = asked.memory
    pipelines = recipe.pipelines(source, rules, folder, tasks=len(files))
    plan = {"files": files, "tasks": {one.name: one.tasks for one in pipelines}}
    (folder / "plan.json").write_text(json.dumps(plan, indent=1), encoding="utf-8")
    executors.run(pipelines, folder / "logs", asked.executor, **options)


def submit(asked: argparse.Namespace, files: dict[str, int]) -> None:
    """Hand the jobs to Slurm and say how to go on."""
    given = {"partition": asked.partition, "time": asked.time, "memory": math.ceil(asked.memory)}
    try:
        clean(asked, files, asked.out.resolve(), workers=asked.workers, **given)
    except subprocess.CalledProcessError as error:
        shutil.rmtree(asked.out)
        raise Fault(f"sbatch took no job (exit code {error.returncode}); read what it said above") from None
    print(f"submitted; when the jobs are done: python -m stages.data.crawl --out {asked.out} --collect")


def collect(out: Path) -> dict:
    """Count what Slurm's jobs wrote, when every task has completed."""
    if not (out / "plan.json").is_file():
        raise Fault(f"{out}: holds no plan.json; the folder of jobs for Slurm was expected; check --out")
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    for name, tasks in plan["tasks"].items():
        executors.check(executors.Pipeline(name, [], tasks), out / "logs")
    return finish(out, plan["files"])


def finish(folder: Path, files: dict[str, int]) -> dict:
    """Count, write summary.json, and clear away what only the run needed."""
    found = summary.summarize(folder, files)
    (folder / "summary.json").write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
    for path in (folder / name for name in LEFTOVERS):
        path.unlink() if path.is_file() else shutil.rmtree(path, ignore_errors=True)
    return found


def last_line(folder: Path) -> str:
    """The last word of the run's logs."""
    lines = (folder / "logs.txt").read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "nothing was logged"


if __name__ == "__main__":
    sys.exit(main())
