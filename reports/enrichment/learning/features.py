"""A text as numbers: its words and pairs of words, each hashed, so that what is learned holds no words.

Hashing of our own, twenty lines, rather than scikit-learn's: what reads every message needs no more than numpy then.
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from reports.enrichment.likeness import STRETCHED, TWICE, WORD
from reports.folding import fold

BITS = 18
LONGEST_READ = 4_000
"""Characters."""
WORDS_READ = 250


def features(text: str) -> tuple[int, ...]:
    """The numbers of the words and of the pairs of neighbours in the text, each once, in order."""
    plain = TWICE.sub("", STRETCHED.sub(r"\1", fold(text[:LONGEST_READ])))
    words = WORD.findall(plain)[:WORDS_READ]
    return tuple(sorted({_hash(gram) for gram in (*words, *_pairs(words))}))


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{one} {other}" for one, other in zip(words, words[1:], strict=False)]


@lru_cache(maxsize=4096)
def _hash(gram: str) -> int:
    digest = blake2b(gram.encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") >> (32 - BITS)
