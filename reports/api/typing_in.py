"""Taking down a call or a walk-in, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from reports import typing_in
from reports.api.serializers import ReportSerializer
from reports.models import Area, Category
from reports.models.service_number import Channel
from reports.workflow import URGENCY_SLUGS


class TypedIn(serializers.Serializer[Any]):
    channel = serializers.ChoiceField(choices=[c.value for c in typing_in.CHANNELS])
    text = serializers.CharField(max_length=typing_in.TEXT_LIMIT, help_text="What was said.")
    number = serializers.CharField(
        max_length=40,
        required=False,
        default="",
        allow_blank=True,
        help_text="Of whoever said it. Sealed; no response ever holds it.",
    )
    name = serializers.CharField(
        max_length=typing_in.NAME_LIMIT, required=False, default="", allow_blank=True
    )
    category = serializers.SlugRelatedField(
        slug_field="slug", queryset=Category.objects.all(), required=False, default=None
    )
    urgency = serializers.ChoiceField(
        choices=list(URGENCY_SLUGS.values()),
        required=False,
        default=None,
        help_text="Left out: as the category says.",
    )
    place = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Area.objects.all(),
        required=False,
        default=None,
        help_text="Code of an area.",
    )
    key = serializers.UUIDField(
        required=False, default=None, help_text="The same key again gives the same report."
    )


class TypeInAction:
    """What the list of reports takes. Mixed into the view set of reports."""

    @extend_schema(request=TypedIn, responses={201: ReportSerializer})
    def create(self, request: Request) -> Response:
        """Take down what somebody says on the telephone or at the desk; nothing is sent to anybody."""
        shape = TypedIn(data=request.data)
        shape.is_valid(raise_exception=True)
        given = shape.validated_data
        of_slug = {slug: urgency for urgency, slug in URGENCY_SLUGS.items()}
        told = typing_in.Told(
            channel=Channel(given["channel"]),
            words=given["text"],
            number=given["number"],
            name=given["name"],
            category=given["category"],
            urgency=of_slug.get(given["urgency"]),
            area=given["place"],
        )
        try:
            report = typing_in.take_down(told, by=request.user, key=given["key"])  # type: ignore[arg-type]
        except typing_in.WrongNumber as wrong:
            raise serializers.ValidationError({"number": [str(wrong)]}) from None
        return Response(ReportSerializer(report).data, status=status.HTTP_201_CREATED)
