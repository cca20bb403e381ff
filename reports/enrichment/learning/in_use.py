"""The model that reads messages now, opened once in a process: none while the keywords do better."""

import logging
import threading
from typing import TYPE_CHECKING
from uuid import UUID

from reports.identity import vault
from reports.models import CategoryModel

if TYPE_CHECKING:
    from reports.enrichment.learning.model import Model

logger = logging.getLogger(__name__)

COLUMN = "category_model.weights"

_lock = threading.Lock()
_opened: dict[UUID, "Model | None"] = {}


def model() -> "Model | None":
    """One query; whoever asks remembers the answer (`surroundings`)."""
    newest = CategoryModel.objects.defer("weights_sealed", "confusion").order_by("-at").first()
    if newest is None or not newest.is_used:
        return None
    with _lock:
        if newest.pk not in _opened:
            _opened.clear()
            _opened[newest.pk] = _open(newest)
        return _opened[newest.pk]


def forget() -> None:
    """For tests: rows have changed."""
    with _lock:
        _opened.clear()


def _open(row: CategoryModel) -> "Model | None":
    # numpy is loaded here and nowhere else: an installation that has learned nothing yet does without it.
    from reports.enrichment.learning.model import unpacked

    try:
        box = vault.box_of("content", row.pk)
        data = box.open_bytes(COLUMN, row.pk, row.weights_sealed)
        return unpacked(data, tuple(row.slugs), row.top1)
    except (vault.Unreadable, ValueError, KeyError, OSError):
        logger.error("the learned model does not open; keywords are used", extra={"row": str(row)})
        return None
