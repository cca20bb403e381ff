"""A number of the station that citizens write to or call."""

import re
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.labelled import Labelled
from reports.models.station import Station


class Channel(models.TextChoices):
    WHATSAPP = "whatsapp", "WhatsApp"
    SMS = "sms", "SMS"
    VOICE = "voice", _("Telephone")
    DESK = "desk", _("At the desk")


DIALABLE = re.compile(r"\+\d{6,15}")


class ServiceNumber(Labelled):
    """Active or retired. What comes in on a retired number is taken in all the same.

    The desk itself is one too, for whoever walks in: its address is the station's code, which nobody can dial.
    """

    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="numbers", verbose_name=_("station")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    address = models.CharField(
        _("number"),
        max_length=20,
        validators=[
            RegexValidator(r"^(\+\d{6,15}|[A-Za-z0-9]{1,5})$", _("Write the number as +628..."))
        ],
    )
    is_active = models.BooleanField(_("active"), default=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
        help_text=_("The number that citizens are told when this one is retired."),
    )

    class Meta:
        verbose_name = _("service number")
        verbose_name_plural = _("service numbers")
        ordering = ["station", "channel", "-is_active", "address"]
        constraints: ClassVar = [
            models.UniqueConstraint("channel", "address", name="service_number_once_a_channel"),
            models.CheckConstraint(
                condition=~models.Q(successor=models.F("id")),
                name="service_number_not_its_own_successor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.address}"

    @classmethod
    def of_desk(cls, station: Station) -> "ServiceNumber":
        """Where whoever walks in comes to; made when the station has none yet."""
        return cls.objects.get_or_create(
            channel=Channel.DESK, address=station.code, defaults={"station": station}
        )[0]

    def clean(self) -> None:
        is_dialable = DIALABLE.fullmatch(self.address) is not None
        if self.channel != Channel.DESK and not is_dialable:
            raise ValidationError({"address": _("Write the number as +628...")})
        if self.channel == Channel.DESK and is_dialable:
            raise ValidationError({"address": _("The desk itself has no number: write a code.")})
        if self.successor and self.successor.station_id != self.station_id:
            raise ValidationError({"successor": _("The successor belongs to another station.")})
        if self.successor and not self.successor.is_active:
            raise ValidationError({"successor": _("The successor is itself retired.")})
