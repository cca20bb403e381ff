"""Words to citizens. They stand here and nowhere else; the keys are fixed, the words are the station's."""

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.station import Station

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class ReplyKey(models.TextChoices):
    """What the program itself says, and what it asks for; any other key is a wording that people choose."""

    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement of a new report")
    NEW_NUMBER = "new_number", _("The number has changed")
    SUMMONS = "summons", _("Call to a duty telephone: a report that nobody takes")
    PROOF = "proof", _("With the photo of the result")
    SETTLED = "settled", _("Asking whether the matter is settled")
    SETTLED_THANKS = "settled_thanks", _("Thanks for saying that it is settled")
    NOT_SETTLED = "not_settled", _("The reporter says that it is not settled")
    WARNING = "warning", _("Reminder after a prank or a false report")
    BLOCKED = "blocked", _("The reporter is blocked")
    UNBLOCKED = "unblocked", _("The block is lifted")
    APPEAL = "appeal", _("An objection against a block has come in")
    ASK_PLACE = "ask_place", _("Asking for the place")
    ASK_PHOTO = "ask_photo", _("Asking for a photo or film")
    ASK_TIME = "ask_time", _("Asking for the time")
    ASK_FEATURES = "ask_features", _("Asking what people or vehicles look like")


SAID_BY_ITSELF = (
    ReplyKey.ACKNOWLEDGEMENT,
    ReplyKey.NEW_NUMBER,
    ReplyKey.SUMMONS,
    ReplyKey.PROOF,
    ReplyKey.SETTLED,
    ReplyKey.SETTLED_THANKS,
    ReplyKey.NOT_SETTLED,
    ReplyKey.WARNING,
    ReplyKey.BLOCKED,
    ReplyKey.UNBLOCKED,
    ReplyKey.APPEAL,
)
"""Not among the answers that people choose: each has its own button, or none."""
ASKED = {
    key.removeprefix("ask_"): ReplyKey(key) for key in ReplyKey.values if key.startswith("ask_")
}
"""What can be asked for with one key, and its wording: place, photo, time, features."""

OF_A_REPORT = ("nomor_laporan", "polres")
VARIABLES: Mapping[str, tuple[str, ...]] = {
    ReplyKey.ACKNOWLEDGEMENT: OF_A_REPORT,
    ReplyKey.NEW_NUMBER: (*OF_A_REPORT, "nomor_baru"),
    ReplyKey.PROOF: (*OF_A_REPORT, "tempat"),
    ReplyKey.SETTLED: OF_A_REPORT,
    ReplyKey.SETTLED_THANKS: OF_A_REPORT,
    ReplyKey.NOT_SETTLED: OF_A_REPORT,
    ReplyKey.WARNING: OF_A_REPORT,
    ReplyKey.BLOCKED: (*OF_A_REPORT, "sampai"),
    ReplyKey.UNBLOCKED: OF_A_REPORT,
    ReplyKey.APPEAL: OF_A_REPORT,
    # Without content: not even the number of the report.
    ReplyKey.SUMMONS: ("polres",),
}
"""The variables of what is said by itself: there is no officer then, and a new number in the words about it only."""
VARIABLES_OF_PEOPLE = (*OF_A_REPORT, "kategori", "tempat", "nama_petugas")


def known_variables(key: str) -> tuple[str, ...]:
    return VARIABLES.get(key, VARIABLES_OF_PEOPLE)


def names_only_known_variables(text: str, known: Iterable[str]) -> None:
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
        help_text=_(
            "Variables: {nomor_laporan}, {polres}; of an answer that people choose also {kategori}, {tempat}, "
            "{nama_petugas}; of the words about a changed number also {nomor_baru}."
        ),
    )

    categories = models.JSONField(_("for categories"), default=list, blank=True)
    statuses = models.JSONField(_("for statuses"), default=list, blank=True)
    content_sid = models.CharField(
        _("approved template"),
        max_length=40,
        blank=True,
        validators=[
            RegexValidator(r"^HX[0-9a-fA-F]{32}$", _("A Content SID is HX and 32 digits."))
        ],
        help_text=_(
            "Content SID of the same words at WhatsApp, for after the 24 hours. Its {{1}}, {{2}} ... are the variables "
            "of the text in the order in which they first appear."
        ),
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
        return self.key not in SAID_BY_ITSELF

    @property
    def asks(self) -> str:
        """What these words ask the reporter for; empty when they ask for nothing the program knows of."""
        return next((what for what, key in ASKED.items() if key == self.key), "")

    @property
    def variables(self) -> list[str]:
        """Its variables in the order in which they first appear."""
        return list(dict.fromkeys(PLACEHOLDER.findall(self.text)))

    def clean(self) -> None:
        try:
            names_only_known_variables(self.text, known_variables(self.key))
        except ValidationError as problem:
            raise ValidationError({"text": problem}) from None

    def fill(self, **values: str) -> str:
        """The text with its variables filled in. KeyError for one without a value: nothing half-filled is sent."""
        return PLACEHOLDER.sub(lambda match: values[match[1]], self.text)

    def fill_known(self, values: Mapping[str, str]) -> str:
        """The text filled in as far as there are values: what is missing stays in its braces, for a person to write."""
        return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), self.text)
