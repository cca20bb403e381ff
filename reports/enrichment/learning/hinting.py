"""The category that was learned, in place of the keywords' where the model is sure enough. Values in, hints out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from reports.enrichment.hints import Candidate, Hint
from reports.models.finding import Enricher

if TYPE_CHECKING:
    # Brings numpy along, which only those load that have a model to use.
    from reports.enrichment.learning.model import Model
    from reports.enrichment.surroundings import Surroundings

SOURCE = "model"
SURE = 0.35
"""Below, it abstains and the keywords stand: with forty categories, chance is far lower."""
OFFERED, LEAST = 3, 0.02


def preferred(
    hints: Iterable[Hint], text: str, around: "Surroundings", model: "Model | None"
) -> list[Hint]:
    """These hints, with the category as the model sees it where it is sure; every other as it was."""
    hints = list(hints)
    if model is None or not (learned := _hint(text, around, model)):
        return hints
    others = [hint for hint in hints if hint.enricher != Enricher.CATEGORY]
    return [*others, learned]


def _hint(text: str, around: "Surroundings", model: "Model") -> Hint | None:
    found = model.probabilities(text)
    if not found or found[0][1] < SURE:
        return None
    labels = {category.slug: category.label for category in around.categories}
    reason = _("Learned from what operators decided; right at once in %(percent)d of 100.") % {
        "percent": round(model.accuracy * 100)
    }
    candidates = tuple(
        Candidate({"slug": slug, "label": labels[slug]}, share, SOURCE, reason)
        for slug, share in found[:OFFERED]
        if slug in labels and share >= LEAST
    )
    return Hint(Enricher.CATEGORY, candidates) if candidates else None
