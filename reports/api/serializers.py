"""What the API shows, and what it takes. Output and input are different classes."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from reports.api.media import AttachmentSerializer
from reports.models import Category, Report
from reports.reading import About, Line
from reports.replies import TEXT_LIMIT
from reports.workflow import Outcome, Urgency


class CategorySerializer(serializers.ModelSerializer[Category]):
    group = serializers.CharField(source="parent.slug", allow_null=True, default=None)
    urgency = serializers.SerializerMethodField()

    class Meta:
        model = Category
        fields: ClassVar = [
            "slug",
            "group",
            "label",
            "short_label",
            "urgency",
            "respond_minutes",
            "arrive_minutes",
            "complete_minutes",
            "check_first",
        ]

    def get_urgency(self, category: Category) -> str:
        return Urgency(category.urgency).slug


class ReportSerializer(serializers.ModelSerializer[Report]):
    station = serializers.CharField(source="station.slug")
    reporter = serializers.CharField(source="reporter.alias", help_text="A pseudonym.")
    category = serializers.CharField(source="category.slug", allow_null=True, default=None)
    unit = serializers.CharField(source="unit.slug", allow_null=True, default=None)
    place = serializers.CharField(source="area.name", allow_null=True, default=None)
    area = serializers.CharField(source="area.code", allow_null=True, default=None)
    landmark = serializers.CharField(source="landmark.name", allow_null=True, default=None)
    urgency = serializers.SerializerMethodField()
    holder = serializers.CharField(source="holder.username", allow_null=True, default=None)
    incident = serializers.CharField(source="incident.number", allow_null=True, default=None)

    class Meta:
        model = Report
        fields: ClassVar = [
            "number",
            "station",
            "status",
            "urgency",
            "category",
            "place",
            "area",
            "landmark",
            "latitude",
            "longitude",
            "unit",
            "channel",
            "reporter",
            "holder",
            "incident",
            "outcome",
            "received_at",
            "last_inbound_at",
            "claimed_at",
            "answered_at",
            "closed_at",
            "due_at",
            "unread_count",
            "version",
        ]

    def get_urgency(self, report: Report) -> str:
        return Urgency(report.urgency).slug


class OneReportSerializer(ReportSerializer):
    """A report by itself, with the desk's own words about it: null when they cannot be read any more."""

    summary = serializers.SerializerMethodField()
    place_note = serializers.SerializerMethodField()

    class Meta(ReportSerializer.Meta):
        fields: ClassVar = [*ReportSerializer.Meta.fields, "summary", "place_note"]

    def get_summary(self, report: Report) -> str | None:
        about: About = self.context["about"]
        return about.summary

    def get_place_note(self, report: Report) -> str | None:
        about: About = self.context["about"]
        return about.place_note


class MessageSerializer(serializers.Serializer[Line]):
    """One message. `text` is null when its words cannot be read any more."""

    id = serializers.UUIDField(source="message.pk")
    provider_sid = serializers.CharField(source="message.provider_sid", allow_null=True)
    direction = serializers.CharField(source="message.direction")
    kind = serializers.CharField(source="message.kind")
    text = serializers.CharField(allow_null=True)
    details = serializers.SerializerMethodField()
    status = serializers.CharField(source="message.status")
    error_code = serializers.CharField(source="message.error_code")
    is_forwarded = serializers.BooleanField(source="message.is_forwarded")
    quoted = serializers.UUIDField(source="message.quoted_id", allow_null=True)
    author = serializers.CharField(source="message.author.username", allow_null=True, default=None)
    template = serializers.CharField(source="message.template_key")
    repeats = serializers.UUIDField(
        source="message.retry_of_id",
        allow_null=True,
        help_text="The failed message that this one is sent again for.",
    )
    at = serializers.DateTimeField(source="message.at")
    due_at = serializers.DateTimeField(
        source="message.due_at", allow_null=True, help_text="While queued: not before this."
    )
    sent_at = serializers.DateTimeField(source="message.sent_at", allow_null=True)
    delivered_at = serializers.DateTimeField(source="message.delivered_at", allow_null=True)
    read_at = serializers.DateTimeField(source="message.read_at", allow_null=True)
    attachments = AttachmentSerializer(source="message.attachments", many=True)

    @extend_schema_field(serializers.DictField())
    def get_details(self, line: Line) -> dict[str, Any]:
        # Parameters that we do not know may hold an address: they are kept, and not shown here.
        return {name: value for name, value in line.details.items() if name != "extra"}


class SeenInput(serializers.Serializer[Any]):
    seen = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        help_text="The report's `version` that this rests on: refused when something has happened since.",
    )


class ReplyInput(SeenInput):
    text = serializers.CharField(max_length=TEXT_LIMIT, trim_whitespace=False)


class CloseInput(SeenInput):
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    note = serializers.CharField(max_length=500, help_text="One sentence: what was found or done.")
