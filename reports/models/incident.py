"""An incident: what happened, whoever reported it. Many reports, one incident; each report keeps its own thread."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, F, Max, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reports.actors import Actor
from reports.models.area import Area
from reports.models.category import Category
from reports.models.readers import AnyReader
from reports.models.station import Station
from reports.statements import Statement, any_of, each
from reports.workflow import OPEN_STATUSES, Outcome, Status

if TYPE_CHECKING:
    from reports.models.report import Report


ON_A_PAGE = 40
"""Of so many at most the counting is made ready: a queue that is drawn has seldom more."""
COUNTED = ("incident", "pk__count", "reporter__count", "received_at__max")


class Counts(NamedTuple):
    """How much has been said of an incident, as far as somebody may see it."""

    reports: int
    reporters: int
    last_at: datetime


def _counted(incidents: list[Any], actor: Actor) -> "models.QuerySet[Report, Any]":
    report: type[Report] = apps.get_model("reports", "Report")
    # As a plain id: a foreign key's own look-up takes no places that are filled in later.
    plain = ExpressionWrapper(F("incident_id"), models.UUIDField())
    rows = report.objects.visible_to(actor).alias(plain=plain).filter(plain__in=incidents)
    counted = (
        rows.order_by()
        .values("incident")
        .annotate(Count("pk"), Count("reporter", distinct=True), Max("received_at"))
    )
    return counted.values_list(*COUNTED)


COUNTS = Statement(lambda: _counted(any_of(ON_A_PAGE, models.UUIDField()), AnyReader()))


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those with a report that this person may read: of an incident with none they know nothing. Fails closed."""
        report: type[Report] = apps.get_model("reports", "Report")
        theirs = report.objects.visible_to(actor).filter(incident=OuterRef("pk"))
        return self.filter(Exists(theirs), station_id=actor.station_id)

    @staticmethod
    def counts(incidents: Iterable[uuid.UUID], actor: Actor) -> dict[uuid.UUID, Counts]:
        """Of these incidents those that this person may see something of. One query."""
        ids = list(incidents)
        if 0 < len(ids) <= ON_A_PAGE and actor.may("read_report"):
            found = COUNTS.ask(**each(ids, ON_A_PAGE), **AnyReader.values_of(actor))
        else:
            found = list(_counted(ids, actor))
        return {pk: Counts(*rest) for pk, *rest in found}

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-opened_at", "-id")


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
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note_sealed = models.BinaryField(default=bytes)
    """The sentence of its outcome, under the incident's own key of content."""
    joined_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    """The incident that turned out to be the same: it has the reports and answers of this one."""

    objects: ClassVar[IncidentQuerySet] = IncidentQuerySet.as_manager()  # type: ignore[assignment]

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

    def get_absolute_url(self) -> str:
        return reverse("desk:incident", args=[self.number])

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES


class IncidentAnswer(models.Model):
    """One answer to everybody who reported an incident. The words are sealed under the incident's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text_sealed = models.BinaryField()
    is_standing = models.BooleanField(default=False)
    """Whoever joins the incident later is told the same: at most one answer of an incident stands so."""
    picture = models.ForeignKey(
        "reports.DispatchPicture", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """A unit's photo that goes with the words to everybody whose channel carries pictures."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "incident", condition=Q(is_standing=True), name="incident_answer_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"
