"""Whom an answer to an incident would go to, on which of their reports, by which way; or why it would not.

For showing before, and for the verb: whether a message goes is decided when it does.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from reports import channels, replies
from reports.actors import Actor
from reports.identity import people
from reports.models import Block, Incident, Report, ServiceNumber
from reports.models.report import ReportQuerySet
from reports.models.service_number import Channel

RELATED = (
    *("reporter", "station", "category__parent", "area", "landmark", "holder"),
    "contact__service_number",
)
HEAVY = ("category__keywords", "area__outline")
"""What is much and is not needed here."""
BLOCKED, HELD = "blocked", "held_by_another"
SMS_HELPS = frozenset({replies.WindowClosed.code, replies.NoWay.code})


@dataclass(frozen=True)
class Recipient:
    """A reporter of the incident, the report that they would be answered on, and how; or why not."""

    report: Report
    failure: str = ""
    by_sms: bool = False
    """The usual way is shut, and SMS is open: somebody can choose it."""

    @property
    def channel(self) -> str:
        return str(self.report.contact.service_number.get_channel_display())


def of(incident: Incident, *, by: Actor, at: datetime | None = None) -> list[Recipient]:
    """Whom an answer at this time would go to, one for each reporter; in a fixed number of queries.

    Whoever has several reports is answered on one: an open one before a closed one, one that nobody else holds, then the
    one that was written to last. What this person may not see is not among them.
    """
    visible = Report.objects.visible_to(by).filter(incident=incident)
    return ways(
        one_a_reporter(visible.select_related(*RELATED).defer(*HEAVY), by), by, at or timezone.now()
    )


def one_a_reporter(reports: ReportQuerySet, by: Actor) -> list[Report]:
    best: dict[UUID, Report] = {}
    for report in reports.order_by("received_at", "pk"):
        known = best.get(report.reporter_id)
        if known is None or _fitness(report, by) > _fitness(known, by):
            best[report.reporter_id] = report
    return list(best.values())


def _fitness(report: Report, by: Actor) -> tuple[bool, bool, datetime]:
    is_free = report.holder_id in {None, by.pk}
    return (report.is_open, is_free, report.last_inbound_at)


def ways(reports: list[Report], by: Actor, at: datetime) -> list[Recipient]:
    """How each of these would get an answer at that time, in three queries at most."""
    reporters = {report.reporter_id for report in reports}
    blocks = Block.objects.in_force(at).filter(reporter__in=reporters)
    blocked = set(blocks.values_list("reporter", flat=True))
    failures = {one.pk: _failure(one, by, at, one.reporter_id in blocked) for one in reports}
    shut = [one for one in reports if failures[one.pk] in SMS_HELPS]
    with_phone = _with_phone(shut)
    return [
        Recipient(one, failures[one.pk], by_sms=one.reporter.identity_id in with_phone)
        for one in reports
    ]


def _with_phone(reports: list[Report]) -> set[UUID]:
    if not reports:
        return set()
    stations = {report.station_id for report in reports}
    if not ServiceNumber.objects.filter(
        station__in=stations, channel=Channel.SMS, is_active=True
    ).exists():
        return set()
    return people.with_handle((one.reporter.identity_id for one in reports), "phone")


def _failure(report: Report, by: Actor, at: datetime, is_blocked: bool) -> str:
    """The code of what would stop an answer at that time; whether it goes is decided when it does."""
    contact = report.contact
    if is_blocked:
        return BLOCKED
    if report.is_open and report.holder_id not in {None, by.pk}:
        return HELD
    if contact.handle_id is None or contact.service_number.channel not in channels.CHANNELS:
        return replies.NoWay.code
    until = contact.free_text_until()
    return replies.WindowClosed.code if until is not None and at >= until else ""
