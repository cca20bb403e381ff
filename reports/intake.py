"""Messages arrive: find who sent each, the report it belongs to, and say that we have it.

Several at a time, so that a burst costs a constant number of queries for every batch and not for every message.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from reports import bell, channels, events, inbox, meeting, one_tap, replies, targets
from reports.channels.base import InboundMessage, UnknownPayload
from reports.enrichment.urgency import sounds_dangerous
from reports.identity import vault
from reports.models import (
    Attachment,
    Contact,
    InboxEntry,
    Message,
    NumberSequence,
    Report,
    ServiceNumber,
)
from reports.models.event import EventKind
from reports.models.message import Delivery, Direction
from reports.models.report import MoreCame
from reports.workflow import Status, Urgency


class UnknownNumber(Exception):
    """Nobody's number: the message is kept in sight until an administrator adds the number."""


@dataclass
class _Arrival:
    """One message on its way into a report."""

    entry: InboxEntry
    params: Mapping[str, str]
    inbound: InboundMessage
    number: ServiceNumber
    contact: Contact = field(init=False)
    quoted: Message | None = None
    report: Report = field(init=False)

    @property
    def at(self) -> datetime:
        return self.entry.received_at


Failures = dict[UUID, Exception]


@transaction.atomic(savepoint=False)
def receive(entries: Sequence[InboxEntry]) -> Failures:
    """Turn inbox entries, oldest first, into messages of reports, in one transaction.

    Returns the entries that could not be understood, each with UnknownNumber, UnknownPayload or vault.Unreadable;
    nothing is written for those. Any other exception undoes the whole batch.
    """
    arrivals, failures = _understand(entries)
    callers = [meeting.Caller(a.inbound.sender, a.number, a.at) for a in arrivals]
    for arrival, contact in zip(arrivals, meeting.meet(callers), strict=True):
        arrival.contact = contact
    opened = _find_or_open_reports(arrivals)
    boxes = vault.boxes_of("content", {a.report.pk for a in arrivals if a.report.pk not in opened})
    failures |= {a.entry.pk: vault.Unreadable() for a in arrivals if not _has_key(a, boxes, opened)}
    arrivals = [a for a in arrivals if a.entry.pk not in failures]
    _number(opened.values())
    boxes |= vault.new_boxes("content", opened)
    _note_on_reports(arrivals, opened, boxes)
    _add_messages(arrivals, boxes)
    events.record_all(EventKind.OPENED, opened.values())
    events.changed(*{a.report.pk: a.report for a in arrivals}.values())
    _answer(arrivals, opened, boxes)
    bell.ring_on_commit("reports.enrich")
    if any(arrival.inbound.media for arrival in arrivals):
        bell.ring_on_commit("reports.fetch")
    return failures


def _understand(entries: Iterable[InboxEntry]) -> tuple[list[_Arrival], Failures]:
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
            arrivals.append(_Arrival(entry, params, inbound, number))
        else:
            failures[entry.pk] = UnknownNumber()
    # One that is tried again is due later than it arrived.
    return sorted(arrivals, key=lambda arrival: arrival.at), failures


def _find_or_open_reports(arrivals: Sequence[_Arrival]) -> dict[UUID, Report]:
    """Give each arrival its report; the new ones, by id, are returned and not yet written.

    In this order: the report of the message that it quotes; the reporter's open one; one closed less than
    FOLLOW_UP_WINDOW ago; a new one.
    """
    reporters = {arrival.contact.reporter_id for arrival in arrivals}
    sids = {a.inbound.quoted_sid for a in arrivals if a.inbound.quoted_sid}
    quoted = {
        (message.reporter_id, message.provider_sid): message
        for message in Message.objects.select_related("report__station", "report__category").filter(
            provider_sid__in=sids, reporter__in=reporters
        )
    }
    every = {message.report_id: message.report for message in quoted.values()}
    oldest = min((arrival.at for arrival in arrivals), default=None)
    going_on: dict[UUID, list[Report]] = defaultdict(list)
    if oldest is not None:
        recent = Q(closed_at=None) | Q(closed_at__gt=oldest - settings.FOLLOW_UP_WINDOW)
        for report in Report.objects.select_related("station", "category").filter(
            recent, reporter__in=reporters
        ):
            going_on[report.reporter_id].append(every.setdefault(report.pk, report))
    opened: dict[UUID, Report] = {}
    for arrival in arrivals:
        mine = going_on[arrival.contact.reporter_id]
        arrival.quoted = quoted.get((arrival.contact.reporter_id, arrival.inbound.quoted_sid))
        if arrival.quoted is not None:
            arrival.report = every[arrival.quoted.report_id]
        elif going := _going_on(mine, arrival.at) or one_tap.answered_report(
            arrival.contact.reporter_id, arrival.inbound.body, arrival.at
        ):
            arrival.report = going
        else:
            arrival.report = _open(arrival)
            opened[arrival.report.pk] = arrival.report
            mine.append(arrival.report)
    return opened


def _going_on(reports: Iterable[Report], at: datetime) -> Report | None:
    reports = list(reports)
    if still_open := [report for report in reports if report.closed_at is None]:
        return max(still_open, key=lambda report: report.received_at)
    since = at - settings.FOLLOW_UP_WINDOW
    lately = [(r.closed_at, r) for r in reports if r.closed_at is not None and r.closed_at > since]
    return max(lately, key=lambda pair: pair[0])[1] if lately else None


def _open(arrival: _Arrival) -> Report:
    return Report(
        station=arrival.number.station,
        reporter_id=arrival.contact.reporter_id,
        contact=arrival.contact,
        channel=arrival.inbound.channel,
        received_at=arrival.at,
        last_inbound_at=arrival.at,
        waiting_since=arrival.at,
        due_at=arrival.at + targets.respond_within(None, Urgency.ROUTINE),
        opening_kind=arrival.inbound.kind,
    )


def _has_key(
    arrival: _Arrival, boxes: Mapping[UUID, vault.Box], opened: Mapping[UUID, Report]
) -> bool:
    return arrival.report.pk in boxes or arrival.report.pk in opened


def _number(opened: Iterable[Report]) -> None:
    by_month: dict[tuple[int, str], list[Report]] = defaultdict(list)
    for report in opened:
        by_month[report.station_id, NumberSequence.period_of(report.received_at)].append(report)
    # In one order everywhere: each sequence is held until the transaction ends.
    for (_, period), reports in sorted(by_month.items()):
        numbers = NumberSequence.take(reports[0].station, period, len(reports))
        for report, number in zip(reports, numbers, strict=True):
            report.number = number


def _note_on_reports(
    arrivals: Sequence[_Arrival], opened: Mapping[UUID, Report], boxes: Mapping[UUID, vault.Box]
) -> None:
    """Note on each report that more has come. A second message never resets the clock of the first."""
    arrived: dict[UUID, list[_Arrival]] = defaultdict(list)
    for arrival in arrivals:
        arrived[arrival.report.pk].append(arrival)
    news, rewritten = [], []
    for pk, more in arrived.items():
        report = more[0].report
        if report.status == Status.DONE and any(sounds_dangerous(a.inbound.body) for a in more):
            _reopen(report)
        before = (report.contact_id, report.opening_at)
        _quote_opening(report, more, boxes[pk])
        if more[-1].at >= report.last_inbound_at:
            report.contact = more[-1].contact
            report.last_inbound_at = more[-1].at
        if pk in opened:
            report.unread_count = len(more)
            continue
        if report.status == Status.WAITING:
            events.record(report, EventKind.CONTINUED)
        due_at = more[0].at + targets.respond_within(report.category, report.urgency)
        news.append(MoreCame(pk, len(more), more[0].at, more[-1].at, due_at))
        if before != (report.contact_id, report.opening_at):
            rewritten.append(report)
    Report.objects.bulk_create(opened.values())
    Report.note_more(news)
    if news:
        replies.call_off([new.report_id for new in news], at=timezone.now())
    if rewritten:
        Report.objects.bulk_update(rewritten, ["contact", "opening_at", "opening_sealed"])


def _quote_opening(report: Report, more: Iterable[_Arrival], box: vault.Box) -> None:
    """The row of the queue shows the earliest words, whichever worker comes first."""
    for arrival in more:
        body = arrival.inbound.body
        if body and (report.opening_at is None or arrival.at < report.opening_at):
            report.opening_at = arrival.at
            report.opening_sealed = box.seal("report.opening", report.pk, body)


def _reopen(report: Report) -> None:
    """Words of danger after the end: back to the desk."""
    locked = Report.objects.lock(report)
    if locked.status == Status.DONE:
        locked.reopen()
        locked.save(update_fields=Report.REOPENED_FIELDS)
        events.record(locked, EventKind.REOPENED, reason="danger_words")


def _add_messages(arrivals: Iterable[_Arrival], boxes: Mapping[UUID, vault.Box]) -> None:
    messages, attachments = [], []
    for arrival in arrivals:
        inbound, box = arrival.inbound, boxes[arrival.report.pk]
        message = Message(
            report=arrival.report,
            reporter_id=arrival.contact.reporter_id,
            contact=arrival.contact,
            direction=Direction.INBOUND,
            kind=inbound.kind,
            status=Delivery.RECEIVED,
            provider_sid=arrival.entry.provider_id,
            at=arrival.at,
            is_forwarded=inbound.is_forwarded,
            quoted=arrival.quoted,
            enrich_due_at=arrival.at,
        )
        if inbound.body:
            message.body_sealed = box.seal("message.body", message.pk, inbound.body)
        if inbound.details:
            details = json.dumps(inbound.details)
            message.details_sealed = box.seal("message.details", message.pk, details)
        message.raw_sealed = box.seal("message.raw", message.pk, json.dumps(arrival.params))
        messages.append(message)
        for position, media in enumerate(inbound.media):
            attachment = Attachment(
                message=message,
                position=position,
                declared_type=media.declared_type,
                due_at=arrival.at,
            )
            attachment.url_sealed = box.seal("attachment.url", attachment.pk, media.url)
            attachments.append(attachment)
    Message.objects.bulk_create(messages)
    Attachment.objects.bulk_create(attachments)


def _answer(
    arrivals: Iterable[_Arrival], opened: Mapping[UUID, Report], boxes: Mapping[UUID, vault.Box]
) -> None:
    """Acknowledge each new report once; tell whoever wrote to a retired number the new one, once."""
    words = replies.words_of({arrival.number.station_id for arrival in arrivals})
    answers = [replies.acknowledgement(report, words, boxes[pk]) for pk, report in opened.items()]
    answers += [replies.successor_notice(a.report, words, boxes[a.report.pk]) for a in arrivals]
    for message in Message.objects.bulk_create([a for a in answers if a is not None]):
        bell.ring_on_commit("reports.deliver", str(message.pk))
