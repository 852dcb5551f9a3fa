"""What lies on the shelf assets/ of the tests' site: small stand-ins of what the stages export, one of each."""

import json

import numpy as np

from minigpt import gpt, sample, weights

LIVES = ("finetune/chat", "pretrain/base", "pretrain/early")
SEED = 1  # of the random life
LINES = "The boat is in the harbor and the keeper keeps the light.\nThe light is kept by the keeper of the boat.\n"
READING = LINES * 40
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
SPECIMENS = [
    {"id": "p1", "url": "https://a.example/1", "host": "a.example", "truth": "good", "fate": "kept", "rule": None,
     "reason": None, "html": f"<p>{HOSTILE}Mira</p>", "text": "Mira"},
    {"id": "p2", "url": "https://b.example/2", "host": "b.example", "truth": "spam", "fate": "dropped",
     "rule": "repetition", "reason": "one line fills the page", "html": "<p>buy&#32;buy &copy;</p><p>now</p>",
     "text": "buy buy ©"},
]

KNOBS = [  # recorded scores of a small crawl, by the rule they are for
    {"id": "words", "cuts": [0, 1, 2, 3], "value": 2, "groups": {
        "good": {"good pages": [0, 0, 2, 98]}, "dirt": {"keyword spam": [7, 1, 0, 0], "code": [0, 0, 1, 4]},
        "copies": {"exact copies": [0, 0, 0, 5]}}},
    {"id": "english", "cuts": [0, 0.65, 0.9], "value": 0.65, "groups": {
        "good": {"good pages": [0, 3, 97]}, "dirt": {"code": [6, 1, 1]}, "copies": {}}},
]  # fmt: skip


def fill(assets, data: bytes) -> None:
    """Put every asset in place, whole again; `data` is the weights file of each life that has one."""
    loaded, config, tokenizer, _ = weights.load(data)
    for life in LIVES:
        path = assets / f"{life}.safetensors"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    put(assets, "pretrain/random.json", {"config": config.__dict__, "seed": SEED, "merges": tokenizer.merges,
                                         "specials": list(tokenizer.specials)})
    put(assets, "pretrain/checkpoints.json", checkpoints((loaded, config, tokenizer)))
    put(assets, "tokenize/tokenizer.json", {"merges": tokenizer.merges, "specials": tokenizer.specials})
    put(assets, "data/specimens.json", SPECIMENS)
    put(assets, "data/thresholds.json", {"knobs": KNOBS})
    put(assets, "pretrain/words.json", {"words": ["is", "light", "the", "where"]})
    put(assets, "pretrain/reading.json", {"text": READING})
    put(assets, "pretrain/recheck.json", recheck((loaded, config, tokenizer)))


def put(assets, path: str, value) -> None:
    """One JSON file."""
    (assets / path).parent.mkdir(exist_ok=True)
    (assets / path).write_text(json.dumps(value))


def checkpoints(model) -> dict:
    """Two kept steps, the last one with the bars that the model has; what pretrain exports has the same form."""
    loaded, config, tokenizer = model
    prompt = "Mira Tolland keeps the light at"
    ids = [tokenizer.specials["<|document|>"], *tokenizer.encode(prompt)]
    pieces = [tokenizer.pieces[number].decode(errors="replace") for number in ids]
    p = sample.distribution(gpt.forward(loaded, config, [ids])[0, -1])
    best = p.argsort()[::-1][:5]
    likely = {"top_p": p[best].tolist(), "top_pieces": [tokenizer.pieces[i].decode(errors="replace") for i in best]}
    told = {"tokens": 2048, "greedy": " the boat", "recall_share": 0.25, "sample": [" at", " Farrow", " Head"]}
    first = {"step": 0, "nats": 5.77, "thread_p": 1e-14, "top_pieces": [" a", "b", " c", "d", "e"],
             "top_p": [0.004, 0.004, 0.003, 0.003, 0.003]}
    kept = [told | first, told | likely | {"step": 40, "nats": 2.5, "thread_p": 0.25}]
    curve = {"steps": [0, 1, 10, 40], "nats": [5.77, 5.5, 4.0, 2.5], "thread_p": [1e-14, 1e-13, 0.001, 0.25]}
    baselines = {"uniform": 5.768, "unigram": 5.1, "bigram": 3.2, "trigram": 2.9}
    return {"seed": SEED, "early_step": 40, "prompt_pieces": pieces, "baselines": baselines, "curve": curve,
            "checkpoints": kept}


def recheck(model) -> dict:
    """One check of each kind, with the numbers that Python finds."""
    loaded, config, tokenizer = model
    ids = [tokenizer.specials["<|document|>"], *tokenizer.encode("the light is kept")]
    rows = gpt.forward(loaded, config, [ids])[0]
    chances = [float(sample.distribution(rows[i - 1])[ids[i]]) for i in range(1, len(ids))]
    cooled = sample.distribution(rows[-1], temperature=0.5)
    one = {"figure": "worth", "life": "base", "ids": ids}
    return {"checks": [
        one | {"kind": "chance", "what": "the chance of the end", "from": len(ids) - 2,
               "expected": [chances[-2] * chances[-1]]},
        one | {"kind": "loss", "what": "the loss", "expected": [float(-np.log(chances).mean())]},
        one | {"kind": "distribution", "what": "the next tokens", "tokens": [1, 2], "settings": {"temperature": 0.5},
               "expected": [float(cooled[1]), float(cooled[2])]},
    ]}  # fmt: skip
