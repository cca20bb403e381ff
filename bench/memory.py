"""What the processes hold after the burst: PSS, where memory that several share counts once."""

from collections.abc import Iterator

from bench.installation import Installation
from bench.processes import proportional_set_size
from bench.table import Row

LIMIT = 250


def rows(program: Installation) -> Iterator[Row]:
    held = {name: proportional_set_size(pids) for name, pids in program.families().items()}
    workers = held["worker"] + held["sender"]
    yield Row("memory: web", f"{held['web']:.0f} MB", f"< {LIMIT} MB", held["web"] < LIMIT)
    yield Row("memory: worker", f"{held['worker']:.0f} MB", "")
    yield Row("memory: sender", f"{held['sender']:.0f} MB", "")
    yield Row("memory: worker and sender", f"{workers:.0f} MB", f"< {LIMIT} MB", workers < LIMIT)
    yield Row("memory: enricher", f"{held['enricher']:.0f} MB", "")
    yield Row("memory: clock", f"{held['clock']:.0f} MB", "")
