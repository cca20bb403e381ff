"""What could not be understood: kept, in plain sight, and tried again when the Pamapta says so."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from operators.permissions import OperatorRequest, requires
from reports import bell
from reports.models import InboxEntry


@require_safe
@requires("read_report")
def parked(request: OperatorRequest) -> HttpResponse:
    return render(request, "desk/parked.html", {"entries": InboxEntry.objects.parked()[:200]})


@require_POST
@requires("retry_parked")
def retry(request: OperatorRequest, entry_id: UUID) -> HttpResponse:
    freed = InboxEntry.objects.parked().filter(pk=entry_id)
    if freed.update(parked_at=None, tries=0, due_at=timezone.now()):
        bell.ring("reports.drain_inbox")
        messages.success(request, _("It will be tried again now."))
    return redirect("desk:parked")
