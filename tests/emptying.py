"""Emptying the database after a test that commits.

Django's flush takes every table, and makes permissions and content types anew for every model: half a second, some
hundred times in a run. Here the tables that hold rows are emptied, and those two are left as they are.
"""

from django.db import connection, transaction
from django.test import TransactionTestCase

STAYS = {"django_migrations", "django_content_type", "auth_permission"}


def empty_after_each() -> None:
    """From now on every TransactionTestCase ends with this."""
    TransactionTestCase._fixture_teardown = lambda case: empty()  # type: ignore[attr-defined]


def empty() -> None:
    quoted = connection.ops.quote_name
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True)) - STAYS)
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {quoted(table)})" for table in tables
            )
        )
        filled = [table for (table,) in cursor.fetchall()]
    if not filled:
        return
    with (
        connection.constraint_checks_disabled(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        # Neither who points at whom nor what keeps a table append-only counts here.
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        for table in filled:
            cursor.execute(f"DELETE FROM {quoted(table)}")
