"""How good the hints are: a page for the Pamapta, from what people made of them and from what was learned at night."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from operators.permissions import OperatorRequest, requires
from reports import hint_quality
from reports.enrichment.learning.report_card import ReportCard, report_card
from reports.hint_quality import NOTHING
from reports.models import Category

IN_TABLE = 7
"""So many categories, those that were decided most: more does not fit before one's eyes."""
CONFUSED = 5


class Reader(NamedTuple):
    """What reads categories, and how often it was right on the same decisions."""

    is_model: bool
    is_used: bool
    first: float
    three: float


class Row(NamedTuple):
    """What was decided, and how often what was suggested, in the order of the columns."""

    label: str
    cells: list[tuple[int, bool]]
    """How often, and whether that was right."""
    total: int


@dataclass(frozen=True)
class Confusion:
    columns: list[str]
    rows: list[Row]
    worst: list[tuple[str, str, int]]
    """Decided, suggested, how often: what is taken for something else most. Nothing suggested is not among them."""
    others: int
    """Decisions on categories that are not in the table."""


@require_safe
@requires("see_hint_quality")
def quality(request: OperatorRequest) -> HttpResponse:
    since = timezone.now() - settings.HINTS_COUNTED_OVER
    decisions = hint_quality.category_decisions(since=since, by=request.user)
    card = report_card(request.user.station)
    labels = dict(Category.objects.filter(children=None).values_list("slug", "short_label"))
    context = {
        "days": settings.HINTS_COUNTED_OVER.days,
        "tallies": hint_quality.tallies(since=since, by=request.user),
        "decisions": decisions,
        "card": card,
        "readers": _readers(card),
        "confusion": _confusion(decisions.pairs, labels),
        "learned_confusion": _confusion(_pairs_of(card), labels),
    }
    return render(request, "desk/quality.html", context)


def _readers(card: ReportCard) -> list[Reader]:
    model = card.newest
    if model is None:
        return []
    return [
        Reader(False, not model.is_used, model.keywords_top1, model.keywords_top3),
        Reader(True, model.is_used, model.top1, model.top3),
    ]


def _pairs_of(card: ReportCard) -> Mapping[tuple[str, str], int]:
    table = card.newest.confusion if card.newest else {}
    return {
        (decided, said): count
        for decided, counts in table.items()
        for said, count in counts.items()
    }


def _confusion(pairs: Mapping[tuple[str, str], int], labels: Mapping[str, str]) -> Confusion | None:
    """The table of what was decided against what was suggested; None when there is nothing to put in it."""
    totals: Counter[str] = Counter()
    for (decided, _said), count in pairs.items():
        totals[decided] += count
    if not totals:
        return None
    shown = [slug for slug, _count in totals.most_common(IN_TABLE)]
    rows = []
    for decided in shown:
        cells = [(pairs.get((decided, said), 0), said == decided) for said in shown]
        nothing = pairs.get((decided, NOTHING), 0)
        elsewhere = totals[decided] - sum(count for count, _right in cells) - nothing
        cells += [(elsewhere, False), (nothing, False)]
        rows.append(Row(labels.get(decided, decided), cells, totals[decided]))
    wrong = Counter({pair: n for pair, n in pairs.items() if NOTHING != pair[1] != pair[0]})
    return Confusion(
        [labels.get(slug, slug) for slug in shown],
        rows,
        [
            (labels.get(decided, decided), labels.get(said, said), count)
            for (decided, said), count in wrong.most_common(CONFUSED)
        ],
        totals.total() - sum(totals[slug] for slug in shown),
    )
