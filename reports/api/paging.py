"""Lists by cursor: the same cost at the first page and at the ten-thousandth."""

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination


class ByCursor(CursorPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-received_at"
    # Among equals (an order by urgency) the cursor counts on; cut off, it would show the same page for ever.
    offset_cutoff = 10**9

    def paginate_queryset(self, *args: Any, **kwargs: Any) -> list[Any] | None:
        """The page. NotFound for a cursor that was not ours: it stands at a place that is none in this order."""
        try:
            return super().paginate_queryset(*args, **kwargs)
        except (ValidationError, ValueError, OverflowError):
            if self.cursor is None:
                raise
            raise NotFound(self.invalid_cursor_message) from None

    def get_ordering(self, *args: Any) -> tuple[str, ...]:
        """With a last word on equals: a page must not begin among them in another order than the one before ended."""
        return (*super().get_ordering(*args), "pk")


class ConversationByCursor(ByCursor):
    ordering = "at"
