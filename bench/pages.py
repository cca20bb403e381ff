"""How long the desk's pages take with a small archive and with a large one, on the same day's open reports.

Both stand side by side and are asked in turn, so that whatever else the machine does meets both.
"""

import time
from collections import defaultdict
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
WARM_UP = 40
"""Until every thread of the web has met each question often enough to have it prepared."""
LONGEST, RATIO = 0.050, 1.5
CHANGED = 10
LAST_BUT = "SELECT transaction, id FROM reports_change ORDER BY transaction DESC, id DESC OFFSET %s LIMIT 1"


def rows(few: Installation, many: Installation, size: Size) -> Iterator[Row]:
    for program, reports in ((few, size.small_archive), (many, size.large_archive)):
        _open_today(program)
        history.fill(program, first=1, last=size.small_archive)
        if reports > size.small_archive:
            history.fill(program, first=size.small_archive + 1, last=reports)
    before, now = _asked_in_turn(few, many, size.pages)
    for page in now:
        small, large = percentile(before[page], 95), percentile(now[page], 95)
        yield Row(
            f"{page} with {size.large_archive} reports: p95",
            milliseconds(large),
            f"<= {RATIO} and <= {milliseconds(LONGEST)}",
            large <= RATIO * small and large <= LONGEST,
            floor=milliseconds(small),
            ratio=f"{large / small:.2f}",
        )


def _open_today(program: Installation) -> None:
    letters = Citizens(seed=4).letters(OPEN_TODAY)
    with calling(Plan(program.port, [letter.request for letter in letters], CLIENTS)) as answer:
        answer.wait()
    program.wait_until_idle(120)


Questions = dict[str, Callable[[], tuple[str, bool]]]
"""By the name of a page: the address to ask for, and whether for its part only. What looks it up is not timed."""
Times = dict[str, list[float]]


def _questions(program: Installation) -> Questions:
    """Each page, and what an open page asks for: what an operator sees when going from report to report is a part."""
    found = program.ask("SELECT number FROM reports_report WHERE status <> 'done'")
    numbers = cycle(number for (number,) in found)

    def told() -> tuple[str, bool]:
        """What changed since a desk was told all but the last few: the clock changes reports whenever it likes."""
        ((transaction, change),) = program.ask(LAST_BUT, CHANGED)
        return f"/desk/feed/?after={transaction}-{change}&view=station", False

    return {
        "queue page": lambda: ("/desk/?view=station", False),
        "report page": lambda: (f"/desk/reports/{next(numbers)}/", False),
        "report beside the queue": lambda: (f"/desk/reports/{next(numbers)}/", True),
        "feed": told,
    }


def _asked_in_turn(few: Installation, many: Installation, how_often: int) -> tuple[Times, Times]:
    """Seconds from the question to the last byte of the answer, one after the other."""
    before: Times = defaultdict(list)
    now: Times = defaultdict(list)
    asked = [
        (Desk(one.port), _questions(one), times) for one, times in ((few, before), (many, now))
    ]
    for turn in range(WARM_UP + how_often):
        for page in asked[0][1]:
            for desk, questions, times in asked:
                path, is_part = questions[page]()
                began_at = time.perf_counter()
                desk.open(path, is_part=is_part)
                if turn >= WARM_UP:
                    times[page].append(time.perf_counter() - began_at)
    return before, now
