"""One answer to everybody who reported an incident, and the ledger of what became of it for each.

A row of the ledger without message and without failure is still to be done: the row is the queue. Each is done in a
transaction of its own, which writes the message and notes it on the row together, so that whoever dies in between neither
loses an answer nor doubles it. A failure is noted with its code, and holds up nobody else.
"""

import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NoReturn
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import (
    answering,
    bell,
    events,
    incident_recipients,
    pictures,
    proofs,
    replies,
    triage,
    wordings,
)
from reports.actors import Actor, NotAllowed, Refused
from reports.identity import vault
from reports.incident_recipients import Recipient
from reports.models import (
    Block,
    Incident,
    IncidentAnswer,
    IncidentDelivery,
    Message,
    Report,
    Station,
)
from reports.models.incident_delivery import WITHDRAWN
from reports.models.message import Delivery
from reports.models.reply_template import PLACEHOLDER

logger = logging.getLogger(__name__)

COLUMN = "incident_answer.text"


class NobodyToAnswer(Refused):
    """The incident has no report that this person may answer."""

    code = "nobody_to_answer"


class ReporterBlocked(Refused):
    code = incident_recipients.BLOCKED


class Unlinked(Refused):
    """The report has been taken out of the incident since."""

    code = "unlinked"


@transaction.atomic
def answer(
    incident: Incident,
    text: str,
    *,
    by: Actor,
    picture_id: UUID | None = None,
    held: timedelta = replies.AT_ONCE,
    standing: bool = False,
) -> IncidentAnswer:
    """Answer everybody who reported this, each in their own conversation and by their own channel.

    Variables in braces are filled in for each report. The picture is a photo of a unit on one of the reports; it goes to
    everybody whose channel carries pictures, the words alone to the others, and to who has had it already. Until `held`
    is over the answer can be withdrawn. With `standing` whoever is linked later is told the same, in place of what stood
    before. Raises replies.TextUnfit, NobodyToAnswer, NotAllowed, and what proofs.refuse_unfit raises; who cannot be
    reached stands in the ledger with the reason.
    """
    _permit(by)
    _refuse_unfit(text, pictures.CAPTION_LIMIT if picture_id else replies.TEXT_LIMIT)
    _one_at_a_time(incident.station_id)
    if not Incident.objects.visible_to(by).filter(pk=incident.pk).exists():
        _refuse()
    now = timezone.now()
    to = incident_recipients.of(incident, by=by, at=now + held)
    if not to:
        raise NobodyToAnswer(_("There is nobody to answer in this incident."))
    if standing:
        incident.answers.filter(is_standing=True).update(is_standing=False)
    made = IncidentAnswer(incident=incident, by_id=by.pk, at=now, is_standing=standing)
    if picture_id is not None:
        made.picture = proofs.refuse_unfit(to[0].report, picture_id, by=by)
    box = vault.box_of("content", incident.pk)
    made.text_sealed = box.seal(COLUMN, made.pk, text.strip())
    made.save(force_insert=True)
    reached = {one.report.reporter_id for one in to}
    hidden = incident.reports.exclude(pk__in=Report.objects.visible_to(by)).exclude(
        reporter__in=reached
    )
    out_of_sight = [
        Recipient(one, NotAllowed.code) for one in incident_recipients.one_a_reporter(hidden, by)
    ]
    _queue(made, [*to, *out_of_sight], by=by, at=now + held)
    return made


@transaction.atomic
def withdraw(given: IncidentAnswer, *, by: Actor) -> int:
    """Take back what has not gone out of an answer, and let it stand no longer; for how many. Raises answering.TooLate."""
    _permit(by)
    kept = given.deliveries.filter(report__in=Report.objects.visible_to(by))
    queued = IncidentDelivery.objects.queued().filter(pk__in=kept.values("pk"))
    count = queued.update(failure=WITHDRAWN, at=timezone.now())
    if not count:
        raise answering.TooLate(_("The answer has left already and cannot be withdrawn any more."))
    IncidentAnswer.objects.filter(pk=given.pk).update(is_standing=False)
    return count


@transaction.atomic
def stop_standing(given: IncidentAnswer, *, by: Actor) -> None:
    """Whoever joins from now on is not told this any more."""
    _permit(by)
    if not Incident.objects.visible_to(by).filter(pk=given.incident_id).exists():
        _refuse()
    IncidentAnswer.objects.filter(pk=given.pk).update(is_standing=False)


def catch_up(incident: Incident, *, by: Actor, held: timedelta = replies.AT_ONCE) -> None:
    """Queue the answer that stands for reporters with an open report who have not got it, in the caller's transaction."""
    stands = incident.answers.filter(is_standing=True).first()
    if stands is None:
        return
    told = stands.deliveries.filter(failure="").values("report__reporter")
    late = incident.reports.open().exclude(reporter__in=told)
    late = late.exclude(pk__in=stands.deliveries.values("report"))
    at = timezone.now() + held
    _queue(
        stands,
        incident_recipients.ways(
            incident_recipients.one_a_reporter(
                late.select_related(*incident_recipients.RELATED).defer(*incident_recipients.HEAVY),
                by,
            ),
            by,
            at,
        ),
        by=by,
        at=at,
    )


def deliver(delivery_id: int) -> bool:
    """Do one row of the ledger: queue the message like any answer, or note why none goes; False when it is not there."""
    with transaction.atomic():
        rows = IncidentDelivery.objects.due(timezone.now()).filter(pk=delivery_id)
        row = _whole(rows.select_for_update(of=("self",), skip_locked=True))
        if row is None:
            return False
        try:
            with transaction.atomic():
                row.message = _send(row, by=row.by or row.answer.by)
        except Refused as refusal:
            row.failure = refusal.code[:20]
        except vault.Unreadable:
            row.failure = "unreadable"
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001
            # Whatever it was: it must not hold up everybody else. It stands in the ledger, and can be tried again.
            logger.error(
                "an answer to all stuck", extra={"row": str(row.pk), "error": type(error).__name__}
            )
            row.failure = "stuck"
        row.at = timezone.now()
        row.save(update_fields=["message", "failure", "at"])
    return True


@transaction.atomic
def again(delivery: IncidentDelivery, *, by: Actor, by_sms: bool = False) -> IncidentDelivery:
    """Try once more for one whom it failed for, by SMS if wished. Raises answering.NotFailed, and what an answer raises."""
    _permit(by)
    visible = Report.objects.visible_to(by)
    rows = IncidentDelivery.objects.filter(pk=delivery.pk, report__in=visible)
    row = _whole(rows.select_for_update(of=("self",)))
    if row is None:
        _refuse()
    if row.state != "failed":
        raise answering.NotFailed(_("Only what has failed can be tried again."))
    if row.message is not None and row.message.status == Delivery.FAILED and not by_sms:
        row.message = answering.send_again(row.message, by=by)
    else:
        row.message = _send(row, by=by, by_sms=by_sms)
    row.failure, row.at, row.by_id = "", timezone.now(), by.pk
    row.save(update_fields=["message", "failure", "at", "by"])
    return row


def next_due(now: datetime) -> datetime | None:
    """Since when the first row of any ledger is to be done."""
    due: datetime | None = IncidentDelivery.objects.due(now).values_list("at", flat=True).first()
    return due


def _whole(rows: QuerySet[IncidentDelivery]) -> IncidentDelivery | None:
    related = (f"report__{name}" for name in incident_recipients.RELATED)
    return rows.select_related("answer__by", "by", "message__report", *related).first()


def _send(row: IncidentDelivery, *, by: Actor, by_sms: bool = False) -> Message:
    report, given = row.report, row.answer
    if report.incident_id != given.incident_id:
        raise Unlinked(_("The report no longer belongs to this incident."))
    if Block.objects.in_force(timezone.now()).filter(reporter=report.reporter_id).exists():
        raise ReporterBlocked(_("This reporter is blocked."))
    box = vault.box_of("content", given.incident_id)
    values = wordings.values_of(report, by=by)
    text = PLACEHOLDER.sub(
        lambda found: values.get(found[1], found[0]),
        box.open(COLUMN, given.pk, given.text_sealed).expose(),
    )
    if given.picture_id and not by_sms and pictures.can_go_to(report.contact):
        with suppress(proofs.AlreadySent):
            return proofs.send(report, given.picture_id, text, by=by)
    return triage.reply(report, text, by=by, by_sms=by_sms)


def _queue(given: IncidentAnswer, to: Iterable[Recipient], *, by: Actor, at: datetime) -> None:
    now = timezone.now()
    rows = [
        IncidentDelivery(
            answer=given,
            report=one.report,
            by_id=by.pk,
            failure=one.failure,
            at=now if one.failure else at,
        )
        for one in to
    ]
    IncidentDelivery.objects.bulk_create(rows)
    events.changed(*(row.report for row in rows if row.failure))
    if any(not row.failure for row in rows) and at <= now:
        bell.ring_on_commit("reports.answer_incidents")


def _permit(by: Actor) -> None:
    if not by.may("answer_incident"):
        _refuse()


def _refuse() -> NoReturn:
    raise NotAllowed(_("Your account may not do this."))


def _refuse_unfit(text: str, limit: int) -> None:
    if not text.strip():
        raise replies.TextUnfit(_("The answer is empty."))
    if len(text) > limit:
        raise replies.TextUnfit(
            _("The answer has %(count)d characters; at most %(limit)d can be sent.")
            % {"count": len(text), "limit": limit}
        )


def _one_at_a_time(station_id: int) -> None:
    list(Station.objects.select_for_update(no_key=True).filter(pk=station_id).values_list("pk"))
