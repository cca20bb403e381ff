"""Why an answer to all did not reach somebody, and what can be done about it, in words."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from reports import incident_recipients
from reports.models import Report


class Why(NamedTuple):
    """The reason, and the way on; "" where there is none."""

    reason: str | Promise
    way_on: str | Promise = ""


FAILURES: Mapping[str, Why] = {
    "window_closed": Why(
        _("WhatsApp's 24 hours are over."),
        _("Send it by SMS, or an approved template on the report."),
    ),
    "no_way": Why(
        _("The reporter has no address on this channel."),
        _("Send it by SMS where there is a number, or call."),
    ),
    "blocked": Why(_("The reporter is blocked."), _("Nothing is sent until the block is lifted.")),
    "held_by_another": Why(
        _("A colleague holds the report."), _("Ask them to answer, or try again once it is free.")
    ),
    "not_allowed": Why(_("Only those in charge of such reports may answer it.")),
    "unlinked": Why(_("It was taken out of the incident before its turn.")),
    "unfilled": Why(
        _("The report has nothing for a variable of the answer."),
        _("Fill it in on the report, then try again."),
    ),
    "text_unfit": Why(_("Filled in, the answer is too long."), _("Answer on the report.")),
    "proof_gone": Why(_("The photo is not there any more."), _("Answer on the report.")),
    "already_used": Why(_("The photo served as a proof elsewhere."), _("Answer on the report.")),
    "unreadable": Why(_("It cannot be opened with the keys of this system. Tell IT.")),
    "stuck": Why(_("The program failed on it."), _("Try again; if it fails again, tell IT.")),
}
ANY_OTHER = Why(_("It was refused."), _("Answer on the report."))
STATES: Mapping[str, Promise] = {
    "queued": pgettext_lazy("delivery of an answer", "waiting to go"),
    "sent": pgettext_lazy("delivery of an answer", "sent"),
    "delivered": pgettext_lazy("delivery of an answer", "delivered"),
    "failed": pgettext_lazy("delivery of an answer", "failed"),
    "withdrawn": pgettext_lazy("delivery of an answer", "withdrawn"),
}


def why(code: str, report: Report) -> Why:
    found = FAILURES.get(code, ANY_OTHER)
    if code == incident_recipients.HELD and report.holder:
        return found._replace(
            reason=gettext("%(name)s holds the report.") % {"name": report.holder}
        )
    return found
