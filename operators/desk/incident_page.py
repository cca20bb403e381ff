"""What the page of an incident shows: its reports, where they are, what happened, whom an answer reaches, the ledgers.

The same number of queries however many reports it has.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from operators import maps
from operators.desk import incident_words, times
from operators.desk.incident_words import Why
from operators.desk.proving import ShownOffer
from operators.desk.standing import Standing
from operators.models import Operator
from reports import incident_recipients, proofs, reading
from reports.channels.twilio.errors import meaning_of
from reports.following import is_behind
from reports.incident_recipients import HEAVY, Recipient
from reports.models import Event, Incident, IncidentAnswer, IncidentDelivery, Report
from reports.models.area import Point
from reports.models.event import EventKind
from reports.models.incident import Counts
from reports.models.incident_delivery import WITHDRAWN
from reports.workflow import Status

HAPPENINGS = 60


@dataclass(frozen=True)
class Told(Standing):
    """One report of it, with its first words; None when they do not open any more."""

    opening: str | None = field(repr=False)


@dataclass(frozen=True)
class Delivered:
    """What came of an answer for one reporter."""

    row: IncidentDelivery
    has_phone: bool = False

    @property
    def word(self) -> str | Promise:
        return incident_words.STATES[self.row.state]

    @property
    def why(self) -> Why | None:
        if self.row.state != "failed":
            return None
        message = self.row.message
        if message is not None:
            return Why(
                meaning_of(message.error_code).reason, _("Try again, or answer on the report.")
            )
        return incident_words.why(self.row.failure, self.row.report)


@dataclass(frozen=True)
class Answered:
    """An answer to all, with its words and the ledger, as far as this person may see it."""

    answer: IncidentAnswer
    text: str | None = field(repr=False)
    rows: list[Delivered]

    @property
    def at(self) -> SafeString:
        return times.at_day_and_time(self.answer.at)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        counted = Counter(one.row.state for one in self.rows)
        return {state: counted[state] for state in incident_words.STATES}

    @property
    def progress(self) -> list[tuple[str, str | Promise, int]]:
        """State, its word, how many; without what nobody is in."""
        words = incident_words.STATES
        return [(state, words[state], number) for state, number in self.counts.items() if number]

    @property
    def failed(self) -> list[Delivered]:
        return [one for one in self.rows if one.row.state == "failed"]

    @property
    def can_be_withdrawn(self) -> bool:
        return bool(self.counts["queued"]) and any(
            one.row.message is None for one in self.rows if one.row.state == "queued"
        )

    @property
    def is_withdrawn(self) -> bool:
        return bool(self.rows) and all(one.row.state == WITHDRAWN for one in self.rows)


class Way(NamedTuple):
    """How many an answer would reach by one channel."""

    channel: str
    number: int


@dataclass(frozen=True)
class Preview:
    """Whom an answer would reach now, and whom not."""

    recipients: list[Recipient] = field(repr=False)

    @property
    def ways(self) -> list[Way]:
        counted = Counter(one.channel for one in self.recipients if not one.failure)
        return [Way(*pair) for pair in counted.most_common()]

    @property
    def reached(self) -> int:
        return sum(not one.failure for one in self.recipients)

    @property
    def not_reached(self) -> list[tuple[Recipient, Why]]:
        failed = (one for one in self.recipients if one.failure)
        return [(one, incident_words.why(one.failure, one.report)) for one in failed]


class Happening(NamedTuple):
    when: datetime
    words: str

    @property
    def day_and_time(self) -> SafeString:
        return times.at_day_and_time(self.when)


@dataclass(frozen=True)
class Page:
    incident: Incident
    operator: Operator
    now: datetime

    @cached_property
    def told(self) -> list[Told]:
        """Its reports, the first to arrive at the top. Two queries."""
        related = (
            *("reporter", "category", "area", "landmark", "holder"),
            "contact__service_number",
        )
        mine = Report.objects.visible_to(self.operator).filter(incident=self.incident)
        reports = list(mine.select_related(*related).defer(*HEAVY).order_by("received_at", "pk"))
        openings = reading.openings(reports, by=self.operator)
        return [Told(one, self.operator, self.now, openings[one.pk]) for one in reports]

    @property
    def counts(self) -> Counts:
        reports = [one.report for one in self.told]
        return Counts(
            len(reports),
            len({one.reporter_id for one in reports}),
            max(one.received_at for one in reports),
        )

    @property
    def last(self) -> SafeString:
        return times.since(self.counts.last_at, self.now)

    @property
    def opened(self) -> SafeString:
        return times.at_day_and_time(self.incident.opened_at)

    @property
    def closed(self) -> SafeString | None:
        at = self.incident.closed_at
        return times.at_day_and_time(at) if at else None

    @property
    def behind(self) -> int:
        """How many of its reports could be brought to where it is."""
        return sum(is_behind(one.report, self.incident) for one in self.told)

    @property
    def is_acted_on(self) -> bool:
        """Whether somebody acts on one of its reports, and the incident does not say so yet."""
        if not self.incident.is_open or self.incident.status == Status.ACTING:
            return False
        return any(one.report.status == Status.ACTING for one in self.told)

    @cached_property
    def note(self) -> str | None:
        return reading.incident_note(self.incident, by=self.operator)

    @property
    def points(self) -> str:
        """For the map: where each report is, with its number."""
        return points_of((one.report, one.report.number) for one in self.told)

    @cached_property
    def preview(self) -> Preview:
        return Preview(incident_recipients.of(self.incident, by=self.operator, at=self.now))

    @cached_property
    def photos(self) -> list[ShownOffer]:
        """The units' photos that could go with an answer to all. They are laid beside the first report with a place."""
        reports = [one.report for one in self.told]
        beside = next((one for one in reports if one.latitude is not None), reports[0])
        return [ShownOffer(offer) for offer in proofs.offers(beside, by=self.operator)]

    @cached_property
    def answers(self) -> list[Answered]:
        """What they were told, the newest first. Four queries at most."""
        rows_of = self.incident.answers.select_related("by", "picture__assignment__report")
        answers = list(rows_of.order_by("-at"))
        if not answers:
            return []
        texts = reading.answers_to_all(answers, by=self.operator)
        seen = [one.report.pk for one in self.told]
        rows = (
            IncidentDelivery.objects.filter(answer__in=answers, report__in=seen)
            .select_related("message", "report__reporter", "report__holder")
            .order_by("pk")
        )
        phones = {one.report.reporter_id: one.by_sms for one in self.preview.recipients}
        by_answer: dict[UUID, list[Delivered]] = {}
        for row in rows:
            one = Delivered(row, phones.get(row.report.reporter_id, False))
            by_answer.setdefault(row.answer_id, []).append(one)
        return [Answered(one, texts[one.pk], by_answer.get(one.pk, [])) for one in answers]

    @property
    def is_on_its_way(self) -> bool:
        """Whether the ledger will say something else in a moment."""
        return any(answered.counts["queued"] for answered in self.answers)

    @cached_property
    def happenings(self) -> list[Happening]:
        """The latest of it, newest first."""
        kinds = (EventKind.LINKED, EventKind.UNLINKED, EventKind.CLOSED)
        events = (
            Event.objects.filter(report__in=[one.report.pk for one in self.told], kind__in=kinds)
            .select_related("by", "report")
            .order_by("-at", "-id")[:HAPPENINGS]
        )
        found = [Happening(event.at, _words(event)) for event in events]
        found += [
            Happening(one.answer.at, _("{who} answered all reporters").format(who=one.answer.by))
            for one in self.answers
        ]
        who = self.incident.opened_by
        found.append(
            Happening(self.incident.opened_at, _("{who} opened the incident").format(who=who))
        )
        if self.incident.closed_at:
            words = _("{who} closed the incident: {outcome}").format(
                who=self.incident.closed_by, outcome=self.incident.get_outcome_display()
            )
            found.append(Happening(self.incident.closed_at, words))
        return sorted(found, key=lambda one: one.when, reverse=True)[:HAPPENINGS]

    @property
    def statuses(self) -> list[tuple[str, str]]:
        """What an incident can be while it goes on."""
        fitting = (Status.TRIAGE, Status.VERIFYING, Status.ACTING)
        return [(one.value, str(one.label)) for one in fitting]

    @property
    def map_files(self) -> Mapping[str, str]:
        return maps.files()


def points_of(reports: Iterable[tuple[Report, str]]) -> str:
    """Places as the map takes them: "latitude,longitude,name" with a semicolon between. Where no point is known, the
    landmark's, or the middle of the area."""
    placed = ((name, _point_of(one)) for one, name in reports)
    return ";".join(
        f"{at.latitude:.5f},{at.longitude:.5f},{name}" for name, at in placed if at is not None
    )


def _point_of(report: Report) -> Point | None:
    if report.latitude is not None and report.longitude is not None:
        return Point(report.latitude, report.longitude)
    known = report.landmark or report.area
    return Point(known.latitude, known.longitude) if known else None


def _words(event: Event) -> str:
    number, who = event.report.number, event.by
    match event.kind:
        case EventKind.LINKED:
            return _("{who} linked {number}").format(who=who, number=number)
        case EventKind.UNLINKED:
            return _("{who} took {number} out").format(who=who, number=number)
    return _("{who} closed {number}").format(who=who, number=number)
