"""Training in the browser is training in Python: the same gradients, the same steps, a page that stays in charge."""

import numpy as np
import pytest

from minigpt import gpt, train
from minigpt.adam import Adam, clip
from tests.pause import pause
from tests.widgets.desk import alone, hide, until

pytestmark = pytest.mark.browser

CONFIG = gpt.Config(vocabulary=30, context=12, width=16, heads=2, layers=2)
TOKENS = np.tile(np.arange(30), 20)
RATES = [train.rate_at(step, 6, 1e-2) for step in range(6)]
PAGE = """([config, tokens, targets, rates, quick]) => import("../widgets/minigpt/gpt.js").then(async gpt => {
  const [{ Batch }, train, { compile }] = await Promise.all(
    ["backward", "train", "kernel"].map(name => import(`../widgets/minigpt/${name}.js`)));
  const drawn = gpt.init(config, 3), module = quick ? await compile() : null;
  for (const w of Object.values(drawn)) w.forEach((one, i) => { w[i] = 2 * one; });
  const desk = train.desk_for(module, drawn, config, tokens.length), weights = desk.hold(drawn);
  const flat = numbers => Int32Array.from(numbers), share = 1 / targets.filter(aim => aim >= 0).length;
  const network = new Batch(weights, config, desk), adam = new train.Adam(weights), losses = [];
  const step = () => network.loss_and_gradients(flat(tokens), flat(targets), share);
  const plain = all => Object.fromEntries(Object.entries(all).map(([name, w]) => [name, [...w]]));
  const { loss, gradients } = step(), first = plain(gradients);
  for (const rate of rates) {
    const made = step();
    train.clip(made.gradients, 1);
    adam.step(weights, made.gradients, rate);
    losses.push(made.loss);
  }
  const mean = train.mean_loss(network, flat(tokens));
  return { loss, gradients: first, losses, weights: plain(weights), mean, quick: desk.run !== undefined };
})"""


@pytest.fixture(scope="module")
def batch():
    """Tokens and targets [3, 12], some targets not asked for."""
    random = np.random.default_rng(2)
    targets = random.integers(0, 30, (3, 12))
    targets[1, :5] = -1
    return random.integers(0, 30, (3, 12)), targets


@pytest.fixture(params=[False, True], ids=["plain", "compiled"])
def learned(sheet, batch, request):
    """What the page computed, in plain JavaScript or with the compiled kernel."""
    made = sheet.evaluate(PAGE, [CONFIG.__dict__, *(part.ravel().tolist() for part in batch), RATES, request.param])
    assert made["quick"] is request.param
    return made


@pytest.fixture
def weights():
    """The weights that the page begins with."""
    return {name: w * np.float32(2) for name, w in gpt.init(CONFIG, seed=3).items()}


def test_every_gradient_is_pythons_and_so_is_every_step(learned, weights, batch):
    tokens, targets = batch
    share = 1 / (targets >= 0).sum()
    loss, gradients = gpt.loss_and_gradients(weights, CONFIG, tokens, targets, share)
    assert learned["loss"] == pytest.approx(loss, rel=1e-5)
    assert learned["gradients"].keys() == gradients.keys()
    for name, gradient in gradients.items():
        difference = np.abs(gradient.ravel() - learned["gradients"][name]).max()
        assert difference < 1e-4 * np.abs(gradient).max(), name
    adam = Adam(weights)
    for step, there in enumerate(learned["losses"]):
        loss, gradients = gpt.loss_and_gradients(weights, CONFIG, tokens, targets, share)
        clip(gradients, 1.0)
        adam.step(weights, gradients, RATES[step])
        assert there == pytest.approx(loss, rel=1e-4)
    for name, w in weights.items():
        assert np.allclose(w.ravel(), learned["weights"][name], atol=2e-4), name
    assert learned["mean"] == pytest.approx(train.mean_loss(weights, CONFIG, tokens.ravel()), rel=1e-4)


SIZES = [(4, 1, 8), (5, 3, 9), (12, 7, 30), (3, 2, 40), (9, 4, 5), (31, 12, 17)]


@pytest.mark.parametrize("rows, times, columns", SIZES)
@pytest.mark.parametrize("quick", [False, True], ids=["plain", "compiled"])
def test_a_product_of_matrices_is_numpys_however_they_lie(sheet, rows, times, columns, quick):
    random = np.random.default_rng(rows)
    wide, high = random.normal(size=(rows, times + 5)), random.normal(size=(columns, times))
    wide[:, 2] = 0
    made = sheet.evaluate("""async ([wide, high, quick]) => {
      const [{ Desk, Matrix }, { QuickDesk }, { compile }] = await Promise.all(
        ["matrix", "desk", "kernel"].map(name => import(`../widgets/minigpt/${name}.js`)));
      const desk = quick ? new QuickDesk(await compile(), 10_000) : new Desk(), times = high[0].length;
      const held = desk.hold({ a: Float32Array.from(wide.flat()), b: Float32Array.from(high.flat()) });
      const a = new Matrix(held.a, wide.length, times + 5), b = new Matrix(held.b, high.length, times);
      const part = a.part(0, a.rows, 2, times), list = ({ data }) => [...data];
      return [desk.product(part, b.turned), desk.product(b, part.turned)].map(list);
    }""", [wide.tolist(), high.tolist(), quick])
    expected = wide[:, 2: 2 + times] @ high.T
    assert np.allclose(made[0], expected.ravel(), atol=1e-4) and np.allclose(made[1], expected.T.ravel(), atol=1e-4)


RUN = """async ([config, tokens, rate]) => {
  const { openTraining } = await import("../widgets/training.js");
  const training = window.training = openTraining();
  training.begin({ config, seed: 1, tokens: Int32Array.from(tokens), rate });
  const told = window.told = [];
  window.running = training.run(part => told.push(part)).then(() => "paused", fault => fault.message);
}"""


def test_a_training_learns_pauses_goes_on_and_writes(sheet):
    sheet.evaluate(RUN, [CONFIG.__dict__, TOKENS.tolist(), 1e-2])
    until(sheet, "told.length > 2 && told.at(-1).loss < 1")
    assert sheet.evaluate("told[0].loss > told.at(-1).loss && told.at(-1).step > told[0].step")
    assert sheet.evaluate("(training.pause(), running)") == "paused"
    before = sheet.evaluate("told.length")
    loss = sheet.evaluate("tokens => training.loss(Int32Array.from(tokens))", TOKENS[:100].tolist())
    assert 0 < loss < 2
    written = sheet.evaluate("training.sample({ ids: [3, 4, 5], count: 6, seed: 1, settings: { temperature: 0 } })")
    assert written == [6, 7, 8, 9, 10, 11]
    long = sheet.evaluate("training.sample({ ids: [3, 4], count: 40, seed: 1, settings: { temperature: 0 } })")
    assert long == [i % 30 for i in range(5, 45)]  # far past a context of twelve
    assert sheet.evaluate("told.length") == before
    sheet.evaluate("training.set({ rate: 1e-3 }), window.running = training.run(part => told.push(part)), null")
    until(sheet, f"told.length > {before}")
    sheet.evaluate("training.close()")


def test_a_loss_that_is_no_number_is_told_in_a_sentence(sheet):
    sheet.evaluate(RUN, [CONFIG.__dict__, TOKENS.tolist(), 1e30])
    assert "begin again with smaller steps" in sheet.evaluate("running")
    sheet.evaluate("training.close()")


def test_too_little_text_is_told_in_a_sentence(sheet):
    sheet.evaluate(RUN, [CONFIG.__dict__, [1, 2, 3], 1e-3])
    assert "use more text" in sheet.evaluate("running")
    sheet.evaluate("training.close()")


def test_closing_a_training_ends_its_worker(sheet):
    for _ in range(3):
        sheet.evaluate(RUN, [CONFIG.__dict__, TOKENS.tolist(), 1e-3])
        until(sheet, "told.length > 0")
        assert len(sheet.workers) == 1
        sheet.evaluate("training.close()")
        alone(sheet)


def test_without_workers_it_trains_on_the_page_and_ends_there(sheet):
    sheet.evaluate("delete window.Worker")
    sheet.evaluate(RUN, [CONFIG.__dict__, TOKENS.tolist(), 1e-2])
    until(sheet, "told.length > 1")
    sheet.evaluate("training.close()")
    assert sheet.evaluate("running") == "paused"


def test_a_hidden_page_holds_a_running_training(sheet):
    sheet.evaluate(RUN, [CONFIG.__dict__, TOKENS.tolist(), 1e-3])
    until(sheet, "told.length > 0")
    hide(sheet, True)
    pause(sheet, 500)
    before = sheet.evaluate("told.length")
    pause(sheet, 500)
    assert sheet.evaluate("told.length") == before
    hide(sheet, False)
    until(sheet, f"told.length > {before}")
    sheet.evaluate("training.close()")
