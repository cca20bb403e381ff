"""Ports of 127.0.0.1 for servers of tests and of figures.

Below those that the system gives to outgoing connections: one of them could take a port before its server is up. Each
process begins elsewhere, and leaves room for the neighbour that `manage.py run` opens beside its own.
"""

import os
import socket
from contextlib import suppress
from itertools import count

PORTS = range(18_000, 32_000, 10)
APART = 97
"""Between two processes that begin one after the other; with STEP it has no divisor in common with the number of ports."""
STEP = 11

_turn = count(os.getpid() * APART)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    while True:
        port = PORTS[next(_turn) * STEP % len(PORTS)]
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
