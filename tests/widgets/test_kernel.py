"""The compiled kernel: made from the text beside it, the same sums as numpy's, and nobody misses it where it is not."""

import gzip

import numpy as np
import pytest

from minigpt import gpt
from tests.widgets.assemble import assemble

FOLDER = "docs/widgets/minigpt"


def test_the_binary_is_the_assembled_text(root):
    text = (root / FOLDER / "kernel.wat").read_text(encoding="utf-8")
    assert (root / FOLDER / "kernel.wasm").read_bytes() == assemble(text), "Mend: python -m tests.widgets.assemble"


SHARED = {"minigpt/gpt.js", "minigpt/sample.js", "minigpt/kernel.js", "minigpt/kernel.wasm", "server.js", "line.js"}
TRAINING = {"minigpt/backward.js", "minigpt/matrix.js", "minigpt/desk.js", "minigpt/train.js", "trainer.js",
            "training.js"}
PAGE = {"engine.js", "worker.js", "download.js"}


def weight(root, names):
    """Compressed bytes of files that are fetched one by one."""
    return sum(len(gzip.compress((root / "docs" / "widgets" / name).read_bytes(), mtime=0)) for name in names)


def test_the_engine_weighs_less_than_twenty_five_kilobytes_and_each_program_less_than_twenty(root):
    engine = {f"minigpt/{path.name}" for path in (root / FOLDER).iterdir() if path.suffix in (".js", ".wasm")}
    names = sorted(engine | TRAINING | PAGE | SHARED)
    whole = b"".join((root / "docs" / "widgets" / name).read_bytes() for name in names)
    assert weight(root, engine) < 25_000
    assert weight(root, (engine | PAGE | SHARED) - TRAINING) < 20_000
    assert weight(root, SHARED | TRAINING) < 20_000
    assert len(gzip.compress(whole, mtime=0)) < 25_000


KERNEL = """async ([config, weights]) => {
  const { compile, Kernel } = await import("../widgets/minigpt/kernel.js");
  const held = Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, new Float32Array(w)]));
  return window.kernel = new Kernel(await compile(), held, config), window.place = kernel.place(), null;
}"""
CONFIG = gpt.Config(vocabulary=27, context=40, width=24, heads=2, layers=1)


@pytest.fixture
def kernel(sheet):
    """A page with a kernel that holds a small model's weights, and those weights."""
    weights = gpt.init(CONFIG, seed=4)
    sheet.evaluate(KERNEL, [CONFIG.__dict__, {name: w.ravel().tolist() for name, w in weights.items()}])
    return sheet, weights


def test_products_are_numpys_also_where_rows_do_not_come_in_fours(kernel):
    page, weights = kernel
    x = np.random.default_rng(1).normal(size=96).astype(np.float32)
    rows = {"embedding": ("h", "logits"), "layers.0.mlp.up": ("h", "fired"), "layers.0.mlp.down": ("fired", "y")}
    for name, (read, written) in rows.items():
        there = page.evaluate("""([name, read, written, x]) => {
          const { rows, product } = place;
          rows[read].set(x.slice(0, rows[read].length));
          return [...product(kernel.weights[name], rows[read], rows[written])];
        }""", [name, read, written, x.tolist()])
        assert np.allclose(there, weights[name] @ x[: weights[name].shape[1]], atol=1e-5), name


@pytest.mark.parametrize("times", [1, 2, 3, 4, 5, 31, 40])
def test_attention_is_numpys_for_any_number_of_times_and_any_scores(kernel, times):
    page, _ = kernel
    random = np.random.default_rng(times)
    q, (keys, values) = random.normal(size=12) * 9, random.normal(size=(2, times, 24))
    p, o = page.evaluate("""([q, keys, values, times]) => {
      const { rows, attend } = place, p = rows.p.subarray(0, times);
      const [o, head] = [rows.mixed, rows.qkv].map(row => row.subarray(12, 24));
      head.set(q);
      rows["keys.0"].set(keys);
      rows["values.0"].set(values);
      attend(head, rows["keys.0"], rows["values.0"], 24, 12, p, o);
      return [[...p], [...o]];
    }""", [q.tolist(), keys.ravel().tolist(), values.ravel().tolist(), times])
    weights = np.exp((keys[:, 12:] @ q) - (keys[:, 12:] @ q).max())
    weights /= weights.sum()
    assert np.allclose(p, weights, atol=1e-6)
    assert np.allclose(o, weights @ values[:, 12:], atol=1e-5)


def test_places_are_given_once_each_and_given_again_when_left(kernel):
    page, _ = kernel
    assert page.evaluate("""() => {
      const taken = [place];
      for (let next = kernel.place(); next; next = kernel.place()) taken.push(next);
      const addresses = new Set(taken.map(({ rows }) => rows.x.byteOffset));
      taken.at(-1).leave();
      return [taken.length, addresses.size, kernel.place().rows.x.byteOffset === taken.at(-1).rows.x.byteOffset];
    }""") == [4, 4, True]


ASK = """async () => {
  const { openModel, LIVES } = await import("../widgets/engine.js");
  LIVES.small = { file: "small.safetensors", words: "small" };
  const model = openModel("small"), { simd } = await model.load();
  const ids = [1, 2, 3], { logits } = await model.score(ids), made = [];
  const write = () => model.generate({ ids, seed: 1, count: 8 }, ({ id }) => made.push(id)).promise;
  await Promise.all(Array.from({ length: 6 }, write)); // more at once than there are places
  model.close();
  return { simd, logits: [...logits], made: made.sort() };
}"""


def test_the_worker_uses_the_kernel_and_does_without_where_it_cannot_be_had(sheet, small):
    quick = sheet.evaluate(ASK)
    sheet.route("**/kernel.wasm", lambda route: route.fulfill(status=200, body="no wasm"))
    sheet.reload()
    slow = sheet.evaluate(ASK)
    assert (quick["simd"], slow["simd"]) == (True, False)
    assert np.abs(np.subtract(quick["logits"], slow["logits"])).max() < 1e-4
    assert quick["made"] == slow["made"] and len(quick["made"]) == 48


def test_a_policy_that_forbids_compiled_code_leaves_the_plain_twin(sheet):
    assert sheet.evaluate("""async () => {
      WebAssembly.compile = () => { throw new WebAssembly.CompileError("blocked by the policy"); };
      return (await import("../widgets/minigpt/kernel.js")).compile();
    }""") is None
