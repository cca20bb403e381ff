"""Read one message: each enricher once. Values in, hints out; `manage.py evaluate` and the workers both call this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reports.enrichment import kind, language, location, urgency
from reports.enrichment.category import keywords
from reports.enrichment.hints import Hint
from reports.enrichment.learning import hinting
from reports.enrichment.said import said
from reports.enrichment.surroundings import Surroundings


@dataclass(frozen=True)
class Words:
    """What a message says: its text and, for a pin or a named place, `details` as the channel parsed them."""

    text: str = field(repr=False)
    at: datetime
    details: Mapping[str, Any] = field(default_factory=dict, repr=False)
    is_follow_up: bool = False
    """Whether it came to a report that was there already."""


def read(words: Words, surroundings: Surroundings) -> Sequence[Hint]:
    """One hint of each enricher, also of those that abstain."""
    text = said(language.normalise(words.text), surroundings.names)
    ranked = keywords.ranked(text, surroundings.categories)
    worded = keywords.worded(ranked)
    how_urgent = urgency.assess(text, worded, surroundings.categories)
    asks = kind.Question(
        is_follow_up=words.is_follow_up,
        has_mark="?" in words.text,
        is_despair=how_urgent.is_despair,
    )
    # Words by themselves make neither a jest nor an insult of a message.
    told = [row for row in ranked if row in worded or row.slug not in kind.JESTS]
    hints = [
        kind.read(text, told, how_urgent.urgency, asks),
        keywords.hint(ranked, surroundings.categories),
        urgency.hint(how_urgent),
        location.read(words, surroundings),
    ]
    return hinting.preferred(hints, words.text, surroundings, surroundings.learned)
