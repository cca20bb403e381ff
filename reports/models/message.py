"""One message of a conversation, in or out. An outgoing row is also its own place in the queue of delivery."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.channels.base import Kind
from reports.models.labelled import Labelled
from reports.models.report import Report
from reports.models.reporter import Contact, Reporter


class Direction(models.TextChoices):
    INBOUND = "inbound", _("from the reporter")
    OUTBOUND = "outbound", _("to the reporter")


class Delivery(models.TextChoices):
    """How far a message is. Words to a person are in delivery order; `RANK` says what may follow what."""

    RECEIVED = "received", pgettext_lazy("delivery", "received")
    QUEUED = "queued", pgettext_lazy("delivery", "queued")
    SENDING = "sending", pgettext_lazy("delivery", "sending")
    UNKNOWN = "unknown", pgettext_lazy("delivery", "in doubt")
    ACCEPTED = "accepted", pgettext_lazy("delivery", "handed over")
    SENT = "sent", pgettext_lazy("delivery", "sent")
    FAILED = "failed", pgettext_lazy("delivery", "failed")
    DELIVERED = "delivered", pgettext_lazy("delivery", "delivered")
    READ = "read", pgettext_lazy("delivery", "read")
    CANCELLED = "cancelled", pgettext_lazy("delivery", "withdrawn")


RANK = {
    Delivery.QUEUED: 0,
    Delivery.SENDING: 1,
    Delivery.UNKNOWN: 2,
    Delivery.ACCEPTED: 3,
    Delivery.SENT: 4,
    # Below delivered and read: whoever's telephone confirmed it has got it, in whatever order the receipts come.
    Delivery.FAILED: 5,
    Delivery.DELIVERED: 6,
    Delivery.READ: 7,
    # Withdrawn while it was queued: it never left, so nothing can follow.
    Delivery.CANCELLED: 8,
}


class MessageQuerySet(models.QuerySet["Message"]):
    def in_order(self) -> Self:
        """As they arrived or were written."""
        return self.order_by("at", "id")

    def ready_to_go(self, at: datetime) -> Self:
        """Queued, due, and with nothing to the same person under way or written earlier and on its turn.

        What is not due yet holds nothing up (an answer that can still be withdrawn, a question for later), unless it
        was tried already and only pauses.
        """
        its_turn = Q(due_at__lte=at) | Q(tries__gt=0)
        earlier = Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), id__lt=OuterRef("id"))
        before = Message.objects.filter(
            Q(status=Delivery.SENDING) | Q(its_turn, earlier, status=Delivery.QUEUED),
            reporter=OuterRef("reporter"),
        )
        return self.filter(~Exists(before), status=Delivery.QUEUED, due_at__lte=at).order_by(
            "due_at", "at"
        )

    def scheduled(self, at: datetime) -> Self:
        """Written for later: it stands in the conversation at the time at which it is to go out."""
        return self.filter(status=Delivery.QUEUED, at__gt=at)

    def to_enrich(self, at: datetime) -> Self:
        """Not yet read for hints, and due; the longest waiting first."""
        return self.filter(enrich_due_at__lte=at).order_by("enrich_due_at", "id")

    def in_doubt(self, at: datetime) -> Self:
        """Claimed by a sender who has not come back: to be asked about at the provider."""
        return self.filter(status=Delivery.SENDING, due_at__lte=at).order_by("due_at")


class Message(Labelled):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="messages")
    reporter = models.ForeignKey(Reporter, on_delete=models.PROTECT, related_name="messages")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=8, choices=Direction)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.TEXT)
    status = models.CharField(max_length=10, choices=Delivery)
    provider_sid = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    # NULL, not "": unique holds for what the provider has named, and an outgoing row has no name before it is sent.
    at = models.DateTimeField()
    """When it arrived, or was written; of a question for later, when it is to go out."""
    body_sealed = models.BinaryField(default=bytes)
    details_sealed = models.BinaryField(default=bytes)
    """JSON of what is not text: place, contact, button, list, advertisement, unknown parameters."""
    raw_sealed = models.BinaryField(default=bytes)
    """The provider's parameters as they came, for as long as INBOX_KEEP."""
    is_forwarded = models.BooleanField(default=False)
    quoted = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    template_key = models.CharField(max_length=40, blank=True)
    content_sid = models.CharField(max_length=40, blank=True)
    """A template that WhatsApp has approved: what may be sent when the 24 hours are over."""
    variables_sealed = models.BinaryField(default=bytes)
    """JSON of the values for that template."""
    retry_of = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, related_name="retried_by"
    )
    """The one that failed and that this one repeats, with a provider id of its own."""
    due_at = models.DateTimeField(null=True)
    """Queued: not before this. Sending: ask the provider about it after this."""
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error_code = models.CharField(max_length=20, blank=True)
    enrich_due_at = models.DateTimeField(null=True)
    """From the reporter: when it is to be read for hints; NULL once it was, and for everything else."""
    enrich_tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            # One message in flight to a person: the claim of a second one fails here.
            models.UniqueConstraint(
                "reporter",
                condition=Q(status=Delivery.SENDING),
                name="message_one_in_flight_a_reporter",
            ),
        ]
        indexes: ClassVar = [
            # The conversation on the report's page.
            models.Index(fields=["report", "at", "id"], name="message_conversation"),
            # The queue of delivery, and what is in doubt.
            models.Index(
                fields=["due_at", "at"],
                condition=Q(status__in=["queued", "sending"]),
                name="message_to_send",
            ),
            # What is still to be read for hints.
            models.Index(
                fields=["enrich_due_at"],
                condition=Q(enrich_due_at__isnull=False),
                name="message_to_enrich",
            ),
            # What the same person must be sent first.
            models.Index(
                fields=["reporter", "at"],
                condition=Q(status__in=["queued", "sending"]),
                name="message_to_send_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def is_inbound(self) -> bool:
        return self.direction == Direction.INBOUND
