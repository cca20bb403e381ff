"""Take down what somebody says on the telephone or at the desk, as a report like any other."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import bell, claims, events, meeting, targets
from reports.actors import Actor, NotAllowed, Refused
from reports.channels.base import Kind, Sender
from reports.identity import audit, people, telephone, vault
from reports.models import Area, Category, Message, NumberSequence, Report, ServiceNumber, Station
from reports.models.event import EventKind
from reports.models.message import Delivery, Direction
from reports.models.reporter import Contact
from reports.models.service_number import Channel
from reports.workflow import Urgency

CHANNELS = (Channel.VOICE, Channel.DESK)
TEXT_LIMIT = 4000
NAME_LIMIT = 80
AN_HOUR = timedelta(hours=1)


class WordsMissing(Refused):
    code = "words_missing"


class WrongNumber(Refused):
    """What was given as the number cannot be anybody's."""

    code = "wrong_number"


class TooManyLookUps(Refused):
    """This person has had as many numbers looked up in the last hour as anybody may."""

    code = "too_many_lookups"


class Unfit(Refused):
    """A channel that nothing is typed in from, a group in place of a category, another station's place."""

    code = "unfit"


@dataclass(frozen=True)
class Told:
    """What somebody said, and as far as they said it who they are. `number` in any usual spelling, or nothing."""

    channel: Channel
    words: str = field(repr=False)
    number: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    category: Category | None = None
    urgency: Urgency | None = None
    """None: as its category says."""
    area: Area | None = None


def take_down(told: Told, *, by: Actor, key: UUID | None = None) -> Report:
    """Make the report, claimed by whoever took it down; nothing is sent. The same `key` again gives the same report.

    Call outside a transaction: that a number is looked up is written down before it is. Raises NotAllowed,
    WordsMissing, WrongNumber, TooManyLookUps, Unfit.
    """
    if not by.may("type_in"):
        raise NotAllowed(_("Your account may not do this."))
    key = key or uuid4()
    if known := _taken_down(key, by):
        return known
    phone = _refuse_unfit(told, by)
    if phone:
        _permit_look_up(key, by)
    try:
        return _write_down(told, phone, by, key)
    except IntegrityError:
        # Sent twice at the same moment.
        if known := _taken_down(key, by):
            return known
        raise


def _taken_down(key: UUID, by: Actor) -> Report | None:
    mine = Report.objects.filter(
        pk=key, station_id=by.station_id, events__kind=EventKind.TYPED_IN, events__by=by.pk
    )
    return mine.select_related("category").first()


def _refuse_unfit(told: Told, by: Actor) -> str:
    """The number in its one form, "" when none was given."""
    if told.channel not in CHANNELS:
        raise Unfit(_("Choose whether it was a call or a visit."))
    if not told.words.strip():
        raise WordsMissing(_("Write down what was said."))
    category = told.category
    if category and (category.parent_id is None or category.children.exists()):
        raise Unfit(_("Choose a category, not a group of them."))
    if told.area and told.area.station_id != by.station_id:
        raise Unfit(_("This place belongs to another station."))
    if not told.number.strip():
        return ""
    phone = telephone.normalised(told.number)
    if phone is None:
        raise WrongNumber(
            _("This is not a telephone number. Write it like 0812 3456 7890, or leave it empty.")
        )
    return phone


def _permit_look_up(key: UUID, by: Actor) -> None:
    is_permitted = audit.permit(
        "lookup",
        actor=by.pk,
        station=by.station_id,
        at_most=settings.LOOKUPS_AN_HOUR,
        within=AN_HOUR,
        report=str(key),
    )
    if not is_permitted:
        raise TooManyLookUps(
            _(
                "You have taken down %(limit)d numbers within the last hour; more is not allowed. Nothing was saved: "
                "everything you typed is still here. Leave the number empty, or let a colleague save it."
            )
            % {"limit": settings.LOOKUPS_AN_HOUR}
        )


@transaction.atomic
def _write_down(told: Told, phone: str, by: Actor, key: UUID) -> Report:
    now = timezone.now()
    station = Station.objects.get(pk=by.station_id)
    number = _number(station, told.channel)
    if phone:
        (contact,) = meeting.meet([meeting.Caller(Sender(phone=phone), number, now)])
    else:
        contact = meeting.meet_stranger(number, now)
    name = told.name.strip()
    if name:
        people.give_name(contact.reporter.identity_id, name)
    report = _report(told, contact, key, now)
    box = vault.new_boxes("content", [key])[key]
    words = told.words.strip()
    report.opening_sealed = box.seal("report.opening", key, words)
    (report.number,) = NumberSequence.take(station, NumberSequence.period_of(now), 1)
    report.save(force_insert=True)
    message = Message(
        report=report,
        reporter_id=contact.reporter_id,
        contact=contact,
        direction=Direction.INBOUND,
        kind=Kind.TEXT,
        status=Delivery.RECEIVED,
        author_id=by.pk,
        at=now,
        enrich_due_at=now,
    )
    message.body_sealed = box.seal("message.body", message.pk, words)
    message.save(force_insert=True)
    events.record(report, EventKind.TYPED_IN, by=by, channel=told.channel)
    bell.ring_on_commit("reports.enrich")
    if report.is_visible_to(by):
        claims.take(report, by)
    return report


def _report(told: Told, contact: Contact, key: UUID, at: datetime) -> Report:
    """Nobody waits for a first answer: somebody of the desk has just spoken with them."""
    usual = told.category.urgency if told.category else Urgency.ROUTINE
    report = Report(
        pk=key,
        station=contact.service_number.station,
        reporter=contact.reporter,
        contact=contact,
        channel=told.channel,
        category=told.category,
        urgency=usual if told.urgency is None else told.urgency,
        area=told.area,
        received_at=at,
        last_inbound_at=at,
        answered_at=at,
        opening_at=at,
    )
    targets.renew(report)
    return report


def _number(station: Station, channel: Channel) -> ServiceNumber:
    """That of the telephone, where the station has one of its own; otherwise the desk."""
    if channel == Channel.VOICE:
        phones = ServiceNumber.objects.filter(station=station, channel=channel)
        if number := phones.order_by("-is_active", "pk").first():
            number.station = station
            return number
    return ServiceNumber.of_desk(station)
