"""Notes of the desk on a report, for programs."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from reports import noting, reading
from reports.api.paging import ConversationByCursor
from reports.models import Note, Report
from reports.reading import NoteLine


class NoteSerializer(serializers.Serializer[NoteLine]):
    """A note. `text` is null when its words cannot be read any more."""

    id = serializers.UUIDField(source="note.pk")
    author = serializers.CharField(source="note.author.username")
    at = serializers.DateTimeField(source="note.at")
    text = serializers.CharField(allow_null=True)
    mentions = serializers.SerializerMethodField(help_text="User names of those it calls.")

    def get_mentions(self, line: NoteLine) -> list[str]:
        return sorted(mention.operator.username for mention in line.note.mentions.all())


class NoteInput(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=noting.TEXT_LIMIT)


class NoteActions:
    """What a report's address offers for its notes. Mixed into the view set of reports."""

    @extend_schema(responses=NoteSerializer(many=True))
    @action(
        detail=True, filterset_class=None, filter_backends=[], pagination_class=ConversationByCursor
    )
    def notes(self, request: Request, number: str) -> Response:
        """What the desk wrote to itself, oldest first."""
        report: Report = self.get_object()  # type: ignore[attr-defined]
        pages = ConversationByCursor()
        page = pages.paginate_queryset(_of(report), request, view=self) or []
        lines = reading.notes(page, by=request.user)  # type: ignore[arg-type]
        return pages.get_paginated_response([NoteSerializer(line).data for line in lines])

    @extend_schema(request=NoteInput, responses={201: NoteSerializer})
    @action(detail=True, methods=["post"])
    def note(self, request: Request, number: str) -> Response:
        """Write a note. It is never sent to the reporter; @username calls a colleague."""
        given = NoteInput(data=request.data)
        given.is_valid(raise_exception=True)
        report: Report = self.get_object()  # type: ignore[attr-defined]
        written = noting.add(report, given.validated_data["text"], by=request.user)  # type: ignore[arg-type]
        (line,) = reading.notes([_of(report).get(pk=written.pk)], by=request.user)  # type: ignore[arg-type]
        return Response(NoteSerializer(line).data, status=status.HTTP_201_CREATED)


def _of(report: Report) -> QuerySet[Note]:
    written = report.notes.select_related("author").prefetch_related("mentions__operator")
    return written.order_by("at")
