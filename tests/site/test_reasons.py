"""The filters' short names of a reason reach the reader in plain words."""

import json


def test_every_reason_on_the_data_page_is_told_in_words(page, address, site):
    pages = json.loads((site / "assets/data/specimens.json").read_text(encoding="utf-8"))["pages"]
    short = sorted({one["reason"] for one in pages if one["reason"]})
    page.goto(address)
    plain = page.evaluate("""async ([root, short]) => {
      const { plainly } = await import(`${root}widgets/reasons.js`);
      return short.map(plainly);
    }""", [address, [*short, "a reason of tomorrow", "constructor"]])
    assert len(short) > 10
    assert [one for one, told in zip(short, plain) if one == told and len(one.split()) < 3] == []
    assert plain[-2:] == ["a reason of tomorrow", "constructor"]  # what is unknown stays as it is
    assert plain[short.index("es")] == "the classifier takes it for Spanish"
