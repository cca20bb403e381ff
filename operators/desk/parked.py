"""What could not be understood: kept, in plain sight, and tried again when the Pamapta says so."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from operators.desk import times
from operators.permissions import OperatorRequest, requires
from reports import bell
from reports.models import InboxEntry

SHOWN = 200

REASONS: dict[str, str | Promise] = {
    "UnknownNumber": gettext_lazy(
        "It was sent to a number that is not among the station's numbers. "
        "Once the administrator has added it, try again."
    ),
    "UnknownPayload": gettext_lazy("It names no sender or no recipient."),
    "Unreadable": gettext_lazy("It cannot be opened with the keys of this system. Tell IT."),
}
ANY_OTHER = gettext_lazy("The program failed on it. Tell IT; the message itself is kept.")


@dataclass(frozen=True)
class Parked:
    entry: InboxEntry

    @property
    def arrived(self) -> SafeString:
        return times.at_day_and_time(self.entry.received_at)

    @property
    def reason(self) -> str | Promise:
        return REASONS.get(self.entry.reason, ANY_OTHER)


@require_safe
@requires("read_report")
def parked(request: OperatorRequest) -> HttpResponse:
    entries = [Parked(entry) for entry in InboxEntry.objects.parked()[:SHOWN]]
    return render(request, "desk/parked.html", {"entries": entries})


@require_POST
@requires("retry_parked")
def retry(request: OperatorRequest, entry_id: UUID) -> HttpResponse:
    freed = InboxEntry.objects.parked().filter(pk=entry_id)
    if freed.update(parked_at=None, tries=0, due_at=timezone.now()):
        bell.ring("reports.drain_inbox")
        messages.success(request, _("It will be tried again now."))
    return redirect("desk:parked")
