"""What a report is about, for programs: category, urgency, place, summary; and opening it again."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from reports import describing, triage
from reports.api.serializers import ReportSerializer
from reports.models import Area, Category, Landmark, Report
from reports.workflow import ReopenReason, Urgency

URGENCIES = {urgency.slug: urgency for urgency in Urgency}
OUT_OF_SIGHT = OpenApiResponse(
    description="Done, and the category is reserved for others: you see it no more."
)


class CategoriseInput(serializers.Serializer[Any]):
    category = serializers.SlugRelatedField(
        slug_field="slug", queryset=Category.objects.all(), help_text="Slug of a category."
    )


class UrgencyInput(serializers.Serializer[Any]):
    urgency = serializers.ChoiceField(choices=list(URGENCIES))


class PlaceInput(serializers.Serializer[Any]):
    """At least one of area, landmark and point. A landmark gives its point and area, a point the area it lies in."""

    area = serializers.CharField(required=False, help_text="Code of an area of the station.")
    landmark = serializers.CharField(required=False, help_text="Name of a landmark of the station.")
    latitude = serializers.FloatField(required=False)
    longitude = serializers.FloatField(required=False)
    note = serializers.CharField(required=False, max_length=500, allow_blank=True)


class SummariseInput(serializers.Serializer[Any]):
    summary = serializers.CharField(
        max_length=1000, allow_blank=True, help_text="Empty: take the summary away."
    )


class ReopenInput(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(choices=ReopenReason.choices)


class DescribingActions:
    """What a report's address offers for describing it. Mixed into the view set of reports."""

    @extend_schema(request=CategoriseInput, responses={200: ReportSerializer, 204: OUT_OF_SIGHT})
    @action(detail=True, methods=["post"])
    def categorise(self, request: Request, number: str) -> Response:
        """Set the category; its urgency may raise that of the report. 409 for a group."""
        report, given = self._asked(CategoriseInput)
        report = describing.categorise(report, given["category"], by=request.user)  # type: ignore[arg-type]
        if not report.is_visible_to(request.user):  # type: ignore[arg-type]
            return Response(status=status.HTTP_204_NO_CONTENT)
        return self._as_now()

    @extend_schema(request=UrgencyInput, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def urgency(self, request: Request, number: str) -> Response:
        """Set the urgency, up or down."""
        report, given = self._asked(UrgencyInput)
        describing.set_urgency(report, URGENCIES[given["urgency"]], by=request.user)  # type: ignore[arg-type]
        return self._as_now()

    @extend_schema(request=PlaceInput, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def place(self, request: Request, number: str) -> Response:
        """Set where the incident is."""
        report, given = self._asked(PlaceInput)
        for name, model, key in (("area", Area, "code"), ("landmark", Landmark, "name")):
            if name in given:
                given[name] = _one(model, report, name, key, given[name])
        describing.place(report, **given, by=request.user)  # type: ignore[arg-type]
        return self._as_now()

    @extend_schema(request=SummariseInput, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def summarise(self, request: Request, number: str) -> Response:
        """Write down in a few words what it is about."""
        report, given = self._asked(SummariseInput)
        describing.summarise(report, given["summary"], by=request.user)  # type: ignore[arg-type]
        return self._as_now()

    @extend_schema(request=ReopenInput, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, number: str) -> Response:
        """Open a closed report again; it is nobody's then."""
        report, given = self._asked(ReopenInput)
        triage.reopen(report, reason=given["reason"], by=request.user)  # type: ignore[arg-type]
        return self._as_now()

    def _asked(self, shape: type[serializers.Serializer[Any]]) -> tuple[Report, dict[str, Any]]:
        """The report, if it exists for whoever asks; then what is asked, if it is in order."""
        report: Report = self.get_object()  # type: ignore[attr-defined]
        serializer = shape(data=self.request.data)  # type: ignore[attr-defined]
        serializer.is_valid(raise_exception=True)
        return report, dict(serializer.validated_data)

    def _as_now(self) -> Response:
        return Response(ReportSerializer(self.get_object()).data)  # type: ignore[attr-defined]


def _one(
    model: type[Area] | type[Landmark], report: Report, name: str, key: str, value: str
) -> Area | Landmark:
    found = model._default_manager.filter(station=report.station_id, **{key: value}).first()
    if found is None:
        raise serializers.ValidationError({name: ["This station has none of that name or code."]})
    return found
