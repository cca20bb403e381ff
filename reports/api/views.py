"""Reports, their messages and the categories; `claim`, `reply` and `close`, by the same verbs as the desk."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from reports import claims, reading, triage
from reports.api.answering import AnswerActions
from reports.api.blocking import BlockingActions
from reports.api.checking import CheckActions
from reports.api.claiming import ClaimActions
from reports.api.describing import DescribingActions
from reports.api.dispatching import DispatchActions
from reports.api.filters import ReportFilter
from reports.api.hinting import HintActions
from reports.api.incidents import LinkActions
from reports.api.noting import NoteActions
from reports.api.paging import ConversationByCursor
from reports.api.proving import ProofActions
from reports.api.serializers import (
    CategorySerializer,
    CloseInput,
    MessageSerializer,
    OneReportSerializer,
    ReplyInput,
    ReportSerializer,
)
from reports.api.typing_in import TypeInAction
from reports.models import Category, Report
from reports.models.number_sequence import SHAPE
from reports.workflow import Outcome


class CategoryViewSet(ListModelMixin, GenericViewSet[Category]):
    rights: ClassVar = {"list": "read_report"}
    serializer_class = CategorySerializer
    queryset = Category.objects.select_related("parent")
    pagination_class = None


class ReportViewSet(
    AnswerActions,
    BlockingActions,
    CheckActions,
    ClaimActions,
    DescribingActions,
    DispatchActions,
    HintActions,
    LinkActions,
    ProofActions,
    NoteActions,
    TypeInAction,
    ListModelMixin,
    RetrieveModelMixin,
    GenericViewSet[Report],
):
    rights: ClassVar = {
        "list": "read_report",
        "create": "type_in",
        "retrieve": "read_report",
        "messages": "read_report",
        "notes": "read_report",
        "note": "note",
        "claim": "claim",
        "release": "release",
        "take_over": "take_over",
        "assign": "assign",
        "reply": "reply",
        "ask": "ask",
        "send_template": "reply",
        "withdraw": "reply",
        "send_again": "reply",
        "split_off": "split_off",
        "close": "close",
        "categorise": "categorise",
        "urgency": "set_urgency",
        "place": "place",
        "summarise": "summarise",
        "reopen": "reopen",
        "findings": "read_report",
        "accept": "accept",
        "dismiss": "accept",
        "warn": "warn",
        "ask_block": "ask_block",
        "ask_check": "ask_check",
        "check": "check",
        "dispatch_to": "dispatch",
        "assignments": "read_report",
        "call_off": "dispatch",
        "suggest_unit": "dispatch",
        "set_status": "set_status",
        "link": "link",
        "unlink": "link",
        "follow": "follow",
        "proofs": "read_report",
        "proof": "send_proof",
        "settled": "reply",
    }
    serializer_class = ReportSerializer
    filterset_class = ReportFilter
    filter_backends = [DjangoFilterBackend, OrderingFilter]
    ordering_fields: ClassVar = ["received_at", "last_inbound_at", "urgency"]
    ordering: ClassVar = ["-received_at"]
    lookup_field = "number"
    lookup_value_regex = SHAPE
    queryset = Report.objects.none()

    def get_queryset(self) -> QuerySet[Report]:
        visible = Report.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        # The words a category is recognised by are many, and no answer shows them.
        return visible.select_related(
            "station", "reporter", "category", "unit", "area", "landmark", "holder", "incident"
        ).defer("category__keywords")

    @extend_schema(responses=OneReportSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One report, with the desk's own words about it."""
        report = self.get_object()
        about = reading.about(report, by=request.user)  # type: ignore[arg-type]
        return Response(OneReportSerializer(report, context={"about": about}).data)

    @extend_schema(responses=MessageSerializer(many=True))
    @action(
        detail=True, filterset_class=None, filter_backends=[], pagination_class=ConversationByCursor
    )
    def messages(self, request: Request, number: str) -> Response:
        """The conversation, oldest first."""
        report = self.get_object()
        messages = (
            report.messages.select_related("author")
            .prefetch_related("attachments__files")
            .order_by("at")
        )
        pages = ConversationByCursor()
        page = pages.paginate_queryset(messages, request, view=self) or []
        lines = reading.conversation(report, page, by=request.user)  # type: ignore[arg-type]
        shown = [MessageSerializer(line).data for line in lines]
        return pages.get_paginated_response(shown)

    @extend_schema(request=None, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def claim(self, request: Request, number: str) -> Response:
        """Take the report; 409 when somebody else has it."""
        claims.claim(self.get_object(), by=request.user)  # type: ignore[arg-type]
        return self._as_it_is_now()

    @extend_schema(request=ReplyInput, responses={201: MessageSerializer})
    @action(detail=True, methods=["post"])
    def reply(self, request: Request, number: str) -> Response:
        """Answer the reporter; 409 when somebody else has the report or the channel takes no free text any more."""
        given = self._valid(ReplyInput)
        report = self.get_object()
        message = triage.reply(
            report,
            given["text"],
            by=request.user,  # type: ignore[arg-type]
            seen=given.get("seen"),
        )
        (line,) = reading.conversation(report, [message], by=request.user)  # type: ignore[arg-type]
        return Response(MessageSerializer(line).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=CloseInput, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, number: str) -> Response:
        """Close with an outcome and a sentence."""
        given = self._valid(CloseInput)
        triage.close(
            self.get_object(),
            Outcome(given["outcome"]),
            given["note"],
            by=request.user,  # type: ignore[arg-type]
            seen=given.get("seen"),
        )
        return self._as_it_is_now()

    def _valid(self, shape: type[ReplyInput | CloseInput]) -> dict[str, Any]:
        serializer = shape(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        given: dict[str, Any] = serializer.validated_data
        return given

    def _as_it_is_now(self) -> Response:
        return Response(ReportSerializer(self.get_object()).data)
