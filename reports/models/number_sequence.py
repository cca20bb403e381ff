"""The numbers of reports, such as SRG-2611-00042."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models

from reports.models.station import Station

SHAPE = "[A-Za-z0-9-]{1,20}"
"""What the number of a report can look like in an address: anything else is no report, and is not asked for."""


class NumberSequence(models.Model):
    """The last number given at a station in a month. Taken with one statement, so that no two reports share one."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="+")
    period = models.CharField(max_length=5)
    """Year and month; of incidents with a K (kejadian) before it."""
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("station", "period", name="number_sequence_once_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.last}"

    @staticmethod
    def period_of(at: datetime) -> str:
        """The month of a report's number, by the station's clock: "2611" for November 2026."""
        return at.astimezone(ZoneInfo(settings.TIME_ZONE)).strftime("%y%m")

    @classmethod
    def take(cls, station: Station, period: str, count: int) -> list[str]:
        """The next numbers, such as SRG-2611-00042. Holds the sequence until the transaction ends: take them late."""
        table = connection.ops.quote_name(cls._meta.db_table)
        with connection.cursor() as cursor:
            # The name of the table is ours; both databases know this statement, and the ORM has no form of it.
            cursor.execute(
                f"INSERT INTO {table} (station_id, period, last) VALUES (%s, %s, %s) "  # noqa: S608
                f"ON CONFLICT (station_id, period) DO UPDATE SET last = {table}.last + excluded.last "
                "RETURNING last",
                [station.pk, period, count],
            )
            (last,) = cursor.fetchone()
        return [f"{station.code}-{period}-{n:05d}" for n in range(last - count + 1, last + 1)]
