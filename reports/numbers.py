"""A number of the station is given up for another one. Threads live on; whoever has an open report is told once."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import bell, events, replies, wordings
from reports.actors import Actor, NotAllowed, Refused
from reports.identity import vault
from reports.models import Contact, Message, Report, ServiceNumber
from reports.models.event import EventKind
from reports.models.reply_template import ReplyKey
from reports.models.report import ReportQuerySet
from reports.models.service_number import Channel
from reports.workflow import OPEN_STATUSES

BATCH = 50
"""Short transactions: one that has written holds up every open desk until it ends."""


class SuccessorUnfit(Refused):
    """A number is replaced by another active number of the same station, never by itself."""

    code = "successor_unfit"


@transaction.atomic
def retire(number: ServiceNumber, successor: ServiceNumber | None, *, by: Actor) -> ServiceNumber:
    """Give a number up. What still comes in on it is taken in all the same; `tell_due` tells people the successor.

    Numbers that led to this one lead to its successor from now on, and whoever was told this one is told anew. Raises
    NotAllowed, SuccessorUnfit.
    """
    if not by.may("configure"):
        raise NotAllowed(_("Your account may not do this."))
    now = ServiceNumber.objects.select_for_update().get(pk=number.pk)
    if successor is not None and (
        successor.pk == now.pk
        or successor.station_id != now.station_id
        or not successor.is_active
        or successor.channel == Channel.DESK
    ):
        raise SuccessorUnfit(_("Choose another active number of the same station."))
    is_news = successor is not None and successor.pk != now.successor_id
    now.is_active, now.successor = False, successor
    now.save(update_fields=["is_active", "successor"])
    if is_news:
        earlier = now.predecessors.filter(is_active=False)
        contacts = Contact.objects.filter(Q(service_number=now) | Q(service_number__in=earlier))
        contacts.update(told_successor_at=None)
        earlier.update(successor=successor)
    return now


def tell_due(at: datetime) -> int:
    """Tell people with open reports the new number, a batch of them; how many were told.

    Found from the rows, so that it goes on where a crash has left it; each person is told once.
    """
    told = 0
    for pk in list(_to_tell(at).values_list("pk", flat=True)[:BATCH]):
        told += _tell(pk)
    return told


def untold(number: ServiceNumber) -> ReportQuerySet:
    """Open reports whose reporters know this number and have not been told its successor."""
    return Report.objects.filter(
        status__in=OPEN_STATUSES,
        contact__service_number=number,
        contact__service_number__successor__isnull=False,
        contact__told_successor_at=None,
        contact__handle__isnull=False,
    )


def _to_tell(at: datetime) -> ReportQuerySet:
    """Open reports whose reporter is on a number that was given up and can be written to: by SMS always, by WhatsApp
    within its 24 hours, and after them where the station's words are approved."""
    approved = Q(
        station__reply_templates__key=ReplyKey.NEW_NUMBER,
        station__reply_templates__is_active=True,
    ) & ~Q(station__reply_templates__content_sid="")
    in_time = Q(contact__last_inbound_at__gt=at - settings.WHATSAPP_WINDOW)
    can_be_told = Q(contact__service_number__channel=Channel.SMS) | in_time | approved
    return Report.objects.filter(
        can_be_told,
        status__in=OPEN_STATUSES,
        contact__service_number__is_active=False,
        contact__service_number__successor__isnull=False,
        contact__told_successor_at=None,
        contact__handle__isnull=False,
    ).order_by("received_at")


@transaction.atomic
def _tell(report_id: UUID) -> bool:
    """False when somebody was faster, or nothing can be said."""
    report = (
        Report.objects.select_for_update(of=("self",), no_key=True)
        .select_related("station", "contact__service_number__successor")
        .get(pk=report_id)
    )
    contact = report.contact
    number, now = contact.service_number, timezone.now()
    untold = Contact.objects.filter(pk=contact.pk, told_successor_at=None)
    if number.is_active or number.successor is None or not report.is_open:
        return False
    if not untold.update(told_successor_at=now):
        return False
    until = contact.free_text_until()
    # Within the 24 hours only the number that they wrote to may write freely. Afterwards, and by SMS, the new one writes:
    # it is the one that goes on working.
    writes_new = until is None or until <= now
    if writes_new and number.successor.channel == number.channel:
        report.contact = _on_successor(contact, number.successor)
        report.save(update_fields=["contact"])
    message = _notice(report, number.successor, now)
    if message is None:
        transaction.set_rollback(True)
        return False
    events.record(report, EventKind.NUMBER_CHANGED, message=str(message.pk))
    return True


def _notice(report: Report, successor: ServiceNumber, now: datetime) -> Message | None:
    """The station's words with the new number, queued; approved ones where WhatsApp takes no others any more. None when
    nothing can be said."""
    words = replies.words_of([report.station_id], [ReplyKey.NEW_NUMBER])
    until = report.contact.free_text_until()
    if until is None or until > now:
        box = vault.box_of("content", report.pk)
        message = replies.said(
            report, ReplyKey.NEW_NUMBER, words, box, nomor_baru=successor.address
        )
        if message is not None:
            message.save(force_insert=True)
            bell.ring_on_commit("reports.deliver", str(message.pk))
        return message
    template = words.get((report.station_id, ReplyKey.NEW_NUMBER))
    if template is None or not template.content_sid:
        return None
    known = {
        "nomor_laporan": report.number,
        "polres": report.station.name,
        "nomor_baru": successor.address,
    }
    wording = wordings.filled_with(template, known)
    try:
        return replies.queue_template(report, wording, at=now, by=None)
    except Refused:
        return None


def _on_successor(contact: Contact, successor: ServiceNumber) -> Contact:
    """The same person on the new number. They have not written to it: its 24 hours are those of their last word."""
    moved, _is_new = Contact.objects.get_or_create(
        reporter_id=contact.reporter_id,
        service_number=successor,
        defaults={"handle_id": contact.handle_id, "last_inbound_at": contact.last_inbound_at},
    )
    moved.service_number = successor
    return moved
