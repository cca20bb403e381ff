"""A check in plain clothes to test with: officers, a report that has to be checked, and one that is.

officers = checks.officers(station)
asked = checks.asked(report, [officers[0]], by=rina)
"""

from collections.abc import Iterable

from operators.models import Operator
from operators.permissions import Role
from reports import verification
from reports.models import Category, CheckedFirst, Report, Station, Verification
from tests import people

BRIEF = "Pastikan ada balap liar di lokasi"


def officers(at: Station, how_many: int = 2, unit: str = "intelkam") -> list[Operator]:
    """Members of a unit who make checks, called satu, dua ..."""
    home = people.unit(at, unit)
    names = ("satu", "dua", "tiga", "empat", "lima")[:how_many]
    return [
        people.operator(at, Role.UNIT, username=name, unit=home, name=f"Petugas {name.title()}")
        for name in names
    ]


def officer_and_asker(at: Station) -> tuple[Operator, Operator]:
    (satu,) = officers(at, 1)
    return satu, people.operator(at, username="penanya")


def checked_first(report: Report, slug: str = "knalpot-brong") -> Category:
    """Make the report one that nobody acts on before there has been a check."""
    category = people.category(slug)
    CheckedFirst.objects.create(station=report.station, category=category)
    Report.objects.filter(pk=report.pk).update(category=category)
    report.refresh_from_db()
    return category


def asked(
    report: Report,
    named: Iterable[Operator],
    *,
    by: Operator,
    brief: str = BRIEF,
    place_note: str = "",
) -> Verification:
    keys = [officer.pk for officer in named]
    return verification.ask(report, officers=keys, brief=brief, place_note=place_note, by=by)
