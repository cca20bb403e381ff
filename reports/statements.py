"""Questions that every page asks of the database again and again: their SQL is made once, not with each request.

Django builds a query from Python objects each time, which takes longer than PostgreSQL takes to answer it. A Statement is
built by the same querysets as everything else, with `Given` where a value will stand, and keeps what came out.

    LATEST = Statement(lambda: Report.objects.filter(reporter=Given("reporter", UUIDField())).order_by("-received_at"))
    LATEST.ask(reporter=report.reporter_id)
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, QuerySet, UUIDField
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")


class Given(Expression):
    """The place of a value that is known only when the statement is asked. `output_field` says how it is put in."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return "%s", [_Place(self.name, self.output_field)]


class _Place(NamedTuple):
    name: str
    field: "Field[Any, Any]"


THE_REPORT = Given("report", UUIDField())
"""The id of a report: most of what a page asks is about one."""


@dataclass(frozen=True)
class _Made(Generic[Row]):
    rows: "QuerySet[Any, Row]"
    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]


class Statement(Generic[Row]):
    """A queryset that is built when it is first asked, and then only asked."""

    def __init__(self, build: "Callable[[], QuerySet[Any, Row]]") -> None:
        self._build = build
        self._made: dict[str, _Made[Row]] = {}

    def ask(self, **values: Any) -> list[Row]:
        """The rows, by one query. KeyError when a value is missing; one that no place is for is left alone."""
        connection = connections[DEFAULT_DB_ALIAS]
        made = self._made.get(connection.vendor) or self._make(connection)
        # The querysets and iterators are Django's own; only the making of the SQL is left out.
        compiler = copy(made.compiler)
        compiler.connection = connection
        parameters = tuple(
            one.field.get_db_prep_value(values[one.name], connection, prepared=False)
            if isinstance(one, _Place)
            else one
            for one in made.parameters
        )
        compiler.as_sql = lambda *_, **__: (made.sql, parameters)  # type: ignore[method-assign]
        rows = made.rows.all()
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(rows)

    def first(self, **values: Any) -> Row | None:
        """The first row, or None. The statement itself says how many it takes."""
        return next(iter(self.ask(**values)), None)

    def _make(self, connection: Any) -> _Made[Row]:
        rows = self._build()
        compiler = rows.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        made = _Made(rows, compiler, sql, tuple(parameters))
        self._made[connection.vendor] = made
        return made


def any_of(how_many: int, field: "Field[Any, Any]") -> list[Any]:
    """The right side of `__in` for at most so many values, which `each` gives: the statement is the same for fewer."""
    return [Given(f"one_{number}", field) for number in range(how_many)]


def each(values: Sequence[Any], how_many: int) -> dict[str, Any]:
    """These values, of which there is at least one and at most `how_many`; the last of them again for the rest."""
    return {f"one_{number}": values[min(number, len(values) - 1)] for number in range(how_many)}
