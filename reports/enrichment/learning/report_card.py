"""How good the hints of a category are: for the page of the Pamapta. Counts only, no words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count

from reports.models import CategoryModel, Finding, Report, Station
from reports.models.finding import Decision, Enricher


@dataclass(frozen=True)
class Mixed:
    """So often a person decided one and was offered another; `said` is "" when nothing was."""

    decided: str
    said: str
    count: int


@dataclass(frozen=True)
class ReportCard:
    newest: CategoryModel | None
    """The last night on which there was enough to learn from; of all stations together."""
    decided_count: int
    """Decisions there are to learn from, at most TRAINED_ON_LATEST; TRAINED_FROM are needed."""
    needed_count: int
    accepted: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """This station's (source, decision) -> how often, of the category's hints."""

    @property
    def is_learned(self) -> bool:
        """Whether the learned model is what reads messages now; else the keywords do."""
        return self.newest is not None and self.newest.is_used

    @property
    def is_too_little(self) -> bool:
        return self.decided_count < self.needed_count

    @property
    def mixed_up(self) -> Sequence[Mixed]:
        """What was taken for something else, the most frequent first."""
        table = self.newest.confusion if self.newest else {}
        found = [
            Mixed(decided, said, count)
            for decided, counts in table.items()
            for said, count in counts.items()
            if said != decided
        ]
        return sorted(found, key=lambda one: (-one.count, one.decided, one.said))


def report_card(station: Station) -> ReportCard:
    """Three queries."""
    newest = CategoryModel.objects.defer("weights_sealed").order_by("-at").first()
    decided = Report.objects.exclude(category=None)[: settings.TRAINED_ON_LATEST].count()
    counts = (
        Finding.objects.filter(report__station=station, enricher=Enricher.CATEGORY)
        .exclude(decision=Decision.OPEN)
        .values_list("source", "decision")
        .annotate(count=Count("id"))
    )
    accepted = {(source, decision): count for source, decision, count in counts}
    return ReportCard(newest, decided, settings.TRAINED_FROM, accepted)
