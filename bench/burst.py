"""A burst as fast as it is accepted: nothing lost, nothing doubled, and how soon all of it is on the desk."""

import time
from collections.abc import Iterator

from bench.calling import Plan, calling
from bench.citizens import Citizens
from bench.desk import Desk
from bench.installation import Installation
from bench.size import Size
from bench.table import Row

CLIENTS = 32
LONGEST = 120.0
GIVEN_UP = 600.0
COUNTED = """
    SELECT count(*), count(DISTINCT provider_sid)
    FROM reports_message WHERE direction = 'inbound' AND provider_sid = ANY(%s)
"""


def rows(program: Installation, size: Size) -> Iterator[Row]:
    letters = Citizens(seed=3).letters(size.burst)
    desk = Desk(program.port)
    plan = Plan(program.port, [letter.request for letter in letters], CLIENTS)
    with calling(plan) as answer:
        while not answer.is_there():
            desk.look()
        calls = answer.wait()
    began_at = min(calls.due_at)
    read_at = _when_read(program, desk)
    ((stored, distinct),) = program.ask(COUNTED, [letter.sid for letter in letters])
    on_desk = max(read_at, desk.draw().at) - began_at
    program.wait_until_idle(GIVEN_UP)
    answered = time.monotonic() - began_at
    yield _row(
        size,
        "accepted",
        f"{calls.accepted} ({calls.accepted / calls.seconds:.0f}/s)",
        str(size.burst),
        calls.accepted == size.burst,
    )
    yield _row(
        size,
        "stored / distinct",
        f"{stored} / {distinct}",
        f"{size.burst} / {size.burst}",
        stored == distinct == size.burst,
    )
    limit = LONGEST * size.burst / 10_000
    yield _row(size, "all on the desk", f"{on_desk:.1f} s", f"<= {limit:.0f} s", on_desk <= limit)
    yield _row(size, "all answered", f"{answered:.1f} s", "")


def _when_read(program: Installation, desk: Desk) -> float:
    ends_at = time.monotonic() + GIVEN_UP
    while program.unread():
        if time.monotonic() > ends_at:
            raise TimeoutError(f"{program.unread()} entries are unread after {GIVEN_UP:.0f} s")
        desk.look()
    return time.monotonic()


def _row(size: Size, what: str, ours: str, target: str, reached: bool | None = None) -> Row:
    return Row(f"burst of {size.burst}: {what}", ours, target, reached)
