"""Read one message: each enricher once. Values in, hints out; `manage.py evaluate` and the workers both call this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from reports.enrichment.hints import Candidate, Hint
from reports.enrichment.learning import hinting
from reports.enrichment.surroundings import Surroundings
from reports.enrichment.urgency import sounds_dangerous
from reports.models.finding import Enricher
from reports.workflow import Urgency


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
    return hinting.preferred([_urgency(words)], words.text, surroundings, surroundings.learned)


def _urgency(words: Words) -> Hint:
    if not sounds_dangerous(words.text):
        return Hint(Enricher.URGENCY)
    danger = Candidate(
        {"urgency": Urgency.EMERGENCY.slug}, 0.8, "rules", _("The words speak of danger.")
    )
    return Hint(Enricher.URGENCY, (danger,))
