"""Shares as people read them: a whole number of per cent."""

from django.template import Library
from django.utils.formats import number_format

register = Library()


@register.filter
def percent(share: float | None) -> str:
    """0.784 as "78 %"; nothing for None."""
    return "" if share is None else f"{number_format(round(share * 100))} %"
