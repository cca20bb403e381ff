"""What a file is, told from how it begins. Names and headers come from the sender and are not asked.

A short table of our own: of each kind the desk shows there is one entry, and everything else is kept without being opened.
(Libraries that guess know hundreds of kinds, and guess.)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reports.enrichment.media.refusals import MediaRefused

Reader = Literal["picture", "heif", "recording", "pages", "card", "none"]


@dataclass(frozen=True)
class Nature:
    """What a file is: its media type, who reads it, and for recordings the one container format that is tried."""

    media_type: str
    reader: Reader
    container: str = ""


BEGINNINGS: Sequence[tuple[bytes, Nature]] = (
    (b"\xff\xd8\xff", Nature("image/jpeg", "picture")),
    (b"\x89PNG\r\n\x1a\n", Nature("image/png", "picture")),
    (b"GIF87a", Nature("image/gif", "picture")),
    (b"GIF89a", Nature("image/gif", "picture")),
    (b"OggS", Nature("audio/ogg", "recording", "ogg")),
    (b"#!AMR", Nature("audio/amr", "recording", "amr")),
    (b"ID3", Nature("audio/mpeg", "recording", "mp3")),
    (b"%PDF-", Nature("application/pdf", "pages")),
    (b"II*\0", Nature("image/tiff", "none")),
    (b"MM\0*", Nature("image/tiff", "none")),
    (b"fLaC", Nature("audio/flac", "none")),
    (b"\x1a\x45\xdf\xa3", Nature("video/x-matroska", "none")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Nature("application/x-ole-storage", "none")),
)
RIFF = {
    b"WEBP": Nature("image/webp", "picture"),
    b"WAVE": Nature("audio/wav", "recording", "wav"),
    b"AVI ": Nature("video/x-msvideo", "none"),
}
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
OFFICE = {
    b"word/": Nature(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "none"
    ),
    b"xl/": Nature("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "none"),
    b"ppt/": Nature(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation", "none"
    ),
}
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"dex\n",
    b"L\0\0\0\x01\x14\x02\0",
)
"""Windows, Linux, scripts, Java and macOS, Android; the last is a Windows shortcut."""
ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\0",
)
MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|svg|script|iframe|\?xml|\?php|!--|math|xsl)", re.IGNORECASE
)
LOOKED_AT = 1024
BITMAP_HEADERS = {12, 40, 52, 56, 64, 108, 124}
"""The sizes that the second header of a BMP can have."""


def nature(content: bytes) -> Nature:
    """What it is. Raises MediaRefused for what nobody should open and for what cannot be told."""
    head = content[:LOOKED_AT]
    for beginning, known in BEGINNINGS:
        if head.startswith(beginning):
            return known
    if head[:4] == b"RIFF" and (known_riff := RIFF.get(head[8:12])):
        return known_riff
    if head[4:8] == b"ftyp":
        return _of_boxes(head)
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in BITMAP_HEADERS:
        return Nature("image/bmp", "picture")
    if head[:2] == b"PK" and (office := _office(content)):
        return office
    if head.startswith(PROGRAMS):
        raise MediaRefused("dangerous")
    if head.startswith(ARCHIVES):
        raise MediaRefused("archive")
    return _of_sound(content) or _of_text(head)


def _of_boxes(head: bytes) -> Nature:
    """MPEG-4 and its relatives: which, the brands say that the first box lists."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size, 4))]
    if brands[0] in {b"avif", b"avis"}:
        return Nature("image/avif", "none")
    if brands[0] in HEIF_BRANDS:
        return Nature("image/avif", "none") if b"avif" in brands else Nature("image/heic", "heif")
    if brands[0].startswith(b"3g"):
        return Nature("video/3gpp", "recording", "mov")
    if brands[0] == b"qt  ":
        return Nature("video/quicktime", "recording", "mov")
    if brands[0] in {b"M4A ", b"M4B "}:
        return Nature("audio/mp4", "recording", "mov")
    return Nature("video/mp4", "recording", "mov")


def _office(content: bytes) -> Nature | None:
    """A document of an office program: a packed file in which the list of its parts stands."""
    if b"[Content_Types].xml" not in content:
        return None
    for folder, known in OFFICE.items():
        if folder in content:
            return known
    return None


def _of_sound(content: bytes) -> Nature | None:
    """Sound that has no signature but begins with a frame; two in a row are asked for, one may be chance."""
    if len(content) < 7 or content[0] != 0xFF:
        return None
    if content[1] & 0xF6 == 0xF0:
        length = (content[3] & 3) << 11 | content[4] << 3 | content[5] >> 5
        following = content[length : length + 2]
        if length >= 7 and following[:1] == b"\xff" and following[1] & 0xF6 == 0xF0:
            return Nature("audio/aac", "recording", "aac")
    elif (
        content[1] & 0xE0 == 0xE0
        and content[1] & 0x06
        and content[1] & 0x18 != 0x08
        and content[2] & 0xF0 not in {0x00, 0xF0}
        and content[2] & 0x0C != 0x0C
    ):
        # The decoder looks for further frames itself, and refuses what has none.
        return Nature("audio/mpeg", "recording", "mp3")
    return None


def _of_text(head: bytes) -> Nature:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:11].upper() == b"BEGIN:VCARD":
        return Nature("text/vcard", "card")
    if text.startswith(b"%PDF-"):
        return Nature("application/pdf", "pages")
    if text.startswith(b"{\\rtf"):
        return Nature("application/rtf", "none")
    if MARKUP.search(head) or text.startswith(PROGRAMS):
        raise MediaRefused("dangerous")
    if _is_plain(head):
        return Nature("text/plain", "none")
    raise MediaRefused("unknown")


def _is_plain(head: bytes) -> bool:
    try:
        text = head.decode()
    except UnicodeDecodeError as error:
        # The last character may have been cut in two.
        if error.start < len(head) - 4:
            return False
        text = head[: error.start].decode()
    return bool(text.strip()) and all(sign.isprintable() or sign in "\t\r\n\f" for sign in text)
