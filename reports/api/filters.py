"""Which reports a list holds."""

from datetime import UTC, datetime
from typing import Any, ClassVar

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django_filters.fields import IsoDateTimeField, RangeField
from django_filters.widgets import DateRangeWidget

from reports.models import Report
from reports.models.service_number import Channel
from reports.workflow import URGENCY_SLUGS, Outcome, Status


class InstantField(IsoDateTimeField):
    def to_python(self, value: Any) -> datetime | None:
        """ValidationError also for a time so near the ends of the calendar that it has no name in UTC."""
        at: datetime | None = super().to_python(value)
        try:
            return at and at.astimezone(UTC)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class InstantRangeField(RangeField):
    widget = DateRangeWidget

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__((InstantField(), InstantField()), *args, **kwargs)


class InstantRangeFilter(django_filters.IsoDateTimeFromToRangeFilter):
    field_class = InstantRangeField


class ReportFilter(django_filters.FilterSet):
    station = django_filters.CharFilter(field_name="station__slug")
    status = django_filters.MultipleChoiceFilter(choices=Status.choices)
    category = django_filters.CharFilter(field_name="category__slug")
    urgency = django_filters.ChoiceFilter(
        choices=[(slug, slug) for slug in URGENCY_SLUGS.values()], method="with_urgency"
    )
    unit = django_filters.CharFilter(field_name="unit__slug")
    channel = django_filters.ChoiceFilter(choices=Channel.choices)
    place = django_filters.CharFilter(method="at_place", help_text="Code of an area, or its name.")
    received = InstantRangeFilter(field_name="received_at")
    outcome = django_filters.ChoiceFilter(choices=Outcome.choices)

    class Meta:
        model = Report
        fields: ClassVar[list[str]] = []

    def with_urgency(self, reports: QuerySet[Report], name: str, value: str) -> QuerySet[Report]:
        return reports.filter(urgency__in=[u for u, slug in URGENCY_SLUGS.items() if slug == value])

    def at_place(self, reports: QuerySet[Report], name: str, value: str) -> QuerySet[Report]:
        return reports.filter(
            Q(area__code=value) | Q(area__name__iexact=value) | Q(area__parent__code=value)
        )
