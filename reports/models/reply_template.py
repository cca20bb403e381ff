"""Words to citizens. They stand here and nowhere else; the keys are fixed, the words are the station's."""

import re
from collections.abc import Iterable
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.station import Station

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
VARIABLES = ("nomor_laporan", "polres", "nomor_baru")


class ReplyKey(models.TextChoices):
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement of a new report")
    NEW_NUMBER = "new_number", _("The number has changed")


def names_only_known_variables(text: str, known: Iterable[str] = VARIABLES) -> None:
    """Raises ValidationError for a placeholder that nothing would fill."""
    for name in PLACEHOLDER.findall(text):
        if name not in known:
            raise ValidationError(
                _("Unknown variable {%(name)s}. Known are: %(known)s."),
                params={"name": name, "known": ", ".join(f"{{{v}}}" for v in known)},
            )


class ReplyTemplate(models.Model):
    station = models.ForeignKey(
        Station, on_delete=models.CASCADE, related_name="reply_templates", verbose_name=_("station")
    )
    key = models.CharField(
        _("used for"),
        max_length=40,
        help_text=_(
            "A name of your own for an answer that people choose; the program's own keys stay."
        ),
    )
    title = models.CharField(_("title"), max_length=60, blank=True)
    text = models.TextField(
        _("text"),
        max_length=1600,
        validators=[names_only_known_variables],
        help_text=_("Variables: {nomor_laporan}, {polres}, {nomor_baru}."),
    )

    categories = models.JSONField(_("for categories"), default=list, blank=True)
    statuses = models.JSONField(_("for statuses"), default=list, blank=True)
    content_sid = models.CharField(
        _("approved template"),
        max_length=40,
        blank=True,
        help_text=_("Content SID of the same words at WhatsApp, for after the 24 hours."),
    )
    picture = models.BinaryField(null=True, blank=True)
    """A picture that goes with the words: ours, shown to anybody, a clean JPEG of at most 1 MB."""
    is_active = models.BooleanField(_("active"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("reply wording")
        verbose_name_plural = _("reply wordings")
        ordering = ["station", "key"]
        constraints: ClassVar = [
            models.UniqueConstraint("station", "key", name="reply_template_once_a_station"),
        ]

    def __str__(self) -> str:
        return f"{self.station}: {self.label}"

    @property
    def label(self) -> str:
        """What people call it: its title, or for the program's own what it is used for."""
        fixed = dict(ReplyKey.choices)
        return self.title or str(fixed.get(self.key, self.key))

    @property
    def is_canned(self) -> bool:
        """Whether people choose it; the others are said by the program itself."""
        return self.key not in ReplyKey.values

    def clean(self) -> None:
        # There is a new number to tell in the words about it only.
        known = [v for v in VARIABLES if v != "nomor_baru" or self.key == ReplyKey.NEW_NUMBER]
        try:
            names_only_known_variables(self.text, known)
        except ValidationError as problem:
            raise ValidationError({"text": problem}) from None

    def fill(self, **values: str) -> str:
        """The text with its variables filled in. KeyError for one without a value: nothing half-filled is sent."""
        return PLACEHOLDER.sub(lambda match: values[match[1]], self.text)
