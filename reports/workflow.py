"""What a report can be and become: statuses, allowed transitions, outcomes, urgencies. Data, no behaviour."""

from collections.abc import Mapping

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(TextChoices):
    NEW = "new", pgettext_lazy("report status", "New")
    TRIAGE = "triage", pgettext_lazy("report status", "Triage")
    WAITING = "waiting", pgettext_lazy("report status", "Waiting for the reporter")
    VERIFYING = "verifying", pgettext_lazy("report status", "Verification")
    ACTING = "acting", pgettext_lazy("report status", "Being acted on")
    DONE = "done", pgettext_lazy("report status", "Done")


class Outcome(TextChoices):
    ACTED = "acted", _("confirmed and acted on")
    ALREADY_OVER = "already_over", _("already over")
    NOT_FOUND = "not_found", _("zonk: nothing found")
    WRONG_PLACE = "wrong_place", _("wrong place")
    ANSWERED = "answered", _("question answered")
    REFERRED = "referred", _("passed on")
    DUPLICATE = "duplicate", _("part of another incident")
    NUMBER_TEST = "number_test", _("test of the number")
    SILENT = "silent", _("without content")
    PRANK = "prank", _("prank")
    FALSE_REPORT = "false_report", _("false report")


class ReopenReason(TextChoices):
    """Why a closed report is opened again by a person."""

    GOES_ON = "goes_on", _("it goes on, or has begun again")
    NEW_FACTS = "new_facts", _("something new has become known")
    WRONG_OUTCOME = "wrong_outcome", _("the outcome was wrong")
    BY_MISTAKE = "by_mistake", _("closed by mistake")


class Urgency(IntegerChoices):
    """Ordered: a rule may raise it, never lower it."""

    ROUTINE = 1, pgettext_lazy("urgency", "Routine")
    SOON = 2, pgettext_lazy("urgency", "Soon")
    EMERGENCY = 3, pgettext_lazy("urgency", "Emergency")

    @property
    def slug(self) -> str:
        """The word of the field, as the API and the stylesheet name it."""
        return URGENCY_SLUGS[self]

    @classmethod
    def of(cls, slug: str) -> "Urgency":
        """The urgency of that word. KeyError for another."""
        return {word: urgency for urgency, word in URGENCY_SLUGS.items()}[slug]


URGENCY_SLUGS: Mapping[Urgency, str] = {
    Urgency.ROUTINE: "biasa",
    Urgency.SOON: "segera",
    Urgency.EMERGENCY: "darurat",
}

OPEN_STATUSES = (
    Status.NEW,
    Status.TRIAGE,
    Status.WAITING,
    Status.VERIFYING,
    Status.ACTING,
)

TRANSITIONS: Mapping[Status, frozenset[Status]] = {
    Status.NEW: frozenset(
        {Status.TRIAGE, Status.WAITING, Status.VERIFYING, Status.ACTING, Status.DONE}
    ),
    Status.TRIAGE: frozenset({Status.WAITING, Status.VERIFYING, Status.ACTING, Status.DONE}),
    Status.WAITING: frozenset({Status.TRIAGE, Status.VERIFYING, Status.ACTING, Status.DONE}),
    Status.VERIFYING: frozenset({Status.TRIAGE, Status.WAITING, Status.ACTING, Status.DONE}),
    Status.ACTING: frozenset({Status.TRIAGE, Status.WAITING, Status.VERIFYING, Status.DONE}),
    Status.DONE: frozenset({Status.TRIAGE}),
}
