"""The answer to a program whose words could tell who has reported: which of them are to be taken out, or confirmed."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import OpenApiResponse
from rest_framework import status
from rest_framework.response import Response

from reports import briefing
from reports.models import Report
from reports.redaction import unconfirmed

DESCRIBED = OpenApiResponse(description="Refused; `doubts` names the words to be confirmed.")


def refused(refusal: briefing.GivesAway, report: Report, given: Mapping[str, Any]) -> Response:
    """409 with the doubts in the `brief` and `place_note` of `given` that are not among its `confirmed`."""
    texts = [given["brief"], given.get("place_note", "")]
    found = unconfirmed(briefing.doubts(report, texts), given.get("confirmed", ()))
    doubts = [{"words": one.words, "reason": one.reason} for one in found]
    content = {"code": refusal.code, "detail": str(refusal), "doubts": doubts}
    return Response(content, status=status.HTTP_409_CONFLICT)
