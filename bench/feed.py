"""From the webhook to the desk: how long until a message is shown to an operator, with all workers on."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.calling import Outcome, Plan, calling
from bench.citizens import Citizens, Letter
from bench.desk import Cursor, Desk
from bench.installation import Installation
from bench.size import Size
from bench.table import Row, percentile

CLIENTS = 16
CALM, BUSY = 50, 150
LONGEST_MEDIAN, LONGEST_P95 = 1.0, 2.0
SETTLE_SECONDS = 120.0
WARM_UP = 100
SHOWN = """
    SELECT message.provider_sid, report.number, max(change.transaction), max(change.id)
    FROM reports_message message
    JOIN reports_report report ON report.id = message.report_id
    JOIN reports_inboxentry entry
      ON entry.provider_id = message.provider_sid AND entry.kind = 'message'
    JOIN reports_change change
      ON change.report_id = report.id AND change.transaction = entry.xmin::text::bigint
    WHERE message.direction = 'inbound'
    GROUP BY message.provider_sid, report.number
"""
"""Which change told open desks of each message: the one of the transaction that wrote it, which was the last to touch its
inbox entry. The message's own row is written again when its hints are read."""


@dataclass
class Stretch:
    """Some time at one rate: what was sent, what was seen, and how much waited meanwhile."""

    rate: int
    letters: list[Letter]
    calls: Outcome
    waited: list[float] = field(default_factory=list)
    """Seconds from when each message was due at the webhook until the desk had been told."""
    unread: list[int] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)
    """Seconds that each of the desk's questions took to be answered."""
    settled_after: float = 0.0
    redrawn: int = 0


def rows(program: Installation, size: Size) -> Iterator[Row]:
    citizens = Citizens(seed=2)
    _stretch(program, citizens.letters(WARM_UP), CALM)
    calm = _stretch(program, citizens.letters(CALM * size.calm_seconds), CALM)
    middle, tail = percentile(calm.waited, 50), percentile(calm.waited, 95)
    yield _row(
        calm, "median", f"{middle:.2f} s", f"< {LONGEST_MEDIAN:.0f} s", middle < LONGEST_MEDIAN
    )
    yield _row(calm, "p95", f"{tail:.2f} s", f"< {LONGEST_P95:.0f} s", tail < LONGEST_P95)
    yield _all_seen(calm)
    busy = _stretch(program, citizens.letters(BUSY * size.busy_seconds), BUSY)
    lag = busy.calls.seconds - (len(busy.letters) - 1) / BUSY
    grown = _grown(busy.unread)
    yield _row(
        busy,
        "sustained",
        f"unread {percentile(busy.unread, 50):.0f}, growing {grown:+.1f}/s, webhook late {lag:.2f} s",
        "not growing",
        grown < BUSY / 100 and lag < 1,
    )
    times = f"{percentile(busy.waited, 50):.2f} s / {percentile(busy.waited, 95):.2f} s"
    yield _row(busy, "median / p95", times, "")
    looks = f"{percentile(busy.looks, 50):.3f} s / {percentile(busy.looks, 95):.3f} s"
    yield _row(busy, "a look takes, median / p95", looks, "")
    yield _row(busy, "last answer sent after the end", f"{busy.settled_after:.1f} s", "")
    yield _all_seen(busy)


def _stretch(program: Installation, letters: list[Letter], rate: int) -> Stretch:
    desk = Desk(program.port)
    stretch = Stretch(rate, letters, Outcome([], [], []))
    plan = Plan(program.port, [letter.request for letter in letters], CLIENTS, rate)
    with calling(plan) as answer:
        while not answer.is_there():
            desk.look()
            stretch.unread.append(program.unread())
        stretch.calls = answer.wait()
    ended_at = time.monotonic()
    while program.unread() and time.monotonic() - ended_at < SETTLE_SECONDS:
        desk.look()
    program.wait_until_idle(SETTLE_SECONDS)
    stretch.settled_after = time.monotonic() - ended_at
    desk.look()
    told = {sid: (number, Cursor(*change)) for sid, number, *change in program.ask(SHOWN)}
    for letter, due_at in zip(letters, stretch.calls.due_at, strict=True):
        if letter.sid in told:
            number, cursor = told[letter.sid]
            if (seen_at := desk.seen_at(cursor, number)) is not None:
                stretch.waited.append(seen_at - due_at)
    stretch.looks = [view.seconds for view in desk.views]
    stretch.redrawn = sum(view.numbers is None for view in desk.views) - 1
    return stretch


def _grown(unread: list[int]) -> float:
    """By how many entries a second (a look) the backlog grew: the last third of the time against the first."""
    third = max(1, len(unread) // 3)
    first, last = unread[:third], unread[-third:]
    return (sum(last) / third - sum(first) / third) / max(1, len(unread) - third)


def _row(stretch: Stretch, what: str, ours: str, target: str, reached: bool | None = None) -> Row:
    return Row(f"feed, {stretch.rate} messages/s: {what}", ours, target, reached)


def _all_seen(stretch: Stretch) -> Row:
    seen, sent = len(stretch.waited), len(stretch.letters)
    return _row(
        stretch,
        "messages seen",
        f"{seen} (page drawn anew {stretch.redrawn} times)",
        str(sent),
        seen == sent,
    )
