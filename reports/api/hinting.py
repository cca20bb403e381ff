"""What was found about a report, for programs: read it, take a suggestion over, or say that it is wrong."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from reports import describing, findings
from reports.api.describing import OUT_OF_SIGHT
from reports.api.serializers import ReportSerializer
from reports.findings import Found
from reports.models import Report
from reports.models.finding import Decision, Enricher


class CandidateSerializer(serializers.Serializer[Any]):
    """One possibility. Its reason stays on the desk: it may cite what a citizen wrote."""

    value = serializers.DictField(
        help_text="Of the enricher's own shape; of a duplicate the other report's number."
    )
    confidence = serializers.FloatField(help_text="0 to 1.")
    source = serializers.CharField()  # type: ignore[assignment]


class FindingSerializer(serializers.Serializer[Any]):
    """What one enricher has made of one message. Without candidates it abstained."""

    id = serializers.UUIDField(source="finding.pk")
    message = serializers.UUIDField(source="finding.message_id")
    attachment = serializers.UUIDField(source="finding.attachment_id", allow_null=True)
    enricher = serializers.ChoiceField(source="finding.enricher", choices=Enricher.choices)
    at = serializers.DateTimeField(source="finding.at")
    decision = serializers.ChoiceField(
        source="finding.decision", choices=Decision.choices, help_text="Empty: not decided."
    )
    decided_at = serializers.DateTimeField(source="finding.decided_at", allow_null=True)
    candidates = serializers.SerializerMethodField()

    @extend_schema_field(CandidateSerializer(many=True))
    def get_candidates(self, found: Found) -> Any:
        shown = [{**vars(one), "value": self._value(found, one.value)} for one in found.candidates]
        return CandidateSerializer([one for one in shown if one["value"]], many=True).data

    def _value(self, found: Found, value: dict[str, Any]) -> dict[str, Any]:
        """A duplicate by its number, if whoever asks may see that report."""
        if found.finding.enricher != Enricher.DUPLICATE:
            return value
        number = self.context["numbers"].get(value.get("report"))
        return {**value, "report": number} if number else {}


class AcceptInput(serializers.Serializer[Any]):
    finding = serializers.UUIDField()
    candidate = serializers.IntegerField(
        default=0, min_value=0, max_value=99, help_text="Which of its candidates; 0 is the best."
    )


class DismissInput(serializers.Serializer[Any]):
    enricher = serializers.ChoiceField(choices=Enricher.choices)


class HintActions:
    """What a report's address offers of hints. Mixed into the view set of reports."""

    @extend_schema(responses=FindingSerializer(many=True))
    @action(detail=True, filterset_class=None, filter_backends=[], pagination_class=None)
    def findings(self, request: Request, number: str) -> Response:
        """What was found about the report, oldest first."""
        report: Report = self.get_object()  # type: ignore[attr-defined]
        found = findings.of(report, by=request.user)  # type: ignore[arg-type]
        alike = {
            one.value["report"]
            for each in found
            if each.finding.enricher == Enricher.DUPLICATE
            for one in each.candidates
        }
        visible = Report.objects.visible_to(request.user).filter(pk__in=alike) if alike else ()  # type: ignore[arg-type]
        numbers = {str(other.pk): other.number for other in visible}
        return Response(FindingSerializer(found, many=True, context={"numbers": numbers}).data)

    @extend_schema(request=AcceptInput, responses={200: ReportSerializer, 204: OUT_OF_SIGHT})
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, number: str) -> Response:
        """Take over what is suggested; 409 when that has been decided already."""
        report, given = self._asked(AcceptInput)  # type: ignore[attr-defined]
        report = describing.accept(report, given["finding"], given["candidate"], by=request.user)  # type: ignore[arg-type]
        if not report.is_visible_to(request.user):  # type: ignore[arg-type]
            return Response(status=status.HTTP_204_NO_CONTENT)
        return self._as_now()  # type: ignore[attr-defined, no-any-return]

    @extend_schema(request=DismissInput, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, number: str) -> Response:
        """Say that what is suggested of one thing is wrong, without choosing anything in its place."""
        report, given = self._asked(DismissInput)  # type: ignore[attr-defined]
        describing.dismiss(report, Enricher(given["enricher"]), by=request.user)  # type: ignore[arg-type]
        return self._as_now()  # type: ignore[attr-defined, no-any-return]
