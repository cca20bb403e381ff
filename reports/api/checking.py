"""Checks in plain clothes, for programs of whoever is named in them."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from reports import briefing, compartment, verification
from reports.api import giving_away
from reports.compartment import Inside, NoteInside, PhotoInside
from reports.models import Report


class CheckNoteSerializer(serializers.Serializer[NoteInside]):
    """`text` is null when its words cannot be read any more."""

    author = serializers.CharField(source="note.author.username")
    at = serializers.DateTimeField(source="note.at")
    text = serializers.CharField(allow_null=True)


class CheckPhotoSerializer(serializers.Serializer[PhotoInside]):
    """What the camera noted are hints, easily forged."""

    id = serializers.UUIDField(source="photo.pk")
    by = serializers.CharField(source="photo.by.username")
    at = serializers.DateTimeField(source="photo.at")
    taken_at = serializers.DateTimeField(allow_null=True)
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)


class CheckSerializer(serializers.Serializer[Inside]):
    """A check with all that is in it. Words are null when they cannot be read any more."""

    id = serializers.UUIDField(source="verification.pk")
    asked_by = serializers.CharField(source="verification.asked_by.username")
    asked_at = serializers.DateTimeField(source="verification.asked_at")
    officers = serializers.SerializerMethodField(help_text="User names.")
    brief = serializers.CharField(allow_null=True)
    place = serializers.CharField(source="verification.place_name")
    place_note = serializers.CharField(allow_null=True)
    latitude = serializers.FloatField(source="verification.latitude", allow_null=True)
    longitude = serializers.FloatField(source="verification.longitude", allow_null=True)
    begun_at = serializers.DateTimeField(source="verification.begun_at", allow_null=True)
    called_off_at = serializers.DateTimeField(source="verification.called_off_at", allow_null=True)
    done_at = serializers.DateTimeField(source="verification.done_at", allow_null=True)
    result = serializers.CharField(source="verification.result")
    result_note = serializers.CharField(allow_null=True)
    notes = CheckNoteSerializer(many=True)
    photos = CheckPhotoSerializer(many=True)

    def get_officers(self, inside: Inside) -> list[str]:
        return [officer.operator.username for officer in inside.officers]


class AskCheckInput(serializers.Serializer[Any]):
    officers = serializers.ListField(
        child=serializers.CharField(max_length=60),
        allow_empty=False,
        help_text="User names of officers of this station.",
    )
    brief = serializers.CharField(max_length=verification.TEXT_LIMIT)
    place_note = serializers.CharField(
        max_length=verification.SENTENCE_LIMIT, required=False, allow_blank=True
    )
    confirmed = serializers.ListField(
        child=serializers.CharField(max_length=verification.TEXT_LIMIT),
        required=False,
        help_text="Words that may stand although they could tell who has reported.",
    )


class CheckActions:
    """What a report's address offers for checks. Mixed into the view set of reports."""

    @extend_schema(
        request=AskCheckInput, responses={201: CheckSerializer, 409: giving_away.DESCRIBED}
    )
    @action(detail=True, methods=["post"], url_path="ask_check", url_name="ask-check")
    def ask_check(self, request: Request, number: str) -> Response:
        """Ask officers to check the report in plain clothes; 409 when a check runs, or somebody cannot be asked."""
        report: Report = self.get_object()  # type: ignore[attr-defined]
        given = AskCheckInput(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = set(given.validated_data["officers"])
        named = [person for person in verification.candidates(report) if person.username in wanted]
        try:
            asked = verification.ask(
                report,
                # Whoever is not among them has no key, and the verb refuses it.
                officers=[person.pk for person in named] if len(named) == len(wanted) else [],
                brief=given.validated_data["brief"],
                place_note=given.validated_data.get("place_note", ""),
                confirmed=given.validated_data.get("confirmed", ()),
                by=request.user,  # type: ignore[arg-type]
            )
        except briefing.GivesAway as refusal:
            return giving_away.refused(refusal, report, given.validated_data)
        inside = compartment.opened(asked.pk, by=request.user)  # type: ignore[arg-type]
        return Response(CheckSerializer(inside).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=CheckSerializer)
    @action(detail=True, filterset_class=None, filter_backends=[], pagination_class=None)
    def check(self, request: Request, number: str) -> Response:
        """The latest check that you are named in or have asked for; 404 for everybody else, as when there is none."""
        report: Report = self.get_object()  # type: ignore[attr-defined]
        mine = compartment.of(request.user).filter(report=report)  # type: ignore[arg-type]
        latest = mine.order_by("-asked_at").first()
        inside = compartment.opened(latest.pk, by=request.user) if latest else None  # type: ignore[arg-type]
        if inside is None:
            raise Http404
        return Response(CheckSerializer(inside).data)
