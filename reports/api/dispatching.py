"""Handing a report to a unit, what the units have done, and the status by hand, for programs."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from reports import assignment, briefing, briefs, progressing, routing
from reports.api import giving_away
from reports.api.serializers import ReportSerializer
from reports.models import Assignment, MediaFile, Report

ONE_ASSIGNMENT = r"assignments/(?P<assignment_id>[0-9a-f-]{36})"


class DispatchInput(serializers.Serializer[Any]):
    unit = serializers.SlugField(help_text="Slug of an active unit of the report's station.")
    brief = serializers.CharField(max_length=assignment.TEXT_LIMIT)
    place_note = serializers.CharField(
        max_length=assignment.PLACE_NOTE_LIMIT, required=False, allow_blank=True
    )
    pictures = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        help_text="Ids of clean pictures of the report: its files of role view, poster or page.",
    )
    pictures_show_no_reporter = serializers.BooleanField(
        required=False, help_text="Somebody has looked at them; needed where there are pictures."
    )
    wants_photo = serializers.BooleanField(default=True)
    unchecked_because = serializers.CharField(
        max_length=500,
        required=False,
        allow_blank=True,
        help_text="Why nobody is sent in plain clothes first, where the station wants that.",
    )
    confirmed = serializers.ListField(
        child=serializers.CharField(max_length=assignment.TEXT_LIMIT),
        required=False,
        help_text="Words that may stand although they could tell who has reported.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("pictures") and not attrs.get("pictures_show_no_reporter"):
            raise serializers.ValidationError(
                {"pictures_show_no_reporter": [_("Look at the pictures first.")]}
            )
        return attrs


class CallOffInput(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500, help_text="The unit reads it.")


class StatusInput(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=[str(one) for one in progressing.BY_HAND])
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class SuggestionSerializer(serializers.Serializer[routing.Suggestion]):
    unit = serializers.CharField(source="unit.slug")
    second = serializers.CharField(source="second.slug", allow_null=True, default=None)
    is_together = serializers.BooleanField()
    why = serializers.CharField()


class AssignmentSerializer(serializers.Serializer[Assignment]):
    """A task of a unit. Its words are null where they cannot be read any more."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    unit = serializers.CharField(source="unit.slug")
    progress = serializers.CharField()
    sent_at = serializers.DateTimeField()
    arrive_by = serializers.DateTimeField(allow_null=True)
    accepted_at = serializers.DateTimeField(allow_null=True)
    under_way_at = serializers.DateTimeField(allow_null=True)
    arrived_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    result = serializers.CharField()
    brief = serializers.SerializerMethodField()
    closing_note = serializers.SerializerMethodField()

    def get_brief(self, one: Assignment) -> str | None:
        return self._words(one).brief

    def get_closing_note(self, one: Assignment) -> str | None:
        return self._words(one).closing_note

    def _words(self, one: Assignment) -> briefs.Words:
        words: briefs.Words = self.context["words"][one.pk]
        return words


class DispatchActions:
    """Units and a report. Mixed into the view set of reports."""

    @extend_schema(
        request=DispatchInput,
        responses={201: AssignmentSerializer, 409: giving_away.DESCRIBED},
    )
    @action(detail=True, methods=["post"], url_path="dispatch", url_name="dispatch")
    def dispatch_to(self, request: Request, number: str) -> Response:
        """Hand the report to a unit; 409 when it may not go there, or may tell who has reported."""
        report, given = self._sent(DispatchInput, request)
        unit = report.station.units.filter(slug=given.pop("unit"), is_active=True).first()
        if unit is None:
            raise serializers.ValidationError({"unit": [_("Choose the unit.")]})
        given.pop("pictures_show_no_reporter", None)
        files = MediaFile.objects.in_bulk(given.pop("pictures", []))
        try:
            made = assignment.assign(
                report,
                to=unit,
                pictures=list(files.values()),
                by=request.user,  # type: ignore[arg-type]
                **given,
            )
        except briefing.GivesAway as refusal:
            return giving_away.refused(refusal, report, given)
        return Response(_shown([made], request)[0], status=status.HTTP_201_CREATED)

    @extend_schema(responses=AssignmentSerializer(many=True))
    @action(detail=True, filterset_class=None, filter_backends=[], pagination_class=None)
    def assignments(self, request: Request, number: str) -> Response:
        """The tasks of units on this report, the latest first."""
        report: Report = self.get_object()  # type: ignore[attr-defined]
        found = report.assignments.select_related("unit").order_by("-sent_at")
        return Response(_shown(list(found), request))

    @extend_schema(request=CallOffInput, responses=AssignmentSerializer)
    @action(
        detail=True, methods=["post"], url_path=f"{ONE_ASSIGNMENT}/call_off", url_name="call-off"
    )
    def call_off(self, request: Request, number: str, assignment_id: str) -> Response:
        """Tell the unit that it is not needed any more; 409 when it has ended already."""
        report, given = self._sent(CallOffInput, request)
        try:
            pk = UUID(assignment_id)
        except ValueError:
            pk = UUID(int=0)
        one = get_object_or_404(report.assignments, pk=pk)
        ended = assignment.call_off(one, reason=given["reason"], by=request.user)  # type: ignore[arg-type]
        return Response(_shown([ended], request)[0])

    @extend_schema(responses={200: SuggestionSerializer, 204: None})
    @action(
        detail=True,
        filterset_class=None,
        filter_backends=[],
        pagination_class=None,
        url_path="routing",
        url_name="routing",
    )
    def suggest_unit(self, request: Request, number: str) -> Response:
        """Which unit it would go to, and why; 204 when nobody has to go."""
        report: Report = self.get_object()  # type: ignore[attr-defined]
        found = routing.suggest(report, at=timezone.now())
        if found is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(SuggestionSerializer(found).data)

    @extend_schema(request=StatusInput, responses=ReportSerializer)
    @action(detail=True, methods=["post"], url_path="status", url_name="status")
    def set_status(self, request: Request, number: str) -> Response:
        """To `acting` or back to `triage`; every other status comes with its own verb."""
        report, given = self._sent(StatusInput, request)
        progressing.set_status(
            report,
            given["status"],
            given.get("reason", ""),
            by=request.user,  # type: ignore[arg-type]
        )
        return self._as_it_is_now()  # type: ignore[attr-defined,no-any-return]

    def _sent(
        self, shape: type[serializers.Serializer[Any]], request: Request
    ) -> tuple[Report, dict[str, Any]]:
        # First: what may not be seen is as if it did not exist, whatever is sent to it.
        report: Report = self.get_object()  # type: ignore[attr-defined]
        given = shape(data=request.data)
        given.is_valid(raise_exception=True)
        return report, dict(given.validated_data)


def _shown(assignments: list[Assignment], request: Request) -> list[dict[str, Any]]:
    words = briefs.for_desk(assignments, by=request.user)  # type: ignore[arg-type]
    return [dict(AssignmentSerializer(one, context={"words": words}).data) for one in assignments]
