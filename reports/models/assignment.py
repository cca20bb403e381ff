"""What a unit is given: a copy made for it under a random dispatch number. Unit pages read nothing else.

Everything sealed here is sealed under the assignment's own key of the purpose `dispatch`, which opens no report.
"""

import secrets
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.actors import Actor
from reports.models.report import Report
from reports.models.station import Station
from reports.workflow import Outcome, Urgency

DISPATCH_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without what is misheard or misread over a radio: 0 and O, 1 and I."""
DISPATCH_LENGTH = 7


def dispatch_number() -> str:
    """Random, so that it says neither which report it is of nor how many there are."""
    return "T-" + "".join(secrets.choice(DISPATCH_ALPHABET) for _ in range(DISPATCH_LENGTH))


class Progress(models.TextChoices):
    """How far the unit is."""

    SENT = "sent", pgettext_lazy("assignment", "sent, not yet accepted")
    ACCEPTED = "accepted", pgettext_lazy("assignment", "accepted")
    UNDER_WAY = "under_way", pgettext_lazy("assignment", "on the way")
    ON_SCENE = "on_scene", pgettext_lazy("assignment", "on the scene")
    FINISHED = "finished", pgettext_lazy("assignment", "finished")
    RETURNED = "returned", pgettext_lazy("assignment", "given back")
    CALLED_OFF = "called_off", pgettext_lazy("assignment", "called off")


RUNNING = (Progress.SENT, Progress.ACCEPTED, Progress.UNDER_WAY, Progress.ON_SCENE)
RESULTS = (Outcome.ACTED, Outcome.ALREADY_OVER, Outcome.NOT_FOUND, Outcome.WRONG_PLACE)
"""What a unit can find. Whether somebody lied is not for the unit to say."""


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def for_unit_of(self, actor: Actor) -> Self:
        """The tasks of this person's own unit. Fails closed: nobody without a unit has any."""
        if not actor.may("work_assignment") or not actor.unit_slug:
            return self.none()
        return self.filter(station_id=actor.station_id, unit__slug=actor.unit_slug)

    def running(self) -> Self:
        return self.filter(progress__in=RUNNING)


class Assignment(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=12, unique=True, default=dispatch_number, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="assignments")
    """For the desk alone: no unit page follows it."""
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("operators.Unit", on_delete=models.PROTECT, related_name="assignments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    arrive_by = models.DateTimeField(null=True)
    """The category's target of arrival; NULL when it sets none."""
    urgency = models.PositiveSmallIntegerField(choices=Urgency)
    category_label = models.CharField(max_length=80, blank=True)
    place_name = models.CharField(max_length=120, blank=True)
    """Names that we have given: area and landmark."""
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    place_note_sealed = models.BinaryField(default=bytes)
    brief_sealed = models.BinaryField()
    wants_photo = models.BooleanField(default=True)
    progress = models.CharField(max_length=10, choices=Progress, default=Progress.SENT)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    under_way_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=20, choices=[(r, r.label) for r in RESULTS], blank=True)
    closing_note_sealed = models.BinaryField(default=bytes)
    """What the unit says of its result, why it gives the task back, or why the desk has called it off."""
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[AssignmentQuerySet] = AssignmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "report",
                "unit",
                condition=Q(progress__in=RUNNING),
                name="assignment_runs_once_a_unit",
            ),
        ]
        indexes: ClassVar = [
            # The unit's list: what runs, and then what has ended lately.
            models.Index("unit", "progress", models.F("sent_at").desc(), name="assignment_of_unit"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_running(self) -> bool:
        return self.progress in RUNNING


class DispatchPicture(models.Model):
    """A clean picture of an assignment: given along by the desk, or taken by the unit. Its file is sealed under the
    assignment's key; nothing leads from here to what a citizen sent."""

    class Origin(models.TextChoices):
        DESK = "desk", pgettext_lazy("picture of a task", "from the desk")
        UNIT = "unit", pgettext_lazy("picture of a task", "from the unit")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="pictures")
    origin = models.CharField(max_length=5, choices=Origin)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    byte_size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    about_sealed = models.BinaryField(default=bytes)
    """JSON of what a unit's picture said before it was made clean: when and where it was taken, and its fingerprint."""

    class Meta:
        ordering: ClassVar = ["position", "at"]

    def __str__(self) -> str:
        return f"picture {self.pk}"
