"""Giving a report back, taking it over, giving it to a colleague, for programs."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from reports import claims
from reports.api.serializers import ReportSerializer


class TakeOverInput(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500, help_text="Kept as a note on the report.")


class AssignInput(serializers.Serializer[Any]):
    to = serializers.CharField(max_length=60, help_text="User name of somebody at this station.")


class ClaimActions:
    """Who has a report. Mixed into the view set of reports."""

    @extend_schema(request=None, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, number: str) -> Response:
        """Give the report back to nobody; 409 when somebody else has it."""
        report = self.get_object()  # type: ignore[attr-defined]
        claims.release(report, by=request.user)  # type: ignore[arg-type]
        return self._as_it_is_now()  # type: ignore[attr-defined,no-any-return]

    @extend_schema(request=TakeOverInput, responses=ReportSerializer)
    @action(detail=True, methods=["post"], url_path="take_over", url_name="take-over")
    def take_over(self, request: Request, number: str) -> Response:
        """Take the report out of somebody's hands, for a reason."""
        given = TakeOverInput(data=request.data)
        given.is_valid(raise_exception=True)
        report = self.get_object()  # type: ignore[attr-defined]
        claims.take_over(report, given.validated_data["reason"], by=request.user)  # type: ignore[arg-type]
        return self._as_it_is_now()  # type: ignore[attr-defined,no-any-return]

    @extend_schema(request=AssignInput, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, number: str) -> Response:
        """Give the report to a colleague; 409 when they cannot work on it."""
        given = AssignInput(data=request.data)
        given.is_valid(raise_exception=True)
        report = self.get_object()  # type: ignore[attr-defined]
        people = get_user_model().objects.filter(station=report.station_id, is_active=True)
        to = people.filter(username=given.validated_data["to"]).first()
        if to is None:
            raise serializers.ValidationError({"to": [_("Choose a colleague.")]})
        claims.assign(report, to=to, by=request.user)  # type: ignore[arg-type]
        return self._as_it_is_now()  # type: ignore[attr-defined,no-any-return]
