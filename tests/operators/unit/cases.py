"""The test case of units: Sari and Anton of Samapta, their head, Lukas of Lantas, and tasks that Rina has sent."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import override_settings
from django.urls import reverse

from operators.models import Operator, Unit
from operators.permissions import Role
from reports import assignment
from reports.models import Assignment, Report
from tests import people, photos, samples
from tests.operators.desk.cases import citizen, words
from tests.reports.cases import StationTestCase

__all__ = ["BRIEF", "UnitTestCase", "photo", "words"]

BRIEF = "Pemuda nongkrong di depan warung, minta dibubarkan."


def photo(content: bytes = b"") -> SimpleUploadedFile:
    """A file as a telephone's camera hands it to a form; its name and type are the sender's words."""
    return SimpleUploadedFile("IMG_0001.jpg", content or photos.jpeg(), "image/jpeg")


class UnitTestCase(StationTestCase):
    samapta: Unit
    lantas: Unit
    sari: Operator
    anton: Operator
    head: Operator
    lukas: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.samapta, cls.lantas = people.unit(cls.station), people.unit(cls.station, "lantas")
        cls.sari = cls.member("sari", cls.samapta, name="Sari Dewi")
        cls.anton = cls.member("anton", cls.samapta, name="Anton Wibowo")
        cls.head = cls.member("hartono", cls.samapta, Role.KASAT, name="Dwi Hartono")
        cls.lukas = cls.member("lukas", cls.lantas, name="Lukas Santoso")

    @classmethod
    def member(cls, username: str, unit: Unit, role: Role = Role.UNIT, **fields: Any) -> Operator:
        return people.operator(cls.station, role, username=username, unit=unit, **fields)

    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.sari)

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        folder = cls.enterClassContext(TemporaryDirectory())
        cls.enterClassContext(override_settings(MEDIA_DIR=Path(folder)))

    def send(self, *, to: Unit | None = None, brief: str = BRIEF, **changes: Any) -> Assignment:
        """A task about a report of somebody new; `changes` are columns of it."""
        report = people.report(samples.text("Ada balap liar", by=citizen()))
        return self.send_on(report, to=to, brief=brief, **changes)

    def send_on(
        self, report: Report, *, to: Unit | None = None, brief: str = BRIEF, **changes: Any
    ) -> Assignment:
        made = assignment.assign(
            Report.objects.get(pk=report.pk), to=to or self.samapta, brief=brief, by=self.rina
        )
        if changes:
            Assignment.objects.filter(pk=made.pk).update(**changes)
        return self.now(made)

    def now(self, task: Assignment) -> Assignment:
        return Assignment.objects.get(pk=task.pk)

    def list(self, **query: Any) -> HttpResponse:
        return self.client.get(reverse("unit:tasks"), query)

    def open(self, task: Assignment) -> HttpResponse:
        return self.client.get(reverse("unit:task", args=[task.number]))

    def act(self, verb: str, task: Assignment, *, htmx: bool = False, **form: Any) -> HttpResponse:
        """Send one of the forms, as a browser does without scripts or as the page does by htmx."""
        headers = {"HX-Request": "true"} if htmx else {}
        return self.client.post(reverse(f"unit:{verb}", args=[task.number]), form, headers=headers)
