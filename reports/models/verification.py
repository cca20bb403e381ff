"""A check in plain clothes. A compartment of its own: seen by the officers named and by whoever asked, and nobody else.

Everything sealed here is sealed under the verification's own key of the purpose `covert`.
"""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import pgettext_lazy

from reports.actors import Actor
from reports.models.event import EventKind
from reports.models.report import Report
from reports.models.station import Station
from reports.workflow import ReopenReason

NEW_REASONS = (ReopenReason.GOES_ON, ReopenReason.NEW_FACTS)
"""Reopened for one of these, a report is about something that no earlier check has seen."""


class Result(models.TextChoices):
    CONFIRMED = "confirmed", pgettext_lazy("result of a check", "confirmed")
    NOT_FOUND = "not_found", pgettext_lazy("result of a check", "nothing found")
    ALREADY_OVER = "already_over", pgettext_lazy("result of a check", "already over")
    WRONG_PLACE = "wrong_place", pgettext_lazy("result of a check", "wrong place")
    FALSE = "false", pgettext_lazy("result of a check", "false report")


class VerificationQuerySet(models.QuerySet["Verification"]):
    def named_to(self, actor: Actor) -> Self:
        """The checks that this person is named in or has asked for. Every list, count and page begins here."""
        if not actor.may("check"):
            return self.none()
        named = VerificationOfficer.objects.filter(operator_id=actor.pk)
        return self.filter(
            Q(asked_by=actor.pk) | Q(pk__in=named.values("verification_id")),
            station_id=actor.station_id,
            reserved_for__in={"", actor.unit_slug},
        )

    def running(self) -> Self:
        return self.filter(done_at=None, called_off_at=None)

    def confirm(self, report: Report) -> bool:
        """Whether one of these, all of this report, found it to be so: until it is opened again because of what has happened
        since. What was closed in error, or with words of danger after it, is as true as it was."""
        found = self.filter(result=Result.CONFIRMED).aggregate(last=Max("done_at"))["last"]
        if found is None:
            return False
        since = report.events.filter(kind=EventKind.REOPENED, at__gt=found)
        return not since.filter(data__reason__in=NEW_REASONS).exists()

    def call_off(self, *, at: datetime) -> int:
        """End those that run, without a result; how many. Call with their reports locked."""
        return self.running().update(called_off_at=at)


class Verification(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="verifications")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    category_label = models.CharField(max_length=80, blank=True)
    reserved_for = models.SlugField(blank=True)
    """That of the report's category, kept up with it: whoever may not see such reports sees no check of one either."""
    place_name = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    place_note_sealed = models.BinaryField(default=bytes)
    brief_sealed = models.BinaryField()
    begun_at = models.DateTimeField(null=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    result = models.CharField(max_length=12, choices=Result, blank=True)
    result_note_sealed = models.BinaryField(default=bytes)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    called_off_at = models.DateTimeField(null=True)

    objects: ClassVar[VerificationQuerySet] = VerificationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "report",
                condition=Q(done_at=None, called_off_at=None),
                name="verification_runs_once_a_report",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, result="") | Q(done_at__isnull=False) & ~Q(result=""),
                name="verification_done_has_result",
            ),
        ]

    def __str__(self) -> str:
        return f"check {self.pk}"

    @property
    def is_running(self) -> bool:
        return self.done_at is None and self.called_off_at is None


class VerificationOfficer(models.Model):
    """Somebody who is named in a check: they and whoever asked for it see it."""

    verification = models.ForeignKey(
        Verification, on_delete=models.PROTECT, related_name="officers"
    )
    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("verification", "operator", name="verification_officer_once"),
        ]

    def __str__(self) -> str:
        return f"officer {self.pk}"


class VerificationNote(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    verification = models.ForeignKey(Verification, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    body_sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"note {self.pk}"


class VerificationPhoto(models.Model):
    """A clean picture taken covertly; its file is sealed under the verification's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    verification = models.ForeignKey(Verification, on_delete=models.PROTECT, related_name="photos")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    byte_size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    about_sealed = models.BinaryField(default=bytes)
    """JSON: when and where it says it was taken."""

    def __str__(self) -> str:
        return f"photo {self.pk}"
