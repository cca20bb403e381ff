"""Lists by cursor: the same cost at the first page and at the ten-thousandth."""

from typing import Any

from rest_framework.pagination import CursorPagination


class ByCursor(CursorPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-received_at"
    # Among equals (an order by urgency) the cursor counts on; cut off, it would show the same page for ever.
    offset_cutoff = 10**9

    def get_ordering(self, *args: Any) -> tuple[str, ...]:
        """With a last word on equals: a page must not begin among them in another order than the one before ended."""
        return (*super().get_ordering(*args), "pk")


class ConversationByCursor(ByCursor):
    ordering = "at"
