"""The incidents of the station: what goes on first, each with how many people have told of it. A fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from operators.desk import times
from operators.models import Operator
from operators.permissions import OperatorRequest, requires
from reports.incident_recipients import HEAVY
from reports.models import Incident
from reports.models.incident import Counts, IncidentQuerySet

SHOWN = 30
TIME = "%Y%m%d%H%M%S%f"


@dataclass(frozen=True)
class Row:
    incident: Incident
    counts: Counts
    now: datetime

    @property
    def last(self) -> SafeString:
        return times.since(self.counts.last_at, self.now)

    @property
    def opened(self) -> SafeString:
        return times.at_day_and_time(self.incident.opened_at)

    @property
    def key(self) -> str:
        """Where the list goes on after this one."""
        group = "open" if self.incident.is_open else "over"
        at = self.incident.opened_at.astimezone(UTC).strftime(TIME)
        return f"{group}.{at}.{self.incident.pk}"


@require_safe
@requires("read_report")
def incidents(request: OperatorRequest) -> HttpResponse:
    found = list(_from(request.GET.get("from", ""), request.user))
    shown, now = found[:SHOWN], timezone.now()
    counts = Incident.objects.counts([one.pk for one in shown], request.user)
    rows = [Row(one, counts[one.pk], now) for one in shown if one.pk in counts]
    context = {"rows": rows, "more": len(found) > SHOWN, "is_further": "from" in request.GET}
    return render(request, "desk/incidents.html", context)


def _from(key: str, operator: Operator) -> Iterator[Incident]:
    """One more than fits, behind the place that the key names: open ones, then those that are over, newest first."""
    visible = Incident.objects.visible_to(operator).select_related("category", "area")
    visible = visible.defer(*HEAVY).newest_first()
    group, after = _read(key)
    left = SHOWN + 1
    if group == "open":
        for incident in visible.open().filter(after)[:left]:
            left -= 1
            yield incident
        after = Q()
    yield from _over(visible).filter(after)[:left]


def _over(visible: IncidentQuerySet) -> IncidentQuerySet:
    return visible.filter(closed_at__isnull=False)


def _read(key: str) -> tuple[str, Q]:
    """The group that the list goes on in and what comes after; the top of the list for what is no key of ours."""
    try:
        group, written, pk = key.split(".")
        at = datetime.strptime(written, TIME).replace(tzinfo=UTC)
        return group, Q(opened_at__lt=at) | Q(opened_at=at, pk__lt=UUID(pk))
    except ValueError:
        return "open", Q()
