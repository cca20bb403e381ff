"""What enrichers give: candidates with how sure they are and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reports.models.finding import Enricher


@dataclass(frozen=True)
class Candidate:
    """One possibility. `value` is JSON-ready and of the enricher's own shape; `reason` is a sentence for people."""

    value: Mapping[str, Any]
    confidence: float
    """0 to 1."""
    source: str
    reason: str = field(repr=False)


@dataclass(frozen=True)
class Hint:
    """The outcome of one enricher for one message: candidates, the best first; none when it abstains."""

    enricher: Enricher
    candidates: tuple[Candidate, ...] = ()
    noticed: str = ""
    """A plain word of ours for what was seen and could not be used; the finding's source when there is no candidate."""

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None
