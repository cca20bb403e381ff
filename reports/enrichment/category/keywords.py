"""The category by keywords and combinations: what is known on day one, and what a learned model is measured against."""

import threading
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from reports.enrichment.category.lexicon import Hit, Lexicon, met
from reports.enrichment.hints import Candidate, Hint
from reports.enrichment.nothing import says_nothing
from reports.enrichment.said import Said, said
from reports.enrichment.surroundings import Surroundings
from reports.models import Category
from reports.models.finding import Enricher

SOURCE = "keywords"
OFFERED = 3
ENOUGH = 1.0
"""A score below says nothing: the hint abstains."""
FURTHER = (1.0, 0.6, 0.4, 0.25, 0.15)
"""What the best, second ... hit counts: many weak words do not outweigh a plain one."""
LEANING = 0.4
"""What the words by themselves count beside keywords and combinations."""
ENOUGH_LEANING, LEANING_WORDS = 1.0, 3
"""A category that no keyword speaks for is one when so many words alone come to this."""
UNKNOWN = 1.5
"""The score that is kept for "something else" when scores are made into how sure we are."""
REASON_WORDS = 6
COMMON = frozenset(
    "kenal orang dibawa bawa kabur saya kami dia mereka ada tidak lebih baik teman sudah mau lagi semua banyak ini itu "
    "yang di salam".split()
)
"""Words of every other message: together they may be a phrase, but they carry no category, and tell nobody why."""
OF_DESPAIR = "krisis-diri"
"""What is said in common words all the same: "better that I am not there"."""
OF_NOTHING = "tes-salah-sambung"
"""What greetings and stray letters are about."""


class Scored(NamedTuple):
    """A category, how much speaks for it, and the words that do."""

    slug: str
    score: float
    words: tuple[str, ...]


class Leant(Scored):
    """One that no keyword and no combination speaks for, words by themselves only."""

    __slots__ = ()


Ranked = Sequence[Scored]


def worded(ranked: Ranked) -> list[Scored]:
    """Those that a keyword or a combination speaks for: what something grave may follow from."""
    return [row for row in ranked if not isinstance(row, Leant)]


KEPT = 4
"""Lexicons: one for each station that messages came for lately."""
_known: dict[int, Lexicon] = {}
_lock = threading.Lock()


def scores(tokens: Sequence[str], surroundings: Surroundings) -> list[Scored]:
    """As `ranked`; `tokens` as `language.normalise` gives them."""
    return ranked(said(tokens), surroundings.categories)


def ranked(text: Said, categories: Sequence[Category]) -> list[Scored]:
    """The categories that enough speaks for, the best first."""
    keywords: dict[str, list[Hit]] = defaultdict(list)
    combined: dict[str, list[Hit]] = defaultdict(list)
    lexicon = _lexicon(categories)
    for hit in lexicon.hits(text):
        keywords[hit.slug].append(hit)
    for hit in met(text):
        combined[hit.slug].append(hit)
    leaning = lexicon.leanings.of(text)
    found: list[Scored] = []
    for category in categories:
        slug = category.slug
        lean, leaned = leaning.get(slug, (0.0, []))
        if slug not in keywords and slug not in combined:
            telling = {place for place in leaned if text.tokens[place] not in COMMON}
            if LEANING * lean >= ENOUGH_LEANING and len(telling) >= LEANING_WORDS:
                words = _words(text, telling)
                found.append(Leant(slug, LEANING * lean, words))
            continue
        weight, places = _counted(keywords[slug])
        rules = sorted(combined[slug], key=lambda hit: -hit.weight)
        # What speaks against it counts in full, whatever speaks for it.
        against = sum(hit.weight for hit in rules if hit.weight < 0)
        score = weight + _summed([hit.weight for hit in rules if hit.weight > 0]) + against
        places |= {place for hit in rules for place in hit.places}
        is_told = slug == OF_DESPAIR or not COMMON.issuperset(text.tokens[p] for p in places)
        if score >= ENOUGH and is_told:
            found.append(Scored(slug, max(ENOUGH, score + LEANING * lean), _words(text, places)))
    if not found and says_nothing(text):
        tokens = tuple(text.tokens[:REASON_WORDS])
        return [Scored(c.slug, ENOUGH, tokens) for c in categories if c.slug == OF_NOTHING]
    return sorted(found, key=lambda row: -row.score)


def hint(rows: Ranked, categories: Sequence[Category]) -> Hint:
    """The three most likely categories with the words that speak for them; none when nothing speaks for any."""
    labels = {category.slug: category.label for category in categories}
    weights = [row.score**2 for row in rows]
    whole = sum(weights) + UNKNOWN**2
    return Hint(
        Enricher.CATEGORY,
        tuple(
            Candidate(
                {"slug": row.slug, "label": labels[row.slug]},
                weight / whole,
                SOURCE,
                _reason(row),
            )
            for row, weight in zip(rows[:OFFERED], weights, strict=False)
        ),
    )


def _reason(row: Scored) -> str:
    if telling := [word for word in row.words if word not in COMMON]:
        return _("Words that speak for it: %(words)s.") % {"words": ", ".join(telling)}
    return _("Sounds like somebody who does not want to live any more.")


def _lexicon(categories: Sequence[Category]) -> Lexicon:
    """That of this very sequence: surroundings are remembered, and a lexicon takes some 200 ms to make."""
    known = _known.get(id(categories))
    if known is None or known.categories is not categories:
        known = Lexicon(categories)
        with _lock:
            while len(_known) >= KEPT:
                del _known[next(iter(_known))]
            _known[id(categories)] = known
    return known


def _counted(hits: Sequence[Hit]) -> tuple[float, set[int]]:
    """The weight of these hits, the same word once, and where they stand."""
    taken: set[int] = set()
    weights = []
    seen: set[tuple[int, ...]] = set()
    for hit in sorted(hits, key=lambda hit: (-hit.weight, -len(hit.places))):
        if taken.issuperset(hit.places) or hit.places in seen:
            continue
        seen.add(hit.places)
        taken.update(hit.places)
        weights.append(hit.weight)
    return _summed(weights), taken


def _summed(weights: Sequence[float]) -> float:
    return sum(weight * share for weight, share in zip(weights, FURTHER, strict=False))


def _words(text: Said, places: set[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.tokens[place] for place in sorted(places)))[:REASON_WORDS]
