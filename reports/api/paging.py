"""Lists by cursor: the same cost at the first page and at the ten-thousandth."""

from rest_framework.pagination import CursorPagination


class ByCursor(CursorPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-received_at"


class ConversationByCursor(ByCursor):
    ordering = "at"
