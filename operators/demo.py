"""The people of a demo: one account for every role, user name and password alike. Exists with DEMO only."""

from typing import NamedTuple

from django.utils import timezone

from operators import shifts
from operators.models import Operator, Regu, Shift, Unit
from operators.permissions import Role
from reports.models import ReplyTemplate, Station


class Person(NamedTuple):
    username: str
    name: str
    rank: str
    station: str
    unit: str
    roles: tuple[Role, ...]


PEOPLE = (
    Person("operator", "Rina Wulandari", "Briptu", "sragen", "spkt", (Role.OPERATOR,)),
    Person("operator-2", "Galih Nugroho", "Bripda", "sragen", "spkt", (Role.OPERATOR,)),
    Person("pamapta", "Bambang Sutrisno", "Iptu", "sragen", "spkt", (Role.PAMAPTA,)),
    Person("pamapta-2", "Slamet Riyanto", "Ipda", "sragen", "spkt", (Role.PAMAPTA,)),
    Person("unit", "Agus Prasetyo", "Bripka", "sragen", "samapta", (Role.UNIT,)),
    Person("kasat", "Dwi Hartono", "AKP", "sragen", "samapta", (Role.KASAT,)),
    Person("chief", "Sri Mulyono", "AKBP", "sragen", "", (Role.CHIEF,)),
    Person("auditor", "Nugroho Adi", "Kompol", "sragen", "propam", (Role.AUDITOR,)),
    Person("admin", "Yusuf Hidayat", "Aipda", "sragen", "", (Role.ADMIN,)),
    Person("operator-solo", "Dian Puspita", "Brigpol", "surakarta", "samapta", (Role.OPERATOR,)),
    Person(
        "kasat-solo", "Hendra Wijaya", "Kompol", "surakarta", "samapta", (Role.KASAT, Role.OPERATOR)
    ),
)
LOGINS = tuple(person.username for person in PEOPLE)


APPROVED = {"kabar_laporan": "HX00000000000000000000000000000101"}
"""Wordings that the simulator's WhatsApp has approved, as simulator/data/contents.json has them."""


def approve_templates() -> int:
    """Give a demo's stations what a real one gets from WhatsApp; how many wordings that changed."""
    return sum(
        ReplyTemplate.objects.filter(key=key, content_sid="").update(content_sid=sid)
        for key, sid in APPROVED.items()
    )


def make_accounts() -> int:
    """Make the accounts that are missing; how many were."""
    missing = [p for p in PEOPLE if not Operator.objects.filter(username=p.username).exists()]
    for person in missing:
        station = Station.objects.get(slug=person.station)
        Operator.objects.create_operator(
            person.username,
            password=person.username,
            station=station,
            roles=list(person.roles),
            name=person.name,
            rank=person.rank,
            unit=Unit.objects.filter(station=station, slug=person.unit).first(),
        )
    return len(missing)


CREW = ("operator", "operator-2")


def start_shift() -> bool:
    """The demo's day has somebody on duty: once, the Pamapta with both operators. Whether it was begun now."""
    leader = Operator.objects.get(username="pamapta")
    if Shift.objects.filter(station=leader.station_id).exists():
        return False
    turn = shifts.planned(leader.station, timezone.now())
    regu = turn.regu if turn else Regu.objects.filter(station=leader.station_id).first()
    if regu is None:
        return False
    crew = Operator.objects.filter(username__in=CREW).values_list("pk", flat=True)
    shifts.start(regu, list(crew), by=leader)
    return True
