"""Signed webhook to committed row, ours against the floor: one after the other, round by round, on the same server."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median

import psycopg

from bench import processes
from bench.calling import Outcome, Plan, call
from bench.citizens import Citizens, Letter
from bench.installation import Installation, Servers, installed, wait_until_listening
from bench.size import Size
from bench.table import Row, milliseconds, percentile
from tests.ports import free_port

CLIENTS = (8, 32)
LEAST_RATIO = 0.8
LONGEST_TAIL = 2.0
WARM_UP = 300
TABLE = """
    CREATE TABLE message (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        sid varchar(64) NOT NULL UNIQUE,
        body bytea NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now()
    )
"""
"""The floor's one table."""


def rows(at: Servers, size: Size) -> Iterator[Row]:
    citizens = Citizens(seed=1)
    with installed("webhook", at) as ours, _floor(at, ours) as floor_port:
        # The webhook alone: what it stores is not read meanwhile.
        processes.freeze(ours.all_but_web())
        for port in (floor_port, ours.port):
            _round(port, citizens.letters(WARM_UP), max(CLIENTS))
        for clients in CLIENTS:
            floor_rounds, our_rounds = [], []
            for _ in range(size.rounds):
                letters = citizens.letters(size.requests_a_round)
                floor_rounds.append(_round(floor_port, letters, clients))
                our_rounds.append(_round(ours.port, letters, clients))
            yield from _compared(clients, floor_rounds, our_rounds)
        ((stored,),) = ours.ask("SELECT count(DISTINCT provider_id) FROM reports_inboxentry")
        expected = WARM_UP + len(CLIENTS) * size.rounds * size.requests_a_round
        yield Row("webhook: rows committed", str(stored), str(expected), stored == expected)


def _round(port: int, letters: Sequence[Letter], clients: int) -> Outcome:
    outcome = call(Plan(port, [letter.request for letter in letters], clients))
    if outcome.accepted != len(letters):
        raise RuntimeError(f"accepted {outcome.accepted} of {len(letters)}")
    return outcome


def _compared(
    clients: int, floor_rounds: Sequence[Outcome], our_rounds: Sequence[Outcome]
) -> Iterator[Row]:
    floor_rates = [outcome.accepted / outcome.seconds for outcome in floor_rounds]
    our_rates = [outcome.accepted / outcome.seconds for outcome in our_rounds]
    ratio = median(a / b for a, b in zip(our_rates, floor_rates, strict=True))
    yield Row(
        f"webhook, {clients} clients: requests/s",
        floor=f"{median(floor_rates):.0f}",
        ours=f"{median(our_rates):.0f}",
        ratio=f"{ratio:.2f}",
        target=f">= {LEAST_RATIO}",
        reached=ratio >= LEAST_RATIO,
    )
    floor_tails = [percentile(outcome.latencies, 99) for outcome in floor_rounds]
    our_tails = [percentile(outcome.latencies, 99) for outcome in our_rounds]
    tail = median(a / b for a, b in zip(our_tails, floor_tails, strict=True))
    yield Row(
        f"webhook, {clients} clients: p99",
        floor=milliseconds(median(floor_tails)),
        ours=milliseconds(median(our_tails)),
        ratio=f"{tail:.2f}",
        target=f"<= {LONGEST_TAIL}",
        reached=tail <= LONGEST_TAIL,
    )


@contextmanager
def _floor(at: Servers, beside: Installation) -> Iterator[int]:
    """The bare view, served as our own web is: the same command and surroundings, another application."""
    port = free_port()
    database_url = at.postgres.create("floor")
    with psycopg.connect(database_url, autocommit=True) as database:
        database.execute(TABLE)
    web = beside.families()["web"][0]
    command = processes.command_of(web)
    command[command.index("--port") + 1] = str(port)
    command[-1] = "bench.floor:application"
    environment = processes.environment_of(web) | {"DATABASE_URL": database_url}
    log = at.folder / "floor.log"
    with processes.running(command, environment=environment, log=log) as process:
        wait_until_listening(port, process, log)
        yield port
