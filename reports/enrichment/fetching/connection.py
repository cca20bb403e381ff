"""One connection to an address that was looked up before, with an end to how long all of it may take."""

import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from http.client import HTTPConnection
from types import TracebackType
from typing import Self

CONNECT_SECONDS = 5.0


class Watch:
    """Cuts the line when the time is over: also to somebody who sends a byte now and then for ever."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def over(self, line: socket.socket) -> None:
        """Watch this line from now on."""
        self._socket = line
        if self.is_over:
            raise TimeoutError

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.is_over = True
        if self._socket is not None:
            with suppress(OSError):
                # Not that of ssl, which would take the connection apart under whoever reads from it.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class Pinned(HTTPConnection):
    """Speaks for `host`, in TLS when `context` is there, to the first of `addresses` that answers, and to nobody else."""

    def __init__(
        self,
        host: str,
        port: int,
        addresses: Sequence[str],
        *,
        context: ssl.SSLContext | None,
        read_seconds: float,
        watch: Watch,
    ) -> None:
        # Before anything else: the Host header names the port unless it is the usual one.
        self.default_port = 443 if context else 80
        super().__init__(host, port, timeout=read_seconds)
        self._addresses = addresses
        self._context = context
        self._read_seconds = read_seconds
        self._watch = watch

    def connect(self) -> None:
        line = self._first_that_answers()
        try:
            self._watch.over(line)
            if self._context is not None:
                # The name, not the address: it is the name whose certificate is asked for and checked.
                line = self._context.wrap_socket(
                    line, server_hostname=self.host, do_handshake_on_connect=False
                )
                self._watch.over(line)
                line.do_handshake()
        except BaseException:
            line.close()
            raise
        self.sock = line

    def _first_that_answers(self) -> socket.socket:
        problem: OSError = OSError("no address")
        for address in self._addresses:
            try:
                line = socket.create_connection((address, self.port), CONNECT_SECONDS)
            except OSError as error:
                problem = error
                continue
            line.settimeout(self._read_seconds)
            return line
        raise problem
