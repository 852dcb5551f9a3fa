"""The program beside the page: one for all widgets, held while the page is hidden, gone with the last of them."""

import hashlib
import json

import pytest

from tests.pause import pause
from tests.widgets.desk import alone, hide, until

pytestmark = pytest.mark.browser

OPEN = """async () => {
  const { openModel, LIVES } = await import("../widgets/engine.js");
  LIVES.patient = { file: "patient.safetensors", words: "patient" };
  window.models = [openModel("patient"), openModel("patient")];
  await Promise.all(models.map(model => model.load()));
  window.made = 0;
}"""
WRITE = """() => {
  const message = { ids: [1, 2], seed: 1, count: 4000 };
  window.writing = models[0].generate(message, () => { made++; });
  window.why = writing.promise.then(done => done.why, fault => fault.message);
}"""


@pytest.fixture
def models(sheet, assets, patient):
    """A page with two widgets' hold on one model."""
    (assets / "patient.safetensors").write_bytes(patient)
    asked = []
    sheet.on("request", lambda request: asked.append(request.url))
    sheet.evaluate(OPEN)
    sheet.fetched = [url for url in asked if url.endswith(".safetensors")]
    return sheet


def test_two_widgets_fetch_one_file_and_the_last_to_go_ends_the_worker(models):
    assert len(models.fetched) == len(models.workers) == 1
    models.evaluate("models[0].close()")
    models.evaluate("models[1].score([1, 2])")
    models.evaluate("models[1].close()")
    alone(models)


def test_a_hidden_page_holds_what_is_written_and_goes_on_when_seen(models):
    models.evaluate(WRITE)
    until(models, "made > 3")
    hide(models, True)
    pause(models, 500)
    before = models.evaluate("made")
    pause(models, 500)
    assert models.evaluate("made") == before
    hide(models, False)
    until(models, f"made > {before}")
    models.evaluate("writing.stop()")
    assert models.evaluate("why") == "stopped"
    models.evaluate("models.forEach(model => model.close())")


def test_leaving_a_page_in_the_middle_of_a_reply_leaves_no_worker(models):
    models.evaluate(WRITE)
    until(models, "made > 3")
    models.goto("about:blank")
    alone(models)


@pytest.mark.parametrize("where", ["header", "tensors"])
def test_a_file_with_one_byte_altered_is_refused_and_the_right_one_taken(sheet, assets, patient, where):
    at = patient.index(b'"merges"') + 30 if where == "header" else len(patient) - 9
    altered = patient[:at] + bytes([patient[at] ^ 1]) + patient[at + 1:]
    (assets / "digests.json").write_text(json.dumps({"patient.safetensors": hashlib.sha256(patient).hexdigest()}))
    ask = """async fresh => {
      const { openModel, LIVES } = await import("../widgets/engine.js");
      LIVES.patient = { file: "patient.safetensors", words: "patient" };
      const model = openModel("patient");
      const told = await model.load(null, fresh).then(({ verified }) => verified, ({ message }) => message);
      model.close();
      return told;
    }"""
    try:
        (assets / "patient.safetensors").write_bytes(altered)
        assert "the weights file is altered" in sheet.evaluate(ask, False)
        (assets / "patient.safetensors").write_bytes(patient)
        assert sheet.evaluate(ask, True) is True
    finally:
        (assets / "digests.json").unlink()
