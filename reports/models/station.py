"""A police station: Polres or Polresta."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Station(models.Model):
    slug = models.SlugField(_("slug"), unique=True)
    code = models.CharField(
        _("code"), max_length=5, unique=True, help_text=_("Begins every report number, e.g. SRG.")
    )
    name = models.CharField(_("name"), max_length=80)
    duty_desk = models.CharField(
        _("unit that runs the desk"), max_length=40, default="spkt", help_text=_("Slug of a unit.")
    )
    asks_for_place = models.BooleanField(
        _("asks for the place"),
        default=True,
        help_text=_(
            "Asks a reporter once by itself where it happened, when the message does not say so and nobody has answered."
        ),
    )

    class Meta:
        verbose_name = _("station")
        verbose_name_plural = _("stations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
