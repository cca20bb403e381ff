"""What happened to a report, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from operators.desk import times
from reports.channels.twilio.errors import meaning_of
from reports.models import Event, Report
from reports.models.event import EventKind
from reports.workflow import Outcome

NOT_BESIDE_MESSAGES = (EventKind.REPLIED, EventKind.DELIVERY_FAILED)
"""The message itself stands in the conversation and says it better."""


@dataclass(frozen=True)
class Happening:
    event: Event
    words: str

    @property
    def kind(self) -> str:
        return "happening"

    @property
    def key(self) -> str:
        return f"e-{self.event.pk}"

    @property
    def at(self) -> datetime:
        return self.event.at

    @property
    def time(self) -> SafeString:
        return times.at_time(self.at)

    @property
    def day_and_time(self) -> SafeString:
        return times.at_day_and_time(self.at)


def load(report: Report) -> list[Happening]:
    """All of it, oldest first."""
    events = report.events.select_related("by").order_by("at", "id")
    return [Happening(event, _words(event)) for event in events]


def _words(event: Event) -> str:
    who = str(event.by) if event.by else ""
    match event.kind:
        case EventKind.OPENED:
            return _("Report opened")
        case EventKind.CLAIMED:
            return _("{who} claimed the report").format(who=who)
        case EventKind.REPLIED:
            return _("{who} answered the reporter").format(who=who)
        case EventKind.CLOSED:
            outcome = _outcome(str(event.data.get("outcome", "")))
            return _("{who} closed the report: {outcome}").format(who=who, outcome=outcome)
        case EventKind.REOPENED if event.data.get("reason") == "danger_words":
            return _("Reopened: the reporter wrote words of danger")
        case EventKind.REOPENED:
            return _("Report reopened")
        case EventKind.DELIVERY_FAILED:
            reason = meaning_of(str(event.data.get("code", ""))).reason
            return _("An answer was not delivered. {reason}").format(reason=reason)
        case EventKind.MERGED:
            former = event.data.get("former_alias", "")
            return _("The same person as {alias}: reports joined").format(alias=former)
    label = event.get_kind_display()
    return f"{who}: {label}" if who else label


def _outcome(value: str) -> str:
    return str(Outcome(value).label) if value in Outcome.values else value
