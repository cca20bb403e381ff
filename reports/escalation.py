"""Nobody takes it: the Pamapta is called, then the chief. On screen, and on their duty telephones without content.

The first step is due with the answer that the reporter waits for (`reports.targets`), the second after twice that time;
in an emergency each after half of it. Whoever claims the report ends it; given back, its clocks rule again.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, Value
from django.db.models.expressions import Combinable, Expression
from django.utils import timezone

from reports import bell, events
from reports.models import DutyPhone, Report, Summons
from reports.models.event import EventKind
from reports.models.message import Delivery
from reports.models.report import Escalation, ReportQuerySet
from reports.workflow import Urgency


def due(step: Escalation, at: datetime) -> ReportQuerySet:
    """Reports that ring, on which this step is due and has not been taken; the longest waiting first."""
    now = Value(at, output_field=DateTimeField())
    target, waited = _length("due_at", "waiting_since"), _length(now, "waiting_since")
    left, late = _length("due_at", now), _length(now, "due_at")
    ringing = Report.objects.ringing().filter(escalated__lt=step)
    emergency, at_target = Q(urgency=Urgency.EMERGENCY), Q(due_at__lte=at)
    if step == Escalation.PAMAPTA:
        # Half the target is over when what is left of it is no longer than what has passed.
        ringing = ringing.annotate(left=left, waited=waited)
        is_due = at_target | (emergency & Q(left__lte=F("waited")))
    else:
        ringing = ringing.annotate(late=late, target=target)
        is_due = at_target & (emergency | Q(late__gte=F("target")))
    return ringing.filter(is_due).order_by("waiting_since", "pk")


def _length(end: str | Combinable, beginning: str | Combinable) -> Expression:
    ends, begins = (F(time) if isinstance(time, str) else time for time in (end, beginning))
    return ExpressionWrapper(ends - begins, output_field=DurationField())


@transaction.atomic
def escalate(report: Report, step: Escalation, *, phones: Iterable[DutyPhone]) -> bool:
    """Take this step on the report and call these telephones; False when somebody was faster, or has claimed it.

    However many clocks run: the one whose UPDATE finds the step not taken yet has it.
    """
    ringing = Report.objects.ringing().filter(pk=report.pk, escalated__lt=step)
    if not ringing.update(escalated=step):
        return False
    events.record(report, EventKind.ESCALATED, step=step.name.lower())
    _call(report, step, phones)
    return True


def unclaimed(station_id: int, step: Escalation) -> int:
    """How many reports nobody has taken although this step was: a figure, also for whoever may read none of them."""
    ringing = Report.objects.ringing().filter(station_id=station_id)
    return ringing.filter(escalated__gte=step).count()


def _call(report: Report, step: Escalation, phones: Iterable[DutyPhone]) -> None:
    """A summons for each telephone that has had none lately: it says nothing but that somebody must look."""
    now = timezone.now()
    lately = Summons.objects.filter(at__gt=now - settings.SUMMONS_PAUSE)
    called = set(lately.exclude(status=Delivery.FAILED).values_list("duty_phone_id", flat=True))
    summonses = [
        Summons(report=report, step=step, duty_phone=phone, at=now, due_at=now)
        for phone in phones
        if phone.pk not in called
    ]
    Summons.objects.bulk_create(
        summonses,
        update_conflicts=True,
        unique_fields=["report", "step", "duty_phone"],
        update_fields=["status", "provider_sid", "at", "due_at", "tries", "error_code"],
    )
    if summonses:
        bell.ring_on_commit("reports.summon_due")
