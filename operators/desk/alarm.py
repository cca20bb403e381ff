"""The alarm until somebody claims: how many reports ring, as two figures and nothing else.

A page asks with a ticket that it was drawn with. So the alarm goes on when the session has ended and the desk is covered;
it ends when the account may no longer read reports.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from operators.models import Operator
from operators.permissions import OperatorRequest, Role, requires
from reports import escalation
from reports.models import Report
from reports.models.report import Escalation
from reports.workflow import Urgency

SALT = "operators.desk.alarm"


def ticket_for(operator: Operator) -> str:
    return signing.dumps(operator.pk, salt=SALT)


@login_not_required
@require_safe
def alarm(request: HttpRequest, ticket: str) -> HttpResponse:
    """{"waiting": n, "urgent": m}; 403 for a ticket that is not ours, or too old, or of somebody who may not read."""
    try:
        operator_id = signing.loads(ticket, salt=SALT, max_age=settings.ALARM_LASTS)
    except signing.BadSignature:
        return HttpResponse(status=403)
    operator = Operator.objects.select_related("unit").filter(pk=operator_id).first()
    if operator is None or not operator.may("read_report"):
        return HttpResponse(status=403)
    ringing = Report.objects.visible_to(operator).ringing()
    is_urgent = Q(urgency=Urgency.EMERGENCY)
    return JsonResponse(
        ringing.aggregate(waiting=Count("pk"), urgent=Count("pk", filter=is_urgent))
    )


def called(operator: Operator) -> int:
    """How many reports nobody has taken although this person was called for them."""
    if not operator.is_authenticated or not operator.may("be_called"):
        return 0
    is_chief_only = Role.PAMAPTA not in operator.roles
    step = Escalation.CHIEF if is_chief_only else Escalation.PAMAPTA
    return escalation.unclaimed(operator.station_id, step)


@require_safe
@requires("be_called")
def escalated(request: OperatorRequest) -> HttpResponse:
    """The line that says so, for a page that renews it by itself."""
    return render(request, "parts/escalated.html")
