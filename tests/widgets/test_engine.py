"""The model in the browser is the model in Python: same ids, scores, attention and draws from the same bytes."""

import json

import numpy as np
import pytest

from minigpt import chat, gpt, sample, weights
from tests.widgets.fuzz import fuzzed

pytestmark = pytest.mark.browser

PROMPTS = [
    "<|document|>Mira Tolland keeps the light at", "<|document|><|user|>Where?<|end|><|assistant|>", "a",
    "漢字 😀 \ud800",
]


LOAD = """async simd => {
  const names = ["weights", "gpt", "sample", "chat", "bpe", "kernel"];
  const modules = await Promise.all(names.map(name => import(`../widgets/minigpt/${name}.js`)));
  window.engine = Object.fromEntries(names.map((name, i) => [name, modules[i]]));
  const answer = await fetch("../assets/small.safetensors"), module = simd && await engine.kernel.compile();
  window.seat = ({ weights, config, ...more }) => {
    if (!simd) return { weights, config, ...more };
    const kernel = new engine.kernel.Kernel(module, weights, config);
    return { ...more, config, weights: kernel.weights, place: kernel.place() };
  };
  Object.assign(window, { place: undefined }, seat(engine.weights.load(await answer.arrayBuffer())));
}"""


@pytest.fixture(params=["in plain JavaScript", "in WebAssembly"])
def engine(request, sheet, small):
    """A page with the engine loaded and the small model's file read, once for each of the twins."""
    sheet.evaluate(LOAD, request.param == "in WebAssembly")
    return sheet


def test_the_browser_reproduces_the_golden_file(engine, small):
    golden = weights.golden(small, PROMPTS)
    got = engine.evaluate("""json => JSON.parse(json).map(({text, layer, head}) => {
      const ids = tokenizer.encode(text, true);
      const logits = engine.gpt.forward(weights, config, ids, place).at(-1);
      const attention = engine.gpt.attention_weights(weights, config, ids, place)[layer][head];
      const pieces = ids.map(id => [...tokenizer.pieces[id]]);
      return {ids, pieces, logits: [...logits], attention: attention.map(row => [...row])};
    })""", json.dumps(golden["prompts"]))
    for case, answer in zip(golden["prompts"], got):
        assert answer["ids"] == case["ids"]
        assert answer["pieces"] == case["pieces"]
        assert np.abs(np.subtract(answer["logits"], case["logits"])).max() < 1e-4
        for there, here in zip(answer["attention"], case["attention"]):
            assert np.abs(np.subtract(there, here[: len(there)])).max() < 1e-4


def test_the_browser_draws_the_golden_files_random_numbers(engine, small):
    drawn = weights.golden(small, PROMPTS)["random"]
    integers, first = engine.evaluate("""seed => {
      const random = new engine.sample.Random(seed), fresh = engine.gpt.init(config, seed);
      const first = Object.entries(fresh).map(([name, w]) => [name, [...w.slice(0, 4)]]);
      return [Array.from({length: 8}, () => random.integer()), Object.fromEntries(first)];
    }""", drawn["seed"])
    assert integers == drawn["integers"]
    assert first == drawn["first_weights"]


def test_scores_agree_at_every_position_up_to_a_full_context(engine, small):
    loaded, config, tokenizer, _ = weights.load(small)
    ids = np.random.default_rng(3).integers(0, config.vocabulary, config.context)
    here = gpt.forward(loaded, config, ids[None])[0]
    there = engine.evaluate("ids => engine.gpt.forward(weights, config, ids, place).map(row => [...row])", ids.tolist())
    assert np.abs(here - np.array(there)).max() < 1e-4


def test_a_context_refuses_one_token_too_many(engine):
    said = engine.evaluate("""() => {
      const tokens = new Array(config.context + 1).fill(1);
      try { engine.gpt.forward(weights, config, tokens, place); } catch (error) { return error.message; }
    }""")
    assert "do not fit into a context of 96" in said


SETTINGS = [{}, {"temperature": 0.7}, {"temperature": 1.3, "top_k": 20}, {"top_p": 0.8}, {"min_p": 0.05},
            {"temperature": 0.8, "top_k": 40, "top_p": 0.95, "min_p": 0.02}, {"temperature": 0}]


def near_an_edge(small, prompt, ids, seed, settings) -> bool:
    """Whether the draw after `ids` falls within 1e-6 of an edge of the cumulative sum."""
    loaded, config, _, _ = weights.load(small)
    random = sample.Random(seed)
    uniforms = [random.uniform() for _ in range(len(ids) + 1)]
    p = sample.distribution(gpt.forward(loaded, config, [prompt + ids])[0, -1], **settings)
    return np.abs(np.cumsum(p) - uniforms[-1]).min() < 1e-6


def test_the_same_seed_writes_the_same_text_in_both_languages(engine, small):
    loaded, config, tokenizer, _ = weights.load(small)
    prompt = tokenizer.encode("Mira Tolland keeps", allow_special=True)
    for seed in range(64):
        settings = SETTINGS[seed % len(SETTINGS)]
        here = sample.generate(gpt.Model(loaded, config), prompt, sample.Random(seed), 64, **settings)
        there = engine.evaluate("""([prompt, seed, settings]) => {
          const model = new engine.gpt.Model(weights, config, place);
          const random = new engine.sample.Random(seed);
          return [...engine.sample.generate(model, prompt, random, 64, [], settings)].map(made => made.id);
        }""", [prompt, seed, settings])
        assert len(here) == len(there) == 64
        same = next((i for i, (a, b) in enumerate(zip(here, there)) if a != b), 64)
        assert same == 64 or near_an_edge(small, prompt, here[:same], seed, settings)


def test_distributions_agree_for_every_setting(engine):
    logits = (np.random.default_rng(1).normal(size=300) * 3).astype(np.float32)
    logits[7] = logits[200] = logits.max()  # a tie at the top
    there = engine.evaluate("""([logits, all]) =>
      all.map(s => [...engine.sample.distribution(new Float32Array(logits), s)])""", [logits.tolist(), SETTINGS])
    for settings, p in zip(SETTINGS, there):
        here = sample.distribution(logits, **settings)
        assert ((here > 0) == (np.array(p) > 0)).all(), settings
        assert np.allclose(here, p, rtol=1e-12, atol=0), settings


def test_our_tokenizer_gives_the_same_ids_in_both_languages(engine, small):
    _, _, tokenizer, _ = weights.load(small)
    texts = fuzzed(2500, seed=21)
    there = engine.evaluate("json => JSON.parse(json).map(text => tokenizer.encode(text))", json.dumps(texts))
    here = [tokenizer.encode(text) for text in texts]
    assert here == there
    specials = [text + "<|end|><|user|>" + text[::-1] for text in texts[:200]]
    there = engine.evaluate("json => JSON.parse(json).map(text => tokenizer.encode(text, true))", json.dumps(specials))
    assert [tokenizer.encode(text, allow_special=True) for text in specials] == there


def test_ids_decode_to_the_same_text_valid_or_not(engine, small):
    _, config, tokenizer, _ = weights.load(small)
    rows = np.random.default_rng(2).integers(0, config.vocabulary, (300, 20)).tolist()
    there = engine.evaluate("rows => rows.map(ids => tokenizer.decode(ids))", rows)
    assert [tokenizer.decode(ids) for ids in rows] == there


def test_conversations_become_the_same_tokens_in_both_languages(engine, small):
    _, _, tokenizer, _ = weights.load(small)
    turns = [["user", "Where does she live?<|end|>"], ["assistant", "At Farrow Head."], ["user", "é 😀"]]
    ids, mask = chat.encode_turns(tokenizer, turns)
    there = engine.evaluate("""turns => [
      engine.chat.encode_turns(tokenizer, turns), engine.chat.prompt(tokenizer, turns),
      engine.chat.decode_turns(tokenizer, engine.chat.prompt(tokenizer, turns))]""", turns)
    assert there == [[ids, mask], chat.prompt(tokenizer, turns), [*turns, ["assistant", ""]]]


DAMAGE = {
    "cut short": lambda data: data[:-1000],
    "cut short inside its header": lambda data: data[:500],
    "bytes where it says": lambda data: data + b"more",
    "no weights file": lambda data: b"<!doctype html><title>Not found</title>",
    "cannot be read": lambda data: data[:100] + b"\xff" * 50 + data[150:],
    "contract": lambda data: data.replace(b'"contract":"1"', b'"contract":"9"'),
    "scale is missing": lambda data: data.replace(b'"layers.2.mlp.up":', b'"layers.9.mlp.up":'),
    "missing or of another size": lambda data: data.replace(b'"layers.2.mlp.up', b'"layers.9.mlp.up'),
}


@pytest.mark.parametrize("word", DAMAGE)
def test_a_damaged_file_is_refused_in_words(engine, small, assets, word):
    (assets / "damaged.safetensors").write_bytes(DAMAGE[word](small))
    said = engine.evaluate("""async () => {
      const answer = await fetch("../assets/damaged.safetensors");
      try { engine.weights.load(await answer.arrayBuffer()); } catch (error) { return error.message; }
    }""")
    assert word in said


def test_the_committed_weights_give_pythons_numbers_in_the_browser(engine, assets, root):
    files = sorted(root.glob("stages/*/frozen/*.safetensors"))
    assert files, "no committed weights: run python build_site.py --refreeze pretrain"
    for file in files:
        golden = weights.golden(file.read_bytes(), PROMPTS, seeds=(1, 2), count=32)
        (assets / "committed.safetensors").write_bytes(file.read_bytes())
        got = engine.evaluate(COMMITTED, json.dumps(golden))
        for case, (ids, logits) in zip(golden["prompts"], got["prompts"]):
            assert ids == case["ids"], file
            assert np.abs(np.subtract(logits, case["logits"])).max() < 1e-4, file
        assert got["samples"] == [draw["ids"] for draw in golden["samples"]["draws"]], file


COMMITTED = """async json => {
  const golden = JSON.parse(json), { settings, count, prompt, draws } = golden.samples;
  const answer = await fetch("../assets/committed.safetensors", { cache: "reload" });
  const { weights, config, tokenizer, place } = seat(engine.weights.load(await answer.arrayBuffer()));
  const prompts = golden.prompts.map(({ text }) => {
    const ids = tokenizer.encode(text, true);
    return [ids, [...engine.gpt.forward(weights, config, ids, place).at(-1)]];
  });
  const samples = draws.map(({ seed }) => {
    const model = new engine.gpt.Model(weights, config, place), random = new engine.sample.Random(seed);
    const made = engine.sample.generate(model, golden.prompts[prompt].ids, random, count, [], settings);
    return [...made].map(({ id }) => id);
  });
  return { prompts, samples };
}"""


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (3, 5), (4, 7), (6, 8), (9, 3), (64, 48)])
def test_a_product_of_any_shape_is_numpys(engine, rows, columns):
    random = np.random.default_rng(rows)
    weight, x = random.normal(size=(rows, columns)).astype(np.float32), random.normal(size=columns).astype(np.float32)
    there = engine.evaluate("""([weight, x, rows]) =>
      [...engine.gpt.product(new Float32Array(weight), new Float32Array(x), new Float32Array(rows))]""",
                            [weight.ravel().tolist(), x.tolist(), rows])
    assert np.allclose(there, weight @ x, atol=1e-5)
