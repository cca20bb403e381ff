"""The words of a choice, looked up once for each field.

Django builds its look-up anew with each question and hashes the choices for it, which translates every one of them: a
twentieth of the time that a report's page takes.
"""

from functools import cache
from typing import Any

from django.db import models
from django.utils.encoding import force_str


class Labelled(models.Model):
    """A model whose `get_..._display` costs as much as one translation."""

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: "models.Field[Any, Any]") -> str:
        value = getattr(self, field.attname)
        words: str = force_str(_labels(field).get(value, value), strings_only=True)
        return words


@cache
def _labels(field: "models.Field[Any, Any]") -> dict[Any, Any]:
    return dict(field.flatchoices)
