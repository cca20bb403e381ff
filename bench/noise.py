"""How much of the machine somebody else used while we measured: figures from a busy machine are worth less."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.processes import descendants

TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Noise:
    """Counts from when it is made. Processes that ended meanwhile, unwaited for by one of ours, count as others."""

    _began_at: float = field(default_factory=time.monotonic)
    _busy: float = field(default_factory=lambda: _busy())
    _ours: float = field(default_factory=lambda: _ours())

    def others(self) -> float:
        """CPUs that were not ours to use, on average, since the beginning."""
        taken = (_busy() - self._busy) - (_ours() - self._ours)
        return max(0.0, taken / (time.monotonic() - self._began_at))


def _busy() -> float:
    """Seconds that all CPUs together were not idle, stolen ones included."""
    fields = [int(n) for n in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    idle = fields[3] + fields[4]
    return (sum(fields) - idle) / TICK


def _ours() -> float:
    """Seconds that we and our descendants, those that have ended too, have used."""
    total = 0
    for pid in [os.getpid(), *descendants(os.getpid())]:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(n) for n in fields[11:15])
    return total / TICK
