"""The same pipelines on this machine, on a Ray cluster or on a Slurm cluster; no task is lost without a word."""

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
KINDS = ("local", "ray", "slurm")


class Unfinished(RuntimeError):
    """Tasks that did not complete; the executors themselves may end as if all were well."""


@dataclass(frozen=True)
class Pipeline:
    """A name, datatrove's steps, and the number of tasks that they are cut into."""

    name: str
    steps: list
    tasks: int = 1


def unfinished(pipeline: Pipeline, logs: Path) -> list[int]:
    """The tasks of a pipeline without a mark of completion: [] when all is done."""
    done = {int(path.name) for path in (logs / pipeline.name / "completions").glob("*")}
    return sorted(set(range(pipeline.tasks)) - done)


def check(pipeline: Pipeline, logs: Path) -> None:
    """Raise a sentence when a task did not complete: Ray logs a failed task and goes on."""
    missing = unfinished(pipeline, logs)
    if missing:
        raise Unfinished(
            f'{logs / pipeline.name}: {len(missing)} of {pipeline.tasks} tasks of "{pipeline.name}" did not complete, '
            f"the first is task {missing[0]}; read logs/task_{missing[0]:05d}.log there for its error"
        )


def run(pipelines: list[Pipeline], logs: Path, kind: str = "local", workers: int = 1, **options) -> None:
    """Run the pipelines one after the other; on Slurm, submit them as a chain of jobs and return."""
    for pipeline in pipelines:
        if (logs / pipeline.name / "completions").exists():  # the executors would skip what is marked as done
            raise Unfinished(f"{logs / pipeline.name}: an earlier run stands here; choose a folder that is empty")
    if kind == "slurm":
        return slurm_chain(pipelines, logs, workers, **options)[-1].run()
    if kind not in KINDS:
        raise ValueError(f'there is no executor "{kind}"; choose one of {", ".join(KINDS)}')
    for pipeline in pipelines:
        executor = (ray_executor if kind == "ray" else local_executor)(pipeline, logs, workers, **options)
        executor.run()
        check(pipeline, logs)


def local_executor(pipeline: Pipeline, logs: Path, workers: int):
    """The pipeline on this machine; one worker runs inside this process."""
    from datatrove.executor import LocalPipelineExecutor

    folder = str(logs / pipeline.name)
    return LocalPipelineExecutor(
        pipeline.steps, tasks=pipeline.tasks, workers=min(workers, pipeline.tasks), logging_dir=folder
    )


def ray_executor(pipeline: Pipeline, logs: Path, workers: int, memory: float = 2):
    """The pipeline on a Ray cluster, or on a small one that is started here; ``memory`` is in GB a task."""
    import ray
    from datatrove.executor import RayPipelineExecutor

    if not ray.is_initialized():  # RAY_ADDRESS names a cluster; every machine sees the same folders
        place = {"env_vars": {"PYTHONPATH": str(ROOT)}}
        ray.init(include_dashboard=False, log_to_driver=False, runtime_env=place, logging_level="error")
    held = max((node["Resources"].get("memory", 0) for node in ray.nodes()), default=0) / 2**30
    if held < memory:  # it would wait for ever
        raise Unfinished(f"Ray: a task asks for {memory} GB, the largest machine has {held:.1f}; ask for less memory")
    return RayPipelineExecutor(
        pipeline.steps,
        tasks=pipeline.tasks,
        workers=min(workers, pipeline.tasks),
        logging_dir=str(logs / pipeline.name),
        mem_per_cpu_gb=memory,
    )


def slurm_chain(
    pipelines: list[Pipeline], logs: Path, workers: int, partition: str, time: str, memory: float = 2
) -> list:
    """The pipelines as Slurm jobs, each waiting for the one before; running the last one submits them all."""
    from datatrove.executor import SlurmPipelineExecutor

    chain: list = []
    for pipeline in pipelines:
        chain.append(
            SlurmPipelineExecutor(
                pipeline.steps,
                tasks=pipeline.tasks,
                time=time,
                partition=partition,
                workers=workers,
                mem_per_cpu_gb=memory,
                job_name=f"recipe-{pipeline.name}",
                qos="",
                env_command=environment(),
                depends=chain[-1] if chain else None,
                logging_dir=str(logs / pipeline.name),
            )
        )
    return chain


def environment() -> str:
    """The lines of a launch script that find this repository and this Python on another machine."""
    path = f"{shlex.quote(os.path.dirname(sys.executable))}:$PATH"
    return f"cd {shlex.quote(str(ROOT))}\nexport PYTHONPATH={shlex.quote(str(ROOT))}\nexport PATH={path}"
