"""Messages arrive: find who sent each, the report it belongs to, and say that we have it.

Several at a time, so that a burst costs a constant number of queries for every batch and not for every message.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import bell, blocking, channels, events, meeting, replies, targets
from reports.actors import Actor, NotAllowed, Refused
from reports.arrivals import Arrival, Failures, find_or_open_reports, understand
from reports.arrivals import UnknownNumber as UnknownNumber
from reports.enrichment.urgency import sounds_dangerous
from reports.identity import vault
from reports.models import Attachment, InboxEntry, KeptMessage, Message, NumberSequence, Report
from reports.models.event import EventKind
from reports.models.message import Delivery, Direction
from reports.models.report import MoreCame
from reports.workflow import Status


class AlreadyTakenIn(Refused):
    """A kept message becomes a report once."""

    code = "already_taken_in"


@transaction.atomic(savepoint=False)
def receive(entries: Sequence[InboxEntry]) -> Failures:
    """Turn inbox entries, oldest first, into messages of reports, in one transaction; or, where somebody is blocked and it
    cannot be about a life, into messages that are kept.

    Returns the entries that could not be understood, each with UnknownNumber, UnknownPayload or vault.Unreadable;
    nothing is written for those. Any other exception undoes the whole batch.
    """
    arrivals, failures = understand(entries)
    callers = [meeting.Caller(a.inbound.sender, a.number, a.at) for a in arrivals]
    for arrival, contact in zip(arrivals, meeting.meet(callers), strict=True):
        arrival.contact = contact
    _look_for_blocks(arrivals)
    return failures | _take_in(arrivals)


@transaction.atomic
def take_in(kept: KeptMessage, *, by: Actor) -> Report:
    """Make a message that was kept a part of the reporter's open report, or a report of its own, as if it came now from
    somebody who is not blocked. Once: AlreadyTakenIn. Raises also NotAllowed, vault.Unreadable.
    """
    if not by.may("see_blocks") or kept.block.station_id != by.station_id:
        raise NotAllowed(_("Your account may not do this."))
    kept = blocking.lock_kept(kept)
    if kept.taken_in_at is not None:
        raise AlreadyTakenIn(_("This message has been made a report already."))
    params = blocking.raw(kept)
    number = kept.contact.service_number
    arrival = Arrival(kept.pk, kept.provider_sid, kept.at, params, channels.parse(params), number)
    arrival.contact, arrival.block, arrival.is_heard = kept.contact, kept.block, True
    if problem := _take_in([arrival]).get(kept.pk):
        raise problem
    now = timezone.now()
    kept.taken_in_at, kept.seen_at = now, kept.seen_at or now
    kept.save(update_fields=["taken_in_at", "seen_at"])
    events.record(arrival.report, EventKind.LIFE_LINE, by=by, kept=True)
    return arrival.report


def _look_for_blocks(arrivals: Sequence[Arrival]) -> None:
    """Note on each arrival who is blocked, and what is heard all the same. One query, and the words only of those."""
    blocks = blocking.in_force_over((a.contact.reporter_id, a.at) for a in arrivals)
    for arrival in arrivals:
        arrival.block = blocks.get((arrival.contact.reporter_id, arrival.at))
        if arrival.block is not None:
            arrival.life_line = blocking.life_line(arrival.inbound, arrival.at, arrival.number)
            arrival.is_heard = bool(arrival.life_line)


def _take_in(arrivals: list[Arrival]) -> Failures:
    """Write these messages, with their reports and whatever is said by itself; those whose report's key is gone are
    returned, and nothing is written for them."""
    opened = find_or_open_reports(arrivals)
    owners = {_owner(arrival) for arrival in arrivals} - opened.keys()
    boxes = vault.boxes_of("content", owners)
    failures: Failures = {
        a.pk: vault.Unreadable() for a in arrivals if _owner(a) not in boxes.keys() | opened.keys()
    }
    kept = [a for a in arrivals if a.is_kept and a.pk not in failures]
    arrivals = [a for a in arrivals if not a.is_kept and a.pk not in failures]
    _number(opened.values())
    boxes |= vault.new_boxes("content", opened)
    _note_on_reports(arrivals, opened, boxes)
    _add_messages(arrivals, boxes)
    events.record_all(EventKind.OPENED, opened.values())
    _note_life_lines(arrivals, opened)
    events.changed(*{a.report.pk: a.report for a in arrivals}.values())
    _answer(arrivals, opened, boxes)
    if kept:
        blocking.keep(kept, boxes)
    if arrivals:
        bell.ring_on_commit("reports.enrich")
    if any(arrival.inbound.media for arrival in arrivals):
        bell.ring_on_commit("reports.fetch")
    return failures


def _note_life_lines(arrivals: Iterable[Arrival], opened: Mapping[UUID, Report]) -> None:
    """What was open already is from now on in the queue of the life line as well."""
    for arrival in arrivals:
        report = arrival.report
        if not arrival.life_line or (report.is_life_line and report.pk not in opened):
            continue
        if report.pk not in opened:
            Report.objects.filter(pk=report.pk).update(is_life_line=True)
            report.is_life_line = True
        events.record(report, EventKind.LIFE_LINE, because=arrival.life_line)


def _owner(arrival: Arrival) -> UUID:
    """Whose key seals it: what is kept is sealed under that of the report that the block was asked for on."""
    if arrival.is_kept and arrival.block is not None:
        return arrival.block.report_id
    return arrival.report.pk


def _number(opened: Iterable[Report]) -> None:
    by_month: dict[tuple[int, str], list[Report]] = defaultdict(list)
    for report in opened:
        by_month[report.station_id, NumberSequence.period_of(report.received_at)].append(report)
    # In one order everywhere: each sequence is held until the transaction ends.
    for (_station, period), reports in sorted(by_month.items()):
        numbers = NumberSequence.take(reports[0].station, period, len(reports))
        for report, number in zip(reports, numbers, strict=True):
            report.number = number


def _note_on_reports(
    arrivals: Sequence[Arrival], opened: Mapping[UUID, Report], boxes: Mapping[UUID, vault.Box]
) -> None:
    """Note on each report that more has come. A second message never resets the clock of the first."""
    arrived: dict[UUID, list[Arrival]] = defaultdict(list)
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


def _quote_opening(report: Report, more: Iterable[Arrival], box: vault.Box) -> None:
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


def _add_messages(arrivals: Iterable[Arrival], boxes: Mapping[UUID, vault.Box]) -> None:
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
            provider_sid=arrival.provider_sid,
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
    arrivals: Iterable[Arrival], opened: Mapping[UUID, Report], boxes: Mapping[UUID, vault.Box]
) -> None:
    """Acknowledge each new report once; tell whoever wrote to a retired number the new one, once."""
    words = replies.words_of({arrival.number.station_id for arrival in arrivals})
    answers = [replies.acknowledgement(report, words, boxes[pk]) for pk, report in opened.items()]
    answers += [replies.successor_notice(a.report, words, boxes[a.report.pk]) for a in arrivals]
    for message in Message.objects.bulk_create([a for a in answers if a is not None]):
        bell.ring_on_commit("reports.deliver", str(message.pk))
