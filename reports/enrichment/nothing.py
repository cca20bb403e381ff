"""Messages that say nothing: a greeting, a single letter, keys pressed by chance."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from reports.enrichment.language import STOP
from reports.enrichment.said import Said

GREETINGS = frozenset(
    json.loads((Path(__file__).parent / "nothing.json").read_text(encoding="utf-8"))
)
FEW = 2
"""Words that say nothing by themselves when they are no words."""
NO_VOWEL = re.compile(r"[^aeiou0-9]{5}")


def words_of(text: Said) -> Sequence[str]:
    return [token for token in text.tokens if token != STOP]


def says_nothing(text: Said) -> bool:
    """Whether there are words, and none of them tells anything."""
    words = words_of(text)
    if not words:
        return False
    if all(word in GREETINGS for word in words):
        return True
    return len(words) <= FEW and all(_is_no_word(word) for word in words)


def _is_no_word(word: str) -> bool:
    return len(word) < FEW or word.isdigit() or bool(NO_VOWEL.search(word))
