"""The photo of the cleared place goes back to the reporter: one of a unit's, made clean, and never one that served before.

A proof is bound to the officer who took it, and to when and where its picture says it was taken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import claims, dispatch_pictures, feedback, pictures, replies, turns, wordings
from reports.actors import Actor, Refused
from reports.dispatch_pictures import About
from reports.fingerprints import SAME, distance
from reports.imaging import Clean
from reports.models import DispatchPicture, Message, Proof, Report
from reports.models.area import Point
from reports.models.event import EventKind
from reports.models.reply_template import ReplyKey

FAR_KM = 1.0
"""Beyond this a picture is said to be of somewhere else: coarse places are set with a few hundred metres of error."""
CLOCKS_DIFFER = timedelta(minutes=10)
COMPARED = 2000
"""So many of the station's latest proofs a picture is laid beside."""


class ProofGone(Refused):
    """There is no such photo on this report."""

    code = "proof_gone"


class AlreadyUsed(Refused):
    """The photo, or one that looks the same, has served as a proof before."""

    code = "already_used"


class AlreadySent(AlreadyUsed):
    """This reporter has had it."""


class Doubt(StrEnum):
    """What whoever sends a photo should look at; none of them forbids it, because a camera's clock and receiver err."""

    BEFORE = "before"
    """It says that it was taken before the report came in."""
    FAR = "far"
    UNKNOWN_TIME = "unknown_time"
    UNKNOWN_PLACE = "unknown_place"


@dataclass(frozen=True)
class Offer:
    """A unit's photo that could go to the reporter, and what it says of itself."""

    picture: DispatchPicture
    taken_at: datetime | None
    distance_km: float | None
    doubts: tuple[Doubt, ...]
    is_sent: bool
    """Whether this reporter has had it."""


def offers(report: Report, *, by: Actor) -> list[Offer]:
    """The unit's photos on this report, and on others of its incident, the newest first. A constant number of queries."""
    photos = list(_photos(report, by))
    sent = set(Proof.objects.filter(report=report).values_list("picture_id", flat=True))
    abouts = dispatch_pictures.abouts_of(photos)
    return [_offer(photo, abouts[photo.pk], report, photo.pk in sent) for photo in photos]


def refuse_unfit(report: Report, picture_id: UUID, *, by: Actor) -> DispatchPicture:
    """The photo, if it could go to the reporters of this report's incident. Raises ProofGone, AlreadyUsed."""
    photo = _photo(report, picture_id, by)
    _refuse_used_elsewhere(photo, report)
    return photo


def words_for(report: Report, *, by: Actor) -> str:
    """The station's words beside the photo, filled in; what has no value stays in its braces. Empty without any."""
    wording = wordings.wording(report, ReplyKey.PROOF, by=by)
    return wording.text if wording else ""


def send(
    report: Report,
    picture_id: UUID,
    text: str,
    *,
    by: Actor,
    seen: int | None = None,
    held: timedelta = replies.AT_ONCE,
    asks: bool = False,
) -> Message:
    """Send one of the unit's photos with these words; with `asks` they end with the question whether it is settled.

    Raises ProofGone, AlreadyUsed, and what `triage.reply` raises; then nothing is sent.
    """
    made: list[UUID] = []
    try:
        with transaction.atomic():
            return _send(report, picture_id, text, by, seen, held, asks, made)
    except BaseException:
        pictures.forget_files(made)
        raise


def _send(
    report: Report,
    picture_id: UUID,
    text: str,
    by: Actor,
    seen: int | None,
    held: timedelta,
    asks: bool,
    made: list[UUID],
) -> Message:
    report = claims.lock(report, "send_proof", by, seen=seen)
    if report.is_open:
        claims.take(report, by)
    photo = _photo(report, picture_id, by)
    _refuse_used(photo, report)
    content = Clean(dispatch_pictures.read(photo), photo.width, photo.height)
    outgoing = pictures.keep(report, content, by=by)
    made.append(outgoing.pk)
    if asks:
        text = f"{text.strip()} {feedback.question_of(report)}".strip()
    message = replies.queue(
        report,
        text,
        at=timezone.now(),
        by=by,
        held=held,
        template_key=ReplyKey.PROOF,
        attached=[outgoing],
    )
    Proof.objects.create(report=report, picture=photo, message=message, by_id=by.pk, at=message.at)
    if asks:
        feedback.note_question(report, message)
    unit = photo.assignment.unit
    turns.answered(
        report, message, by=by, kind=EventKind.PROOF_SENT, unit=unit.name, officer=str(photo.by)
    )
    return message


def _photo(report: Report, picture_id: UUID, by: Actor) -> DispatchPicture:
    photo = _photos(report, by).filter(pk=picture_id).first()
    if photo is None:
        raise ProofGone(_("This photo is not there any more. Choose another one."))
    return photo


def _photos(report: Report, by: Actor) -> QuerySet[DispatchPicture]:
    """Of units, on this report and on those of the same incident that this person may see."""
    here = Q(assignment__report=report)
    if report.incident_id is not None:
        alike = Report.objects.visible_to(by).filter(incident=report.incident_id)
        here |= Q(assignment__report__in=alike)
    taken = DispatchPicture.objects.filter(here, origin=DispatchPicture.Origin.UNIT)
    return taken.select_related("assignment__unit", "assignment__report", "by").order_by(
        "-at", "-pk"
    )


def _offer(photo: DispatchPicture, about: About, report: Report, is_sent: bool) -> Offer:
    away = _away(about, report)
    return Offer(photo, about.taken_at, away, tuple(_doubts(about, away, report)), is_sent)


def _doubts(about: About, away: float | None, report: Report) -> Iterable[Doubt]:
    if about.taken_at is None:
        yield Doubt.UNKNOWN_TIME
    elif about.taken_at < report.received_at - CLOCKS_DIFFER:
        yield Doubt.BEFORE
    if about.latitude is None:
        yield Doubt.UNKNOWN_PLACE
    elif away is not None and away > FAR_KM:
        yield Doubt.FAR


def _away(about: About, report: Report) -> float | None:
    """How far from the report's place it was taken, in kilometres; None where one of them is not known."""
    if about.latitude is None or about.longitude is None:
        return None
    if report.latitude is None or report.longitude is None:
        return None
    taken = Point(about.latitude, about.longitude)
    return taken.km_to(Point(report.latitude, report.longitude))


def _refuse_used(photo: DispatchPicture, report: Report) -> None:
    """Within one incident a photo may go to everybody who reported it, once each; elsewhere never again."""
    if Proof.objects.filter(picture=photo, report=report).exclude(_withdrawn()).exists():
        raise AlreadySent(_("This reporter has been sent this photo already."))
    _refuse_used_elsewhere(photo, report)


def _refuse_used_elsewhere(photo: DispatchPicture, report: Report) -> None:
    others = Proof.objects.filter(report__station=report.station_id).exclude(report=report)
    if report.incident_id is not None:
        others = others.exclude(report__incident=report.incident_id)
    others = others.exclude(_withdrawn())
    if others.filter(picture=photo).exists():
        raise _used()
    about = dispatch_pictures.about_of(photo)
    compared = [
        proof.picture for proof in others.select_related("picture").order_by("-at")[:COMPARED]
    ]
    if any(_looks_the_same(about, one) for one in _known(compared)):
        raise _used()


def _known(photos: Sequence[DispatchPicture]) -> Iterable[About]:
    return dispatch_pictures.abouts_of(photos).values()


def _looks_the_same(one: About, other: About) -> bool:
    if one.digest and one.digest == other.digest:
        return True
    if one.fingerprint is None or other.fingerprint is None:
        return False
    return distance(one.fingerprint, other.fingerprint) <= SAME


def _withdrawn() -> Q:
    return Q(message__status="cancelled")


def _used() -> AlreadyUsed:
    return AlreadyUsed(
        _(
            "This photo, or one that looks the same, was sent as a proof before. "
            "Ask the unit for one of this place and time."
        )
    )
