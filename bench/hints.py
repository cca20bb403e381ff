"""Messages read for hints: how soon after the desk has them all is everything found that can be read out of them."""

import time
from collections.abc import Callable, Iterator

from bench.calling import Plan, call
from bench.citizens import Citizens
from bench.installation import Installation
from bench.size import Size
from bench.table import Row

CLIENTS = 16
GIVEN_UP = 300.0
READ = """
    SELECT count(DISTINCT finding.message_id), count(*), min(finding.at), max(finding.at)
    FROM reports_finding finding JOIN reports_message message ON message.id = finding.message_id
    WHERE message.provider_sid = ANY(%s)
"""


def rows(program: Installation, size: Size) -> Iterator[Row]:
    letters = Citizens(seed=5).letters(size.hints)
    calls = call(Plan(program.port, [letter.request for letter in letters], CLIENTS))
    began_at, ends_at = min(calls.due_at), time.monotonic() + GIVEN_UP
    drained_at = _when(program.unread, ends_at)
    read_at = _when(program.unhinted, ends_at)
    ((messages, findings, first, last),) = program.ask(READ, [letter.sid for letter in letters])
    what = f"hints of {size.hints} messages"
    yield Row(
        f"{what}: read", str(messages), str(size.hints), messages == size.hints == calls.accepted
    )
    yield Row(
        f"{what}: all there",
        f"{read_at - began_at:.1f} s, {read_at - drained_at:.1f} s after the drain",
        "",
    )
    seconds = (last - first).total_seconds()
    yield Row(
        f"{what}: speed",
        f"{messages / seconds:.0f} messages/s, {findings / messages:.1f} findings each",
        "",
    )


def _when(left: Callable[[], int], ends_at: float) -> float:
    while left():
        if time.monotonic() > ends_at:
            raise TimeoutError(f"{left()} are left after {GIVEN_UP:.0f} s")
        time.sleep(0.05)
    return time.monotonic()
