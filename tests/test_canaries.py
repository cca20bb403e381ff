"""The search itself must find what it is meant to find, or its silence means nothing."""

import base64
import os
from pathlib import Path
from urllib.parse import quote

import pytest

from tests import photos
from tests.canaries import CHUNK, Canary, legible, scan

PHONE = "+6281199990001"
WORDS = "burung kenari 7731"
CANARIES = [Canary.phone(PHONE), Canary.words(WORDS)]

HIDDEN = {
    "as it is": PHONE.encode(),
    "without plus": b"6281199990001",
    "national": b"081199990001",
    "with spaces": b"+62 811 9999 0001",
    "with dashes": b"0811-9999-0001",
    "with brackets": b"(0811) 9999.0001",
    "last nine digits": b"...199990001...",
    "an address of WhatsApp": b"whatsapp:+6281199990001",
    "hex": PHONE.encode().hex().encode(),
    "HEX": PHONE.encode().hex().upper().encode(),
    "base64": base64.b64encode(PHONE.encode()),
    "base64 after one byte": base64.b64encode(b"x" + PHONE.encode() + b"yy"),
    "base64 after two bytes": base64.b64encode(b"xx" + PHONE.encode() + b"y"),
    "base64 of other words": base64.b64encode(b"x" + WORDS.encode() + b"zz"),
    "base64 for URLs": base64.urlsafe_b64encode(b"xx" + WORDS.encode()),
    "URL-encoded": quote(PHONE, safe="").encode(),
    "a form": WORDS.replace(" ", "+").encode(),
    "words URL-encoded": quote(WORDS).encode(),
    "UTF-16": PHONE.encode("utf-16-le"),
    "UTF-16, other end first": WORDS.encode("utf-16-be"),
    "hex of UTF-16": WORDS.encode("utf-16-le").hex().encode(),
    "reversed": PHONE.encode()[::-1],
    "upper case": WORDS.upper().encode(),
}


@pytest.mark.parametrize("data", HIDDEN.values(), ids=HIDDEN.keys())
def test_it_finds(data: bytes) -> None:
    assert scan(CANARIES, b"before " + data + b" after")


def test_it_finds_nothing_where_nothing_is() -> None:
    harmless = b"2026-11-21T19:04:11.123+00:00 SM" + b"0123456789abcdef" * 2 + b" SRG-2611-00042"
    assert scan(CANARIES, harmless) == []


def test_it_says_what_and_where(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "dump.sql").write_bytes(b"x" + WORDS.encode().hex().encode())
    (hit,) = scan(CANARIES, tmp_path)
    assert (hit.canary, hit.form) == (WORDS, "hex of raw")
    assert hit.where.endswith("/a/dump.sql")


def test_it_looks_at_the_names_of_files(tmp_path: Path) -> None:
    (tmp_path / "6281199990001.jpg").touch()
    assert any("the name of" in hit.where for hit in scan(CANARIES, tmp_path))


def test_it_finds_across_the_border_of_two_pieces(tmp_path: Path) -> None:
    path = tmp_path / "long"
    path.write_bytes(b"\0" * (CHUNK - 5) + PHONE.encode())
    assert scan(CANARIES, path)


def test_it_refuses_a_canary_that_chance_would_find() -> None:
    with pytest.raises(ValueError, match="too short"):
        Canary.words("burung")


def test_it_names_pieces_of_data() -> None:
    (hit, *_) = scan([Canary.words(WORDS)], {"an answer": WORDS.encode(), "another": b""})
    assert hit.where == "an answer"


@pytest.mark.parametrize(
    "content",
    [photos.jpeg(), photos.encoded(photos.noise(200, 200), "PNG"), b"a,b,c\n" * 2000, bytes(9000)],
    ids=["a JPEG", "a PNG", "a table", "nothing but zeros"],
)
def test_it_tells_a_file_that_is_not_sealed(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert legible([path])


@pytest.mark.parametrize("size", [100, 8192, 500_000])
def test_it_takes_a_cipher_for_one(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"\x01" + os.urandom(size))
    assert legible([path]) == []
