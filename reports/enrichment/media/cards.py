"""Contacts that a citizen passes on: names and numbers out of a vCard (RFC 6350, and 2.1 as telephones still write it)."""

import quopri
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from reports.enrichment.media.derived import Derived
from reports.enrichment.media.refusals import MediaRefused
from reports.enrichment.media.sniffing import Nature

LONGEST_CARD = 256 * 1024
"""Bytes; a card with a photograph of its owner can be this large, and the photograph is not shown."""
LONGEST_LINE = 2000
LONGEST_VALUE = 120
MOST_PHONES = 10
LINE = re.compile(r"^(?:[\w-]+\.)?([\w-]+)((?:;[^:]*)?):(.*)$", re.DOTALL)
"""Perhaps a group, a name, its parameters, a value."""
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def card(content: bytes, nature: Nature) -> Derived:
    """The contacts in it. Raises MediaRefused when there are none."""
    contacts: list[dict[str, Any]] = []
    count = 0
    for contact in _contacts(_text(content[:LONGEST_CARD])):
        count += 1
        if len(contacts) < settings.MEDIA_CONTACTS:
            contacts.append(contact)
    if not contacts:
        raise MediaRefused("broken")
    more = count - len(contacts)
    return Derived(
        "card",
        nature.media_type,
        card={"contacts": contacts, "more": more},
        warnings=("too_many_contacts",) if more else (),
    )


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _contacts(text: str) -> Iterator[dict[str, Any]]:
    contact: dict[str, Any] | None = None
    for name, parameters, value in _lines(text):
        if name == "BEGIN":
            contact = {"name": "", "organisation": "", "phones": [], "emails": 0}
        elif contact is None:
            continue
        elif name == "END":
            if contact["name"] or contact["organisation"] or contact["phones"]:
                yield contact
            contact = None
        else:
            _note(contact, name, parameters, value)


def _note(contact: dict[str, Any], name: str, parameters: str, value: str) -> None:
    if name == "FN":
        contact["name"] = _shown(value)
    elif name == "N" and not contact["name"]:
        # Family name first, given name second.
        parts = [_shown(part) for part in value.split(";")[:2]]
        contact["name"] = " ".join(filter(None, reversed(parts)))
    elif name == "ORG":
        contact["organisation"] = _shown(value.replace(";", ", ").rstrip(", "))
    elif name == "EMAIL":
        contact["emails"] += 1
    elif name == "TEL" and len(contact["phones"]) < MOST_PHONES:
        phone = _shown(value.removeprefix("tel:"))
        if any(sign.isdigit() for sign in phone):
            contact["phones"].append(phone)


def _lines(text: str) -> Iterator[tuple[str, str, str]]:
    """Name in capitals, parameters in capitals, and the value, its lines put together and its letters decoded."""
    unfolded: list[str] = []
    for line in re.split(r"\r\n|\r|\n", text):
        last = unfolded[-1] if unfolded else ""
        if last.endswith("=") and _is_quoted(last):
            unfolded[-1] = last[:-1] + line.lstrip()
        elif line[:1] in {" ", "\t"} and unfolded:
            # What is longer is a photograph.
            unfolded[-1] = (last + line[1:])[:LONGEST_LINE]
        else:
            unfolded.append(line)
    for line in unfolded:
        if found := LINE.match(line):
            value = found[3]
            if _is_quoted(line):
                value = quopri.decodestring(value.encode("utf-8", "replace")).decode(
                    "utf-8", "replace"
                )
            yield found[1].upper(), found[2].upper(), value


def _is_quoted(line: str) -> bool:
    return "QUOTED-PRINTABLE" in line.partition(":")[0].upper()


def _shown(value: str) -> str:
    """One short line of letters that can be seen."""
    plain = ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], value)
    visible = "".join(sign if sign.isprintable() else " " for sign in plain)
    return " ".join(visible.split())[:LONGEST_VALUE]
