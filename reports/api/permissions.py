"""Every action of the API states its right; one without a right is nobody's."""

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    # rest_framework.views loads this module while it is itself being loaded.
    from rest_framework.views import APIView


class MayUse(BasePermission):
    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not request.user or not request.user.is_authenticated:
            return False
        rights: dict[str, str] = getattr(view, "rights", {})
        return request.user.may(rights.get(getattr(view, "action", "") or "", ""))
