"""The vehicles of a message: of what kind, model and colour each is, and whose; and whether two messages tell of the same.

Pure: words in, values out. `vehicles.json` is ours, written by hand.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reports.enrichment.language import STOP

AGAINST, HARDLY = 4.0, 1.75
"""Points against two reports being of one incident: one of two things must be wrong, or one was seen badly."""
WITHIN = 3
"""Words after a vehicle that still tell its colour, and before it who rides it."""
EVERYDAY = frozenset("motor mobil".split())
"""Kinds that nearly every message has one of."""

_lists = json.loads((Path(__file__).parent / "vehicles.json").read_text(encoding="utf-8"))
KINDS = {word: frozenset(kinds.split()) for word, kinds in _lists["kinds"].items()}
MODELS = {
    model: frozenset(kinds.split())
    for kinds, models in _lists["models"].items()
    for model in models.split()
}
COLOURS: Mapping[str, str] = _lists["colours"]
RIDDEN, TAKEN, PASSING, OF_HELPERS = (
    frozenset(_lists[name].split()) for name in ("ridden", "taken", "passing", "of_helpers")
)
KNOWN = frozenset((*KINDS, *MODELS))


@dataclass(frozen=True)
class Vehicle:
    """One that a message tells of."""

    kinds: frozenset[str]
    """What it may be: who says "mobil" may mean a pick-up."""
    model: str = ""
    colour: str = ""
    is_ridden: bool = False
    """By those who did it."""
    is_taken: bool = False
    """From whoever was robbed."""

    def fits(self, other: "Vehicle", by_model: bool) -> bool:
        if not self.kinds & other.kinds or differ(self.colour, other.colour):
            return False
        return not (by_model and differ(self.model, other.model))

    @property
    def is_special(self) -> bool:
        """Whether not every message tells of one like it."""
        return bool(self.colour or self.model) or not self.kinds & EVERYDAY


def differ(one: str, other: str) -> bool:
    """Whether both are said, and not the same."""
    return bool(one and other) and one != other


def read(tokens: Sequence[str]) -> Iterable[Vehicle]:
    """Those that a message tells of, in its order: not what only passes by, nor what comes to help."""
    at = 0
    while at < len(tokens):
        kinds = _kinds(tokens[at])
        if not kinds:
            at += 1
            continue
        start, model = at, ""
        while at < len(tokens) and (further := _kinds(tokens[at])) and kinds & further:
            kinds &= further
            model = tokens[at] if tokens[at] in MODELS else model
            at += 1
            if at < len(tokens) and tokens[at] == "up":
                at += 1
        after = _until_next(tokens, at)
        if OF_HELPERS.isdisjoint(tokens[at : at + 1]) and PASSING.isdisjoint(after):
            colour = next((COLOURS[word] for word in after if word in COLOURS), "")
            is_ridden = not RIDDEN.isdisjoint(tokens[max(0, start - WITHIN) : start])
            is_taken = not TAKEN.isdisjoint([*tokens[max(0, start - WITHIN) : start], *after])
            yield Vehicle(kinds, model, colour, is_ridden, is_taken)


def _kinds(word: str) -> frozenset[str]:
    return KINDS.get(word) or MODELS.get(word) or frozenset()


def _until_next(tokens: Sequence[str], at: int) -> Sequence[str]:
    """The few words after a vehicle, as far as they are of it."""
    after = []
    for word in tokens[at : at + WITHIN + 1]:
        if word == STOP or _kinds(word):
            break
        after.append(word)
    return after


def against(ones: Sequence[Vehicle], others: Sequence[Vehicle], by_model: bool) -> float:
    """The points against: where none of the one is any of the other's, or each has one that the other has not."""
    if not ones or not others:
        return 0.0
    left = list(others)
    unmatched = 0
    for one in ones:
        twin = next((other for other in left if one.fits(other, by_model)), None)
        if twin is None:
            unmatched += 1
        else:
            left.remove(twin)
    if not unmatched or not left:
        return 0.0
    return AGAINST if len(left) == len(others) else HARDLY
