"""Reports that may be about the same incident as the one that is open, as they stand beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import UUIDField
from django.utils.safestring import SafeString

from operators.desk import times
from operators.models import Operator
from reports import reading
from reports.models import Report
from reports.models.report import AnyReader
from reports.statements import Statement, any_of, each

if TYPE_CHECKING:
    from operators.desk.hints import Offer

AT_MOST = 3
ALIKE_SHOWN = (
    *("number", "status", "received_at", "opening_sealed"),
    *("category__label", "landmark__name", "area__name"),
)
ALIKE = Statement(
    lambda: (
        Report.objects.visible_to(AnyReader())
        .select_related("category", "area", "landmark")
        .only(*ALIKE_SHOWN)
        .filter(pk__in=any_of(AT_MOST, UUIDField()))
    )
)


@dataclass(frozen=True)
class Alike:
    """Another report that may be about the same incident."""

    offer: "Offer"
    report: Report
    opening: str | None = field(repr=False)
    age: SafeString

    @property
    def where(self) -> str:
        """What it is about and where, each with the dot behind it that parts it from the next."""
        report = self.report
        place = report.landmark or report.area
        words = (report.category.label if report.category else "", place.name if place else "")
        return "".join(f"{word} · " for word in words if word)

    @property
    def is_unreadable(self) -> bool:
        return self.opening is None

    @property
    def has_opening(self) -> bool:
        return bool(self.opening)

    @property
    def is_strong(self) -> bool:
        return bool(self.offer.value.get("strength") == "strong")


def load(
    offers: "Sequence[Offer]", operator: Operator, now: datetime, *, first_key: int
) -> list[Alike]:
    """At most AT_MOST, each with its key, as far as this person may see them. Two queries, if any."""
    if not offers:
        return []
    ids = [offer.value["report"] for offer in offers]
    found = ALIKE.ask(**AnyReader.values_of(operator), **each(ids, AT_MOST))
    others = {str(one.pk): one for one in found}
    openings = reading.openings(others.values(), by=operator) if others else {}
    visible = (offer for offer in offers if offer.value["report"] in others)
    return [
        Alike(
            offer._replace(key=str(key)),
            other := others[offer.value["report"]],
            openings.get(other.pk),
            times.since(other.received_at, now),
        )
        for key, offer in enumerate(visible, start=first_key)
    ]
