"""What follows an answer, for programs: ask, send approved words, withdraw, send again, split off."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from reports import answering, reading
from reports.api.serializers import MessageSerializer, ReportSerializer, SeenInput
from reports.models import Message, Report
from reports.models.reply_template import ASKED
from reports.replies import TEXT_LIMIT

ONE_MESSAGE = r"messages/(?P<message_id>[0-9a-f-]{36})"


class AskInput(SeenInput):
    what = serializers.ChoiceField(choices=list(ASKED))
    text = serializers.CharField(
        max_length=TEXT_LIMIT, required=False, help_text="In place of the station's own words."
    )
    in_hours = serializers.ChoiceField(
        choices=list(settings.ASK_LATER_HOURS),
        required=False,
        help_text="Ask then, unless the reporter writes first; never after the 24 hours.",
    )


class TemplateInput(SeenInput):
    template = serializers.CharField(max_length=40, help_text="Key of an approved wording.")


class AnswerActions:
    """What follows an answer. Mixed into the view set of reports."""

    @extend_schema(request=AskInput, responses={201: MessageSerializer})
    @action(detail=True, methods=["post"])
    def ask(self, request: Request, number: str) -> Response:
        """Ask the reporter for what is missing; the clocks stand still until they write. 409 as for `reply`."""
        report, given = self._given(AskInput, request)
        hours = given.get("in_hours")
        message = answering.ask(
            report,
            given["what"],
            by=request.user,  # type: ignore[arg-type]
            text=given.get("text", ""),
            after=timedelta(hours=hours) if hours else None,
            seen=given.get("seen"),
        )
        return said(message, request)

    @extend_schema(request=TemplateInput, responses={201: MessageSerializer})
    @action(detail=True, methods=["post"], url_path="send_template", url_name="send-template")
    def send_template(self, request: Request, number: str) -> Response:
        """Answer with words that WhatsApp has approved, also after the 24 hours."""
        report, given = self._given(TemplateInput, request)
        message = answering.send_template(
            report,
            given["template"],
            by=request.user,  # type: ignore[arg-type]
            seen=given.get("seen"),
        )
        return said(message, request)

    @extend_schema(request=None, responses=MessageSerializer)
    @action(detail=True, methods=["post"], url_path=f"{ONE_MESSAGE}/withdraw", url_name="withdraw")
    def withdraw(self, request: Request, number: str, message_id: str) -> Response:
        """Take back a message that has not left yet; 409 when it has."""
        message = self._message(message_id)
        answering.withdraw(message, by=request.user)  # type: ignore[arg-type]
        return said(self._message(message_id), request, status.HTTP_200_OK)

    @extend_schema(request=None, responses={201: MessageSerializer})
    @action(
        detail=True, methods=["post"], url_path=f"{ONE_MESSAGE}/send_again", url_name="send-again"
    )
    def send_again(self, request: Request, number: str, message_id: str) -> Response:
        """Send what has failed once more, as a message of its own; 409 when it has not failed or was sent again already."""
        again = answering.send_again(self._message(message_id), by=request.user)  # type: ignore[arg-type]
        return said(again, request)

    @extend_schema(request=None, responses={201: ReportSerializer})
    @action(
        detail=True, methods=["post"], url_path=f"{ONE_MESSAGE}/split_off", url_name="split-off"
    )
    def split_off(self, request: Request, number: str, message_id: str) -> Response:
        """Make a message of the reporter a report of its own; the answer is the new report."""
        own = answering.split_off(self._message(message_id), by=request.user)  # type: ignore[arg-type]
        return Response(ReportSerializer(own).data, status=status.HTTP_201_CREATED)

    def _message(self, message_id: str) -> Message:
        report: Report = self.get_object()  # type: ignore[attr-defined]
        return get_object_or_404(report.messages, pk=_as_id(message_id))

    def _given(
        self, shape: type[serializers.Serializer[Any]], request: Request
    ) -> tuple[Report, dict[str, Any]]:
        # First: what may not be seen is as if it did not exist, whatever is sent to it.
        report: Report = self.get_object()  # type: ignore[attr-defined]
        given = shape(data=request.data)
        given.is_valid(raise_exception=True)
        return report, given.validated_data


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def said(message: Message, request: Request, code: int = status.HTTP_201_CREATED) -> Response:
    """A message of ours as an answer."""
    (line,) = reading.conversation(message.report, [message], by=request.user)  # type: ignore[arg-type]
    return Response(MessageSerializer(line).data, status=code)
