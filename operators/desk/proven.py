"""Whether the reporter has had a photo of the result, and what they have said of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.safestring import SafeString

from operators.desk.timeline import Happening
from reports.models import Feedback
from reports.models.event import EventKind


class Said(NamedTuple):
    """What the reporter said to the question, and when."""

    is_settled: bool
    time: SafeString


@dataclass(frozen=True)
class Proving:
    """How far a report is with the photo back and the question, from its timeline: no query."""

    has_photos: bool
    is_sent: bool
    is_asked: bool
    said: Said | None = field(default=None)

    @property
    def is_not_settled(self) -> bool:
        return self.said is not None and not self.said.is_settled

    @property
    def is_shown(self) -> bool:
        return self.has_photos or self.is_sent or self.is_asked


def load(happenings: Iterable[Happening], *, has_photos: bool) -> Proving:
    """What has happened since the report was last opened again."""
    sent = asked = False
    said: Said | None = None
    for one in happenings:
        match one.event.kind:
            case EventKind.REOPENED:
                said = None
            case EventKind.PROOF_SENT:
                sent = True
            case EventKind.ASKED if one.event.data.get("what") == "settled":
                asked = True
            case EventKind.FEEDBACK_GIVEN:
                answer = one.event.data.get("answer")
                said = Said(answer == Feedback.Answer.SETTLED, one.day_and_time)
    return Proving(has_photos, sent, asked, said)
