"""Files of messages: what an attachment shows of itself, and the content of one file."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from reports import media_files, media_out
from reports.enrichment.fetching import reasons
from reports.identity.vault import Unreadable
from reports.models import Attachment, MediaFile


class MediaFileSerializer(serializers.ModelSerializer[MediaFile]):
    url = serializers.SerializerMethodField(help_text="Of the content; a part of it with Range.")

    class Meta:
        model = MediaFile
        fields: ClassVar = [
            *("id", "role", "position", "media_type"),
            *("byte_size", "width", "height", "url"),
        ]

    def get_url(self, file: MediaFile) -> str:
        return reverse("media-detail", args=[file.pk])


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """A file of a message. `kind`, `media_type` and `byte_size` are what it is; `declared_type` what its sender said."""

    reason_text = serializers.SerializerMethodField(
        help_text="Why it is not shown, as the desk says it."
    )
    files = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields: ClassVar = [
            *("id", "position", "state", "reason", "reason_text", "declared_type", "kind"),
            *("media_type", "byte_size", "duration_seconds", "fetched_at", "files"),
        ]

    def get_reason_text(self, attachment: Attachment) -> str:
        return reasons.sentence(attachment.reason) if attachment.reason else ""

    @extend_schema_field(MediaFileSerializer(many=True))
    def get_files(self, attachment: Attachment) -> list[dict[str, Any]]:
        files = attachment.files.all() if attachment.fetched_at else []
        return [dict(MediaFileSerializer(file).data) for file in files]


class MediaViewSet(GenericViewSet[MediaFile]):
    rights: ClassVar = {"retrieve": "read_report"}
    serializer_class = MediaFileSerializer
    queryset = MediaFile.objects.none()
    lookup_value_regex = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

    @extend_schema(responses={(200, "*/*"): OpenApiTypes.BINARY})
    def retrieve(self, request: Request, pk: str) -> HttpResponseBase:
        """The content of a file: what was made of it to be shown, the original to be saved."""
        file = get_object_or_404(media_files.visible_to(request.user), pk=UUID(pk))  # type: ignore[arg-type]
        try:
            return media_out.answer(request._request, file)
        except Unreadable:
            raise Http404 from None
