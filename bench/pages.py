"""How long the desk's pages take with a small archive and with a large one, on the same day's open reports."""

import time
from collections.abc import Callable, Iterator
from itertools import cycle

from bench import history
from bench.calling import Plan, calling
from bench.citizens import Citizens
from bench.desk import Desk
from bench.installation import Installation
from bench.size import Size
from bench.table import Row, milliseconds, percentile

OPEN_TODAY = 240
"""Messages; a third of them open a report."""
CLIENTS = 4
WARM_UP = 20
LONGEST, RATIO = 0.050, 1.5
Measured = dict[str, list[float]]


def rows(program: Installation, size: Size) -> Iterator[Row]:
    letters = Citizens(seed=4).letters(OPEN_TODAY)
    with calling(Plan(program.port, [letter.request for letter in letters], CLIENTS)) as answer:
        answer.wait()
    program.wait_until_idle(120)
    history.fill(program, first=1, last=size.small_archive)
    small = _measured(program, size)
    history.fill(program, first=size.small_archive + 1, last=size.large_archive)
    large = _measured(program, size)
    for page, times in large.items():
        before, now = percentile(small[page], 95), percentile(times, 95)
        yield Row(
            f"{page} with {size.large_archive} reports: p95",
            milliseconds(now),
            f"<= {RATIO} and <= {milliseconds(LONGEST)}",
            now <= RATIO * before and now <= LONGEST,
            floor=milliseconds(before),
            ratio=f"{now / before:.2f}",
        )


def _measured(program: Installation, size: Size) -> Measured:
    desk = Desk(program.port)
    numbers = cycle(
        number
        for (number,) in program.ask("SELECT number FROM reports_report WHERE status <> 'done'")
    )
    cursor = desk.views[0].cursor
    asking: dict[str, Callable[[], str]] = {
        "queue page": lambda: "/desk/?view=station",
        "report page": lambda: f"/desk/reports/{next(numbers)}/",
        "feed": lambda: f"/desk/feed/?after={cursor.transaction}-{cursor.change}&view=station",
    }
    return {page: _times(desk, path, size.pages) for page, path in asking.items()}


def _times(desk: Desk, path: Callable[[], str], how_often: int) -> list[float]:
    """Seconds from the question to the last byte of the answer, one after the other on one connection."""
    times = []
    for turn in range(WARM_UP + how_often):
        began_at = time.perf_counter()
        desk.open(path())
        if turn >= WARM_UP:
            times.append(time.perf_counter() - began_at)
    return times
