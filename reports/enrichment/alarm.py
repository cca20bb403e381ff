"""How much all words of a message together speak of danger, though none of them and no situation tells it by itself.

`alarm.json` holds what each word, each concept and each list of words weighs, as `manage.py weigh_danger` has found it on
invented sentences. It may only raise: what words and situations tell stands without it.
"""

import json
from collections.abc import Mapping
from math import exp
from pathlib import Path
from typing import NamedTuple

from reports.enrichment.danger import CONCEPTS
from reports.enrichment.said import Phrases, Said

WEIGHTS = Path(__file__).parent / "alarm.json"
CONCEPT, LIST = "@", "#"
"""What names of concepts and of lists of words begin with, so that they are no words."""
TELLING = 0.4
"""A word of this weight and more is named as a reason."""

_weights: Mapping[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
BIAS = ""


class Alarm(NamedTuple):
    """How likely danger is, 0 to 1, and the words that weigh most."""

    share: float
    words: tuple[str, ...]


def signs(text: Said, lists: Mapping[str, Phrases]) -> set[str]:
    """Everything in a text that has a weight: its roots, the concepts of danger and the lists that it holds."""
    concepts = {CONCEPT + name for name, words in CONCEPTS.items() if words.are_in(text)}
    return {*text.roots, *concepts, *(LIST + name for name, words in lists.items() if words.are_in(text))}


def heard(text: Said, lists: Mapping[str, Phrases]) -> Alarm:
    """The alarm of these words; `lists` are those of `urgency`, by their names."""
    weighed = {sign: _weights[sign] for sign in signs(text, lists) if sign in _weights}
    share = 1 / (1 + exp(-_weights.get(BIAS, 0.0) - sum(weighed.values())))
    telling = sorted(
        (place, text.tokens[place])
        for sign, weight in weighed.items()
        if weight >= TELLING
        for place in text.roots.get(sign, ())[:1]
    )
    return Alarm(share, tuple(dict.fromkeys(word for _place, word in telling)))
