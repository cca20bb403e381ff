"""The timeline of a report, and the list of what changed that open desks follow."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models.expressions import Func
from django.utils.translation import pgettext_lazy

from reports.models.report import Report
from reports.models.station import Station


class EventKind(models.TextChoices):
    OPENED = "opened", pgettext_lazy("event", "report opened")
    CLAIMED = "claimed", pgettext_lazy("event", "claimed")
    REPLIED = "replied", pgettext_lazy("event", "answered")
    CLOSED = "closed", pgettext_lazy("event", "closed")
    REOPENED = "reopened", pgettext_lazy("event", "reopened")
    DELIVERY_FAILED = "delivery_failed", pgettext_lazy("event", "an answer was not delivered")
    RELEASED = "released", pgettext_lazy("event", "given back")
    TAKEN_OVER = "taken_over", pgettext_lazy("event", "taken over")
    ASSIGNED = "assigned", pgettext_lazy("event", "assigned")
    CATEGORISED = "categorised", pgettext_lazy("event", "category set")
    URGENCY_SET = "urgency_set", pgettext_lazy("event", "urgency set")
    PLACED = "placed", pgettext_lazy("event", "place set")
    SUMMARISED = "summarised", pgettext_lazy("event", "summary written")
    ASKED = "asked", pgettext_lazy("event", "asked the reporter")
    CONTINUED = "continued", pgettext_lazy("event", "the reporter wrote again")
    WITHDRAWN = "withdrawn", pgettext_lazy("event", "answer withdrawn before it went out")
    SENT_AGAIN = "sent_again", pgettext_lazy("event", "answer sent again")
    SPLIT_OFF = "split_off", pgettext_lazy("event", "message made a report of its own")
    NOTED = "noted", pgettext_lazy("event", "note written")
    ESCALATED = "escalated", pgettext_lazy("event", "escalated")
    TYPED_IN = "typed_in", pgettext_lazy("event", "taken down by the desk")
    DISPATCHED = "dispatched", pgettext_lazy("event", "handed to a unit")
    UNIT_ACCEPTED = "unit_accepted", pgettext_lazy("event", "unit accepted")
    UNIT_UNDER_WAY = "unit_under_way", pgettext_lazy("event", "unit on the way")
    UNIT_ARRIVED = "unit_arrived", pgettext_lazy("event", "unit on the scene")
    UNIT_FINISHED = "unit_finished", pgettext_lazy("event", "unit finished")
    UNIT_RETURNED = "unit_returned", pgettext_lazy("event", "unit gave it back")
    CALLED_OFF = "called_off", pgettext_lazy("event", "unit called off")
    CHECK_SKIPPED = "check_skipped", pgettext_lazy("event", "acted on without a check")
    STATUS_SET = "status_set", pgettext_lazy("event", "status set")
    LINKED = "linked", pgettext_lazy("event", "linked to an incident")
    UNLINKED = "unlinked", pgettext_lazy("event", "taken out of an incident")
    PROOF_SENT = "proof_sent", pgettext_lazy("event", "photo of the result sent")
    FEEDBACK_GIVEN = (
        "feedback_given",
        pgettext_lazy("event", "the reporter said whether it is settled"),
    )
    WARNED = "warned", pgettext_lazy("event", "reporter reminded")
    STRIKE_LIFTED = "strike_lifted", pgettext_lazy("event", "reminder taken back")
    BLOCK_ASKED = "block_asked", pgettext_lazy("event", "block asked for")
    BLOCK_REFUSED = "block_refused", pgettext_lazy("event", "block refused")
    BLOCKED = "blocked", pgettext_lazy("event", "reporter blocked")
    UNBLOCKED = "unblocked", pgettext_lazy("event", "block lifted")
    LIFE_LINE = "life_line", pgettext_lazy("event", "came through the life line")
    NUMBER_CHANGED = "number_changed", pgettext_lazy("event", "reporter told the new number")
    MERGED = "merged", pgettext_lazy("event", "reporter recognised under another address")


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("the timeline is only ever added to")

    def delete(self) -> NoReturn:
        raise TypeError("the timeline is only ever added to")


class Event(models.Model):
    """Something that happened to a report. `data` is small, plain, and never holds anything of a citizen."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    data = models.JSONField(default=dict)

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes: ClassVar = [
            # The timeline on the report's page.
            models.Index(fields=["report", "at", "id"], name="event_timeline"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("the timeline is only ever added to")


class CurrentTransaction(Func):
    """The number of the transaction that writes the row; 0 on SQLite, which has one writer at a time."""

    arity = 0
    output_field = models.BigIntegerField()

    def as_postgresql(
        self, compiler: Any, connection: Any, **context: Any
    ) -> tuple[str, tuple[()]]:
        return "(pg_current_xact_id()::text::bigint)", ()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[()]]:
        return "0", ()


class Change(models.Model):
    """A report changed. Kept for CHANGES_KEEP; a desk that asks from further back draws its page anew.

    Ids are given when a row is written, not when it is committed, so the cursor of the feed is the pair
    (transaction, id) and the feed shows only transactions older than every one that still runs.
    """

    transaction = models.BigIntegerField(db_default=CurrentTransaction())
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    is_hiding = models.BooleanField(db_default=False)
    """The report went out of some people's sight: desks that may have it on their page draw it anew."""

    class Meta:
        indexes: ClassVar = [
            # The feed, once a second from every open desk.
            models.Index(fields=["station", "transaction", "id"], name="change_feed"),
            models.Index(fields=["at"], name="change_age"),
        ]

    def __str__(self) -> str:
        return f"{self.transaction}-{self.pk}"
