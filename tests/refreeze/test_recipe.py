"""The recipe with its libraries: the same bytes from every executor, and no task or page lost without a word."""

from pathlib import Path

import pytest

from stages.data import executors, recipe, stage

from .conftest import SHORT, html, write_warc

MEMORY = 0.5  # GB; enough for a few pages


def outputs(out):
    """Every file that the recipe wrote, except logs, which hold the time."""
    files = [path for path in sorted(out.rglob("*")) if path.is_file() and "logs" not in path.relative_to(out).parts]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def local(crawl, tmp_path_factory):
    out = tmp_path_factory.mktemp("local") / "out"
    recipe.clean(crawl, out)
    return out


@pytest.fixture(scope="module")
def ray():
    import ray

    yield ray
    ray.shutdown()


def test_every_page_is_kept_or_dropped_by_a_rule(local, texts):
    clean, dropped = (recipe.read_documents(local / name) for name in ("clean", "dropped"))
    assert len(clean) + len(dropped) == len(texts) + 7
    assert len(recipe.read_documents(local / "dropped" / "duplicate")) == 4
    reasons = {one["metadata"]["url"]: one["metadata"].get("filter_reason") for one in dropped}
    assert reasons["http://third.example/nl"] == "nl"
    assert reasons["http://third.example/empty"] == "no_text"
    assert reasons["http://third.example/short"] == "gopher_short_doc"


def test_two_workers_write_the_same_bytes_as_one(local, crawl, tmp_path):
    recipe.clean(crawl, tmp_path / "out", workers=2)
    assert outputs(tmp_path / "out") == outputs(local)


def test_ray_writes_the_same_bytes_as_this_machine_alone(local, crawl, tmp_path, ray):
    recipe.clean(crawl, tmp_path / "out", kind="ray", workers=2, memory=MEMORY)
    assert outputs(tmp_path / "out") == outputs(local)


@pytest.mark.parametrize("kind", ["local", "ray"])
def test_a_task_that_fails_is_an_error(kind, crawl, tmp_path, ray):
    broken = tmp_path / "crawl"
    broken.mkdir()
    whole = (crawl / "0.warc.gz").read_bytes()
    (broken / "0.warc.gz").write_bytes(whole)
    (broken / "1.warc.gz").write_bytes(b"not a gzip file")
    options = {"memory": MEMORY} if kind == "ray" else {}
    with pytest.raises(executors.Unfinished if kind == "ray" else Exception) as told:
        recipe.clean(broken, tmp_path / "out", kind=kind, **options)
    if kind == "ray":
        assert '1 of 2 tasks of "filter" did not complete' in str(told.value)


def test_ray_says_when_no_machine_is_large_enough(crawl, tmp_path, ray):
    with pytest.raises(executors.Unfinished, match="asks for 100000 GB"):
        recipe.clean(crawl, tmp_path / "out", kind="ray", memory=100_000)


def test_a_folder_of_an_earlier_run_is_refused(local):
    with pytest.raises(executors.Unfinished, match="an earlier run stands here"):
        executors.run([executors.Pipeline("filter", [])], local / "logs")


def test_a_crawl_of_which_nothing_is_left_ends_in_order(tmp_path):
    (tmp_path / "crawl").mkdir()
    write_warc(tmp_path / "crawl" / "0.warc.gz", [("http://a.example/", html(SHORT))])
    recipe.clean(tmp_path / "crawl", tmp_path / "out")
    assert recipe.read_documents(tmp_path / "out" / "clean") == []
    assert len(recipe.read_documents(tmp_path / "out" / "dropped")) == 1


def test_the_scripts_for_slurm_run_the_same_recipe(local, crawl, tmp_path, slurm):
    out = tmp_path / "out"
    recipe.clean(crawl, out, kind="slurm", partition="small", time="01:00:00", workers=2)
    jobs = [path.read_text() for path in sorted(slurm.glob("*.slurm"), key=lambda path: int(path.stem))]
    launched = [job for job in jobs if "launch_pickled_pipeline" in job]
    names = ["filter", "sign", "match", "cluster", "unique"]
    assert [f"--job-name=recipe-{name}\n" in job for name, job in zip(names, launched, strict=True)] == [True] * 5
    assert ["--array=0-2%2" in launched[0], "--array=0-13%2" in launched[2]] == [True, True]
    for job in launched:
        assert "#SBATCH --partition=small\n" in job and "#SBATCH --time=01:00:00\n" in job and "--qos" not in job
        assert f"export PYTHONPATH={Path(stage.__file__).parents[2]}" in job
    calls = Path(f"{slurm}.calls").read_text()
    assert calls.count("--dependency=afterok:") == 4, "each job waits for the one before"
    assert outputs(out) == outputs(local)


def test_the_frozen_fates_are_those_that_the_recipe_gives_again():
    import gzip
    import json

    world, warc = stage.make_crawl()
    again = stage.run_recipe(warc, stage.read_records(warc), world)
    with gzip.open(Path(stage.__file__).parent / "frozen" / "fates.jsonl.gz", "rt", encoding="utf-8") as file:
        frozen = [json.loads(line) for line in file]
    found = json.loads(json.dumps([{key: value for key, value in one.items() if key != "text"} for one in again]))
    assert found == frozen
