"""What is lost next on a report, and when: the one rule behind the order of the queue and the clocks on its rows.

A second message never resets the clock of the first; while we wait for the reporter the clocks stand still.
"""

from datetime import datetime, timedelta

from django.conf import settings

from reports.models import Category, Report
from reports.workflow import Status, Urgency


def respond_within(category: Category | None, urgency: int) -> timedelta:
    """How long a word of the reporter may stay without an answer: the category's target, or the urgency's where that
    is shorter or the category has none."""
    by_urgency: timedelta = settings.RESPOND_WITHIN[Urgency(urgency).slug]
    if category is None or category.respond_minutes is None:
        return by_urgency
    by_category = timedelta(minutes=category.respond_minutes)
    return min(by_category, by_urgency) if urgency > category.urgency else by_category


def complete_by(report: Report) -> datetime | None:
    """When the matter is to be settled; None when its category sets no time, or while the clocks stand still."""
    minutes = report.category.complete_minutes if report.category else None
    if minutes is None or report.status == Status.WAITING:
        return None
    return report.received_at + timedelta(minutes=minutes, seconds=report.paused_seconds)


def next_loss(report: Report) -> datetime | None:
    """The answer that somebody waits for; else the settling, or the last moment for a free word, whichever is sooner.

    None for what is closed, and for what has no time.
    """
    if report.status == Status.DONE:
        return None
    if report.waiting_since is not None:
        return report.waiting_since + respond_within(report.category, report.urgency)
    times = (complete_by(report), report.contact.free_text_until())
    return min((at for at in times if at is not None), default=None)


def renew(report: Report) -> None:
    """Set `due_at` in memory after anything that the rule looks at has changed. The verb saves."""
    report.due_at = next_loss(report)
