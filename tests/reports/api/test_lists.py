"""Lists: which reports they hold, in which order, page by page, always for the same price."""

from base64 import b64encode
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from operators.permissions import Role
from reports import claims, triage
from reports.api.paging import ByCursor
from reports.models import Area, Category
from reports.workflow import Outcome, Status, Urgency
from tests import people, samples
from tests.reports.api.cases import ApiTestCase


class ReportListTests(ApiTestCase):
    def test_a_report_shows_its_plain_facts(self) -> None:
        category, unit = people.category("laka-lantas"), people.unit(self.station)
        report = claims.claim(self.report(category=category, unit=unit), by=self.rina)
        (shown,) = self.get("/reports/").json()["results"]
        self.assertEqual(
            {name: value for name, value in shown.items() if not name.endswith("_at")},
            {
                "number": report.number,
                "station": "contoh",
                "status": "triage",
                "urgency": "biasa",
                "category": "laka-lantas",
                "place": None,
                "area": None,
                "landmark": None,
                "latitude": None,
                "longitude": None,
                "unit": "samapta",
                "channel": "whatsapp",
                "reporter": report.reporter.alias,
                "holder": "rina",
                "incident": None,
                "outcome": "",
                "unread_count": 1,
                "version": 1,
            },
        )
        self.assertIsNotNone(shown["claimed_at"])
        self.assertIsNone(shown["closed_at"])

    def test_the_newest_comes_first(self) -> None:
        now = timezone.now()
        old = self.report(received_at=now - timedelta(hours=2))
        new = self.report(received_at=now)
        self.assertEqual(self.numbers(), [new.number, old.number])

    def test_another_order_can_be_asked_for(self) -> None:
        now = timezone.now()
        calm = self.report(last_inbound_at=now)
        busy = self.report(last_inbound_at=now + timedelta(minutes=1))
        self.assertEqual(self.numbers(ordering="last_inbound_at"), [calm.number, busy.number])
        self.assertEqual(self.numbers(ordering="-last_inbound_at"), [busy.number, calm.number])

    def test_by_urgency_too(self) -> None:
        calm = self.report(urgency=Urgency.ROUTINE)
        danger = self.report(urgency=Urgency.EMERGENCY)
        self.assertEqual(self.numbers(ordering="urgency"), [calm.number, danger.number])
        self.assertEqual(self.numbers(ordering="-urgency"), [danger.number, calm.number])

    def test_an_order_by_what_is_not_shown_cannot(self) -> None:
        first, second = self.report(), self.report()
        for hidden in (
            "opening_sealed",
            "contact__handle__index",
            "reporter__identity",
            "id",
        ):
            with self.subTest(ordering=hidden):
                self.assertEqual(self.numbers(ordering=hidden), [second.number, first.number])

    def test_other_stations_reports_are_not_there(self) -> None:
        other = people.station("lain", "LAN")
        self.report()
        stranger = people.operator(other, username="lain")
        self.assertEqual(self.numbers(by=stranger), [])
        self.assertEqual(self.numbers(by=stranger, station="contoh"), [])

    def test_reserved_ones_are_not_there(self) -> None:
        reserved = people.category("anggota-polri", reserved_for="propam")
        self.report(category=reserved)
        self.assertEqual(self.numbers(), [])
        self.assertEqual(self.numbers(category="anggota-polri"), [])


class FilterTests(ApiTestCase):
    def assertFinds(self, expected: Any, **query: Any) -> None:
        with self.subTest(**query):
            self.assertEqual(self.numbers(**query), [expected.number] if expected else [])

    def test_by_station(self) -> None:
        report = self.report()
        self.assertFinds(report, station="contoh")
        self.assertFinds(None, station="lain")

    def test_by_status_one_or_several(self) -> None:
        report = self.report(status=Status.ACTING)
        self.assertFinds(report, status="acting")
        self.assertFinds(report, status=["new", "acting"])
        self.assertFinds(None, status="new")

    def test_by_category_and_unit(self) -> None:
        report = self.report(category=people.category(), unit=people.unit(self.station))
        self.assertFinds(report, category="laka-lantas")
        self.assertFinds(report, unit="samapta")
        self.assertFinds(None, category="lain")
        self.assertFinds(None, unit="lain")

    def test_by_urgency_in_the_words_of_the_field(self) -> None:
        report = self.report(urgency=Urgency.EMERGENCY)
        self.assertFinds(report, urgency="darurat")
        self.assertFinds(None, urgency="biasa")

    def test_by_channel(self) -> None:
        report = self.report(samples.sms())
        self.assertFinds(report, channel="sms")
        self.assertFinds(None, channel="whatsapp")

    def test_by_outcome(self) -> None:
        report = triage.close(self.report(), Outcome.NOT_FOUND, "Nihil.", by=self.rina)
        self.assertFinds(report, outcome="not_found")
        self.assertFinds(None, outcome="acted")

    def test_by_the_time_it_was_received(self) -> None:
        at = timezone.now() - timedelta(days=3)
        report = self.report(received_at=at)
        before, after = at - timedelta(minutes=1), at + timedelta(minutes=1)
        self.assertFinds(
            report, received_after=before.isoformat(), received_before=after.isoformat()
        )
        self.assertFinds(None, received_after=after.isoformat())
        self.assertFinds(None, received_before=before.isoformat())

    def test_by_place_its_code_its_name_or_the_district_around_it(self) -> None:
        middle = {"station": self.station, "latitude": -7.4, "longitude": 111.0}
        district = Area.objects.create(code="33.14.99", level="district", name="Contohan", **middle)
        village = Area.objects.create(
            code="33.14.99.2001", level="village", name="Desa Contoh", parent=district, **middle
        )
        report = self.report(area=village)
        self.assertFinds(report, place="33.14.99.2001")
        self.assertFinds(report, place="desa contoh")
        self.assertFinds(report, place="33.14.99")
        self.assertFinds(None, place="33.14")
        self.assertEqual(self.get("/reports/").json()["results"][0]["place"], "Desa Contoh")

    def test_filters_go_together(self) -> None:
        report = self.report(urgency=Urgency.SOON, status=Status.ACTING)
        self.assertFinds(report, urgency="segera", status="acting")
        self.assertFinds(None, urgency="segera", status="new")

    def test_a_value_that_does_not_exist_is_said_so(self) -> None:
        self.report()
        for wrong in (
            {"status": "asleep"},
            {"urgency": "3"},
            {"channel": "pigeon"},
            {"outcome": "x"},
            {"received_after": "yesterday"},
            {"received_after": "0001-01-01"},
            {"received_before": "9999-12-31T23:59:59-12:00"},
        ):
            with self.subTest(**wrong):
                response = self.get("/reports/", **wrong)
                self.assertEqual(response.status_code, 400)
                self.assertEqual(len(response.json()), 1)

    def test_what_is_sealed_is_no_filter(self) -> None:
        report = self.report()
        for hidden in ("reporter__identity", "contact__handle__kind", "text", "phone"):
            self.assertFinds(report, **{hidden: "x"})


def cursor_at(position: str) -> str:
    """A cursor of nobody's, in the form of ours."""
    return b64encode(urlencode({"p": position}).encode()).decode()


class PagingTests(ApiTestCase):
    def setUp(self) -> None:
        super().setUp()
        began = timezone.now() - timedelta(hours=1)
        self.all = [
            self.report(received_at=began - timedelta(minutes=n // 2)).number for n in range(7)
        ]

    def pages(self, **query: Any) -> list[list[str]]:
        pages, response = [], self.get("/reports/", **query).json()
        while True:
            pages.append([report["number"] for report in response["results"]])
            if not response["next"]:
                return pages
            path = response["next"].partition("/api/v1")[2]
            response = self.get(path).json()

    def test_page_by_page_every_report_comes_once(self) -> None:
        pages = self.pages(page_size=3)
        self.assertEqual([len(page) for page in pages], [3, 3, 1])
        self.assertEqual(sorted(sum(pages, [])), sorted(self.all))

    def test_what_arrives_meanwhile_shifts_no_page(self) -> None:
        first = self.get("/reports/", page_size=3).json()
        self.report()
        second = self.get(first["next"].partition("/api/v1")[2]).json()
        seen = [r["number"] for r in first["results"] + second["results"]]
        self.assertEqual(len(set(seen)), 6)

    def test_a_page_has_a_largest_size(self) -> None:
        self.assertEqual(len(self.numbers(page_size=1000)), 7)
        self.assertEqual(ByCursor.max_page_size, 200)

    def test_a_cursor_of_nobodys_is_said_so(self) -> None:
        for cursor in ("nonsense", cursor_at("tomorrow"), cursor_at("\0")):
            for order in ("received_at", "urgency"):
                with self.subTest(cursor=cursor, ordering=order):
                    answer = self.get("/reports/", cursor=cursor, ordering=order)
                    self.assertEqual(answer.status_code, 404)

    def test_a_cursor_before_all_time_ends_in_no_error(self) -> None:
        # One database can compare with it, the other cannot.
        cursor = cursor_at("0001-01-01T00:00:00+14:00")
        self.assertIn(self.get("/reports/", cursor=cursor).status_code, (200, 404))

    def test_a_list_costs_the_same_one_or_many(self) -> None:
        counts = []
        for size in (1, 7):
            with CaptureQueriesContext(connection) as asked:
                self.assertEqual(len(self.numbers(page_size=size)), size)
            counts.append(len(asked))
        self.assertEqual(counts[0], counts[1])


class CategoryListTests(ApiTestCase):
    def test_categories_with_their_group_and_targets(self) -> None:
        group = Category.objects.create(
            slug="lalu-lintas", label="Lalu lintas", short_label="Lantas"
        )
        people.category("laka-lantas", parent=group, respond_minutes=5, position=1)
        shown = {row["slug"]: row for row in self.get("/categories/").json()}
        self.assertEqual(
            shown["laka-lantas"],
            {
                "slug": "laka-lantas",
                "group": "lalu-lintas",
                "label": "Laka-Lantas",
                "short_label": "Laka-Lantas",
                "urgency": "segera",
                "respond_minutes": 5,
                "arrive_minutes": None,
                "complete_minutes": None,
                "check_first": False,
            },
        )
        self.assertIsNone(shown["lalu-lintas"]["group"])

    def test_they_are_for_whoever_reads_reports(self) -> None:
        unit = people.operator(self.station, Role.UNIT)
        self.assertEqual(self.get("/categories/", by=unit).status_code, 403)
