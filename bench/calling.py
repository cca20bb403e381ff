"""Twilio's side of the webhook: many calls at a time over kept connections, in a process of its own, timed."""

import multiprocessing
import selectors
import signal
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

SILENCE_SECONDS = 30.0
"""A server that answers nobody for so long is given up."""


@dataclass(frozen=True)
class Plan:
    """Send all requests, each once: with `rate` so many a second whatever becomes of them, else as fast as answered."""

    port: int
    requests: Sequence[bytes]
    clients: int
    rate: float | None = None


@dataclass
class Outcome:
    """When each request was due, when its answer was there, and its status (0: no answer). By the monotonic clock, which all
    processes of a machine share."""

    due_at: list[float]
    done_at: list[float]
    status: list[int]

    @property
    def accepted(self) -> int:
        return self.status.count(200)

    @property
    def seconds(self) -> float:
        return max(self.done_at) - min(self.due_at)

    @property
    def latencies(self) -> list[float]:
        return [done - due for due, done in zip(self.due_at, self.done_at, strict=True)]


def call(plan: Plan) -> Outcome:
    with calling(plan) as answer:
        return answer.wait()


@dataclass
class Answer:
    _pipe: Connection

    def is_there(self) -> bool:
        return self._pipe.poll()

    def wait(self) -> Outcome:
        outcome: Outcome = self._pipe.recv()
        return outcome


@contextmanager
def calling(plan: Plan) -> Iterator[Answer]:
    """The calls begin at once; leaving the block ends them."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
    caller = multiprocessing.get_context("spawn").Process(target=_call, args=(plan, theirs))
    caller.start()
    theirs.close()
    try:
        yield Answer(ours)
    finally:
        caller.terminate()
        caller.join()
        ours.close()


def _call(plan: Plan, pipe: Connection) -> None:
    # Ctrl-C is the parent's to handle: it ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe.send(_Switchboard(plan).run())


@dataclass
class _Line:
    """One kept connection and what is under way on it."""

    socket: socket.socket
    number: int = -1
    received: bytes = field(default=b"")


class _Switchboard:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._next = 0
        total = len(plan.requests)
        self._outcome = Outcome([0.0] * total, [0.0] * total, [0] * total)
        self._selector = selectors.DefaultSelector()
        self._idle = [self._connected() for _ in range(plan.clients)]

    def run(self) -> Outcome:
        total = len(self._plan.requests)
        began_at = time.monotonic()
        busy = 0
        while self._next < total or busy:
            now = time.monotonic()
            while self._idle and self._next < total and self._due_at(began_at, now) <= now:
                self._send(self._idle.pop(), self._due_at(began_at, now))
                busy += 1
            wait = SILENCE_SECONDS
            if self._idle and self._next < total:
                wait = max(0.0, self._due_at(began_at, now) - time.monotonic())
            ready = self._selector.select(wait)
            if not ready and wait == SILENCE_SECONDS:
                raise TimeoutError("the server answers nobody")
            for key, _ in ready:
                busy -= self._receive(key.data)
        for line in self._idle:
            line.socket.close()
        return self._outcome

    def _due_at(self, began_at: float, now: float) -> float:
        return now if self._plan.rate is None else began_at + self._next / self._plan.rate

    def _send(self, line: _Line, due_at: float) -> None:
        line.number, line.received = self._next, b""
        self._outcome.due_at[line.number] = due_at
        self._next += 1
        line.socket.sendall(self._plan.requests[line.number])

    def _receive(self, line: _Line) -> bool:
        """Whether the answer is complete; then the line is free again."""
        some = line.socket.recv(65536)
        line.received += some
        if some and not _is_complete(line.received):
            return False
        self._outcome.done_at[line.number] = time.monotonic()
        self._outcome.status[line.number] = int(line.received[9:12] or 0) if some else 0
        if not some:
            self._selector.unregister(line.socket)
            line.socket.close()
            line = self._connected()
        self._idle.append(line)
        return True

    def _connected(self) -> _Line:
        line = _Line(socket.create_connection(("127.0.0.1", self._plan.port), timeout=10))
        line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector.register(line.socket, selectors.EVENT_READ, line)
        return line


def _is_complete(answer: bytes) -> bool:
    head, end, body = answer.partition(b"\r\n\r\n")
    if not end:
        return False
    head = head.lower()
    if b"transfer-encoding: chunked" in head:
        return body.endswith(b"0\r\n\r\n")
    length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
    return len(body) >= int(length or 0)
