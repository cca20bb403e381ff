"""The photo of the result that goes back to the reporter, and the question whether it is settled, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from reports import feedback, pictures, proofs
from reports.api.answering import said
from reports.api.serializers import MessageSerializer
from reports.models import Report
from reports.proofs import Offer


class OfferSerializer(serializers.Serializer[Offer]):
    """A unit's photo that could go to the reporter, and what it says of itself."""

    picture = serializers.UUIDField(source="picture.pk")
    task = serializers.CharField(source="picture.assignment.number")
    unit = serializers.CharField(source="picture.assignment.unit.slug")
    officer = serializers.CharField(source="picture.by")
    taken_at = serializers.DateTimeField(allow_null=True)
    distance_km = serializers.FloatField(allow_null=True)
    doubts = serializers.ListField(child=serializers.CharField())
    is_sent = serializers.BooleanField()


class ProofInput(serializers.Serializer[Any]):
    picture = serializers.UUIDField()
    text = serializers.CharField(max_length=pictures.CAPTION_LIMIT)
    asks = serializers.BooleanField(
        default=False, help_text="Ask with it whether the matter is settled."
    )


class ProofActions:
    @extend_schema(responses=OfferSerializer(many=True))
    @action(detail=True, filterset_class=None, filter_backends=[], pagination_class=None)
    def proofs(self, request: Request, number: str) -> Response:
        """The photos of units that could go back, the newest first."""
        report: Report = self.get_object()  # type: ignore[attr-defined]
        offers = proofs.offers(report, by=request.user)  # type: ignore[arg-type]
        return Response([OfferSerializer(offer).data for offer in offers])

    @extend_schema(request=ProofInput, responses={201: MessageSerializer})
    @action(detail=True, methods=["post"])
    def proof(self, request: Request, number: str) -> Response:
        """Send one of them; 409 for one that has served as a proof before."""
        # First: what may not be seen is as if it did not exist, whatever is sent to it.
        report: Report = self.get_object()  # type: ignore[attr-defined]
        form = ProofInput(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        message = proofs.send(
            report,
            given["picture"],
            given["text"],
            asks=given["asks"],
            by=request.user,  # type: ignore[arg-type]
        )
        return said(message, request)

    @extend_schema(request=None, responses={201: MessageSerializer})
    @action(detail=True, methods=["post"])
    def settled(self, request: Request, number: str) -> Response:
        """Ask the reporter whether the matter is settled; 409 while the question stands."""
        report: Report = self.get_object()  # type: ignore[attr-defined]
        message = feedback.ask(report, by=request.user)  # type: ignore[arg-type]
        return said(message, request)
