"""Learn the category from what operators have decided, and see whether that is better than the keywords."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from reports.enrichment import surroundings
from reports.enrichment.hints import Hint
from reports.enrichment.learning import in_use
from reports.enrichment.learning.hinting import OFFERED, preferred
from reports.enrichment.reading import Words, read
from reports.identity import vault
from reports.models import CategoryModel, Report
from reports.models.finding import Enricher

logger = logging.getLogger(__name__)

BATCH = 500


@dataclass(frozen=True)
class Decided:
    """The first words of a report, and the category that a person gave it."""

    text: str = field(repr=False)
    slug: str
    at: datetime
    station: int


@dataclass(frozen=True)
class Counted:
    """Right at first, right among the first three, of so many."""

    top1: float
    top3: float


def train(*, at: datetime) -> CategoryModel | None:
    """Learn, measure on the newest decisions, and keep the result; None while there is too little to learn from.

    It is used when it has more of the held-back decisions right at first than the keywords have, and no fewer among the
    first three. The one that is used has then learned from the held-back decisions as well.
    """
    # Only who trains loads scikit-learn.
    from reports.enrichment.learning.fitting import fit

    decided = sorted(_decisions(), key=lambda one: one.at)
    if len(decided) < settings.TRAINED_FROM:
        return None
    cut = round(len(decided) * (1 - settings.HELD_BACK))
    older, newest = _often(decided[:cut]), decided[cut:]
    if len({one.slug for one in older}) < 2:
        return None
    trial = fit([one.text for one in older], [one.slug for one in older])
    by_keywords, by_model = [], []
    plain = {s: replace(surroundings.of(s), learned=None) for s in {one.station for one in newest}}
    for one in newest:
        around = plain[one.station]
        hints = read(Words(one.text, one.at), around)
        by_keywords.append(_slugs(hints))
        by_model.append(_slugs(preferred(hints, one.text, around, trial)))
    ours, keywords = _counted(newest, by_model), _counted(newest, by_keywords)
    row = CategoryModel(
        at=at,
        train_count=len(older),
        held_back_count=len(newest),
        top1=ours.top1,
        top3=ours.top3,
        keywords_top1=keywords.top1,
        keywords_top3=keywords.top3,
        confusion=_confusion(newest, by_model),
        is_used=ours.top1 > keywords.top1 and ours.top3 >= keywords.top3,
    )
    if row.is_used:
        every = _often(decided)
        model = fit([one.text for one in every], [one.slug for one in every])
        row.slugs = list(model.slugs)
        _keep(row, model.packed())
    else:
        _keep(row, b"")
    return row


def _decisions() -> Iterator[Decided]:
    """The latest, of every station: a category is only ever set by a person."""
    rows = (
        Report.objects.exclude(category=None)
        .exclude(opening_sealed=b"")
        .order_by("-received_at", "-id")
        .values_list("pk", "opening_sealed", "category__slug", "received_at", "station")
    )
    for start in range(0, settings.TRAINED_ON_LATEST, BATCH):
        some = list(rows[start : min(start + BATCH, settings.TRAINED_ON_LATEST)])
        boxes = vault.boxes_of("content", [row[0] for row in some])
        for pk, sealed, slug, at, station in some:
            if pk in boxes and (text := _text(boxes[pk], pk, sealed)).strip():
                yield Decided(text, slug, at, station)
        if len(some) < BATCH:
            return


def _text(box: vault.Box, report: UUID, sealed: vault.Buffer) -> str:
    try:
        return box.open("report.opening", report, sealed).expose()
    except vault.Unreadable:
        logger.error("an opening does not open", extra={"row": str(report)})
        return ""


def _often(decided: Sequence[Decided]) -> list[Decided]:
    """Those of categories that were decided often enough to learn them."""
    count = Counter(one.slug for one in decided)
    return [one for one in decided if count[one.slug] >= settings.TRAINED_A_CATEGORY]


def _slugs(hints: Sequence[Hint]) -> list[str]:
    hint = next((hint for hint in hints if hint.enricher == Enricher.CATEGORY), None)
    return [str(one.value["slug"]) for one in hint.candidates[:OFFERED]] if hint else []


def _counted(decided: Sequence[Decided], answers: Sequence[list[str]]) -> Counted:
    both = list(zip(decided, answers, strict=True))
    return Counted(
        sum(answer[:1] == [one.slug] for one, answer in both) / len(both),
        sum(one.slug in answer for one, answer in both) / len(both),
    )


def _confusion(
    decided: Sequence[Decided], answers: Sequence[list[str]]
) -> dict[str, dict[str, int]]:
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for one, answer in zip(decided, answers, strict=True):
        table[one.slug][answer[0] if answer else ""] += 1
    return {slug: dict(counts) for slug, counts in sorted(table.items())}


@transaction.atomic
def _keep(row: CategoryModel, weights: bytes) -> None:
    """Write the row, with its weights sealed by a key of its own; the weights of all before it are forgotten."""
    if weights:
        box = vault.new_boxes("content", [row.pk])[row.pk]
        row.weights_sealed = box.seal_bytes(in_use.COLUMN, row.pk, weights)
    before = CategoryModel.objects.exclude(pk=row.pk)
    vault.destroy(before.exclude(weights_sealed=b"").values_list("pk", flat=True))
    before.exclude(weights_sealed=b"").update(weights_sealed=b"", is_used=False)
    row.save(force_insert=True)
    kept = CategoryModel.objects.order_by("-at").values_list("pk", flat=True)
    CategoryModel.objects.exclude(pk__in=list(kept[: settings.MODELS_KEPT])).delete()
