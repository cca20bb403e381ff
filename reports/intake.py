"""A message arrives: find who sent it, the report it belongs to, and say that we have it."""

import json
import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from reports import channels, events, inbox, replies
from reports.channels.base import InboundMessage
from reports.enrichment.urgency import sounds_dangerous
from reports.identity import people, vault
from reports.models import (
    Attachment,
    Contact,
    InboxEntry,
    Message,
    NumberSequence,
    Report,
    Reporter,
    ServiceNumber,
)
from reports.models.event import EventKind
from reports.models.message import Delivery, Direction
from reports.workflow import OPEN_STATUSES, Status

ALIAS_BIRDS = (
    "Kenari Merpati Kutilang Jalak Perkutut Gelatik Murai Cendet Prenjak Kacer Pleci Tekukur Puter "
    "Cucak Ciblek Derkuku Elang Camar Bangau Kuntul Pelatuk Cendrawasih Beo Parkit Manyar Pipit Walet "
    "Sriti Branjangan Decu Rangkong Maleo Nuri Kakatua Trucuk Sikatan Anis Punai Srigunting Kepodang"
).split()


class UnknownNumber(Exception):
    """Nobody's number: the message is kept in sight until an administrator adds the number."""


@transaction.atomic(savepoint=False)
def receive(entry: InboxEntry) -> Message:
    """Turn one inbox entry into a message of a report, in one transaction.

    Raises UnknownNumber, channels.base.UnknownPayload or vault.Unreadable; then nothing is changed.
    """
    payload = inbox.read(entry)
    inbound = channels.parse(payload.params)
    at = entry.received_at
    number = _number_of(inbound)
    reporter, contact = _meet(inbound, number, at)
    quoted = _quoted(reporter, inbound)
    report = quoted.report if quoted else _report_going_on(reporter, at)
    is_new = report is None
    if report is None:
        report, box = _open_report(reporter, contact, inbound, at)
    else:
        box = vault.box_of("content", report.pk)
        _follow_up(report, contact, inbound, box, at)
    message = Message(
        report=report,
        reporter=reporter,
        contact=contact,
        direction=Direction.INBOUND,
        kind=inbound.kind,
        status=Delivery.RECEIVED,
        provider_sid=entry.provider_id,
        at=at,
        is_forwarded=inbound.is_forwarded,
        quoted=quoted,
    )
    if inbound.body:
        message.body_sealed = box.seal("message.body", message.pk, inbound.body)
    if inbound.details:
        message.details_sealed = box.seal(
            "message.details", message.pk, json.dumps(inbound.details)
        )
    message.raw_sealed = box.seal("message.raw", message.pk, json.dumps(payload.params))
    message.save(force_insert=True)
    _attach(message, inbound, box)
    if is_new:
        events.record(report, EventKind.OPENED)
        replies.acknowledge(report, box=box)
    else:
        events.changed(report)
    replies.tell_successor(report, box=box)
    return message


def _number_of(inbound: InboundMessage) -> ServiceNumber:
    try:
        return ServiceNumber.objects.select_related("station", "successor").get(
            channel=inbound.channel, address=inbound.to
        )
    except ServiceNumber.DoesNotExist:
        raise UnknownNumber from None


def _meet(
    inbound: InboundMessage, number: ServiceNumber, at: datetime
) -> tuple[Reporter, Contact]:
    """The reporter, locked so that two messages arriving together cannot open two reports, and their contact."""
    station = number.station
    sender = inbound.sender
    found = people.identify(
        station.slug,
        phone=sender.phone,
        bsuid=sender.bsuid,
        sender=sender.other,
        name=sender.name,
    )
    reporter = Reporter.objects.select_for_update().filter(identity_id=found.identity_id).first()
    if reporter is None:
        reporter = Reporter.objects.create(
            station=station, identity_id=found.identity_id, alias=_new_alias(number), created_at=at
        )
    for identity_id in found.absorbed:
        _absorb(identity_id, into=reporter)
    contact = Contact.objects.filter(reporter=reporter, service_number=number).first()
    if contact is None:
        contact = Contact.objects.create(
            reporter=reporter, service_number=number, handle_id=found.handle_id, last_inbound_at=at
        )
    else:
        contact.handle_id = found.handle_id
        contact.last_inbound_at = max(contact.last_inbound_at, at)
        contact.save(update_fields=["handle", "last_inbound_at"])
    contact.service_number = number
    return reporter, contact


def _new_alias(number: ServiceNumber) -> str:
    while True:
        alias = f"{secrets.choice(ALIAS_BIRDS)}-{secrets.randbelow(9000) + 1000}"
        if not Reporter.objects.filter(station_id=number.station_id, alias=alias).exists():
            return alias


def _absorb(identity_id: object, *, into: Reporter) -> None:
    """Two reporters have turned out to be one person: the reports, messages and contacts become the survivor's."""
    former = Reporter.objects.select_for_update().filter(identity_id=identity_id).first()
    if former is None:
        return
    kept = {contact.service_number_id: contact for contact in into.contacts.all()}
    for contact in former.contacts.all():
        if survivor := kept.get(contact.service_number_id):
            contact_rows = {"contact": contact}
            Report.objects.filter(**contact_rows).update(contact=survivor)
            Message.objects.filter(**contact_rows).update(contact=survivor)
            contact.delete()
        else:
            contact.reporter = into
            contact.save(update_fields=["reporter"])
    for report in former.reports.all():
        events.record(report, EventKind.MERGED, former_alias=former.alias)
    former.reports.update(reporter=into)
    former.messages.update(reporter=into)
    former.delete()


def _quoted(reporter: Reporter, inbound: InboundMessage) -> Message | None:
    if not inbound.quoted_sid:
        return None
    return (
        Message.objects.select_related("report__station")
        .filter(provider_sid=inbound.quoted_sid, reporter=reporter)
        .first()
    )


def _report_going_on(reporter: Reporter, at: datetime) -> Report | None:
    """The reporter's open report, else the one closed within FOLLOW_UP_WINDOW, else none."""
    return (
        reporter.reports.select_related("station")
        .filter(Q(closed_at=None) | Q(closed_at__gt=at - settings.FOLLOW_UP_WINDOW))
        .order_by(F("closed_at").desc(nulls_first=True), "-received_at")
        .first()
    )


def _open_report(
    reporter: Reporter, contact: Contact, inbound: InboundMessage, at: datetime
) -> tuple[Report, vault.Box]:
    station = contact.service_number.station
    report = Report(
        station=station,
        reporter=reporter,
        contact=contact,
        channel=inbound.channel,
        received_at=at,
        last_inbound_at=at,
        waiting_since=at,
        unread_count=1,
        opening_kind=inbound.kind,
    )
    box = vault.new_box("content", report.pk)
    if inbound.body:
        report.opening_at = at
        report.opening_sealed = box.seal("report.opening", report.pk, inbound.body)
    report.number = NumberSequence.take(station, at)
    report.save(force_insert=True)
    return report, box


def _follow_up(
    report: Report, contact: Contact, inbound: InboundMessage, box: vault.Box, at: datetime
) -> None:
    """Note on the report that more has come. A second message never resets the clock of the first."""
    if report.status not in OPEN_STATUSES and sounds_dangerous(inbound.body):
        report = Report.objects.lock(report)
        if report.status == Status.DONE:
            report.reopen()
            report.save(update_fields=["status", "closed_at", "outcome", "outcome_note_sealed"])
            events.record(report, EventKind.REOPENED, reason="danger_words")
    opening = {}
    if inbound.body and (report.opening_at is None or at < report.opening_at):
        opening = {
            "opening_at": at,
            "opening_sealed": box.seal("report.opening", report.pk, inbound.body),
        }
    # An UPDATE of what is new, not of the row as we read it: the desk may be changing the rest at this moment.
    Report.objects.filter(pk=report.pk).update(
        unread_count=F("unread_count") + 1,
        waiting_since=Coalesce("waiting_since", at),
        last_inbound_at=at,
        contact=contact,
        **opening,
    )
    report.contact = contact


def _attach(message: Message, inbound: InboundMessage, box: vault.Box) -> None:
    attachments = []
    for position, media in enumerate(inbound.media):
        attachment = Attachment(
            message=message, position=position, declared_type=media.declared_type
        )
        attachment.url_sealed = box.seal("attachment.url", attachment.pk, media.url)
        attachments.append(attachment)
    if attachments:
        Attachment.objects.bulk_create(attachments)
