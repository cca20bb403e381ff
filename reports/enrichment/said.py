"""What a message says, as words that can be looked up: where each root stands, which phrases are there, what is denied."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from reports.enrichment.language import STOP, forms, normalise

GAP = 2
"""The next word of a phrase is the next one or the one after it: "rem nya blong" is "rem blong"."""
NO = frozenset("tidak bukan jangan".split())
BETWEEN = frozenset("ada yang sampai usah perlu".split())
"""May stand between "tidak" and what it denies."""
DENIES_FROM = 3
OFTEN = 30
"""The same word is looked at so many times: a message that repeats one for pages costs no more."""


@dataclass(frozen=True)
class Said:
    """A message's words, and at which places every root stands."""

    tokens: Sequence[str] = field(repr=False)
    roots: Mapping[str, Sequence[int]] = field(repr=False)

    def places(self, phrase: Sequence[str]) -> Iterable[tuple[int, ...]]:
        """Where these words stand one after the other, hardly anything between them."""
        for start in self.roots.get(phrase[0], ()):
            places = [start]
            for word in phrase[1:]:
                place = self._next(word, places[-1])
                if place is None:
                    break
                places.append(place)
            else:
                yield tuple(places)

    def is_denied(self, place: int) -> bool:
        """Whether "tidak", "bukan", "tidak ada yang" stands right before this word."""
        for before in range(place - 1, max(-1, place - 1 - DENIES_FROM), -1):
            if self.tokens[before] in NO:
                return True
            if self.tokens[before] not in BETWEEN:
                return False
        return False

    def _next(self, word: str, after: int) -> int | None:
        if word not in self.roots:
            return None
        for place in range(after + 1, min(after + 1 + GAP, len(self.tokens))):
            if self.tokens[place] == STOP:
                return None
            if place in self.roots[word]:
                return place
        return None


class Phrases:
    """Words and phrases that mean one thing. "=word" is this word alone, not what is made of it.

    "hp|tas jatuh|hanyut" is each of the four; "tidak_bisa|belum lepas" writes two words as one of the choices.
    """

    def __init__(self, written: Iterable[str]) -> None:
        known: dict[tuple[str, ...], bool] = {}
        for each in written:
            for choice in product(*(part.split("|") for part in each.split())):
                plain = " ".join(choice).replace("_", " ")
                words = tuple(word for word in normalise(plain) if word != STOP)
                known[words] = known.get(words, True) and each.startswith("=")
        self.phrases = tuple(known)
        self.as_they_are = frozenset(words for words, is_exact in known.items() if is_exact)
        self._by_first: dict[str, list[int]] = defaultdict(list)
        for at, words in enumerate(self.phrases):
            self._by_first[words[0]].append(at)

    def within(self, text: Said) -> list[str]:
        """Those that stand in the text and are not denied, as the text has them."""
        return [" ".join(text.tokens[place] for place in places) for places in self.places(text)]

    def places(self, text: Said) -> list[tuple[int, ...]]:
        """Where the first of each of those stands."""
        known = [at for root in text.roots for at in self._by_first.get(root, ())]
        found = (self._first(self.phrases[at], text) for at in sorted(known))
        return [places for places in found if places]

    def _first(self, phrase: tuple[str, ...], text: Said) -> tuple[int, ...]:
        for places in text.places(phrase):
            if phrase in self.as_they_are and text.tokens[places[0]] != phrase[0]:
                continue
            if not text.is_denied(places[0]):
                return places
        return ()

    def are_in(self, text: Said) -> bool:
        return bool(self.within(text))


def said(tokens: Sequence[str], names: frozenset[str] = frozenset()) -> Said:
    """`tokens` as `language.normalise` gives them; `names` have no roots: Nusukan is a place, not a stabbing."""
    roots: dict[str, list[int]] = defaultdict(list)
    for place, token in enumerate(tokens):
        if token != STOP:
            for root in (token,) if token in names else forms(token):
                if len(roots[root]) < OFTEN:
                    roots[root].append(place)
    return Said(tokens, dict(roots))
