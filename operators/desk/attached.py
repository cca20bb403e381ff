"""A file of a message in the conversation: what of it can be looked at, how far it is, or why it is not there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reports.channels.base import Kind
from reports.enrichment.fetching import reasons
from reports.media_files import About
from reports.models import Attachment, MediaFile
from reports.models.attachment import FileKind
from reports.models.media_file import FileRole

SAID: Mapping[str, FileKind] = {
    "image": FileKind.IMAGE,
    "audio": FileKind.AUDIO,
    "video": FileKind.VIDEO,
}
"""What a telephone calls a file, for a word while it is not here: it is never believed."""
CAME_AS: Mapping[Kind, FileKind] = {
    Kind.IMAGE: FileKind.IMAGE,
    Kind.STICKER: FileKind.IMAGE,
    Kind.AUDIO: FileKind.AUDIO,
    Kind.VIDEO: FileKind.VIDEO,
    Kind.DOCUMENT: FileKind.DOCUMENT,
    Kind.CONTACT: FileKind.CARD,
}
ICONS: Mapping[FileKind, str] = {
    FileKind.IMAGE: "picture",
    FileKind.AUDIO: "voice",
    FileKind.VIDEO: "film",
    FileKind.DOCUMENT: "file",
    FileKind.CARD: "card",
    FileKind.OTHER: "file",
}
BAR, GAP, HEIGHT = 3, 2, 32
"""Of a waveform, in pixels."""


class Bar(NamedTuple):
    """One of the bars of a waveform: where it stands and how high it is."""

    x: int
    y: float
    height: float


class Contact(NamedTuple):
    """Somebody on a card that was sent."""

    name: str
    organisation: str
    phones: list[str]
    emails: int


@dataclass(frozen=True)
class Attached:
    """One file of a message, the `number`th of `total`."""

    attachment: Attachment
    came_as: Kind
    number: int
    total: int
    about: About | None = field(repr=False)
    """What was read out of it."""
    files: Sequence[MediaFile] = field(repr=False)

    @property
    def kind(self) -> FileKind:
        """By its content; while it is not here, by what was said of it."""
        if self.attachment.kind:
            return FileKind(self.attachment.kind)
        if known := CAME_AS.get(self.came_as):
            return known
        return SAID.get(self.attachment.declared_type.partition("/")[0], FileKind.DOCUMENT)

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def icon(self) -> str:
        return ICONS[self.kind]

    @property
    def title(self) -> str:
        """Which it is, for whoever hears it rather than sees it."""
        label = capfirst(self.label)
        if self.total == 1:
            return _("%(what)s from the reporter") % {"what": label}
        figures = {"what": label, "number": self.number, "total": self.total}
        return _("%(what)s from the reporter, %(number)s of %(total)s") % figures

    @property
    def state(self) -> str:
        return capfirst(self.attachment.get_state_display())

    @property
    def is_on_its_way(self) -> bool:
        return self.attachment.state in (Attachment.State.WAITING, Attachment.State.FETCHING)

    @property
    def is_shown(self) -> bool:
        """Whether there is something to look at or to listen to."""
        return bool(self.view or self.sound or self.film or self.pages or self.contacts)

    @property
    def why(self) -> str:
        """Why it cannot be shown, or what the last try to fetch it ran into."""
        return reasons.sentence(self.attachment.reason) if self.attachment.reason else ""

    @property
    def remarks(self) -> list[str]:
        """What is to be known of a file that is here: that a part is missing, that it can only be saved."""
        return [reasons.sentence(code) for code in self.about.warnings] if self.about else []

    @property
    def view(self) -> MediaFile | None:
        return self._first(FileRole.VIEW)

    @property
    def thumbnail(self) -> MediaFile | None:
        return self._first(FileRole.THUMBNAIL) or self.view

    @property
    def sound(self) -> MediaFile | None:
        return self._first(FileRole.SOUND)

    @property
    def film(self) -> MediaFile | None:
        return self._first(FileRole.FILM)

    @property
    def poster(self) -> MediaFile | None:
        return self._first(FileRole.POSTER)

    @property
    def original(self) -> MediaFile | None:
        return self._first(FileRole.ORIGINAL)

    @property
    def pages(self) -> list[MediaFile]:
        return sorted(self._files.get(FileRole.PAGE, ()), key=lambda file: file.position)

    @property
    def length(self) -> str:
        """As players say it: 0:42."""
        seconds = self.attachment.duration_seconds
        if seconds is None:
            return ""
        minutes, rest = divmod(round(seconds), 60)
        return f"{minutes}:{rest:02d}"

    @cached_property
    def bars(self) -> list[Bar]:
        return list(self._bars())

    @property
    def bars_width(self) -> int:
        return len(self.bars) * (BAR + GAP)

    @property
    def contacts(self) -> list[Contact]:
        card = (self.about.card if self.about else None) or {}
        return [
            Contact(
                str(one.get("name", "")),
                str(one.get("organisation", "")),
                [str(phone) for phone in one.get("phones", ())],
                int(one.get("emails", 0)),
            )
            for one in card.get("contacts", ())
        ]

    def _bars(self) -> Iterator[Bar]:
        for number, loudness in enumerate(self.about.waveform if self.about else ()):
            height = max(2.0, min(100, max(0, loudness)) / 100 * HEIGHT)
            yield Bar(number * (BAR + GAP), (HEIGHT - height) / 2, height)

    @cached_property
    def _files(self) -> dict[str, list[MediaFile]]:
        by_role: dict[str, list[MediaFile]] = {}
        for file in self.files:
            by_role.setdefault(file.role, []).append(file)
        return by_role

    def _first(self, role: FileRole) -> MediaFile | None:
        return next(iter(self._files.get(role, ())), None)
