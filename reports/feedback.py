"""Whether the reporter finds the matter settled: asked once, answered with one tap or with *1* or *2*.

"Not yet" asks to open the report again, and a person decides it: it comes back to the desk in sight of everybody.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import bell, claims, events, one_tap, replies, targets, turns, wordings
from reports.actors import Actor, Refused
from reports.identity import vault
from reports.models import Feedback, Message, ReplyTemplate, Report
from reports.models.event import EventKind
from reports.models.message import Delivery, Direction
from reports.models.reply_template import ReplyKey

logger = logging.getLogger(__name__)

Answer = Feedback.Answer


class AlreadyAsked(Refused):
    """The question stands: it is not asked twice."""

    code = "already_asked"


def question_of(report: Report) -> str:
    """The station's question in words; empty when it has none."""
    words = replies.words_of([report.station_id], [ReplyKey.SETTLED])
    template = words.get((report.station_id, ReplyKey.SETTLED))
    return _filled(template, report) if template else ""


def is_asked(report: Report) -> bool:
    """Whether a question stands that the reporter has not answered."""
    return _standing(report).exists()


def note_question(report: Report, message: Message) -> Feedback:
    """A message asks it, in the transaction that writes it. Raises AlreadyAsked while an earlier question stands."""
    if _standing(report).exists():
        raise AlreadyAsked(_("The reporter has been asked already whether it is settled."))
    return Feedback.objects.create(report=report, question=message, asked_at=message.at)


@transaction.atomic
def ask(
    report: Report,
    *,
    by: Actor,
    seen: int | None = None,
    held: timedelta = replies.AT_ONCE,
) -> Message:
    """Ask the reporter whether it is settled: with buttons where WhatsApp has approved that, else in words.

    Raises AlreadyAsked, replies.TextUnfit without a question, and what `triage.reply` raises.
    """
    report = claims.lock(report, "reply", by, seen=seen)
    if report.is_open:
        claims.take(report, by)
    wording = wordings.wording(report, ReplyKey.SETTLED, by=by)
    now = timezone.now()
    if wording is not None and wording.template.content_sid:
        message = replies.queue_template(report, wording, at=now, by=by, held=held)
    else:
        message = replies.queue(
            report,
            question_of(report),
            at=now,
            by=by,
            held=held,
            template_key=ReplyKey.SETTLED,
        )
    note_question(report, message)
    turns.answered(report, message, by=by, kind=EventKind.ASKED, what="settled")
    return message


def take_answers(messages: Sequence[Message]) -> int:
    """Read out of messages what they say to a question that stands; how many did. In the caller's transaction."""
    inbound = [one for one in messages if one.direction == Direction.INBOUND and one.body_sealed]
    standing = {
        row.report_id: row
        for row in Feedback.objects.filter(
            report__in={one.report_id for one in inbound}, answer=""
        ).exclude(question__status=Delivery.CANCELLED)
    }
    taken = 0
    for message in sorted(inbound, key=lambda one: one.at):
        row = standing.get(message.report_id)
        if row is None or not row.asked_at < message.at < row.asked_at + settings.FEEDBACK_STANDS:
            continue
        answer = _answer_in(message)
        if answer is not None:
            del standing[message.report_id]
            taken += _take(row, message, answer)
    return taken


def _take(row: Feedback, message: Message, answer: Answer) -> bool:
    """Note the answer; False when another worker has. Thanks go out by themselves."""
    mine = Feedback.objects.filter(pk=row.pk, answer="")
    if not mine.update(answer=answer, answered_at=message.at, said_in=message):
        return False
    report = Report.objects.lock(Report(pk=message.report_id))
    if answer == Answer.SETTLED:
        _nobody_waits(report, message)
    events.record(report, EventKind.FEEDBACK_GIVEN, answer=str(answer))
    key = ReplyKey.SETTLED_THANKS if answer == Answer.SETTLED else ReplyKey.NOT_SETTLED
    words = replies.words_of([report.station_id], [key])
    thanks = replies.said(report, key, words, vault.box_of("content", report.pk))
    if thanks is not None:
        thanks.save(force_insert=True)
        bell.ring_on_commit("reports.deliver", str(thanks.pk))
    return True


def _nobody_waits(report: Report, message: Message) -> None:
    """That it is settled asks for no answer of ours."""
    if report.waiting_since == message.at:
        report.waiting_since = None
    report.unread_count = max(0, report.unread_count - 1)
    targets.renew(report)
    report.save(update_fields=["waiting_since", "unread_count", "due_at"])


def _answer_in(message: Message) -> Answer | None:
    try:
        box = vault.box_of("content", message.report_id)
        return one_tap.said(box.open("message.body", message.pk, message.body_sealed).expose())
    except vault.Unreadable:
        logger.error("an answer does not open", extra={"row": str(message.pk)})
        return None


def _standing(report: Report) -> QuerySet[Feedback]:
    return Feedback.objects.filter(report=report, answer="").exclude(
        question__status__in=(Delivery.CANCELLED, Delivery.FAILED)
    )


def _filled(template: ReplyTemplate, report: Report) -> str:
    return template.fill_known({"nomor_laporan": report.number, "polres": report.station.name})
