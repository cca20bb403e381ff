"""What has arrived, understood and given its report, before anything is written: several at a time, a constant number of
queries for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from reports import channels, inbox, one_tap, targets
from reports.channels.base import InboundMessage, UnknownPayload
from reports.identity import vault
from reports.models import Block, Contact, InboxEntry, Message, Report, ServiceNumber
from reports.workflow import Urgency


class UnknownNumber(Exception):
    """Nobody's number: the message is kept in sight until an administrator adds the number."""


@dataclass
class Arrival:
    """One message on its way into a report, or, of somebody who is blocked, to what is kept."""

    pk: UUID
    """Of the inbox entry, or of the kept message that is taken in."""
    provider_sid: str
    at: datetime
    params: Mapping[str, str]
    inbound: InboundMessage
    number: ServiceNumber
    contact: Contact = field(init=False)
    block: Block | None = None
    """In force over whoever sent it when it arrived."""
    is_heard: bool = False
    """Of somebody who is blocked, and a report all the same: it may be about a life, or a person takes it in."""
    life_line: str = ""
    """What it may be about a life by: "words", "place"."""
    is_kept: bool = False
    """It gets no report."""
    quoted: Message | None = None
    report: Report = field(init=False)


URGENCY_OF = {"words": Urgency.EMERGENCY, "place": Urgency.SOON}
"""What comes through the life line is not of the lowest urgency until somebody has read it."""
Failures = dict[UUID, Exception]


def understand(entries: Iterable[InboxEntry]) -> tuple[list[Arrival], Failures]:
    """Those that could be understood, oldest first, and why the others could not. Two queries."""
    failures: Failures = {}
    parsed = []
    for entry in entries:
        try:
            params = inbox.read(entry).params
            parsed.append((entry, params, channels.parse(params)))
        except (UnknownPayload, vault.Unreadable) as problem:
            failures[entry.pk] = problem
    numbers = {
        (number.channel, number.address): number
        for number in ServiceNumber.objects.select_related("station", "successor").filter(
            address__in={inbound.to for _, _, inbound in parsed}
        )
    }
    arrivals = []
    for entry, params, inbound in parsed:
        if number := numbers.get((inbound.channel, inbound.to)):
            arrivals.append(
                Arrival(entry.pk, entry.provider_id, entry.received_at, params, inbound, number)
            )
        else:
            failures[entry.pk] = UnknownNumber()
    # One that is tried again is due later than it arrived.
    return sorted(arrivals, key=lambda arrival: arrival.at), failures


def find_or_open_reports(arrivals: Sequence[Arrival]) -> dict[UUID, Report]:
    """Give each arrival its report, or let it be kept. Returns the new reports, by id and not yet written.

    In this order: the report of the message that it quotes; the reporter's open one; one closed less than
    FOLLOW_UP_WINDOW ago; a new one. Of somebody who is blocked: what is open goes on until somebody closes it; what is
    closed stays so, and only what is heard opens a new one.
    """
    reporters = {arrival.contact.reporter_id for arrival in arrivals}
    quoted = _quoted(arrivals, reporters)
    every = {message.report_id: message.report for message in quoted.values()}
    oldest = min((arrival.at for arrival in arrivals), default=None)
    lately: dict[UUID, list[Report]] = defaultdict(list)
    if oldest is not None:
        recent = Q(closed_at=None) | Q(closed_at__gt=oldest - settings.FOLLOW_UP_WINDOW)
        for report in Report.objects.select_related("station", "category").filter(
            recent, reporter__in=reporters
        ):
            lately[report.reporter_id].append(every.setdefault(report.pk, report))
    opened: dict[UUID, Report] = {}
    for arrival in arrivals:
        mine = lately[arrival.contact.reporter_id]
        arrival.quoted = quoted.get((arrival.contact.reporter_id, arrival.inbound.quoted_sid))
        found = every[arrival.quoted.report_id] if arrival.quoted else _going_on(mine, arrival.at)
        found = found or one_tap.answered_report(
            arrival.contact.reporter_id, arrival.inbound.body, arrival.at
        )
        if arrival.block is not None and found is not None and found.closed_at is not None:
            found = _latest_open(mine)
        if found is not None:
            arrival.report = found
        elif arrival.block is not None and not arrival.is_heard:
            arrival.is_kept = True
        else:
            arrival.report = _open(arrival)
            opened[arrival.report.pk] = arrival.report
            mine.append(arrival.report)
    return opened


def _quoted(
    arrivals: Iterable[Arrival], reporters: Iterable[UUID]
) -> dict[tuple[UUID, str | None], Message]:
    sids = {a.inbound.quoted_sid for a in arrivals if a.inbound.quoted_sid}
    return {
        (message.reporter_id, message.provider_sid): message
        for message in Message.objects.select_related("report__station", "report__category").filter(
            provider_sid__in=sids, reporter__in=reporters
        )
    }


def _going_on(reports: Iterable[Report], at: datetime) -> Report | None:
    reports = list(reports)
    if still_open := _latest_open(reports):
        return still_open
    since = at - settings.FOLLOW_UP_WINDOW
    lately = [(r.closed_at, r) for r in reports if r.closed_at is not None and r.closed_at > since]
    return max(lately, key=lambda pair: pair[0])[1] if lately else None


def _latest_open(reports: Iterable[Report]) -> Report | None:
    still_open = (report for report in reports if report.closed_at is None)
    return max(still_open, key=lambda report: report.received_at, default=None)


def _open(arrival: Arrival) -> Report:
    urgency = URGENCY_OF.get(arrival.life_line, Urgency.ROUTINE)
    return Report(
        station=arrival.number.station,
        reporter_id=arrival.contact.reporter_id,
        contact=arrival.contact,
        channel=arrival.inbound.channel,
        received_at=arrival.at,
        last_inbound_at=arrival.at,
        waiting_since=arrival.at,
        urgency=urgency,
        due_at=arrival.at + targets.respond_within(None, urgency),
        opening_kind=arrival.inbound.kind,
        is_life_line=bool(arrival.life_line),
    )
