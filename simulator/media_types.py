"""Kinds of files: what WhatsApp carries, how large, and what the first bytes give away."""

IMAGE_LIMIT = 5 * 1024 * 1024
FILE_LIMIT = 16 * 1024 * 1024

# The WhatsApp kind of each content type it carries; webp travels as a sticker.
KINDS = {
    "image/jpeg": "image",
    "image/png": "image",
    "image/webp": "sticker",
    "audio/ogg": "audio",
    "audio/amr": "audio",
    "audio/3gpp": "audio",
    "audio/aac": "audio",
    "audio/mpeg": "audio",
    "audio/mp4": "audio",
    "audio/wav": "audio",
    "video/mp4": "video",
    "video/3gpp": "video",
    "application/pdf": "document",
    "application/msword": "document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "document",
    "text/vcard": "contacts",
}
ALIASES = {"audio/x-wav": "audio/wav", "audio/wave": "audio/wav", "application/ogg": "audio/ogg"}

# Content types whose first bytes are unmistakable: (offset, bytes).
MAGIC: dict[str, tuple[int, bytes]] = {
    "image/jpeg": (0, b"\xff\xd8\xff"),
    "image/png": (0, b"\x89PNG\r\n\x1a\n"),
    "image/webp": (8, b"WEBP"),
    "audio/ogg": (0, b"OggS"),
    "audio/wav": (8, b"WAVE"),
    "video/mp4": (4, b"ftyp"),
    "application/pdf": (0, b"%PDF-"),
}


def plain(content_type: str) -> str:
    """`audio/ogg; codecs=opus` as `audio/ogg`."""
    bare = content_type.partition(";")[0].strip().lower()
    return ALIASES.get(bare, bare)


def is_what_it_says(content_type: str, content: bytes) -> bool:
    """Whether the first bytes agree with the type; True where they cannot tell."""
    if (expected := MAGIC.get(content_type)) is None:
        return True
    offset, magic = expected
    return content[offset : offset + len(magic)] == magic


def limit(content_type: str) -> int:
    """The most bytes WhatsApp carries of this type."""
    return IMAGE_LIMIT if content_type.startswith("image/") else FILE_LIMIT
