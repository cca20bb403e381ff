"""How a report stands towards a check in plain clothes, for the person who looks at it.

Whoever is named in a check, or has asked for it, is shown all of it; everybody else that one runs and since when.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.safestring import SafeString

from operators.desk import remembered, times
from operators.desk.timeline import Happening
from operators.models import Operator
from reports import compartment
from reports.compartment import Inside
from reports.models import CheckedFirst, Report, Verification, VerificationOfficer
from reports.models.event import EventKind
from reports.models.verification import NEW_REASONS, Result
from reports.workflow import Outcome, Status

SUGGESTED = {
    Result.NOT_FOUND: Outcome.NOT_FOUND,
    Result.ALREADY_OVER: Outcome.ALREADY_OVER,
    Result.WRONG_PLACE: Outcome.WRONG_PLACE,
    Result.FALSE: Outcome.FALSE_REPORT,
}
"""What a result is a reason to close with. It is said, never chosen: whether somebody lied, a person decides."""


@dataclass(frozen=True)
class Checks:
    report: Report
    operator: Operator
    now: datetime
    all: list[Verification] = field(repr=False)
    """Of this report, the latest first."""
    reopened_at: datetime | None
    renewed_at: datetime | None
    """When it was opened again, and when because of something new."""

    @cached_property
    def running(self) -> Verification | None:
        return next((one for one in self.all if one.is_running), None)

    @cached_property
    def done(self) -> Verification | None:
        """The latest with a result, unless the report was closed and opened again since, or another one runs."""
        if self.running:
            return None
        latest = next((one for one in self.all if one.done_at), None)
        return latest if latest and self._is_after(latest, self.reopened_at) else None

    @cached_property
    def is_wanted(self) -> bool:
        """Whether nobody may act before there has been a check. For the eyes: the verb asks `Report.is_to_be_checked`."""
        category = self.report.category_id
        if not self.report.is_open or category is None:
            return False
        if category not in _checked_first(self.report):
            return False
        confirmed = (one for one in self.all if one.result == Result.CONFIRMED)
        return not any(self._is_after(one, self.renewed_at) for one in confirmed)

    @property
    def may_ask(self) -> bool:
        is_free = self.report.holder_id in {None, self.operator.pk}
        return (
            self.report.is_open
            and is_free
            and self.running is None
            and self.operator.may("ask_check")
        )

    @property
    def is_offered(self) -> bool:
        """Whether to ask for one is what comes next. Not where another has just been, for those who may not know what it
        found: they would know it by that."""
        may_know = self.done is None or self.inside is not None
        return self.may_ask and may_know and self.is_wanted

    @property
    def may_call_off(self) -> bool:
        is_theirs = self.report.holder_id in {None, self.operator.pk}
        running = self.running
        return (
            running is not None
            and self.operator.may("ask_check")
            and (is_theirs or running.asked_by_id == self.operator.pk)
        )

    @property
    def shown(self) -> Verification | None:
        return self.running or self.done

    @cached_property
    def inside(self) -> Inside | None:
        """All of the one that is shown, for those who are named in it."""
        shown = self.shown
        if shown is None or not shown.is_mine:  # type: ignore[attr-defined]
            return None
        return compartment.opened(shown.pk, by=self.operator)

    @cached_property
    def earlier(self) -> list[Verification]:
        """Others of this report that are this person's to read."""
        shown = self.shown
        return [one for one in self.all if one != shown and one.is_mine]  # type: ignore[attr-defined]

    @property
    def since(self) -> SafeString | None:
        return times.since(self.running.asked_at, self.now) if self.running else None

    @property
    def asked(self) -> SafeString | None:
        return times.at_day_and_time(self.shown.asked_at) if self.shown else None

    @cached_property
    def step(self) -> str:
        """The next step that a check makes, by its name in templates/desk/_next.html; "" when it makes none."""
        if self.running and self.report.status != Status.ACTING:
            return "checking"
        if self.done and self.report.status == Status.TRIAGE and not self._is_answer_wanted:
            return "checked"
        return "check" if self.is_offered else ""

    @property
    def _is_answer_wanted(self) -> bool:
        """Whether the reporter has written since the result was there, and waits."""
        since, done = self.report.waiting_since, self.done
        return since is not None and done is not None and since > done.done_at  # type: ignore[operator]

    @property
    def is_confirmed(self) -> bool:
        return self.inside is not None and self.inside.verification.result == Result.CONFIRMED

    @property
    def suggested(self) -> str:
        """The outcome that the result is a reason for, in words, for those who may know the result."""
        if self.inside is None or self.inside.verification.result not in SUGGESTED:
            return ""
        return str(SUGGESTED[Result(self.inside.verification.result)].label)

    @staticmethod
    def _is_after(check: Verification, moment: datetime | None) -> bool:
        return moment is None or (check.done_at is not None and check.done_at > moment)


def load(report: Report, happenings: Iterable[Happening], by: Operator, now: datetime) -> Checks:
    """One query; none for a report that nobody has touched."""
    reopened = [one.event for one in happenings if one.event.kind == EventKind.REOPENED]
    renewed = [event for event in reopened if event.data.get("reason") in NEW_REASONS]
    return Checks(
        report,
        by,
        now,
        [] if report.status == Status.NEW else _all(report, by),
        max((event.at for event in reopened), default=None),
        max((event.at for event in renewed), default=None),
    )


def _all(report: Report, by: Operator) -> list[Verification]:
    """Which of them are this person's is said with them; what is in them, `compartment` alone opens."""
    names = VerificationOfficer.objects.filter(verification=OuterRef("pk"), operator=by.pk)
    mine = Q(asked_by=by.pk) | Exists(names)
    return list(report.verifications.annotate(is_mine=mine).order_by("-asked_at", "-pk"))


def _checked_first(report: Report) -> set[int]:
    """The categories that this station wants checked. A change of the list is followed within moments."""
    return remembered.lately(
        f"checked-first:{report.station_id}",
        settings.CHOICES_REMEMBERED,
        partial(_categories, report.station_id),
    )


def _categories(station_id: int) -> set[int]:
    checked = CheckedFirst.objects.filter(station_id=station_id).order_by()
    return set(checked.values_list("category_id", flat=True))
