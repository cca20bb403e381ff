"""Reminding a reporter of what was proven against them, and taking that back."""

from collections.abc import Mapping
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import claims, events
from reports.actors import Actor, Refused
from reports.blocking import never, telling
from reports.identity import vault
from reports.models import Message, Report, Strike
from reports.models.block import StrikeReason
from reports.models.event import EventKind
from reports.models.reply_template import ReplyKey
from reports.workflow import Outcome

REASONS_OF: Mapping[str, frozenset[StrikeReason]] = {
    Outcome.PRANK: frozenset({StrikeReason.PRANK, StrikeReason.SPAM, StrikeReason.INSULT}),
    Outcome.FALSE_REPORT: frozenset({StrikeReason.FALSE_REPORT}),
}
"""The outcomes that count against a reporter, and what for. Zonk (nothing found, the wrong place) is no sin."""


class NotProven(Refused):
    """Only what was closed as a prank or a false report counts against anybody."""

    code = "not_proven"


class StrikeIncomplete(Refused):
    """A strike has a reason of the list that fits the outcome, and a sentence."""

    code = "strike_incomplete"


class WrongEvidence(Refused):
    """What proves it is a message of the reporter on this very report."""

    code = "wrong_evidence"


class AlreadyWarned(Refused):
    """One strike a report."""

    code = "already_warned"


class AlreadyLifted(Refused):
    code = "already_lifted"


@transaction.atomic
def warn(
    report: Report,
    reason: StrikeReason | str,
    note: str,
    *,
    evidence: Message | None = None,
    although_unanswered: bool = False,
    by: Actor,
) -> Strike:
    """Count this report against its reporter, until STRIKE_LASTS from now, and queue the reminder to them.

    Where no reminder can be sent (the 24 hours are over and the station has no approved template, or there is no
    address) the strike has none, and the next one cannot lead to a block by it. `although_unanswered`: a Pamapta says
    that it is a prank all the same, though an earlier report has had no answer. Raises NotAllowed, StrikeIncomplete,
    NotProven, WrongEvidence, AlreadyWarned, never.NeverStrike, never.Unproven.
    """
    if reason not in StrikeReason or not note.strip():
        raise StrikeIncomplete(_("A reminder needs a reason of the list and a sentence."))
    report = claims.lock(report, "warn", by)
    _refuse_unproven(report, StrikeReason(reason))
    if evidence is not None and not (evidence.report_id == report.pk and evidence.is_inbound):
        raise WrongEvidence(_("Choose a message of the reporter on this report."))
    if Strike.objects.filter(report=report, lifted_at=None).exists():
        raise AlreadyWarned(_("The reporter has been reminded about this report already."))
    may_confirm = although_unanswered and by.may("confirm_block")
    never.refuse_spared(report, reason, may_confirm=may_confirm)
    now = timezone.now()
    strike = Strike(
        pk=uuid4(),
        reporter_id=report.reporter_id,
        station_id=report.station_id,
        report=report,
        evidence=evidence,
        reason=reason,
        by_id=by.pk,
        at=now,
        expires_at=now + settings.STRIKE_LASTS,
    )
    box = vault.box_of("content", report.pk)
    strike.note_sealed = box.seal("strike.note", strike.pk, note.strip())
    strike.warning = telling.tell(report, ReplyKey.WARNING, by=by)
    strike.save(force_insert=True)
    claims.count_up(report)
    events.record(
        report, EventKind.WARNED, by=by, reason=str(reason), is_told=strike.warning is not None
    )
    return strike


@transaction.atomic
def lift_strike(strike: Strike, *, by: Actor) -> Strike:
    """Take a strike back: it counts no more. A reminder that has not gone out does not go out. Raises AlreadyLifted."""
    report = claims.lock(strike.report, "warn", by)
    strike = Strike.objects.select_related("warning").get(pk=strike.pk)
    if strike.lifted_at is not None:
        raise AlreadyLifted(_("This has been taken back already."))
    strike.lifted_at, strike.lifted_by_id = timezone.now(), by.pk
    strike.save(update_fields=["lifted_at", "lifted_by"])
    telling.take_back(strike.warning)
    events.record(report, EventKind.STRIKE_LIFTED, by=by)
    return strike


def _refuse_unproven(report: Report, reason: StrikeReason) -> None:
    fitting = REASONS_OF.get(report.outcome)
    if report.is_open or fitting is None:
        raise NotProven(
            _(
                "Only a report that is closed as a prank or as a false report counts against its reporter. Nothing found "
                "is not a lie."
            )
        )
    if reason not in fitting:
        raise StrikeIncomplete(
            _("“%(reason)s” does not fit a report that was closed as “%(outcome)s”.")
            % {"reason": reason.label, "outcome": report.get_outcome_display()}
        )
