"""A pretend Twilio that takes every message that is sent through it, in a process of its own, as fast as it can.

python -m bench.pretend_twilio PORT
"""

import asyncio
import json
import sys
from itertools import count
from urllib.parse import parse_qs

from bench.account import ACCOUNT_SID

_numbers = count(1)


class _Line(asyncio.Protocol):
    """One connection of a client that keeps it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._received = b""

    def data_received(self, data: bytes) -> None:
        self._received += data
        while request := self._complete():
            self._answer(request)

    def _complete(self) -> bytes:
        """The body of the next request that is here completely, and never empty; else nothing."""
        head, end, rest = self._received.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        if not end or len(rest) < int(length or 0):
            return b""
        self._received = rest[int(length or 0) :]
        return rest[: int(length or 0)] or b" "

    def _answer(self, body: bytes) -> None:
        message = {name.decode(): values[0].decode() for name, values in parse_qs(body).items()}
        answer = json.dumps(
            {
                "sid": f"SMf{next(_numbers):031x}",
                "account_sid": ACCOUNT_SID,
                "status": "queued",
                "to": message.get("To"),
                "from": message.get("From"),
                "body": message.get("Body"),
                "direction": "outbound-api",
                "api_version": "2010-04-01",
            }
        ).encode()
        head = (
            "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        if isinstance(self._transport, asyncio.Transport):
            self._transport.write(head.encode() + answer)


async def _serve(port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Line, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
