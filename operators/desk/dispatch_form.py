"""The form by which a report is handed to units: what it takes, and what it shows."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from operators.desk.forms import NOTE_LIMIT, Writing
from operators.models import Operator, Unit
from reports import assignment, briefing, copies, routing
from reports.models import MediaFile, Report
from reports.redaction import Doubt, Redacted, unconfirmed
from reports.routing import Suggestion
from reports.workflow import Status


class DispatchForm(forms.Form):
    """Units by their slugs, pictures by their ids, and the doubtful words that may stand."""

    unit = forms.SlugField(
        error_messages={"required": _("Choose the unit."), "invalid": _("Choose the unit.")}
    )
    together = forms.SlugField(required=False)
    brief = Writing(
        max_length=assignment.TEXT_LIMIT,
        error_messages={"required": _("Write what the unit has to know and to do.")},
    )
    place_note = Writing(max_length=assignment.PLACE_NOTE_LIMIT, required=False)
    picture = forms.TypedMultipleChoiceField(coerce=UUID, required=False)
    shows_no_reporter = forms.BooleanField(required=False)
    wants_photo = forms.BooleanField(required=False)
    unchecked_because = Writing(max_length=NOTE_LIMIT, required=False)

    def __init__(self, *args: Any, pictures: dict[UUID, MediaFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].choices = [(str(pk), str(pk)) for pk in pictures]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        given = self.cleaned_data
        if given.get("picture") and not given.get("shows_no_reporter"):
            self.add_error(
                "shows_no_reporter",
                _(
                    "Look at the pictures: confirm that they do not show the reporter or their home."
                ),
            )
        return given


@dataclass
class Panel:
    """What the form shows. Each part is looked up when a template draws it."""

    report: Report
    operator: Operator
    form: DispatchForm | None = None
    confirmed: list[str] = field(default_factory=list, repr=False)

    @cached_property
    def suggestion(self) -> Suggestion | None:
        return routing.suggest(self.report, at=timezone.now())

    @cached_property
    def units(self) -> list[Unit]:
        """Those that do not have it already, the one that is suggested first."""
        busy = self.report.assignments.running().values("unit")
        units = Unit.objects.filter(station=self.report.station_id, is_active=True)
        return list(units.exclude(pk__in=busy).order_by("name"))

    @cached_property
    def chosen(self) -> str:
        if self.form is not None:
            return str(self.form["unit"].value() or "")
        suggested = self.suggestion.unit.slug if self.suggestion else ""
        return suggested if any(unit.slug == suggested for unit in self.units) else ""

    @property
    def second(self) -> Unit | None:
        """The unit that may go along."""
        second = self.suggestion.second if self.suggestion else None
        return second if second in self.units else None

    @property
    def is_together(self) -> bool:
        if self.form is not None:
            return bool(self.form["together"].value())
        return self.suggestion is not None and self.suggestion.is_together

    @cached_property
    def _begun(self) -> Redacted:
        return briefing.begin(self.report, at_most=assignment.TEXT_LIMIT, by=self.operator)

    @cached_property
    def brief(self) -> str:
        return self._posted("brief") if self.form is not None else self._begun.text

    @cached_property
    def place_note(self) -> str:
        if self.form is not None:
            return self._posted("place_note")
        return briefing.begin_place(
            self.report, at_most=assignment.PLACE_NOTE_LIMIT, by=self.operator
        )

    @cached_property
    def doubts(self) -> list[Doubt]:
        """Each once, whatever else is written about it."""
        found = briefing.doubts(self.report, [self.brief, self.place_note])
        return list({doubt.words.lower(): doubt for doubt in found}.values())

    @property
    def is_refused(self) -> bool:
        """Whether it was sent with doubts that nobody has confirmed."""
        return self.form is not None and bool(unconfirmed(self.doubts, self.confirmed))

    @property
    def removed(self) -> int:
        return 0 if self.form is not None else self._begun.removed

    @cached_property
    def pictures(self) -> list[MediaFile]:
        return list(copies.available(self.report, by=self.operator).values())

    @property
    def chosen_pictures(self) -> set[str]:
        return set(self.form["picture"].value() or ()) if self.form is not None else set()

    @property
    def wants_photo(self) -> bool:
        return bool(self.form["wants_photo"].value()) if self.form is not None else True

    @cached_property
    def needs_reason(self) -> bool:
        return self.report.is_to_be_checked

    @property
    def may_act_itself(self) -> bool:
        return self.report.status != Status.ACTING and self.operator.may("set_status")

    @property
    def limits(self) -> dict[str, int]:
        return {
            "brief": assignment.TEXT_LIMIT,
            "place_note": assignment.PLACE_NOTE_LIMIT,
            "reason": NOTE_LIMIT,
        }

    def _posted(self, name: str) -> str:
        return str(self.form[name].value() or "") if self.form is not None else ""
