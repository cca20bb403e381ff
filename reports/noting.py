"""Notes of the desk to itself on a report, and calling a colleague by @name. Nothing here is ever sent to anybody."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import IntegerField, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import claims, events
from reports.actors import Actor, Refused
from reports.identity import vault
from reports.models import Mention, Note, Report
from reports.models.event import EventKind
from reports.statements import THE_REPORT, Given, Statement

TEXT_LIMIT = 4000

# A user name may hold any of these; one that ends a sentence has a full stop behind it, which may belong to either.
CALLED = re.compile(r"(?<![\w.+-])@([\w.@+-]+)")


class NoteUnfit(Refused):
    code = "note_unfit"


@transaction.atomic
def add(report: Report, text: str, *, by: Actor) -> Note:
    """Write a note on any report that this person may see: an open or closed one, their own or another's.

    Whoever is called by @username is told, if they may read the report. Raises NoteUnfit for nothing or too much.
    """
    text = text.strip()
    if not text:
        raise NoteUnfit(_("The note is empty."))
    if len(text) > TEXT_LIMIT:
        raise NoteUnfit(
            ngettext(
                "The note is too long: at most %(limit)d character fits.",
                "The note is too long: at most %(limit)d characters fit.",
                TEXT_LIMIT,
            )
            % {"limit": TEXT_LIMIT}
        )
    report = claims.lock(report, "note", by)
    note = Note(report=report, author_id=by.pk, at=timezone.now())
    note.body_sealed = vault.box_of("content", report.pk).seal("note.body", note.pk, text)
    note.save(force_insert=True)
    Mention.objects.bulk_create(
        Mention(note=note, operator=person)
        for person in _called(text, report)
        if person.pk != by.pk
    )
    events.record(report, EventKind.NOTED, by=by)
    return note


def readers(report: Report) -> list[Any]:
    """Everybody with an account who may read this report, by name: those whom a note can call."""
    people = get_user_model().objects.filter(station=report.station_id, is_active=True)
    return [
        person
        for person in people.select_related("unit").order_by("name", "pk")
        if report.is_visible_to(person)
    ]


def _mentions() -> QuerySet[Mention]:
    return Mention.objects.filter(operator=Given("operator", IntegerField()), seen_at=None)


CALLED_TO = Statement(lambda: _mentions().values_list("note__report", flat=True))
UNSEEN = Statement(lambda: _mentions().filter(note__report=THE_REPORT).values_list("pk", flat=True))


def unseen(by: Actor) -> int:
    """How many reports this person is called to by notes they have not seen."""
    called = set(CALLED_TO.ask(operator=by.pk))
    return Report.objects.visible_to(by).filter(pk__in=called).count() if called else 0


def see(report: Report, *, by: Actor) -> None:
    """The notes of this report are before this person's eyes."""
    if seen := UNSEEN.ask(operator=by.pk, report=report.pk):
        Mention.objects.filter(pk__in=seen).update(seen_at=timezone.now())


def pieces(text: str, called: Collection[str]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it calls one of these user names."""
    names = {name.lower() for name in called}
    end = 0
    for found in CALLED.finditer(text):
        name = next((name for name in _readings(found[1]) if name.lower() in names), None)
        if name is not None:
            yield text[end : found.start()], False
            end = found.start() + 1 + len(name)
            yield text[found.start() : end], True
    yield text[end:], False


def _called(text: str, report: Report) -> list[Any]:
    names = {name for found in CALLED.finditer(text) for name in _readings(found[1].lower())}
    return (
        [person for person in readers(report) if person.username.lower() in names] if names else []
    )


def _readings(name: str) -> Iterator[str]:
    """What was written, and the same without the signs that end a sentence."""
    yield name
    yield name.rstrip(".+-@")
