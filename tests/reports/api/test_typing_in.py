"""Taking down a report through the API: the same verb as the desk."""

from django.test import override_settings

from reports.identity.models import AuditEntry
from reports.models import Area, Report
from reports.workflow import Urgency
from tests import people
from tests.reports.api.cases import ApiTestCase
from tests.samples import WATI


class TypeInTests(ApiTestCase):
    def test_it_is_made_and_shown_without_the_number(self) -> None:
        answer = self.post(
            "/reports/", channel="voice", text="Ada tabrakan", number=WATI.phone, name="Wati"
        )
        self.assertEqual(answer.status_code, 201, answer.content)
        report = Report.objects.get()
        shown = answer.json()
        self.assertEqual((shown["number"], shown["holder"]), (report.number, "rina"))
        self.assertNotIn("99900001", answer.content.decode())
        self.assertNotIn("Wati", answer.content.decode())
        self.assertEqual(AuditEntry.objects.get().kind, "lookup")

    def test_category_urgency_and_place(self) -> None:
        people.category("tawuran", parent=people.category("kamtibmas"))
        Area.objects.create(
            station=self.station, code="33.14.01", level="district", name="Gemolong",
            latitude=-7, longitude=111,
        )  # fmt: skip
        about = {"category": "tawuran", "urgency": "darurat", "place": "33.14.01"}
        answer = self.post("/reports/", channel="desk", text="Ada tawuran", **about)
        self.assertEqual(answer.json() | about | {"place": "Gemolong"}, answer.json())
        self.assertEqual(Report.objects.get().urgency, Urgency.EMERGENCY)

    def test_the_same_key_is_the_same_report(self) -> None:
        key = "0b0e5f0e-8d8e-4c0e-9f60-0d1c1a3b7f11"
        first = self.post("/reports/", channel="voice", text="Ada tabrakan", key=key)
        second = self.post("/reports/", channel="voice", text="Ada tabrakan", key=key)
        self.assertEqual(
            (first.json()["number"], Report.objects.count()), (second.json()["number"], 1)
        )

    def test_what_is_wrong_is_named(self) -> None:
        for wrong, status, named in (
            ({"text": ""}, 400, "text"),
            ({"number": "0812"}, 400, "number"),
            ({"channel": "whatsapp"}, 400, "channel"),
            ({"category": "tidak-ada"}, 400, "category"),
        ):
            with self.subTest(named):
                given = {"channel": "voice", "text": "Ada tabrakan"} | wrong
                answer = self.post("/reports/", **given)
                self.assertEqual(answer.status_code, status)
                self.assertIn(named, answer.json())
        self.assertEqual(Report.objects.count(), 0)

    @override_settings(LOOKUPS_AN_HOUR=0)
    def test_over_the_cap_it_is_refused(self) -> None:
        answer = self.post("/reports/", channel="voice", text="Ada tabrakan", number=WATI.phone)
        self.assertEqual((answer.status_code, answer.json()["code"]), (409, "too_many_lookups"))

    def test_who_may_not_is_refused(self) -> None:
        chief = people.operator(self.station, "chief")
        self.assertEqual(
            self.post("/reports/", by=chief, channel="voice", text="x").status_code, 403
        )
