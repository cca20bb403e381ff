"""A report: what one person said, and how far we are with it. Nothing here is readable that a citizen wrote."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, NamedTuple, Self

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.actors import Actor, Refused
from reports.channels.base import Kind
from reports.models.area import Area
from reports.models.category import Category
from reports.models.incident import Incident
from reports.models.labelled import Labelled
from reports.models.landmark import Landmark
from reports.models.readers import not_reserved_from
from reports.models.reporter import Contact, Reporter
from reports.models.service_number import Channel
from reports.models.station import Station
from reports.workflow import OPEN_STATUSES, TRANSITIONS, Outcome, Status, Urgency


class TransitionNotAllowed(Refused):
    """A report cannot become that from what it is."""

    code = "transition_not_allowed"


class NotVerified(Refused):
    """Nobody acts on this before officers in plain clothes have been there, unless somebody says why."""

    code = "not_verified"


class Escalation(models.IntegerChoices):
    """Who has been called because nobody took the report in time."""

    NOBODY = 0, pgettext_lazy("escalation", "nobody")
    PAMAPTA = 1, pgettext_lazy("escalation", "Pamapta")
    CHIEF = 2, pgettext_lazy("escalation", "chief")


class MoreCame(NamedTuple):
    """How many messages came to a report, the first and the last of them when."""

    report_id: uuid.UUID
    messages: int
    first_at: datetime
    last_at: datetime
    due_at: datetime
    """When the first of them must have been answered (`reports.targets`)."""


AT_THE_DESK = Q(status__in=OPEN_STATUSES) | Q(unread_count__gt=0) | Q(failed_at__isnull=False)
"""Open; or closed with words that nobody has read yet, or with an answer that did not arrive."""


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, actor: Actor) -> Self:
        """What this person may read at all: their station's, less what is reserved for others. Fails closed."""
        if not actor.may("read_report"):
            return self.none()
        return self.filter(not_reserved_from(actor), station_id=actor.station_id)

    def open(self) -> Self:
        return self.filter(status__in=OPEN_STATUSES)

    def at_the_desk(self) -> Self:
        return self.filter(AT_THE_DESK)

    def ringing(self) -> Self:
        """Open, held by nobody, with a reporter who waits: what the alarm rings for until somebody claims it."""
        unheard = self.open().filter(holder=None, waiting_since__isnull=False)
        return unheard.exclude(status=Status.WAITING)

    def lost_first(self) -> Self:
        """The order of the queue: danger, then what is lost next (`reports.targets`), then the rest by age."""
        return self.order_by("-urgency", F("due_at").asc(nulls_last=True), "received_at", "id")

    def lock(self, report: "Report") -> "Report":
        """The same report, locked until the end of the transaction, as the database has it now."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=report.pk)


class Report(Labelled):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(Reporter, on_delete=models.PROTECT, related_name="reports")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    """Where the last word came from, and so where an answer goes."""
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.NEW)
    urgency = models.PositiveSmallIntegerField(
        _("urgency"), choices=Urgency, default=Urgency.ROUTINE
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("category")
    )
    unit = models.ForeignKey(
        "operators.Unit", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("unit")
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, verbose_name=_("area"))
    landmark = models.ForeignKey(
        Landmark, on_delete=models.PROTECT, null=True, verbose_name=_("landmark")
    )
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    """Of the incident, as a person has set it: never the reporter's own position by itself."""
    place_note_sealed = models.BinaryField(default=bytes)
    summary_sealed = models.BinaryField(default=bytes)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="held_reports",
        verbose_name=_("held by"),
    )
    claimed_at = models.DateTimeField(null=True)
    opening_sealed = models.BinaryField(default=bytes)
    """The first words, for the row of the queue; empty while there were only pictures and the like."""
    opening_at = models.DateTimeField(null=True)
    opening_kind = models.CharField(max_length=12, choices=Kind, default=Kind.TEXT)
    received_at = models.DateTimeField(_("received"))
    last_inbound_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True)
    """Since when the citizen waits for a word of ours: a second message does not reset it, an answer clears it."""
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    outcome_note_sealed = models.BinaryField(default=bytes)
    unread_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    """Counts what an answer must not miss: words of the reporter, a change of holder, an answer, the end, a reopening."""
    due_at = models.DateTimeField(null=True)
    """When something is lost next (`reports.targets`); kept by whatever changes it."""
    paused_at = models.DateTimeField(null=True)
    """Since when the clocks stand still, because we wait for the reporter."""
    paused_seconds = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    """Since when an answer has not reached the reporter and nobody has done anything about it."""
    escalated = models.PositiveSmallIntegerField(choices=Escalation, default=Escalation.NOBODY)
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, null=True, related_name="reports"
    )
    is_life_line = models.BooleanField(default=False)
    """Opened by somebody who is blocked, because it may be about a life."""
    ask_place_due_at = models.DateTimeField(null=True)
    """When to ask for the place, if nobody has by then and the reporter has not said it."""

    objects: ClassVar[ReportQuerySet] = ReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status=Status.DONE, closed_at__isnull=False) & ~Q(outcome="")
                | ~Q(status=Status.DONE) & Q(closed_at=None, outcome=""),
                name="report_done_has_outcome",
            ),
        ]
        indexes: ClassVar = [
            # The queue: what is at the desk, in the order of lost_first.
            models.Index(
                "station",
                F("urgency").desc(),
                "due_at",
                "received_at",
                "id",
                condition=AT_THE_DESK,
                name="report_queue",
            ),
            # The alarm and the escalation, every few seconds.
            models.Index(
                fields=["station", "waiting_since"],
                condition=Q(holder=None, waiting_since__isnull=False),
                name="report_ringing",
            ),
            # The question for the place, when it is due.
            models.Index(
                fields=["ask_place_due_at"],
                condition=Q(ask_place_due_at__isnull=False),
                name="report_to_ask_place",
            ),
            # Intake: the reporter's open or lately closed report.
            models.Index("reporter", F("received_at").desc(), name="report_of_reporter"),
            # The API's list, newest first.
            models.Index("station", F("received_at").desc(), F("id").desc(), name="report_newest"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("desk:report", args=[self.number])

    def is_visible_to(self, actor: Actor) -> bool:
        """The rule of `visible_to`, for this one and without asking the database again."""
        reserved_for = self.category.reserved_for if self.category else ""
        is_theirs = self.station_id == actor.station_id and actor.may("read_report")
        return is_theirs and reserved_for in {"", actor.unit_slug}

    @classmethod
    def note_more(cls, news: Iterable[MoreCame]) -> None:
        """Note on reports that more has come, in one statement; what the desk changes at this moment stays.

        Whoever waits does so since the earliest word without an answer; after the end nobody waits. A report that was
        waiting for the reporter is back on the desk, and its clocks go on.
        By hand: bulk_update would build a CASE for every row and column, half the cost of a whole batch.
        """
        table = connection.ops.quote_name(cls._meta.db_table)
        has_uuids, adapted = (
            connection.features.has_native_uuid_field,
            connection.ops.adapt_datetimefield_value,
        )
        rows = [
            [
                new.report_id if has_uuids else new.report_id.hex,
                new.messages,
                adapted(new.first_at),
                adapted(new.last_at),
                adapted(new.due_at),
            ]
            for new in news
        ]
        if not rows:
            return
        values = ", ".join(["(%s, %s, %s, %s, %s)"] * len(rows))
        paused = (
            "EXTRACT(EPOCH FROM new.column3 - paused_at)"
            if connection.vendor == "postgresql"
            else "ROUND((julianday(new.column3) - julianday(paused_at)) * 86400)"
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET unread_count = unread_count + new.column2, "  # noqa: S608
                "version = version + 1, "
                "status = CASE WHEN status = 'waiting' THEN 'triage' ELSE status END, "
                "paused_seconds = paused_seconds + CASE WHEN paused_at < new.column3 "
                f"THEN CAST({paused} AS integer) ELSE 0 END, paused_at = NULL, "
                "due_at = CASE WHEN status = 'done' OR waiting_since <= new.column3 "
                "THEN due_at ELSE new.column5 END, "
                "waiting_since = CASE WHEN status = 'done' OR waiting_since <= new.column3 "
                "THEN waiting_since ELSE new.column3 END, "
                "last_inbound_at = CASE WHEN last_inbound_at >= new.column4 THEN last_inbound_at ELSE new.column4 END "
                f"FROM (VALUES {values}) AS new WHERE {table}.id = new.column1",
                [value for row in rows for value in row],
            )

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    REOPENED_FIELDS: ClassVar = [
        "status", "closed_at", "outcome", "outcome_note_sealed", "holder", "claimed_at", "version",
    ]  # fmt: skip

    def reopen(self) -> None:
        """Back to work and to nobody, in memory: the outcome no longer holds, and whoever closed it may be off duty."""
        self.become(Status.TRIAGE)
        self.closed_at, self.outcome, self.outcome_note_sealed = None, "", b""
        self.holder, self.claimed_at = None, None
        self.version += 1

    @property
    def is_to_be_checked(self) -> bool:
        """Whether the station wants a check in plain clothes before anybody acts, and there has been none that confirmed
        it. Two queries, a third when there has been."""
        if self.category_id is None:
            return False
        if not self.station.checked_first.filter(category=self.category_id).exists():
            return False
        return not self.verifications.confirm(self)

    def become(self, status: Status, *, unchecked: bool = False) -> None:
        """Change the status in memory, or raise TransitionNotAllowed, or NotVerified where a check must come first and
        nobody has said why it is left out (`unchecked`). The one place that decides it. The verb saves."""
        if status == Status.ACTING and not unchecked and self.is_to_be_checked:
            raise NotVerified(
                _(
                    "Reports of this kind are checked in plain clothes before anybody acts. Ask for the check, or write why "
                    "it is left out."
                )
            )
        if status not in TRANSITIONS[Status(self.status)]:
            raise TransitionNotAllowed(
                _("A report that is “%(now)s” cannot become “%(then)s”.")
                % {"now": self.get_status_display(), "then": status.label}
            )
        self.status = status
