"""Set the status by hand, where no other verb does: the desk acts on a report itself, or takes it back to think again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import acting, claims, events, targets
from reports.actors import Actor, Refused
from reports.models import Report
from reports.models.event import EventKind
from reports.models.report import TransitionNotAllowed
from reports.workflow import Status

BY_HAND = (Status.TRIAGE, Status.ACTING)
"""Every other status comes with what it means: a question asked, a check asked for, an outcome."""


class StillWorking(Refused):
    """A unit, or a check, has to be called off first."""

    code = "still_working"


@transaction.atomic
def set_status(report: Report, status: Status | str, reason: str = "", *, by: Actor) -> Report:
    """To `acting` or back to `triage`; again changes nothing. `reason` says why nobody is sent in plain clothes first, where
    the station wants that, and is otherwise not kept.

    Raises TransitionNotAllowed, report.NotVerified, StillWorking, claims.HeldByAnother, AlreadyClosed.
    """
    report = claims.lock(report, "set_status", by)
    claims.refuse_closed(report)
    if status not in BY_HAND:
        raise TransitionNotAllowed(
            _("This status comes by itself: by asking, by a check, by closing.")
        )
    claims.take(report, by)
    former = Status(report.status)
    if status == former:
        return report
    now = timezone.now()
    if status == Status.ACTING:
        acting.begin(report, reason.strip(), at=now, by=by)
    else:
        _refuse_while_somebody_works(report)
        report.become(Status.TRIAGE)
        targets.go_on(report, at=now)
    report.version += 1
    targets.renew(report)
    report.save(
        update_fields=[
            "status", "waiting_since", "paused_at", "paused_seconds", "version", "due_at",
        ]
    )  # fmt: skip
    events.record(report, EventKind.STATUS_SET, by=by, status=str(status), was=str(former))
    return report


def _refuse_while_somebody_works(report: Report) -> None:
    if report.assignments.running().exists():
        raise StillWorking(_("A unit has this task. Call it off first."))
    if report.status == Status.VERIFYING and report.verifications.running().exists():
        raise StillWorking(_("A check is running. Call it off first."))
