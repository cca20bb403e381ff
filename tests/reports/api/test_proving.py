"""The photo back and the question whether it is settled, for programs."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from operators.models import ApiToken, Operator
from operators.permissions import Role
from reports import assignment, dispatch_pictures
from reports.models import Feedback, Proof, Report
from tests import people, photos
from tests.reports.cases import StationTestCase


class ProvingTests(StationTestCase):
    sari: Operator

    def setUp(self) -> None:
        super().setUp()
        unit = people.unit(self.station)
        self.sari = people.operator(self.station, Role.UNIT, username="sari", unit=unit)
        self.report = people.report()
        task = assignment.assign(self.report, to=unit, brief="Bubarkan.", by=self.rina)
        self.photo = dispatch_pictures.add(task, photos.jpeg(), by=self.sari)

    def ask(self, name: str, by: Operator, **content: Any) -> HttpResponse:
        token = ApiToken.objects.issue(by)
        address = reverse(f"report-{name}", args=[self.report.number])
        headers = {"Authorization": f"Token {token}"}
        if name == "proofs":
            return self.client.get(address, headers=headers)
        return self.client.post(address, content, content_type="application/json", headers=headers)

    def test_the_photos_are_listed_with_what_they_say(self) -> None:
        (offer,) = self.ask("proofs", self.rina).json()
        self.assertEqual((offer["picture"], offer["unit"]), (str(self.photo.pk), "samapta"))
        self.assertEqual(offer["doubts"], ["unknown_time", "unknown_place"])

    def test_one_is_sent_once(self) -> None:
        given = {"picture": str(self.photo.pk), "text": "Sudah bersih.", "asks": True}
        self.assertEqual(self.ask("proof", self.rina, **given).status_code, 201)
        self.assertEqual((Proof.objects.count(), Feedback.objects.count()), (1, 1))
        again = self.ask("proof", self.rina, **given)
        self.assertEqual((again.status_code, again.json()["code"]), (409, "already_used"))

    def test_the_question_is_asked_once(self) -> None:
        self.assertEqual(self.ask("settled", self.rina).status_code, 201)
        self.assertEqual(self.ask("settled", self.rina).json()["code"], "already_asked")

    def test_a_unit_finds_none_of_it(self) -> None:
        for name in ("proofs", "proof", "settled"):
            with self.subTest(name=name):
                self.assertEqual(self.ask(name, self.sari).status_code, 403)

    def test_another_station_finds_no_such_report(self) -> None:
        elsewhere = people.operator(people.station("lain", "LAN"), username="lain")
        self.assertEqual(self.ask("proofs", elsewhere).status_code, 404)
        self.assertTrue(Report.objects.filter(pk=self.report.pk).exists())
