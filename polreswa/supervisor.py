"""Several processes under one: started together, restarted when one dies, stopped together with nothing left behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

GRACE_SECONDS = 10.0
STEADY_SECONDS = 30.0
LONGEST_PAUSE = 15.0
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process and how it has fared. `command` as for subprocess, `environment` on top of ours, `niceness` as for nice:
    the higher, the later its turn when all want the processor."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    niceness: int = 0
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    pause: float = 0.5

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603  (our own commands)
            self.command,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=partial(_begin, self.niceness),  # noqa: PLW1509
        )
        self.started_at = time.monotonic()

    def signal_all(self, number: int) -> None:
        """Signal the process and whatever it has started: a worker killed hard leaves children of its own."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


class Supervisor:
    def __init__(self, children: Sequence[Child], say: Callable[[str], object]) -> None:
        self._children = children
        self._say = say
        self._stopping = False

    def run(self, *, each_round: Callable[[], object] = lambda: None) -> None:
        """Keep all children running until SIGINT or SIGTERM, calling `each_round` twice a second."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        try:
            for child in self._children:
                child.start()
            while not self._stopping:
                for child in self._children:
                    self._look_after(child)
                each_round()
                time.sleep(0.5)
        finally:
            self._stop_all()

    def _stop(self, number: int, frame: object) -> None:
        self._stopping = True

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.start_again_at:
                child.start()
                self._say(f"{child.name}: started again")
            return
        code = child.process.poll()
        if code is None:
            return
        child.signal_all(signal.SIGKILL)
        steady = now - child.started_at > STEADY_SECONDS
        child.pause = 0.5 if steady else min(child.pause * 2, LONGEST_PAUSE)
        child.process, child.start_again_at = None, now + child.pause
        why = f"killed by signal {-code}" if code < 0 else f"ended with code {code}"
        self._say(f"{child.name}: {why}; starting again in {child.pause:.0f} s")

    def _stop_all(self) -> None:
        running = [child for child in self._children if child.process is not None]
        for child in running:
            if child.process is not None:
                child.process.terminate()
        ends_at = time.monotonic() + GRACE_SECONDS
        for child in running:
            if child.process is not None:
                try:
                    child.process.wait(max(0.1, ends_at - time.monotonic()))
                except subprocess.TimeoutExpired:
                    self._say(f"{child.name}: does not stop, killed")
            child.signal_all(signal.SIGKILL)


def _begin(niceness: int) -> None:
    """In the child, before it starts. If the supervisor itself is killed hard, the kernel ends the child too (Linux)."""
    os.nice(niceness)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
