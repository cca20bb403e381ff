"""What follows an answer, and what is asked: ask for what is missing, send approved words, withdraw, send again; and
make one message a report of its own. Each verb checks the right, locks, changes, records."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import (
    bell,
    claims,
    events,
    findings,
    media_files,
    pictures,
    replies,
    targets,
    turns,
    wordings,
)
from reports.actors import Actor, Refused
from reports.identity import vault
from reports.models import Message, NumberSequence, Report
from reports.models.event import EventKind
from reports.models.message import Delivery, Direction
from reports.models.reply_template import ASKED


class NoWording(Refused):
    """The station has no words for this, or has put them away."""

    code = "no_wording"


class TooLate(Refused):
    """The message has left the desk."""

    code = "too_late"


class NotFailed(Refused):
    """Only what has certainly not arrived is sent once more."""

    code = "not_failed"


class SentAgain(Refused):
    code = "sent_again"


class NotSplittable(Refused):
    code = "not_splittable"


@transaction.atomic
def ask(
    report: Report,
    what: str,
    *,
    by: Actor,
    text: str = "",
    after: timedelta | None = None,
    seen: int | None = None,
    held: timedelta = replies.AT_ONCE,
) -> Message:
    """Ask the reporter for what is missing (a key of ASKED), in the station's words or in `text`.

    An open report then waits for the reporter, and its clocks stand still. With `after` the question goes out so much
    later, unless the reporter writes first or the report is closed; until then nothing changes. Raises NoWording,
    and what `triage.reply` raises.
    """
    report = claims.lock(report, "ask", by, seen=seen)
    if report.is_open:
        claims.take(report, by)
    elif after is not None:
        claims.refuse_closed(report)
    key = ASKED.get(what)
    if key is None:
        raise NoWording(_("There is no such question."))
    now = timezone.now()
    words = text or _words_for(report, key, by)
    if after is None:
        message = replies.queue(report, words, at=now, by=by, held=held, template_key=key)
        turns.answered(report, message, by=by, kind=EventKind.ASKED, pauses=True, what=what)
    else:
        message = replies.queue(report, words, at=now + after, by=by, template_key=key)
        turns.planned(report, message, by=by, what=what)
    return message


def ask_by_itself(report: Report, what: str) -> Message | None:
    """Ask for what is missing by nobody, of a locked report, in the caller's transaction: that is no answer of the desk,
    so that its status and its clocks stay. None when nothing can be said."""
    key = ASKED[what]
    words = replies.words_of([report.station_id], [key])
    message = replies.said(report, key, words, vault.box_of("content", report.pk))
    if message is None:
        return None
    message.save(force_insert=True)
    bell.ring_on_commit("reports.deliver", str(message.pk))
    events.record(report, EventKind.ASKED, message=str(message.pk), what=what, by_itself=True)
    return message


@transaction.atomic
def send_template(
    report: Report,
    key: str,
    *,
    by: Actor,
    seen: int | None = None,
    held: timedelta = replies.AT_ONCE,
) -> Message:
    """Answer with words that WhatsApp has approved, also after the 24 hours. Raises NoWording, replies.Unfilled, NoWay."""
    report = claims.lock(report, "reply", by, seen=seen)
    if report.is_open:
        claims.take(report, by)
    words = wordings.wording(report, key, by=by)
    if words is None or not words.template.content_sid:
        raise NoWording(_("This template is no longer there. Choose another one."))
    message = replies.queue_template(report, words, at=timezone.now(), by=by, held=held)
    if what := words.template.asks:
        turns.answered(report, message, by=by, kind=EventKind.ASKED, pauses=True, what=what)
    else:
        turns.answered(report, message, by=by)
    return message


@transaction.atomic
def withdraw(message: Message, *, by: Actor) -> Message:
    """Take back an answer that still waits on the desk. TooLate when a sender was faster: then it goes out."""
    report = claims.lock(message.report, "reply", by)
    if message.author_id != by.pk:
        claims.refuse_held_by_another(report, by)
    queued = report.messages.filter(pk=message.pk, status=Delivery.QUEUED, author__isnull=False)
    # The condition is the race with the sender, whose claim is an UPDATE of the same row.
    if not queued.update(status=Delivery.CANCELLED, retry_of=None):
        raise TooLate(_("The message has left already and cannot be withdrawn any more."))
    message.refresh_from_db()
    pictures.put_back(message)
    turns.withdrawn(report, message, by=by)
    return message


@transaction.atomic
def send_again(message: Message, *, by: Actor) -> Message:
    """Send what has failed once more, as a message of its own; the first stays failed.

    Raises NotFailed, SentAgain, replies.WindowClosed, NoWay, HeldByAnother.
    """
    report = claims.lock(message.report, "reply", by)
    if report.is_open:
        claims.take(report, by)
    failed = report.messages.select_related("contact__service_number").filter(
        pk=message.pk, direction=Direction.OUTBOUND, status=Delivery.FAILED
    )
    message_now = failed.first()
    if message_now is None:
        raise NotFailed(_("Only a message that was not delivered can be sent again."))
    if Message.objects.filter(retry_of=message_now).exists():
        raise SentAgain(_("This message has been sent again already."))
    message_now.report = report
    try:
        again = replies.queue_again(message_now, at=timezone.now(), by=by)
    except vault.Unreadable:
        raise replies.TextUnfit(_("The words can no longer be read. Write them anew.")) from None
    turns.answered(report, again, by=by, kind=EventKind.SENT_AGAIN, of=str(message.pk))
    return again


@transaction.atomic
def split_off(message: Message, *, by: Actor) -> Report:
    """Make a message of the reporter a report of its own, with its files, and tell the reporter its number.

    Raises NotSplittable for what is not the reporter's or is all that there is, HeldByAnother.
    """
    report = claims.lock(message.report, "split_off", by)
    if report.is_open:
        claims.refuse_held_by_another(report, by)
    said = report.messages.filter(direction=Direction.INBOUND)
    moved = said.select_related("contact__service_number").filter(pk=message.pk).first()
    if moved is None:
        raise NotSplittable(_("Only a message of the reporter can become a report of its own."))
    if not said.exclude(pk=moved.pk).exists():
        raise NotSplittable(
            _("This is the reporter's only message here: there is nothing to split.")
        )
    own = Report(
        station=report.station,
        reporter_id=report.reporter_id,
        contact=moved.contact,
        channel=moved.contact.service_number.channel,
        received_at=moved.at,
        last_inbound_at=moved.at,
        waiting_since=moved.at,
        opening_kind=moved.kind,
        unread_count=1,
    )
    try:
        box = _move(moved, report, own)
    except vault.Unreadable:
        raise NotSplittable(_("The words can no longer be read, so they stay here.")) from None
    _close_the_gap(report, moved)
    events.record(own, EventKind.OPENED)
    events.record(own, EventKind.SPLIT_OFF, by=by, off=report.number)
    events.record(report, EventKind.SPLIT_OFF, by=by, into=own.number)
    words = replies.words_of([report.station_id])
    if acknowledgement := replies.acknowledgement(own, words, box):
        acknowledgement.save(force_insert=True)
        bell.ring_on_commit("reports.deliver", str(acknowledgement.pk))
    return own


def _move(message: Message, report: Report, own: Report) -> vault.Box:
    """Write the new report, and the message and its files under its key. Raises Unreadable."""
    former = vault.box_of("content", report.pk)
    box = vault.new_boxes("content", [own.pk])[own.pk]

    def sealed_anew(column: str, row: UUID, sealed: vault.Buffer) -> bytes:
        return box.seal(column, row, former.open(column, row, sealed).expose()) if sealed else b""

    if message.body_sealed:
        words = former.open("message.body", message.pk, message.body_sealed).expose()
        own.opening_at = message.at
        own.opening_sealed = box.seal("report.opening", own.pk, words)
    for field in ("body", "details", "raw"):
        sealed = getattr(message, f"{field}_sealed")
        setattr(message, f"{field}_sealed", sealed_anew(f"message.{field}", message.pk, sealed))
    media_files.carry(message, former, box)
    targets.renew(own)
    period = NumberSequence.period_of(own.received_at)
    (own.number,) = NumberSequence.take(own.station, period, 1)
    own.save(force_insert=True)
    findings.carry(message, own, former, box)
    message.report = own
    message.save(update_fields=["report", "body_sealed", "details_sealed", "raw_sealed"])
    return box


def _close_the_gap(report: Report, moved: Message) -> None:
    """The report as if the message had never been in it."""
    said = report.messages.select_related("contact__service_number").filter(
        direction=Direction.INBOUND
    )
    latest = said.order_by("-at").first()
    if latest is not None:
        report.contact, report.last_inbound_at = latest.contact, latest.at
    if report.opening_at == moved.at:
        first = said.exclude(body_sealed=b"").order_by("at", "id").first()
        report.opening_at, report.opening_sealed = None, b""
        if first is not None:
            box = vault.box_of("content", report.pk)
            words = box.open("message.body", first.pk, first.body_sealed).expose()
            report.opening_at = first.at
            report.opening_sealed = box.seal("report.opening", report.pk, words)
    if report.waiting_since == moved.at:
        following = said.filter(at__gt=moved.at).aggregate(first=Min("at"))
        report.waiting_since = following["first"]
    report.unread_count = max(0, report.unread_count - 1)
    report.version += 1
    targets.renew(report)
    report.save(
        update_fields=[
            "contact", "last_inbound_at", "opening_at", "opening_sealed", "waiting_since",
            "unread_count", "version", "due_at",
        ]
    )  # fmt: skip


def _words_for(report: Report, key: str, by: Actor) -> str:
    words = wordings.wording(report, key, by=by)
    if words is None:
        raise NoWording(_("The station has no words for this question. Tell the administrator."))
    return words.text
