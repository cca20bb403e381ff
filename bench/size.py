"""How much is measured: enough for steady figures, or just enough to see that everything still works."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    rounds: int
    requests_a_round: int
    calm_seconds: int
    busy_seconds: int
    burst: int
    hints: int
    pages: int
    photos: int
    small_archive: int
    large_archive: int


FULL = Size(
    rounds=9,
    requests_a_round=1500,
    calm_seconds=40,
    busy_seconds=45,
    burst=10_000,
    hints=1_000,
    pages=300,
    photos=30,
    small_archive=10_000,
    large_archive=1_000_000,
)
QUICK = Size(
    rounds=1,
    requests_a_round=400,
    calm_seconds=5,
    busy_seconds=5,
    burst=600,
    hints=200,
    pages=60,
    photos=5,
    small_archive=1_000,
    large_archive=10_000,
)
