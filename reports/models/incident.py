"""An incident: what happened, whoever reported it. Many reports, one incident; each report keeps its own thread."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models.area import Area
from reports.models.category import Category
from reports.models.station import Station
from reports.workflow import Outcome, Status


class Incident(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="incidents")
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, verbose_name=_("category")
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, verbose_name=_("area"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.TRIAGE)
    """What its reports are offered to become; each of them goes there by a person."""
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    note_sealed = models.BinaryField(default=bytes)
    """The sentence of its outcome, under the incident's own key of content."""

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status=Status.DONE, closed_at__isnull=False) & ~Q(outcome="")
                | ~Q(status=Status.DONE) & Q(closed_at=None, outcome=""),
                name="incident_done_has_outcome",
            ),
        ]
        indexes: ClassVar = [
            models.Index("station", models.F("opened_at").desc(), name="incident_newest"),
        ]

    def __str__(self) -> str:
        return self.number


class IncidentAnswer(models.Model):
    """One answer to everybody who reported an incident. The words are sealed under the incident's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text_sealed = models.BinaryField()
    is_standing = models.BooleanField(default=False)
    """Whoever joins the incident later is told the same: at most one answer of an incident stands so."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "incident", condition=Q(is_standing=True), name="incident_answer_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"
