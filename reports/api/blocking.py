"""Reminding a reporter and asking for a block, for programs; and the blocks of the station."""

from typing import Any, ClassVar

from django.db.models import Count, Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from reports import blocking
from reports.api.paging import ByCursor
from reports.models import Block, Report
from reports.models.block import StrikeReason

NOTE_LIMIT = 500


class WarnInput(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(choices=StrikeReason.choices)
    note = serializers.CharField(max_length=NOTE_LIMIT, help_text="What was proven.")
    evidence = serializers.UUIDField(required=False, help_text="The message that proves it.")
    although_unanswered = serializers.BooleanField(
        default=False,
        help_text="A Pamapta says that it is a prank, though an earlier report has had no answer.",
    )


class AskBlockInput(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=NOTE_LIMIT)


class StrikeSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="pk")
    reason = serializers.CharField()
    at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    warning = serializers.UUIDField(
        source="warning_id", help_text="The reminder; null where none could be sent."
    )


class BlockSerializer(serializers.Serializer[Any]):
    """A block. Nothing in it says who the reporter is."""

    id = serializers.UUIDField(source="pk")
    report = serializers.CharField(source="report.number")
    reporter = serializers.CharField(source="reporter.alias")
    reason = serializers.CharField()
    asked_by = serializers.CharField(source="asked_by.username")
    asked_at = serializers.DateTimeField()
    confirmed_at = serializers.DateTimeField()
    refused_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    appealed_at = serializers.DateTimeField()
    lifted_at = serializers.DateTimeField()
    was_wrong = serializers.BooleanField()
    unread = serializers.IntegerField(help_text="Messages that were kept and nobody has read.")


class BlockingActions:
    """What a report's address offers against its reporter. Mixed into the view set of reports."""

    @extend_schema(request=WarnInput, responses={201: StrikeSerializer})
    @action(detail=True, methods=["post"])
    def warn(self, request: Request, number: str) -> Response:
        """Count the report against its reporter and remind them; 409 when these words never are a strike."""
        report: Report = self.get_object()  # type: ignore[attr-defined]
        given = WarnInput(data=request.data)
        given.is_valid(raise_exception=True)
        proof = given.validated_data.get("evidence")
        strike = blocking.warn(
            report,
            given.validated_data["reason"],
            given.validated_data["note"],
            evidence=report.messages.filter(pk=proof).first() if proof else None,
            although_unanswered=given.validated_data["although_unanswered"],
            by=request.user,  # type: ignore[arg-type]
        )
        return Response(StrikeSerializer(strike).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=AskBlockInput, responses={201: BlockSerializer})
    @action(detail=True, methods=["post"], url_path="ask_block", url_name="ask-block")
    def ask_block(self, request: Request, number: str) -> Response:
        """Ask the Pamapta for a block; 409 says which rung of the ladder is missing."""
        report: Report = self.get_object()  # type: ignore[attr-defined]
        given = AskBlockInput(data=request.data)
        given.is_valid(raise_exception=True)
        asked = blocking.ask_block(report, given.validated_data["note"], by=request.user)  # type: ignore[arg-type]
        block = _counted(Block.objects.filter(pk=asked.pk)).get()
        return Response(BlockSerializer(block).data, status=status.HTTP_201_CREATED)


class BlocksByCursor(ByCursor):
    ordering = "-asked_at"


class BlockViewSet(ListModelMixin, GenericViewSet[Block]):
    """The blocks of the station, the latest first."""

    rights: ClassVar = {"list": "see_blocks"}
    serializer_class = BlockSerializer
    pagination_class = BlocksByCursor
    queryset = Block.objects.none()

    def get_queryset(self) -> QuerySet[Block]:
        visible = Report.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return _counted(Block.objects.filter(report__in=visible))


def _counted(blocks: QuerySet[Block]) -> QuerySet[Block]:
    related = blocks.select_related("report", "reporter", "asked_by")
    return related.annotate(unread=Count("kept", filter=Q(kept__seen_at=None)))
