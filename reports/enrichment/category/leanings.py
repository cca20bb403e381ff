"""What each word by itself leans to: how often it stands in the keywords, combinations and examples of each category.

A message that no keyword tells whole is still made of their words: "rolling door kebuka, rokok ludes" is no phrase of
the list, but its words stand in what is said of burglaries. It is counted, not learned from any citizen's message.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path

from reports.enrichment.language import STOP, normalise
from reports.enrichment.said import Said

OF_COMBINATION, OF_EXAMPLE = 0.3, 2.0
"""What a word of a combination, of a whole sentence counts, where one of a keyword counts 1."""
SMOOTHED = 20.0
"""Phrases of no category that are added to each: one rare word shall not decide."""
AGAINST = -0.7
"""A word that is never said of a category speaks so much against it, and none speaks more."""


@dataclass(frozen=True)
class Leanings:
    """For each word, how much it speaks for the categories that it is said of."""

    words: Mapping[str, Mapping[str, float]]

    def of(self, text: Said) -> Mapping[str, tuple[float, list[int]]]:
        """By category: how much all words speak for it, and the places of those that do."""
        known = [root for root in text.roots if root in self.words]
        scores: dict[str, float] = defaultdict(lambda: AGAINST * len(known))
        places: dict[str, list[int]] = defaultdict(list)
        for root in known:
            for slug, weight in self.words[root].items():
                scores[slug] += weight - AGAINST
                if weight > 0:
                    places[slug].append(text.roots[root][0])
        return {slug: (score, places[slug]) for slug, score in scores.items()}


def leanings(
    phrases: Iterable[tuple[Collection[str], Collection[str]]],
    combined: Iterable[tuple[str, str]],
    slugs: Collection[str],
) -> Leanings:
    """Counted of `phrases` (words and their categories) and `combined` (a word and its category)."""
    said_of: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    phrases_of: dict[str, float] = defaultdict(float)
    weighed = [(words, of, 1.0) for words, of in phrases]
    weighed += [(words, of, OF_EXAMPLE / len(of)) for words, of in _examples()]
    for words, of, weight in weighed:
        for slug in of:
            phrases_of[slug] += weight
            for word in set(words):
                said_of[word][slug] += weight
    for word, slug in combined:
        said_of[word][slug] += OF_COMBINATION
    whole = sum(phrases_of[slug] for slug in slugs)
    leaning: dict[str, dict[str, float]] = {}
    for word, counts in said_of.items() if whole else ():
        usual = (sum(counts.values()) + 1) / whole
        leaning[word] = {
            slug: max(AGAINST, log((count / usual + SMOOTHED) / (phrases_of[slug] + SMOOTHED)))
            for slug, count in counts.items()
            if slug in slugs
        }
    return Leanings(leaning)


@cache
def _examples() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    lines = (Path(__file__).parent / "examples.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|", 1) for line in lines if not line.startswith("#")]
    return tuple(
        (frozenset(normalise(text)) - {STOP}, tuple(slugs.split("/"))) for slugs, text in rows
    )
