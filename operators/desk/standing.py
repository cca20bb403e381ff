"""How a report stands towards the person who looks at it: whose turn it is, what may be done now, and the clocks.

For the eyes only. Whether a verb may happen is decided by the verb.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils.safestring import SafeString

from operators.desk import times
from operators.desk.checks import Checks
from operators.models import Operator
from reports.models import Report
from reports.models.service_number import Channel
from reports.workflow import Status, Urgency


@dataclass(frozen=True)
class Standing:
    report: Report
    operator: Operator
    now: datetime
    checks: Checks | None = field(default=None, kw_only=True)
    """Where a whole report is shown."""

    @property
    def urgency(self) -> str:
        return Urgency(self.report.urgency).slug

    @property
    def is_mine(self) -> bool:
        return self.report.holder_id == self.operator.pk

    @property
    def is_held_by_another(self) -> bool:
        return self.report.is_open and self.report.holder_id is not None and not self.is_mine

    @property
    def is_held(self) -> bool:
        return self.report.holder_id is not None

    @property
    def is_claimed(self) -> bool:
        return self.report.claimed_at is not None

    @property
    def is_free(self) -> bool:
        return self.report.is_open and self.report.holder_id is None

    @property
    def window_until(self) -> datetime | None:
        return self.report.contact.free_text_until()

    @property
    def is_window_over(self) -> bool:
        until = self.window_until
        return until is not None and until <= self.now

    @property
    def has_window(self) -> bool:
        """Whether the time for a free answer is counted at all."""
        return self.window_until is not None

    @property
    def window_left(self) -> SafeString | None:
        until = self.window_until
        return times.until(until, self.now) if until else None

    @property
    def may_claim(self) -> bool:
        return self.is_free and self.operator.may("claim")

    @property
    def may_reply(self) -> bool:
        return (
            self.operator.may("reply") and not self.is_held_by_another and not self.is_window_over
        )

    @property
    def may_close(self) -> bool:
        return self.report.is_open and not self.is_held_by_another and self.operator.may("close")

    @property
    def may_reopen(self) -> bool:
        return not self.report.is_open and self.operator.may("reopen")

    @property
    def step(self) -> str:
        """The one sensible thing to do now, by its name in templates/desk/_next.html."""
        report = self.report
        if not report.is_open:
            return "reopen"
        if self.is_free:
            return "claim"
        if not self.is_mine:
            return "leave"
        if report.failed_at:
            return "mend"
        if (check := self.checks.step if self.checks else "") == "checked":
            return check
        if self.is_window_over:
            return check or "window"
        if report.waiting_since:
            return "answer"
        if self.is_paused:
            return "wait"
        if report.category is None:
            return "categorise"
        # Whoever is sent has to know where to.
        if report.category.arrive_minutes is not None and report.area is None:
            return "place"
        return check or "close"

    @property
    def is_answered(self) -> bool:
        """Whether whoever waits for nothing has been written to: what was taken down was answered by word of mouth."""
        return self.report.channel not in (Channel.DESK, Channel.VOICE)

    @property
    def received(self) -> SafeString:
        return times.at_day_and_time(self.report.received_at)

    @property
    def age(self) -> SafeString:
        return times.since(self.report.received_at, self.now)

    @cached_property
    def waiting(self) -> SafeString | None:
        at = self.report.waiting_since
        return times.since(at, self.now) if at else None

    @property
    def is_paused(self) -> bool:
        """The clocks stand still: we wait for the reporter."""
        return self.report.status == Status.WAITING

    @property
    def due_at(self) -> datetime | None:
        """The next target. The closing of the window is not one: it has a clock of its own."""
        due_at = self.report.due_at
        return None if due_at == self.window_until else due_at

    @property
    def is_overdue(self) -> bool:
        return self.due_at is not None and self.due_at <= self.now

    @property
    def due(self) -> SafeString | None:
        return times.due(self.due_at, self.now) if self.due_at else None

    @property
    def held_for(self) -> SafeString | None:
        at = self.report.claimed_at
        return times.since(at, self.now) if at else None

    @property
    def closed(self) -> SafeString | None:
        at = self.report.closed_at
        return times.at_day_and_time(at) if at else None
