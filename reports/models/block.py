"""What counts against a reporter, and being blocked: decided by people, with an end, and kept in sight.

A strike belongs to a report and its words are sealed under that report's key; so are those of a block, under the key of the
report that it was asked for on, and so is what a blocked person writes.
"""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.channels.base import Kind
from reports.models.message import Message
from reports.models.report import Report
from reports.models.reporter import Contact, Reporter
from reports.models.station import Station


class StrikeReason(models.TextChoices):
    PRANK = "prank", pgettext_lazy("reason of a strike", "prank")
    FALSE_REPORT = "false_report", pgettext_lazy("reason of a strike", "proven false report")
    SPAM = "spam", pgettext_lazy("reason of a strike", "advertising or chain letters")
    INSULT = "insult", pgettext_lazy("reason of a strike", "insults without any matter")


class StrikeQuerySet(models.QuerySet["Strike"]):
    def counting(self, at: datetime) -> Self:
        """Neither expired nor taken back."""
        return self.filter(expires_at__gt=at, lifted_at=None)


class Strike(models.Model):
    """Something proven against a reporter, and the reminder that they were sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reporter = models.ForeignKey(Reporter, on_delete=models.PROTECT, related_name="strikes")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="strikes")
    evidence = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+")
    """The message that proves it."""
    reason = models.CharField(max_length=12, choices=StrikeReason)
    note_sealed = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    warning = models.OneToOneField(
        Message, on_delete=models.PROTECT, null=True, related_name="warned_of"
    )
    """The reminder. Only one that has reached them makes the next strike a reason to block."""
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[StrikeQuerySet] = StrikeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "report", condition=Q(lifted_at=None), name="strike_once_a_report"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reporter", "at"], name="strike_of_reporter"),
        ]

    def __str__(self) -> str:
        return f"strike {self.pk}"


class BlockQuerySet(models.QuerySet["Block"]):
    def in_force(self, at: datetime) -> Self:
        """Confirmed, not lifted, not yet over."""
        return self.filter(confirmed_at__isnull=False, lifted_at=None, ends_at__gt=at)

    def to_confirm(self) -> Self:
        """Asked for, and not decided yet."""
        return self.filter(confirmed_at=None, refused_at=None)


class Block(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reporter = models.ForeignKey(Reporter, on_delete=models.PROTECT, related_name="blocks")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="blocks")
    reason = models.CharField(max_length=12, choices=StrikeReason)
    note_sealed = models.BinaryField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    notice = models.OneToOneField(Message, on_delete=models.PROTECT, null=True, related_name="+")
    """What told them: until when, and how to object."""
    appealed_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    was_wrong = models.BooleanField(default=False)
    """Lifted because it should never have been: the chiefs see how many there are."""
    lift_note_sealed = models.BinaryField(default=bytes)

    objects: ClassVar[BlockQuerySet] = BlockQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "reporter",
                condition=Q(lifted_at=None, refused_at=None),
                name="block_once_a_reporter",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, ends_at=None)
                | Q(confirmed_at__isnull=False, ends_at__isnull=False),
                name="block_confirmed_has_end",
            ),
        ]

    def __str__(self) -> str:
        return f"block {self.pk}"

    def holds(self, at: datetime) -> bool:
        """Whether it was in force at that time, as far as is known now: what was lifted never was."""
        if self.confirmed_at is None or self.ends_at is None or self.lifted_at is not None:
            return False
        return self.confirmed_at <= at < self.ends_at


class KeptMessage(models.Model):
    """What a blocked person has written: no report, no alarm, no answer, and nothing lost. A person can make it a report."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="kept")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    provider_sid = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    body_sealed = models.BinaryField(default=bytes)
    raw_sealed = models.BinaryField()
    """The parameters as they came, from which the message can still be taken in."""
    seen_at = models.DateTimeField(null=True)
    taken_in_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["block", "at"], name="kept_message_of_block"),
        ]

    def __str__(self) -> str:
        return f"kept message {self.pk}"
