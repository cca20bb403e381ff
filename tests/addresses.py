"""Every address in the urlconf, and a real one of each for a walk: with a report, a message and an account behind it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

from operators.desk import alarm
from operators.models import ApiToken, Operator, Regu, Shift, ShiftPattern, Unit
from reports import pictures
from reports.models import (
    Area,
    Category,
    InboxEntry,
    Incident,
    IncidentAnswer,
    IncidentDelivery,
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


def arguments_for(address: Address, report: Report, parked: InboxEntry) -> dict[str, Any]:
    """Values for the arguments of this address that lead to something that exists."""
    values: dict[str, Any] = {
        "number": report.number,
        "entry_id": parked.pk,
        "incident": _first(Incident, "number"),
        "answer_id": _first(IncidentAnswer),
        "delivery_id": _first(IncidentDelivery),
        "message_id": report.messages.filter(direction="inbound").values_list("pk", flat=True)[0],
        "app_label": "reports",
        "url": "nothing-here/",
        "content_type_id": 1,
        "picture_id": report.pictures.get().pk,
        "file_id": _file(report),
        "assignment_id": report.assignments.get().pk,
        "dispatch_picture_id": report.assignments.get().pictures.get().pk,
        "pk": _file(report),
        "block_id": report.blocks.get().pk,
        "kept_id": report.blocks.get().kept.get().pk,
        "token": urlsplit(pictures.link(report.pictures.get())).path.split("/")[2],
        "ticket": alarm.ticket_for(_reader(report)),
        **_check(report),
        # Views are kept by one person and are there for nobody else.
        "view_id": 1,
        "id": report.holder_id or report.station.operators.first().pk,
        "object_id": 1,
        "shift_id": _first(Shift),
    }
    if "dispatch" in address.route:
        task = report.assignments.order_by("-sent_at")[0]
        values |= {"dispatch_number": task.number, "assignment_id": task.pk}
        values["dispatch_picture_id"] = task.pictures.all()[0].pk
    if address.name.startswith("incident-"):
        values["number"] = values["incident"]
    if found := re.search(r"admin/(?:reports|operators)/(\w+)/<path:object_id>", address.route):
        values["object_id"] = _objects(report)[found[1]]
    return values


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
    return {"check_id": photo.verification_id, "photo_id": photo.pk} if photo else {}


def _reader(report: Report) -> Operator:
    return next(o for o in report.station.operators.all() if o.may("read_report"))


def _first(model: Any, name: str = "pk") -> Any:
    row = model.objects.first()
    if row is None:
        raise LookupError(f"the walk needs a row of {model.__name__}")
    return getattr(row, name)
