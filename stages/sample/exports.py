"""What the browser gets: the scene's draw, to be worked out again."""

from minigpt import weights

OPERATIONS = {"chances": "no setting", "temperature": "the temperature", "top_k": "top-k too", "top_p": "top-p too"}


def recheck(sample, pretrain):
    """The chances of the scene's tokens after each operation, as the frozen results have them."""
    tokenizer = weights.load(pretrain.base)[2]
    ids = [tokenizer.specials["<|document|>"], *tokenizer.encode(sample.prompt)]
    order = list(sample.settings)
    checks = []
    for name, words in OPERATIONS.items():
        given = order[: order.index(name) + 1] if name in order else []
        checks.append({"figure": "one_draw", "kind": "distribution", "life": "base", "ids": ids,
                       "settings": {key: sample.settings[key] for key in given}, "tokens": sample.draw["ids"],
                       "what": f"the chances of the scene’s tokens, {words}", "expected": sample.draw[name]})
    return {"checks": checks}
