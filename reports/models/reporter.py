"""A reporter: a pseudonym with a history at one station."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from reports.identity.models import Handle, Identity
from reports.models.service_number import Channel, ServiceNumber
from reports.models.station import Station


class Reporter(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="reporters")
    identity = models.OneToOneField(Identity, on_delete=models.PROTECT, related_name="+")
    alias = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("station", "alias", name="reporter_alias_once_a_station"),
        ]

    def __str__(self) -> str:
        return self.alias


class Contact(models.Model):
    """A reporter on one of the station's numbers: where the last word came from, and when."""

    reporter = models.ForeignKey(Reporter, on_delete=models.CASCADE, related_name="contacts")
    service_number = models.ForeignKey(ServiceNumber, on_delete=models.PROTECT, related_name="+")
    handle = models.ForeignKey(Handle, on_delete=models.PROTECT, null=True, related_name="+")
    """NULL for somebody who came to the desk and left no number."""
    last_inbound_at = models.DateTimeField()
    told_successor_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("reporter", "service_number", name="contact_once_a_number"),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

    def free_text_until(self) -> datetime | None:
        """When the channel stops taking free text (WhatsApp: 24 hours after their last word); None when it never does."""
        if self.service_number.channel != Channel.WHATSAPP:
            return None
        return self.last_inbound_at + settings.WHATSAPP_WINDOW
