"""Incidents for programs: what several reports tell of, and linking a report to one or out of it."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from reports import following, incidents
from reports.api.paging import ByCursor
from reports.api.serializers import ReportSerializer
from reports.models import Incident, Report
from reports.models.incident import Counts
from reports.models.number_sequence import SHAPE


class IncidentSerializer(serializers.ModelSerializer[Incident]):
    """An incident, with what this account may see of its reports."""

    station = serializers.CharField(source="station.slug")
    category = serializers.CharField(source="category.slug", allow_null=True, default=None)
    place = serializers.CharField(source="area.name", allow_null=True, default=None)
    area = serializers.CharField(source="area.code", allow_null=True, default=None)
    report_count = serializers.SerializerMethodField()
    reporter_count = serializers.SerializerMethodField()
    last_at = serializers.SerializerMethodField(help_text="When the latest report arrived.")

    class Meta:
        model = Incident
        fields: ClassVar = [
            "number",
            "station",
            "status",
            "outcome",
            "category",
            "place",
            "area",
            "opened_at",
            "closed_at",
            "report_count",
            "reporter_count",
            "last_at",
        ]

    def get_report_count(self, incident: Incident) -> int:
        return self._counts(incident).reports

    def get_reporter_count(self, incident: Incident) -> int:
        return self._counts(incident).reporters

    @extend_schema_field(serializers.DateTimeField())
    def get_last_at(self, incident: Incident) -> Any:
        return self._counts(incident).last_at

    def _counts(self, incident: Incident) -> Counts:
        counts: Counts = self.context["counts"][incident.pk]
        return counts


class OneIncidentSerializer(IncidentSerializer):
    reports = serializers.SerializerMethodField(
        help_text="Their numbers, the first to arrive first."
    )

    class Meta(IncidentSerializer.Meta):
        fields: ClassVar = [*IncidentSerializer.Meta.fields, "reports"]

    def get_reports(self, incident: Incident) -> list[str]:
        numbers: list[str] = self.context["numbers"]
        return numbers


class NewestByCursor(ByCursor):
    ordering = "-opened_at"


class IncidentViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet[Incident]):
    rights: ClassVar = {"list": "read_report", "retrieve": "read_report"}
    serializer_class = IncidentSerializer
    pagination_class = NewestByCursor
    lookup_field = "number"
    lookup_value_regex = SHAPE
    queryset = Incident.objects.none()

    def get_queryset(self) -> QuerySet[Incident]:
        visible = Incident.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return visible.select_related("station", "category", "area").defer("category__keywords")

    @extend_schema(responses=IncidentSerializer(many=True))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The newest first. Reports that this account may not see are not counted."""
        page = self.paginate_queryset(self.get_queryset()) or []
        counts = Incident.objects.counts([one.pk for one in page], request.user)  # type: ignore[arg-type]
        shown = [one for one in page if one.pk in counts]
        serializer = IncidentSerializer(shown, many=True, context={"counts": counts})
        return self.get_paginated_response(serializer.data)

    @extend_schema(responses=OneIncidentSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One incident, with the numbers of its reports."""
        incident = self.get_object()
        visible = Report.objects.visible_to(request.user).filter(incident=incident)  # type: ignore[arg-type]
        numbers = list(visible.order_by("received_at", "pk").values_list("number", flat=True))
        counts = Incident.objects.counts([incident.pk], request.user)  # type: ignore[arg-type]
        if not numbers or not counts:
            raise Http404
        context = {"counts": counts, "numbers": numbers}
        return Response(OneIncidentSerializer(incident, context=context).data)


class LinkInput(serializers.Serializer[Any]):
    to = serializers.CharField(max_length=20, help_text="Number of a report or an incident.")


class LinkActions:
    """What a report's address offers of incidents. Mixed into the view set of reports."""

    @extend_schema(request=LinkInput, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def link(self, request: Request, number: str) -> Response:
        """Say that it tells of the same as another report, or belongs to an incident."""
        report, given = self._asked(LinkInput)  # type: ignore[attr-defined]
        to = incidents.named(given["to"], by=request.user)  # type: ignore[arg-type]
        if to is None:
            raise Http404
        incidents.link(report, to, by=request.user)  # type: ignore[arg-type]
        return self._as_now()  # type: ignore[attr-defined, no-any-return]

    @extend_schema(request=None, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def unlink(self, request: Request, number: str) -> Response:
        """Take it out of its incident; 409 when it belongs to none."""
        incidents.unlink(self.get_object(), by=request.user)  # type: ignore[attr-defined, arg-type]
        return self._as_now()  # type: ignore[attr-defined, no-any-return]

    @extend_schema(request=None, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def follow(self, request: Request, number: str) -> Response:
        """Bring it to where its incident is: closed like it, or being acted on; 409 when it is there already."""
        following.follow(self.get_object(), by=request.user)  # type: ignore[attr-defined, arg-type]
        return self._as_now()  # type: ignore[attr-defined, no-any-return]
