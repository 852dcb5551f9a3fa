"""A small GPT in numpy, to be read in this order: bpe, gpt, adam, train, sample, chat, weights.

Text becomes numbers (bpe), numbers become a guess at the next number (gpt), guesses become better ones (adam, train),
a guess becomes text again (sample), text becomes a conversation (chat), and all of it fits into one file (weights).
It imports numpy and nothing else. The format a browser reads is described in docs/widgets/CONTRACT.md.
"""
