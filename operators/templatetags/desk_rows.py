"""Rows of the queue in a template."""

from collections.abc import Iterable

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from operators.desk import row_markup
from operators.desk.rows import Row

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_rows(context: Context, rows: Iterable[Row]) -> SafeString:
    """These rows, on the view of the page, with its open report marked."""
    return row_markup.draw(
        rows,
        behind_view=str(context.get("view") or ""),
        icons=str(context.get("icons") or ""),
        current=str(context.get("shown_number") or ""),
    )
