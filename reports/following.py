"""A report follows its incident: it ends as that ended, or is being acted on like it. A person decides it for each."""

from django.utils.translation import gettext as _

from reports import progressing, reading, triage
from reports.actors import Actor, Refused
from reports.incidents import NotLinked
from reports.models import Incident, Report
from reports.workflow import Outcome, Status

BEHIND = (Status.NEW, Status.TRIAGE)
"""From here a report is offered that it is acted on too; a question or a check of its own goes on undisturbed."""


class NothingToFollow(Refused):
    """The incident is where a report comes by itself."""

    code = "nothing_to_follow"


def is_behind(report: Report, incident: Incident) -> bool:
    """Whether the report could follow: for the eyes, the verb decides. Both as they are known; no query."""
    if incident.is_open:
        return incident.status == Status.ACTING and report.status in BEHIND
    return report.is_open


def follow(report: Report, *, by: Actor) -> Report:
    """Bring the report to where its incident is. Where a check in plain clothes comes first, another report of the incident
    must have passed it, or a person have said why not. Raises NotLinked, NothingToFollow, and what triage.close and
    progressing.set_status raise."""
    incident = report.incident
    if incident is None:
        raise NotLinked(_("This report belongs to no incident."))
    if not is_behind(report, incident):
        raise NothingToFollow(_("The incident is no further than this report."))
    if incident.is_open:
        return progressing.set_status(report, Status.ACTING, _why_unchecked(incident), by=by)
    note = reading.incident_note(incident, by=by) or ""
    return triage.close(report, Outcome(incident.outcome), note, by=by)


def _why_unchecked(incident: Incident) -> str:
    """What stands on the report in place of a check; nothing while nobody acts on any report of the incident: that its
    status was set is no reason."""
    if not incident.reports.filter(status=Status.ACTING).exists():
        return ""
    return _("Part of the incident %(number)s, which is being acted on.") % {
        "number": incident.number
    }
