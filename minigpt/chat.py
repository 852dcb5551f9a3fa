"""Conversations as tokens: four special tokens say who speaks, and a mask says which tokens are learned.

A document:      <|document|> text
A conversation:  <|document|> <|user|> text <|end|> <|assistant|> text <|end|> <|user|> ...
"""

SPECIALS = ("<|document|>", "<|user|>", "<|assistant|>", "<|end|>")


def encode_turns(tokenizer, turns):
    """Numbers of a conversation and a mask: 1 where the assistant speaks or ends, which is all that is learned.

    Text is never read for special tokens: nobody can speak for the other.

    >>> from minigpt.bpe import Tokenizer
    >>> ids, mask = encode_turns(Tokenizer([], SPECIALS), [("user", "hi"), ("assistant", "yo")])
    >>> ids
    [256, 257, 104, 105, 259, 258, 121, 111, 259]
    >>> mask
    [0, 0, 0, 0, 0, 0, 1, 1, 1]
    """
    specials = tokenizer.specials
    ids, mask = [specials["<|document|>"]], [0]
    for role, text in turns:
        if role not in ("user", "assistant"):
            raise ValueError(f"unknown role {role!r}: use 'user' or 'assistant'")
        said = [*tokenizer.encode(text), specials["<|end|>"]]
        ids += [specials[f"<|{role}|>"], *said]
        mask += [0] + [int(role == "assistant")] * len(said)
    return ids, mask


def prompt(tokenizer, turns):
    """Numbers up to the point where it is the assistant's turn.

    >>> from minigpt.bpe import Tokenizer
    >>> prompt(Tokenizer([], SPECIALS), [("user", "hi")])
    [256, 257, 104, 105, 259, 258]
    """
    return [*encode_turns(tokenizer, turns)[0], tokenizer.specials["<|assistant|>"]]


def decode_turns(tokenizer, ids):
    """Turns of a conversation's numbers; the last one may be unfinished.

    >>> from minigpt.bpe import Tokenizer
    >>> decode_turns(Tokenizer([], SPECIALS), [256, 257, 104, 105, 259, 258, 121])
    [('user', 'hi'), ('assistant', 'y')]
    """
    speaker = {tokenizer.specials["<|user|>"]: "user", tokenizer.specials["<|assistant|>"]: "assistant"}
    turns, role, said = [], None, []
    for number in [*ids, tokenizer.specials["<|end|>"]]:
        if number in speaker:
            role, said = speaker[number], []
        elif number == tokenizer.specials["<|end|>"]:
            turns += [(role, tokenizer.decode(said))] if role else []
            role = None
        else:
            said.append(number)
    return turns


def pack(conversations, context, end):
    """Fill rows of a context with whole conversations of (ids, mask); return inputs and targets [R, T].

    A target is -1 where nothing is learned: under the mask, and in the padding (token `end`) behind the last one.
    A conversation longer than a row is cut.

    >>> inputs, targets = pack([([5, 6, 7], [0, 0, 1]), ([5, 8], [0, 1])], context=4, end=9)
    >>> inputs, targets
    ([[5, 6, 7, 5]], [[-1, 7, -1, 8]])
    """
    rows, row = [], []
    for ids, mask in conversations:
        marked = [(number, number if learned else -1) for number, learned in zip(ids, mask)][: context + 1]
        if row and len(row) + len(marked) > context + 1:
            rows.append(row)
            row = []
        row = row + marked
    rows += [row] if row else []
    rows = [row + [(end, -1)] * (context + 1 - len(row)) for row in rows]
    return [[number for number, _ in row[:-1]] for row in rows], [[aim for _, aim in row[1:]] for row in rows]
