"""One message as it stands in the conversation, whatever its kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from math import ceil
from typing import Any
from uuid import UUID

from django.urls import reverse

from operators.desk.attached import Attached
from operators.desk.entry import Entry
from reports import pictures
from reports.channels.base import Kind
from reports.channels.twilio.errors import meaning_of
from reports.media_files import About
from reports.models import Attachment, MediaFile, Message, Picture
from reports.models.message import Delivery
from reports.reading import Line

TICKS = {
    Delivery.QUEUED: "clock",
    Delivery.SENDING: "clock",
    Delivery.UNKNOWN: "question",
    Delivery.ACCEPTED: "tick-hollow",
    Delivery.SENT: "tick",
    Delivery.DELIVERED: "ticks",
    Delivery.READ: "ticks",
    Delivery.FAILED: "alarm",
    Delivery.CANCELLED: "back",
}


@dataclass(frozen=True)
class Bubble(Entry):
    """A message of either side."""

    # Out of repr(): an error in a template prints whatever the template was given.
    line: Line = field(repr=False)
    quoted: Line | None = field(repr=False)
    follows: bool
    """Whether it goes on where the bubble above it stopped."""
    now: datetime
    attachments: Sequence[Attachment] = ()
    files: Mapping[UUID, list[MediaFile]] = field(default_factory=dict, repr=False)
    """Of every attachment of the conversation, by attachment."""
    told: Mapping[UUID, About] = field(default_factory=dict, repr=False)
    """What was read out of files, by attachment."""
    is_repeated: bool = False
    """Whether it failed and was sent again."""
    is_splittable: bool = False
    """Whether it may become a report of its own."""

    @property
    def kind(self) -> str:
        return "message"

    @property
    def key(self) -> str:
        return f"m-{self.message.pk}"

    @property
    def message(self) -> Message:
        return self.line.message

    @property
    def text(self) -> str | None:
        return self.line.text

    @property
    def at(self) -> datetime:
        return self.message.at

    @property
    def split_off_address(self) -> str:
        return reverse("desk:split-off", args=[self.message.report.number, self.message.pk])

    @property
    def is_unreadable(self) -> bool:
        return self.text is None

    @property
    def has_words(self) -> bool:
        return bool(self.text)

    @property
    def begins(self) -> bool:
        """Whether something stands above its words."""
        return bool(
            self.message.is_forwarded
            or self.attachments
            or self.quoted
            or self.place
            or self.advertisement
            or self.pictures
        )

    @property
    def goes_on(self) -> bool:
        """Whether something stands below its words."""
        return bool(
            self.message.kind in (Kind.BUTTON, Kind.LIST)
            or self.choice
            or self.choice_note
            or self.asked_to_stop
            or self.is_unsupported
            or self.is_empty
        )

    @property
    def is_in_trouble(self) -> bool:
        """Whether one of ours is held back, or did not go out as it should."""
        return bool(
            self.has_failed
            or self.is_withdrawn
            or self.is_in_doubt
            or self.is_tried_again
            or self.is_planned
            or self.goes_out_at
        )

    @property
    def is_template(self) -> bool:
        return bool(self.message.content_sid)

    @property
    def is_sent_again(self) -> bool:
        return self.message.retry_of_id is not None

    @property
    def is_signed(self) -> bool:
        return self.message.author is not None

    @property
    def is_automatic(self) -> bool:
        return not self.message.is_inbound and self.message.author_id is None

    @property
    def is_unsupported(self) -> bool:
        return self.message.kind == Kind.UNSUPPORTED and not self.text

    @property
    def is_empty(self) -> bool:
        """Nothing in it that the desk could show: then at least its kind is named."""
        shown = (
            self.text,
            self.attached,
            self.pictures,
            self.place,
            self.choice,
            self.line.details.get("referral"),
        )
        return self.text is not None and not self.is_unsupported and not any(shown)

    @cached_property
    def attached(self) -> list[Attached]:
        total = len(self.attachments)
        return [
            Attached(
                one,
                Kind(self.message.kind),
                number,
                total,
                self.told.get(one.pk),
                self.files.get(one.pk, ()),
            )
            for number, one in enumerate(self.attachments, start=1)
        ]

    @cached_property
    def pictures(self) -> list[Picture]:
        """What goes out with our words."""
        return [] if self.message.is_inbound else pictures.of(self.message)

    @property
    def place(self) -> dict[str, Any]:
        place: dict[str, Any] = self.line.details.get("place", {})
        if not place:
            return {}
        if "latitude" not in place:
            return place
        # To be typed into a radio or another map: plain figures, with a point.
        return {**place, "coordinates": f"{place['latitude']:.5f}, {place['longitude']:.5f}"}

    @property
    def choice(self) -> str:
        """What was pressed or picked, where the text does not already say it."""
        details = self.line.details
        chosen: str = details.get("button", {}).get("text") or details.get("list", {}).get(
            "title", ""
        )
        return chosen if chosen != self.text else ""

    @property
    def choice_note(self) -> str:
        note: str = self.line.details.get("list", {}).get("description", "")
        return note

    @property
    def asked_to_stop(self) -> bool:
        return self.line.details.get("opt_out") == "STOP"

    @property
    def is_often_forwarded(self) -> bool:
        return bool(self.line.details.get("often_forwarded"))

    @property
    def advertisement(self) -> str:
        """The advertisement or post that led the citizen here."""
        referral = self.line.details.get("referral", {})
        said = (referral.get("ReferralHeadline"), referral.get("ReferralBody"))
        return " – ".join(words for words in said if words)

    @property
    def tick(self) -> str:
        return TICKS.get(Delivery(self.message.status), "")

    @property
    def is_planned(self) -> bool:
        """Written for later: it goes out at its time, unless the reporter writes first."""
        return self.message.status == Delivery.QUEUED and self.at > self.now

    @property
    def goes_out_at(self) -> str:
        """Until when it can be withdrawn; empty when it is no longer held back."""
        due_at = self.message.due_at
        is_held = self.message.status == Delivery.QUEUED and not self.message.tries
        if not is_held or self.is_planned or due_at is None or due_at <= self.now:
            return ""
        return due_at.isoformat(timespec="milliseconds")

    @property
    def seconds_left(self) -> int:
        due_at = self.message.due_at or self.now
        return ceil((due_at - self.now).total_seconds())

    @property
    def may_be_withdrawn(self) -> bool:
        is_waiting = self.message.status == Delivery.QUEUED and self.message.author_id is not None
        return is_waiting and bool(self.is_planned or self.goes_out_at or self.message.tries)

    @property
    def is_withdrawn(self) -> bool:
        return self.message.status == Delivery.CANCELLED

    @property
    def went_by_sms(self) -> bool:
        """Another way than the one the reporter wrote by."""
        number = self.message.contact.service_number
        return not self.message.is_inbound and number.channel != self.message.report.channel

    @property
    def has_failed(self) -> bool:
        return self.message.status == Delivery.FAILED

    @property
    def is_in_doubt(self) -> bool:
        return self.message.status == Delivery.UNKNOWN

    @property
    def is_tried_again(self) -> bool:
        waits = self.message.status in (Delivery.QUEUED, Delivery.SENDING)
        return waits and bool(self.message.error_code)

    @property
    def reason(self) -> str:
        return str(meaning_of(self.message.error_code).reason)
