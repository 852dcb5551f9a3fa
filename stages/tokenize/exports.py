"""What the browser gets: our tokenizer, and the ranks of cl100k_base to set beside it."""

import gzip
import struct

from . import cl100k as encoding


def tokenizer(tokenize) -> dict:
    """Our merges in rank order and the numbers of the special tokens, the whole tokenizer."""
    from minigpt import chat

    first = tokenize.vocabulary_tokens - len(chat.SPECIALS)
    return {"merges": tokenize.merges, "specials": {special: first + i for i, special in enumerate(chat.SPECIALS)}}


def cl100k(tokenize) -> tuple:
    """cl100k_base packed: how many tokens (uint32, little-endian), a byte of length for each, then their bytes."""
    tokens = encoding.load().token_byte_values()
    tokens = sorted(tokens, key=encoding.load().encode_single_token)
    body = struct.pack("<I", len(tokens)) + bytes(map(len, tokens)) + b"".join(tokens)
    return ".bin", gzip.compress(body, compresslevel=9, mtime=0)
