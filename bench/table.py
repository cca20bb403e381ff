"""The table of figures: what was measured, against what, and whether it is enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

HEAD = ("figure", "floor", "ours", "ratio", "target", "reached")


@dataclass(frozen=True)
class Row:
    figure: str
    ours: str
    target: str
    reached: bool | None = None
    """None where nothing was promised."""
    floor: str = ""
    ratio: str = ""

    def cells(self) -> tuple[str, ...]:
        reached = {True: "yes", False: "NO", None: ""}[self.reached]
        return (self.figure, self.floor, self.ours, self.ratio, self.target, reached)


def drawn(rows: Sequence[Row]) -> str:
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent do not exceed."""
    if len(values) < 2:
        return values[0] if values else 0.0
    return median(values) if percent == 50 else quantiles(values, n=100)[percent - 1]


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
