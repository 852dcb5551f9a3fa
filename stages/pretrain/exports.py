"""What the browser gets: two checkpoints, how to draw the weights they began from, and what every kept step said."""

from minigpt.chat import SPECIALS

READING = 60_000  # characters


def base(pretrain):
    """The base model, int8 by row: the very file that every measurement about it was made on."""
    return ".safetensors", pretrain.base


def early(pretrain):
    """The model after the early checkpoint's steps."""
    return ".safetensors", pretrain.early


def random(pretrain, tokenize):
    """The model before its first step: its weights are not shipped but drawn from the seed of the run."""
    return {"config": pretrain.config, "seed": pretrain.seed, "merges": tokenize.merges, "specials": list(SPECIALS)}


def checkpoints(pretrain):
    """What each kept step scored and said, the held-out loss between them, and what tables of counts score."""
    nats = {name: getattr(pretrain, f"{name}_nats") for name in ("uniform", "unigram", "bigram", "trigram")}
    curve = {"steps": pretrain.curve_steps, "nats": pretrain.curve_nats, "thread_p": pretrain.curve_thread_p}
    return {"seed": pretrain.seed, "early_step": pretrain.early_step, "prompt_pieces": pretrain.thread_prompt_pieces,
            "baselines": nats, "curve": curve, "checkpoints": pretrain.checkpoints}


def reading(data):
    """Pages of the corpus for a reader who has no text at hand to train a model on."""
    pages = [page["text"] for page in data.corpus if page["split"] == "train"]
    return {"text": "\n".join(pages)[:READING]}
