"""How much all words of a message together speak of danger, though none of them and no situation tells it by itself.

`alarm.json` holds what each root, each concept of danger and each list of words weighs, as `manage.py weigh_danger` has
found it on invented sentences. It may only raise: what words and situations tell stands without it.
"""

import json
from collections.abc import Mapping, Sequence
from math import exp
from pathlib import Path
from typing import NamedTuple

from reports.enrichment.danger import CONCEPTS
from reports.enrichment.said import Phrases, Said

WEIGHTS = Path(__file__).parent / "alarm.json"
DANGER, DESPAIR = "danger", "despair"
"""What is weighed: danger to anybody, and that somebody does not want to live any more."""
CONCEPT, LIST = "@", "#"
"""What names of concepts and of lists of words begin with, so that they are no roots."""
BIAS = ""
TELLING = 0.4
"""Words of a concept or list of this weight and more are named as a reason."""

_weights: Mapping[str, Mapping[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))


class Alarm(NamedTuple):
    """How likely danger and despair are, 0 to 1, and the words that speak of danger."""

    danger: float
    despair: float
    words: tuple[str, ...] = ()


def signs(text: Said, lists: Mapping[str, Phrases]) -> Mapping[str, Sequence[int]]:
    """Everything in a text that may have a weight, and at which words it stands."""
    named = {CONCEPT + name: words for name, words in CONCEPTS.items()}
    named |= {LIST + name: words for name, words in lists.items()}
    found = {root: places for root, places in text.roots.items() if not root.isdigit()}
    for name, words in named.items():
        if places := words.places(text):
            found[name] = [place for each in places for place in each]
    return found


def heard(text: Said, lists: Mapping[str, Phrases]) -> Alarm:
    """The alarm of these words; `lists` are those of `urgency`, by their names."""
    found = signs(text, lists)
    weights = _weights[DANGER]
    telling = {
        place
        for sign, places in found.items()
        if sign.startswith((CONCEPT, LIST)) and weights.get(sign, 0.0) >= TELLING
        for place in places
    }
    words = tuple(dict.fromkeys(text.tokens[place] for place in sorted(telling)))
    return Alarm(_share(DANGER, found), _share(DESPAIR, found), words)


def _share(of: str, found: Mapping[str, Sequence[int]]) -> float:
    weights = _weights[of]
    score = weights[BIAS] + sum(weights.get(sign, 0.0) for sign in found)
    return 1 / (1 + exp(-score))
