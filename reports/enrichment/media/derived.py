"""What comes out: files for the desk, and what was learned on the way. Everything a derivative holds was made by us."""

from dataclasses import dataclass, field
from typing import Any, Literal

from reports.camera import CameraNote

Kind = Literal["image", "audio", "video", "document", "card", "other"]
Role = Literal["view", "thumbnail", "sound", "poster", "page", "film"]


@dataclass(frozen=True)
class DerivedFile:
    """One file made by us. `position` counts the pages of a document from 0."""

    role: Role
    media_type: str
    content: bytes = field(repr=False)
    width: int | None = None
    height: int | None = None
    position: int = 0


@dataclass(frozen=True)
class Derived:
    """The outcome for one file. `media_type` is what the content is, whatever the sender called it."""

    kind: Kind
    media_type: str
    files: list[DerivedFile] = field(default_factory=list)
    duration_seconds: float | None = None
    waveform: tuple[int, ...] = ()
    """Loudness from beginning to end, 0 to 100; at most 60 values."""
    card: dict[str, Any] | None = field(default=None, repr=False)
    """`{"contacts": [{"name": str, "organisation": str, "phones": [str], "emails": int}], "more": int}`"""
    camera: CameraNote | None = field(default=None, repr=False)
    fingerprint: int | None = field(default=None, repr=False)
    """64 bits that similar pictures share most of; None where the picture is too plain to be told from others."""
    warnings: tuple[str, ...] = ()
    """Codes of `refusals.REMARKS`."""
