"""A refused verb as an answer: its code for programs, its reason for people."""

from typing import Any

from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from reports.actors import NotAllowed, Refused


def as_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's handler for its own exceptions, ours for the verbs'. None lets anything else become a 500."""
    if isinstance(error, Refused):
        code = (
            status.HTTP_403_FORBIDDEN if isinstance(error, NotAllowed) else status.HTTP_409_CONFLICT
        )
        return Response({"code": error.code, "detail": str(error)}, status=code)
    return exception_handler(error, context)
