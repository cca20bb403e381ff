"""Which reports a list holds."""

from typing import ClassVar

import django_filters
from django.db.models import Q, QuerySet

from reports.models import Report
from reports.models.service_number import Channel
from reports.workflow import URGENCY_SLUGS, Outcome, Status


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
    received = django_filters.IsoDateTimeFromToRangeFilter(field_name="received_at")
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
