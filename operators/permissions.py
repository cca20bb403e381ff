"""Who may do what: one table. A verb or page that is not in it is nobody's."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from operators.models import Operator


class Role(TextChoices):
    OPERATOR = "operator", _("SPKT operator")
    PAMAPTA = "pamapta", _("Pamapta (leads the shift)")
    UNIT = "unit", _("member of a unit")
    KASAT = "kasat", _("head of a unit")
    CHIEF = "chief", _("chief")
    AUDITOR = "auditor", _("auditor")
    ADMIN = "admin", _("administrator (IT)")


DESK = frozenset({Role.OPERATOR, Role.PAMAPTA})

ALLOWED: Mapping[str, frozenset[Role]] = {
    "read_report": DESK,
    "claim": DESK,
    "reply": DESK,
    "close": DESK,
    "release": DESK,
    "take_over": frozenset({Role.PAMAPTA}),
    "assign": frozenset({Role.PAMAPTA}),
    "categorise": DESK,
    "set_urgency": DESK,
    "place": DESK,
    "summarise": DESK,
    "accept": DESK,
    "ask": DESK,
    "reopen": DESK,
    "split_off": DESK,
    "note": DESK,
    "type_in": DESK,
    "search": DESK,
    "see_hint_quality": frozenset({Role.PAMAPTA}),
    "retry_parked": frozenset({Role.PAMAPTA}),
    "dispatch": DESK,
    "set_status": DESK,
    "ask_check": DESK,
    "check": frozenset({Role.OPERATOR, Role.PAMAPTA, Role.UNIT, Role.KASAT}),
    "work_assignment": frozenset({Role.UNIT, Role.KASAT}),
    "lead_unit": frozenset({Role.KASAT}),
    "link": DESK,
    "follow": DESK,
    "answer_incident": DESK,
    "send_proof": DESK,
    "warn": DESK,
    "ask_block": DESK,
    "see_blocks": DESK,
    "confirm_block": frozenset({Role.PAMAPTA}),
    "see_duty": frozenset({Role.OPERATOR, Role.PAMAPTA, Role.KASAT, Role.CHIEF}),
    "start_shift": frozenset({Role.PAMAPTA}),
    "be_called": frozenset({Role.PAMAPTA, Role.CHIEF}),
    "configure": frozenset({Role.ADMIN}),
    "list_reports": frozenset({Role.ADMIN, Role.PAMAPTA}),
    "word_replies": frozenset({Role.ADMIN, Role.PAMAPTA}),
}
"""Right, and the roles that hold it. `list_reports` shows plain columns only, in the administration; whoever may
`be_called` is when nobody takes a report, and sees how many."""


class OperatorRequest(HttpRequest):
    """A request after login, for types."""

    user: "Operator"


View = Callable[..., HttpResponseBase]


def requires(right: str) -> Callable[[View], View]:
    """Every view of ours states its right; somebody without it gets 403. ValueError for a right outside the table."""
    if right not in ALLOWED:
        raise ValueError(f"{right} is not in the table")

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: OperatorRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.may(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        checked.required_right = right  # type: ignore[attr-defined]
        return checked

    return decorate
