"""A way to look at the queue that somebody has kept: filters under a name, theirs alone."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from operators.models.operator import Operator


class SavedView(models.Model):
    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=30)
    query = models.CharField(max_length=500)
    """The filters as the address of the queue holds them."""
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint("operator", "name", name="saved_view_once_a_person"),
        ]

    def __str__(self) -> str:
        return self.name
