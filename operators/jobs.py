"""What the clock does once a second: everything of `reports.jobs`, and calling people when nobody takes a report."""

from collections.abc import Mapping

from django.utils import timezone

from operators.permissions import Role
from operators.shifts import return_claims
from reports import escalation, jobs
from reports.models import DutyPhone
from reports.models.report import Escalation

CALLED: Mapping[Escalation, Role] = {
    Escalation.PAMAPTA: Role.PAMAPTA,
    Escalation.CHIEF: Role.CHIEF,
}
"""Who is called at which step, in the order of the steps."""
BATCH = 100


def tick() -> None:
    jobs.tick()
    jobs.beat()
    escalate_due()
    return_claims()


def escalate_due() -> int:
    """Take every step that is due, and call the duty telephones of the station's people; how many steps that were."""
    taken = 0
    for step, role in CALLED.items():
        due = list(escalation.due(step, timezone.now())[:BATCH])
        phones = _phones(role) if due else {}
        for report in due:
            taken += escalation.escalate(report, step, phones=phones.get(report.station_id, ()))
    return taken


def _phones(role: Role) -> dict[int, list[DutyPhone]]:
    """The duty telephones of active accounts with this role, by station."""
    phones: dict[int, list[DutyPhone]] = {}
    for phone in DutyPhone.objects.filter(operator__is_active=True).select_related("operator"):
        if role in phone.operator.roles:
            phones.setdefault(phone.operator.station_id, []).append(phone)
    return phones
