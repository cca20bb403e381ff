"""Work off the request path: a few threads, jobs with a delay, and lanes that keep an order."""

import heapq
import itertools
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future

THREADS = 8

logger = logging.getLogger(__name__)

Job = Callable[[], None]
Entry = tuple[float, int, str, Job, "Future[None]"]


class Courier:
    """Runs jobs when they are due. Jobs of one lane never run at the same time or out of turn."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._due: list[Entry] = []
        self._numbers = itertools.count()
        self._waiting: dict[str, deque[Entry]] = {}  # busy lanes, and who queues behind them
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._run, name=f"courier-{number}", daemon=True)
            for number in range(THREADS)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Begin nothing more. Jobs under way are not waited for: their state is already saved."""
        with self._condition:
            self._stopping = True
            self._condition.notify_all()

    def submit(self, job: Job, *, lane: str = "", delay: float = 0) -> "Future[None]":
        """Run `job` after `delay` seconds; without a lane it keeps no order."""
        done: Future[None] = Future()
        with self._condition:
            entry = (time.monotonic() + delay, next(self._numbers), lane, job, done)
            heapq.heappush(self._due, entry)
            self._condition.notify()
        return done

    def _run(self) -> None:
        while (entry := self._next()) is not None:
            _, _, lane, job, done = entry
            try:
                job()
            except Exception as problem:  # noqa: BLE001 - one bad job must not end the thread
                # The type alone: the text of an error may quote a message.
                logger.error("a job failed: %s", type(problem).__name__)
                done.set_exception(problem)
            else:
                done.set_result(None)
            self._release(lane)

    def _next(self) -> Entry | None:
        """Wait for the next job whose lane is free; None when we are to stop."""
        with self._condition:
            while not self._stopping:
                now = time.monotonic()
                if not self._due:
                    self._condition.wait()
                elif (wait := self._due[0][0] - now) > 0:
                    self._condition.wait(wait)
                else:
                    entry = heapq.heappop(self._due)
                    lane = entry[2]
                    if lane and lane in self._waiting:
                        self._waiting[lane].append(entry)
                        continue
                    if lane:
                        self._waiting[lane] = deque()
                    # Somebody else has to watch the rest while this thread is busy.
                    self._condition.notify()
                    return entry
            return None

    def _release(self, lane: str) -> None:
        if not lane:
            return
        with self._condition:
            for entry in self._waiting.pop(lane, ()):
                heapq.heappush(self._due, entry)
            self._condition.notify()
