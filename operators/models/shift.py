"""Shifts: which regu is on duty when, who was there, and the hand-over from one to the next."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from operators.models.operator import Operator
from reports.models import Station


class Regu(models.Model):
    """A team of the desk, and its place in the cycle of the station's pattern."""

    station = models.ForeignKey(
        Station, on_delete=models.CASCADE, related_name="regu", verbose_name=_("station")
    )
    name = models.CharField(_("name"), max_length=30)
    position = models.PositiveSmallIntegerField(_("place in the cycle"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("regu")
        verbose_name_plural = _("regu")
        ordering: ClassVar = ["station", "position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint("station", "name", name="regu_name_once_a_station"),
        ]

    def __str__(self) -> str:
        return self.name


class ReguMember(models.Model):
    """Somebody's usual team. Who was really there is a Duty."""

    regu = models.ForeignKey(Regu, on_delete=models.CASCADE, related_name="members")
    operator = models.OneToOneField(
        Operator,
        on_delete=models.CASCADE,
        related_name="regu_membership",
        verbose_name=_("account"),
    )

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return f"{self.operator}"


class ShiftPattern(models.Model):
    """When the desk changes hands, and from which day on the cycle of regu is counted."""

    station = models.OneToOneField(
        Station, on_delete=models.CASCADE, related_name="shift_pattern", verbose_name=_("station")
    )
    changes_at = models.JSONField(_("changes at"), default=list)
    counted_from = models.DateField(_("counted from"))
    """On this day, at the first change, the first regu begins."""

    class Meta:
        verbose_name = _("pattern of shifts")
        verbose_name_plural = _("patterns of shifts")

    def __str__(self) -> str:
        return f"{self.station}: {', '.join(self.changes_at)}"

    def clean(self) -> None:
        try:
            times = [datetime.strptime(one, "%H:%M").time() for one in self.changes_at]  # noqa: DTZ007
        except (TypeError, ValueError):
            raise ValidationError({"changes_at": _("Write times such as 07:00.")}) from None
        if not times or times != sorted(set(times)):
            raise ValidationError({"changes_at": _("Write each time once, the earliest first.")})


class ShiftQuerySet(models.QuerySet["Shift"]):
    def on_duty(self) -> Self:
        return self.filter(ended_at=None)


class Shift(models.Model):
    """One turn of a regu as it really was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="shifts")
    regu = models.ForeignKey(Regu, on_delete=models.PROTECT, related_name="shifts")
    leader = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    planned_end_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[ShiftQuerySet] = ShiftQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering: ClassVar = ["-started_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "station", condition=Q(ended_at=None), name="shift_one_on_duty"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="shift_ends_after_it_began",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["station", "started_at"], name="shift_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.regu} {self.started_at:%Y-%m-%d %H:%M}"


class Duty(models.Model):
    """Somebody's time in a shift."""

    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="duties")
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="duties")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("operator", condition=Q(until=None), name="duty_one_at_a_time"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["operator", "since"], name="duty_of_operator"),
        ]

    def __str__(self) -> str:
        return f"duty {self.pk}"


class Handover(models.Model):
    """The sheet that one shift leaves to the next, as it was when the first of the two signed. Sealed under its own key.

    Signed by both: the one who leaves first, then the one who comes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shift = models.OneToOneField(Shift, on_delete=models.PROTECT, related_name="handover")
    drawn_up_at = models.DateTimeField()
    sheet_sealed = models.BinaryField()
    """JSON of what the sheet says, and of the leader's own words."""
    given_by = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    taken_by = models.ForeignKey(Operator, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    returned_claims = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None)
                | Q(taken_by__isnull=False, taken_at__isnull=False) & ~Q(taken_by=F("given_by")),
                name="handover_signed_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"hand-over {self.pk}"
