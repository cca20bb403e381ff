"""What the page of a report says of its incident."""

from dataclasses import dataclass
from functools import cached_property

from operators.models import Operator
from reports import following, reading
from reports.models import Incident, Report
from reports.models.incident import Counts


@dataclass(frozen=True)
class Part:
    """What the page of a report says of its incident. Costs nothing while the report belongs to none."""

    report: Report
    operator: Operator

    @property
    def incident(self) -> Incident | None:
        return self.report.incident

    @cached_property
    def counts(self) -> Counts | None:
        pk = self.report.incident_id
        return Incident.objects.counts([pk], self.operator).get(pk) if pk else None

    @property
    def offers_close(self) -> bool:
        """Whether the incident is over and this report could end as it did."""
        incident = self.report.incident
        return incident is not None and not incident.is_open and self._may_follow("close")

    @property
    def offers_acting(self) -> bool:
        """Whether the incident is being acted on, and this report does not say so yet."""
        incident = self.report.incident
        return incident is not None and incident.is_open and self._may_follow("set_status")

    def _may_follow(self, verb: str) -> bool:
        incident, operator = self.report.incident, self.operator
        if incident is None or not following.is_behind(self.report, incident):
            return False
        return operator.may(verb) and self.report.holder_id in {None, operator.pk}

    @cached_property
    def note(self) -> str:
        """The sentence of its end. One query."""
        incident = self.report.incident
        return (reading.incident_note(incident, by=self.operator) or "") if incident else ""
