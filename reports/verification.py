"""Checks in plain clothes: officers are asked to look whether a report is true before anybody acts, and say what they find.

Who they are, what they are told, note, photograph and find stays in the compartment of the check: nothing here writes the
timeline. Everybody else sees the status of the report and no more. Each verb checks the right, locks the report, changes.
"""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import (
    briefing,
    camera,
    claims,
    copies,
    covert_photos,
    events,
    exif,
    imaging,
    targets,
)
from reports.actors import Actor, NotAllowed, Refused
from reports.identity import vault
from reports.models import (
    Report,
    Verification,
    VerificationNote,
    VerificationOfficer,
    VerificationPhoto,
)
from reports.models.verification import Result
from reports.workflow import Status

TEXT_LIMIT = 4000
"""Characters of a brief and of a note."""
SENTENCE_LIMIT = 1000
"""Of the note on the place, and of what goes with the result."""


class CheckRuns(Refused):
    """One check at a time."""

    code = "check_runs"


class CheckOver(Refused):
    """The check has a result, or has been called off."""

    code = "check_over"


class OfficerUnfit(Refused):
    """Nobody was named, or somebody who cannot be asked."""

    code = "officer_unfit"


class WordsUnfit(Refused):
    """A brief, a note or the sentence of a result is missing or too long."""

    code = "words_unfit"


@transaction.atomic
def ask(
    report: Report,
    *,
    officers: Collection[Any],
    brief: str,
    place_note: str = "",
    confirmed: Collection[str] = (),
    by: Actor,
) -> Verification:
    """Ask these officers (keys of accounts) to check the report. An unclaimed report is claimed by whoever asks.

    The place is copied as it is now; `confirmed` are words that may stand although they could tell who has reported.
    Raises WordsUnfit, OfficerUnfit, CheckRuns, briefing.GivesAway, claims.HeldByAnother, AlreadyClosed.
    """
    brief = _fit(brief, TEXT_LIMIT, _("Write what the officers are to look for."))
    place_note = _fit(place_note, SENTENCE_LIMIT)
    report = claims.lock(report, "ask_check", by)
    claims.refuse_closed(report)
    claims.take(report, by)
    if report.verifications.running().exists():
        raise CheckRuns(_("This report is being checked already."))
    named = [person for person in candidates(report) if person.pk in set(officers)]
    if not named or len(named) != len(set(officers)):
        raise _unfit()
    briefing.refuse_giving_away(report, [brief, place_note], confirmed)
    asked = Verification(
        report=report, station_id=report.station_id, asked_by_id=by.pk, asked_at=timezone.now()
    )
    if report.category:
        asked.category_label = report.category.label
        asked.reserved_for = report.category.reserved_for
    asked.place_name = copies.place_name(report)
    asked.latitude, asked.longitude = report.latitude, report.longitude
    box = vault.new_boxes("covert", [asked.pk])[asked.pk]
    asked.brief_sealed = box.seal("verification.brief", asked.pk, brief)
    if place_note:
        asked.place_note_sealed = box.seal("verification.place_note", asked.pk, place_note)
    asked.save(force_insert=True)
    VerificationOfficer.objects.bulk_create(
        VerificationOfficer(verification=asked, operator=person) for person in named
    )
    if report.status != Status.VERIFYING:
        targets.go_on(report, at=asked.asked_at)
        report.become(Status.VERIFYING)
    _keep(report)
    return asked


def candidates(report: Report) -> list[Any]:
    """Everybody who can be asked to check this report, by name."""
    reserved_for = report.category.reserved_for if report.category else ""
    return _fit_to_be_asked(report.station_id, reserved_for)


def more_for(verification: Verification) -> list[Any]:
    """Everybody who could be named in this check too, by name."""
    people = _fit_to_be_asked(verification.station_id, verification.reserved_for)
    named = set(verification.officers.values_list("operator_id", flat=True))
    return [person for person in people if person.pk not in named]


def _fit_to_be_asked(station_id: int, reserved_for: str) -> list[Any]:
    """Of what is reserved for a unit only that unit's people: its subject may sit in any other."""
    people = get_user_model().objects.filter(station=station_id, is_active=True)
    return [
        person
        for person in people.select_related("unit").order_by("name", "pk")
        if person.may("check") and reserved_for in {"", person.unit_slug}
    ]


@transaction.atomic
def add_officer(verification: Verification, officer: Any, *, by: Actor) -> None:
    """Name one more (the key of an account). Again changes nothing. Only whoever asked; OfficerUnfit as in `ask`."""
    _report, verification = _asked(verification, by)
    if verification.officers.filter(operator_id=officer).exists():
        return
    if all(officer != person.pk for person in more_for(verification)):
        raise _unfit()
    VerificationOfficer.objects.create(verification=verification, operator_id=officer)


@transaction.atomic
def remove_officer(verification: Verification, officer: Any, *, by: Actor) -> None:
    """Name somebody no longer: from now on they do not see the check. What they have noted stays. OfficerUnfit for the
    last one: then it would be nobody's."""
    _report, verification = _asked(verification, by)
    if not verification.officers.exclude(operator_id=officer).exists():
        raise OfficerUnfit(_("One officer must stay. Call the check off if nobody is to go."))
    verification.officers.filter(operator_id=officer).delete()


@transaction.atomic
def begin(verification: Verification, *, by: Actor) -> Verification:
    """Say that one is on it. The first of the officers counts; after them it changes nothing."""
    report, verification = _named(verification, by)
    if verification.begun_at is None:
        verification.begun_at, verification.begun_by_id = timezone.now(), by.pk
        verification.save(update_fields=["begun_at", "begun_by"])
        events.changed(report)
    return verification


@transaction.atomic
def note(verification: Verification, text: str, *, by: Actor) -> VerificationNote:
    """Write down what was seen, for those in the compartment. Raises WordsUnfit, CheckOver."""
    text = _fit(text, TEXT_LIMIT, _("The note is empty."))
    report, verification = _inside(verification, by)
    written = VerificationNote(verification=verification, author_id=by.pk, at=timezone.now())
    box = vault.box_of("covert", verification.pk)
    written.body_sealed = box.seal("verification_note.body", written.pk, text)
    written.save(force_insert=True)
    events.changed(report)
    return written


def photo(verification: Verification, data: bytes, *, by: Actor) -> VerificationPhoto:
    """Make the picture in `data` clean and keep it in the compartment, with when and where its camera says it was taken.

    Raises NotAllowed, CheckOver, imaging.PictureUnfit; then nothing is kept.
    """
    # Asked before the work, and again after it: it takes seconds, in which the check may end.
    with transaction.atomic():
        _named(verification, by)
    taken = camera.note(exif.block(data))
    content = imaging.clean(data, at_most=settings.PICTURE_BYTES_SENT)
    with transaction.atomic():
        report, verification = _named(verification, by)
        events.changed(report)
    noted = {
        "taken_at": taken.taken_at.isoformat() if taken and taken.taken_at else None,
        "latitude": taken.latitude if taken else None,
        "longitude": taken.longitude if taken else None,
    }
    about = {key: value for key, value in noted.items() if value is not None}
    return covert_photos.keep(verification, content, about, by=by, at=timezone.now())


@transaction.atomic
def finish(
    verification: Verification, *, result: Result | str, note: str, by: Actor
) -> Verification:
    """Say what was found, once, by one of the officers; `note` is the sentence with it. The report is the desk's again.

    Raises WordsUnfit, CheckOver.
    """
    if result not in Result:
        raise WordsUnfit(_("Choose what was found."))
    note = _fit(note, SENTENCE_LIMIT, _("Write in one sentence what was found."))
    report, verification = _named(verification, by)
    now = timezone.now()
    verification.result = Result(result)
    verification.result_note_sealed = vault.box_of("covert", verification.pk).seal(
        "verification.result_note", verification.pk, note
    )
    verification.done_at, verification.done_by_id = now, by.pk
    if verification.begun_at is None:
        verification.begun_at, verification.begun_by_id = now, by.pk
    verification.save(
        update_fields=["result", "result_note_sealed", "done_at", "done_by", "begun_at", "begun_by"]
    )
    _back_to_the_desk(report)
    return verification


@transaction.atomic
def call_off(report: Report, *, by: Actor) -> Report:
    """End the check that runs on this report, without a result: whoever asked for it, or has the report now, who need not
    see what is in it. Raises CheckOver, claims.HeldByAnother."""
    report = claims.lock(report, "ask_check", by)
    running = report.verifications.running()
    if not running.filter(asked_by=by.pk).exists():
        claims.refuse_held_by_another(report, by)
    if not running.call_off(at=timezone.now()):
        raise CheckOver(_("No check is running on this report."))
    _back_to_the_desk(report)
    return report


def _inside(verification: Verification, by: Actor) -> tuple[Report, Verification]:
    """The report, locked, and the check as it is now, for somebody who is in its compartment. NotAllowed, CheckOver."""
    report = Report.objects.lock(verification.report)
    now = Verification.objects.named_to(by).filter(pk=verification.pk).first()
    if now is None:
        raise NotAllowed(_("Your account may not do this."))
    if not now.is_running:
        raise CheckOver(_("This check is over."))
    return report, now


def _named(verification: Verification, by: Actor) -> tuple[Report, Verification]:
    """The same for one of its officers alone."""
    report, now = _inside(verification, by)
    if not now.officers.filter(operator_id=by.pk).exists():
        raise NotAllowed(_("Only the officers who are named in a check do this."))
    return report, now


def _asked(verification: Verification, by: Actor) -> tuple[Report, Verification]:
    """The same for whoever asked for it alone."""
    report, now = _inside(verification, by)
    if now.asked_by_id != by.pk:
        raise NotAllowed(_("Only whoever asked for a check chooses its officers."))
    return report, now


def _back_to_the_desk(report: Report) -> None:
    """A report that has gone on meanwhile, to a unit or to a question, stays where it is."""
    if report.status == Status.VERIFYING:
        report.become(Status.TRIAGE)
    _keep(report)


def _keep(report: Report) -> None:
    targets.renew(report)
    report.save(update_fields=["status", "paused_at", "paused_seconds", "due_at"])
    events.changed(report)


def _unfit() -> OfficerUnfit:
    return OfficerUnfit(_("Choose at least one officer of your station who makes such checks."))


def _fit(text: str, limit: int, missing: str = "") -> str:
    text = text.replace("\r\n", "\n").strip()
    if missing and not text:
        raise WordsUnfit(missing)
    if len(text) > limit:
        words = _("The text is too long: at most %(limit)d characters fit.")
        raise WordsUnfit(words % {"limit": limit})
    return text
