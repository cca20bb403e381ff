"""Every address in the urlconf, and a real one of each for a walk: with a report, a message and an account behind it."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import UUIDField
from django.urls import URLPattern, URLResolver, get_resolver

from operators.desk import alarm
from operators.models import ApiToken, Operator, Regu, Shift, ShiftPattern, Unit
from reports import pictures
from reports.models import (
    Area,
    Assignment,
    Category,
    InboxEntry,
    Incident,
    IncidentAnswer,
    IncidentDelivery,
    KeptMessage,
    Landmark,
    MediaFile,
    ReplyTemplate,
    Report,
    RoutingRule,
    Station,
    VerificationPhoto,
)

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)")


class Address(NamedTuple):
    """`route` as the urlconf has it, `name` with its namespaces ("" for one without a name)."""

    route: str
    name: str

    @property
    def key(self) -> str:
        """What an expectation is declared under."""
        return self.name or self.route

    def with_arguments(self, values: Mapping[str, Any]) -> str:
        """A path that leads there; KeyError for an argument that has no value here."""
        filled = ARGUMENT.sub(lambda found: str(values[found[1] or found[2]]), self.route)
        return "/" + re.sub(r"[\^$?\\]", "", filled)


def every_address() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(
    patterns: list[URLPattern | URLResolver], route: str, namespace: str
) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            within = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern.url_patterns, here, namespace + within)
        else:
            name = f"{namespace}{pattern.name}" if pattern.name else ""
            yield Address(here, name)


NOTHING = UUID(int=7)
"""An id that is nobody's: what leads to nothing answers 404, which the walk of every address would not expect."""

Look = Callable[[Report, InboxEntry], Any]
LOOKS: dict[str, Look] = {
    "number": lambda report, _parked: report.number,
    "entry_id": lambda _report, parked: parked.pk,
    "incident": lambda _report, _parked: _incident(),
    "answer_id": lambda _report, _parked: _first(IncidentAnswer),
    "delivery_id": lambda _report, _parked: _first(IncidentDelivery),
    "message_id": lambda report, _parked: report.messages.filter(direction="inbound")[0].pk,
    "app_label": lambda _report, _parked: "reports",
    "url": lambda _report, _parked: "nothing-here/",
    "content_type_id": lambda _report, _parked: 1,
    "picture_id": lambda report, _parked: _pk(report.pictures.first()),
    "file_id": lambda report, _parked: _file(report),
    "pk": lambda report, _parked: _file(report),
    "block_id": lambda report, _parked: _pk(report.blocks.first()),
    "kept_id": lambda _report, _parked: _first(KeptMessage),
    "token": lambda report, _parked: urlsplit(pictures.link(report.pictures.get())).path.split("/")[
        2
    ],
    "ticket": lambda report, _parked: alarm.ticket_for(_reader(report)),
    "check_id": lambda report, _parked: _check(report)["check_id"],
    "photo_id": lambda report, _parked: _check(report)["photo_id"],
    # Views are kept by one person and are there for nobody else.
    "view_id": lambda _report, _parked: 1,
    "id": lambda report, _parked: report.holder_id or report.station.operators.all()[0].pk,
    "object_id": lambda _report, _parked: 1,
    "shift_id": lambda _report, _parked: _first(Shift),
    "dispatch_number": lambda report, _parked: _task(report).number,
    "assignment_id": lambda report, _parked: _task(report).pk,
    "dispatch_picture_id": lambda report, _parked: _pk(_task(report).pictures.last()),
}


def arguments_for(address: Address, report: Report, parked: InboxEntry) -> dict[str, Any]:
    """Values for the arguments of this address that lead to something, where there is any."""
    names = {found[1] or found[2] for found in ARGUMENT.finditer(address.route)}
    values = {name: LOOKS[name](report, parked) for name in names if name in LOOKS}
    if address.name.startswith("incident-"):
        values["number"] = LOOKS["incident"](report, parked)
    if found := re.search(r"admin/(?:reports|operators)/(\w+)/<path:object_id>", address.route):
        values["object_id"] = _objects(report)[found[1]]
    return values


def _incident() -> str:
    incident = Incident.objects.first()
    return incident.number if incident else "CTH-K2611-00007"


def _task(report: Report) -> Assignment:
    """The report's own, or that of another report."""
    every = Assignment.objects.order_by("-sent_at")
    return every.filter(report=report).first() or every[0]


def _pk(row: Any) -> Any:
    return row.pk if row else NOTHING


def _objects(report: Report) -> dict[str, Any]:
    return {
        "apitoken": _first(ApiToken),
        "area": _first(Area),
        "category": _first(Category),
        "landmark": _first(Landmark),
        "operator": report.station.operators.first().pk,
        "regu": _first(Regu),
        "replytemplate": _first(ReplyTemplate),
        "report": report.pk,
        "routingrule": _first(RoutingRule),
        "servicenumber": report.contact.service_number_id,
        "shiftpattern": _first(ShiftPattern),
        "station": _first(Station),
        "unit": _first(Unit),
    }


def _file(report: Report) -> UUID:
    return MediaFile.objects.filter(attachment__message__report=report)[0].pk


def _check(report: Report) -> dict[str, UUID]:
    """The check in plain clothes that there is at the station of this report, if there is one, and its photo."""
    photo = VerificationPhoto.objects.filter(verification__station=report.station).first()
    if photo is None:
        return {"check_id": NOTHING, "photo_id": NOTHING}
    return {"check_id": photo.verification_id, "photo_id": photo.pk}


def _reader(report: Report) -> Operator:
    return next(o for o in report.station.operators.all() if o.may("read_report"))


def _first(model: Any) -> Any:
    row = model.objects.first()
    if row is not None:
        return row.pk
    return NOTHING if isinstance(model._meta.pk, UUIDField) else NOTHING.int
