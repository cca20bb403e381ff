"""A report begins to be acted on, through the one guard. Works on a locked report, in the caller's transaction."""

from contextlib import suppress
from datetime import datetime

from reports import claims, events, targets
from reports.actors import Actor
from reports.models import Report
from reports.models.event import EventKind
from reports.models.report import TransitionNotAllowed
from reports.workflow import Status


def begin(report: Report, unchecked_because: str, *, at: datetime, by: Actor) -> None:
    """Set the status, in memory; its clocks go on. `unchecked_because` says why nobody is sent in plain clothes first, and
    is kept where the station wants that. Raises NotVerified, TransitionNotAllowed."""
    skips_check = bool(unchecked_because) and report.is_to_be_checked
    if report.status != Status.ACTING:
        report.become(Status.ACTING, unchecked=skips_check)
        targets.go_on(report, at=at)
    elif not skips_check and not _was_skipped(report):
        # Its category may have been set since. The guard comes before the transition, which is none.
        with suppress(TransitionNotAllowed):
            report.become(Status.ACTING)
    if skips_check:
        # A note: people write names and numbers into their reasons.
        claims.write_down(report, unchecked_because, by)
        events.record(report, EventKind.CHECK_SKIPPED, by=by)
    if report.waiting_since and _waits_for_somebody_to_go(report, report.waiting_since):
        report.waiting_since = None


def _was_skipped(report: Report) -> bool:
    return report.events.filter(kind=EventKind.CHECK_SKIPPED).exists()


def _waits_for_somebody_to_go(report: Report, since: datetime) -> bool:
    """Whether it waits because a unit has given it back, and not for an answer."""
    returned = report.events.filter(kind=EventKind.UNIT_RETURNED)
    return returned.filter(data__waits_since=since.isoformat()).exists()
