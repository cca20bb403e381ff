"""Servers of files, and what they may do to whoever fetches one: real ones on 127.0.0.1, in plain HTTP or in TLS."""

import datetime
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.ports import free_port

MEGABYTE = 1024**2


class Asked(BaseHTTPRequestHandler):
    """One request, with what an answer is made of."""

    protocol_version = "HTTP/1.1"

    def give(self, content: bytes, kind: str = "image/jpeg", status: int = 200) -> None:
        self.begin(status, {"Content-Type": kind, "Content-Length": str(len(content))})
        self.wfile.write(content)

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def lead_to(self, where: str, status: int = 307) -> None:
        self.begin(status, {"Location": where, "Content-Length": "0"})

    def drip(self, seconds: float, piece: bytes = b"x") -> None:
        """A byte now and then, until nobody listens any more or somebody is done with it."""
        ends_at = time.monotonic() + seconds
        while time.monotonic() < ends_at:
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


Answer = Callable[[Asked], None]


class FileServer:
    """Answers every request with `answer`, or with the next of several, the last one for ever.

    `asked` holds the paths, `headers` the headers of each request, in order; `deleted` what was to be deleted, which is
    answered with the status `of_deleting`.
    """

    def __init__(self, *answers: Answer, name: str = "127.0.0.1", tls_for: str = "") -> None:
        self.asked: list[str] = []
        self.deleted: list[str] = []
        self.of_deleting = 204
        self.headers: list[Mapping[str, str]] = []
        self.names_in_tls: list[str | None] = []
        server = self

        class Handler(Asked):
            def do_GET(self) -> None:
                if "/Messages.json" in self.path:
                    self.do_POST()
                    return
                answer = answers[min(len(server.asked), len(answers) - 1)]
                server.asked.append(self.path)
                server.headers.append(dict(self.headers))
                self.close_connection = True
                try:
                    answer(self)
                except OSError:
                    # Whoever asked has gone: that is what most of these are about.
                    return

            def do_POST(self) -> None:
                """Messages are not what it is here for."""
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.close_connection = True
                self.begin(503, {"Content-Length": "0"})

            def do_DELETE(self) -> None:
                server.deleted.append(self.path)
                self.begin(server.of_deleting, {"Content-Length": "0"})

        self._server = ThreadingHTTPServer(("127.0.0.1", free_port()), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self.trusted: ssl.SSLContext | None = None
        if tls_for:
            self._speak_tls(tls_for)
        scheme = "https" if tls_for else "http"
        self.url = f"{scheme}://{name}:{self.port}"

    def _speak_tls(self, name: str) -> None:
        certificate, key = certificate_for(name)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "both.pem"
            path.write_bytes(key + certificate)
            context.load_cert_chain(path)
        context.sni_callback = lambda _socket, asked, _context: self.names_in_tls.append(asked)
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.trusted = ssl.create_default_context(cadata=certificate.decode())

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def certificate_for(name: str) -> tuple[bytes, bytes]:
    """One that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return (
        certificate.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )


def of_size(size: int) -> Answer:
    """So many bytes, and the truth about how many."""
    return lambda asked: asked.give(b"\0" * size)


def endless(asked: Asked) -> None:
    """Never says how much it is, and never stops."""
    asked.begin(200, {"Content-Type": "image/jpeg"})
    piece = b"\0" * MEGABYTE
    for _ in range(200):
        asked.wfile.write(piece)


def slow(asked: Asked) -> None:
    """A byte now and then: no read ever waits long enough to be given up."""
    asked.begin(200, {"Content-Type": "image/jpeg", "Content-Length": "1000000"})
    asked.drip(20)


def slow_to_begin(asked: Asked) -> None:
    """The headers never end."""
    asked.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    asked.drip(20)


def silent(asked: Asked) -> None:
    time.sleep(5)


def cut_short(asked: Asked) -> None:
    """Promises more than it gives."""
    asked.begin(200, {"Content-Type": "image/jpeg", "Content-Length": "1000"})
    asked.wfile.write(b"\xff\xd8\xff" + bytes(200))


def cut_in_pieces(asked: Asked) -> None:
    """The same, in chunks."""
    asked.begin(200, {"Content-Type": "image/jpeg", "Transfer-Encoding": "chunked"})
    asked.wfile.write(b"10\r\n" + bytes(16) + b"\r\n20\r\nabc")


def nonsense(asked: Asked) -> None:
    asked.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")


def status(code: int) -> Answer:
    return lambda asked: asked.give(b"{}", "application/json", code)


def leading_to(where: str, code: int = 307) -> Answer:
    return lambda asked: asked.lead_to(where, code)


def giving(content: bytes, kind: str = "image/jpeg") -> Answer:
    return lambda asked: asked.give(content, kind)
