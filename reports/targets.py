"""What is lost next on a report, and when: the one rule behind the order of the queue and the clocks on its rows.

A second message never resets the clock of the first; while we wait for the reporter the clocks stand still.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from reports.models import Category, Report
from reports.models.service_number import Channel
from reports.workflow import Status, Urgency


def respond_within(category: Category | None, urgency: int) -> timedelta:
    """How long a word of the reporter may stay without an answer: the category's target, or the urgency's where that
    is shorter or the category has none."""
    by_urgency: timedelta = settings.RESPOND_WITHIN[Urgency(urgency).slug]
    if category is None or category.respond_minutes is None:
        return by_urgency
    by_category = timedelta(minutes=category.respond_minutes)
    return min(by_category, by_urgency) if urgency > category.urgency else by_category


def respond_by(report: Report) -> datetime | None:
    """When the reporter's first word without an answer must have one; None when nobody waits."""
    if report.waiting_since is None or report.status == Status.DONE:
        return None
    return report.waiting_since + respond_within(report.category, report.urgency)


def complete_by(report: Report) -> datetime | None:
    """When the matter is to be settled; None when its category sets no time, or while the clocks stand still."""
    minutes = report.category.complete_minutes if report.category else None
    if minutes is None or report.status in {Status.WAITING, Status.DONE}:
        return None
    return report.received_at + timedelta(minutes=minutes, seconds=report.paused_seconds)


def next_loss(report: Report, *, at: datetime) -> datetime | None:
    """The answer that somebody waits for; else the settling, or the last moment for a free word, whichever is sooner.

    A target that was missed is still owed. A window that has closed is not: there is nothing left of it to lose. None
    for what is closed, and for what has no time.
    """
    if report.status == Status.DONE:
        return None
    if answer := respond_by(report):
        return answer
    window = report.contact.free_text_until()
    still_open = window if window is not None and window > at else None
    return min((time for time in (complete_by(report), still_open) if time), default=None)


def renew(report: Report) -> None:
    """Set `due_at` in memory after anything that the rule looks at has changed. The verb saves."""
    report.due_at = next_loss(report, at=timezone.now())


def let_go_of_windows(*, at: datetime) -> list[Report]:
    """Reports that were due because their window was closing, and it has: from now on they are due for something else,
    or for nothing. What changes meanwhile stays as it was changed."""
    answered = Report.objects.open().filter(
        waiting_since=None,
        due_at__lte=at,
        contact__service_number__channel=Channel.WHATSAPP,
        contact__last_inbound_at__lte=at - settings.WHATSAPP_WINDOW,
    )
    let_go = []
    for report in answered.select_related("category", "contact__service_number"):
        due_at = next_loss(report, at=at)
        unchanged = Report.objects.filter(
            pk=report.pk, due_at=report.due_at, version=report.version
        )
        if due_at != report.due_at and unchanged.update(due_at=due_at):
            let_go.append(report)
    return let_go


def go_on(report: Report, *, at: datetime) -> None:
    """The clocks of a report that no longer waits for its reporter run again, in memory. Nothing where they never stood."""
    if report.paused_at is not None:
        stood = max(timedelta(0), at - report.paused_at)
        report.paused_seconds += round(stood.total_seconds())
        report.paused_at = None
