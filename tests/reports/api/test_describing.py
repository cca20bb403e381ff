"""Describing a report by program: each answer by its code."""

from typing import Any

from reports import triage
from reports.models import Area, Landmark
from reports.workflow import Outcome
from tests import people
from tests.reports.api.cases import ApiTestCase


class DescribingTests(ApiTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.one = ApiTestCase.report(self)
        self.path = f"/reports/{self.one.number}/"

    def do(self, verb: str, **content: Any) -> Any:
        return self.post(f"{self.path}{verb}/", **content)

    def test_categorise(self) -> None:
        people.category("balap-liar")
        answer = self.do("categorise", category="balap-liar")
        self.assertEqual(answer.status_code, 200, answer.content)
        self.assertEqual(
            (answer.json()["category"], answer.json()["urgency"]), ("balap-liar", "segera")
        )
        for given in ({}, {"category": "nonsense"}, {"category": None}):
            self.assertIn("category", self.do("categorise", **given).json())
        people.category("keributan", parent=people.category("kamtibmas"))
        refused = self.do("categorise", category="kamtibmas")
        self.assertEqual((refused.status_code, refused.json()["code"]), (409, "not_a_category"))

    def test_a_reserved_category_leaves_nothing_to_show(self) -> None:
        people.category("anggota-polri", reserved_for="propam")
        answer = self.do("categorise", category="anggota-polri")
        self.assertEqual((answer.status_code, answer.content), (204, b""))
        self.assertEqual(self.get(self.path).status_code, 404)
        self.assertEqual(self.numbers(), [])

    def test_urgency(self) -> None:
        self.assertEqual(self.do("urgency", urgency="darurat").json()["urgency"], "darurat")
        self.assertEqual(self.do("urgency", urgency="gawat").status_code, 400)
        triage.close(self.one, Outcome.ACTED, "Sudah.", by=self.rina)
        refused = self.do("urgency", urgency="biasa")
        self.assertEqual((refused.status_code, refused.json()["code"]), (409, "already_closed"))

    def test_place(self) -> None:
        area = Area.objects.create(
            station=self.station, code="33.14.10.1002", level="village", name="Sragen Kulon",
            latitude=-7.43, longitude=111.01,
        )  # fmt: skip
        Landmark.objects.create(
            station=self.station, name="Stasiun", area=area, latitude=-7.429, longitude=111.018
        )
        shown = self.do("place", landmark="Stasiun", note="Peron 1").json()
        self.assertEqual(
            [shown[key] for key in ("landmark", "area", "place", "latitude", "longitude")],
            ["Stasiun", "33.14.10.1002", "Sragen Kulon", -7.429, 111.018],
        )
        self.assertEqual(self.get(self.path).json()["place_note"], "Peron 1")
        shown = self.do("place", latitude=-7.431, longitude=111.011).json()
        self.assertEqual((shown["area"], shown["landmark"]), ("33.14.10.1002", None))
        for given, status in (
            ({}, 409),
            ({"area": "99"}, 400),
            ({"landmark": "Monas"}, 400),
            ({"latitude": -7.4}, 409),
            ({"latitude": "NaN", "longitude": 111}, 400),
            ({"latitude": 52.5, "longitude": 13.4}, 409),
        ):
            with self.subTest(given):
                self.assertEqual(self.do("place", **given).status_code, status)

    def test_summarise(self) -> None:
        answer = self.do("summarise", summary="Balap liar")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(self.get(self.path).json()["summary"], "Balap liar")
        self.assertNotIn("Balap liar", self.get("/reports/").content.decode())
        self.assertEqual(self.do("summarise").status_code, 400)
        self.assertEqual(self.do("summarise", summary="a" * 1001).status_code, 400)
        self.do("summarise", summary="")
        self.assertEqual(self.get(self.path).json()["summary"], "")

    def test_reopen(self) -> None:
        refused = self.do("reopen", reason="goes_on")
        self.assertEqual((refused.status_code, refused.json()["code"]), (409, "not_closed"))
        triage.close(self.one, Outcome.ACTED, "Sudah.", by=self.rina)
        self.assertEqual(self.do("reopen", reason="because").status_code, 400)
        shown = self.do("reopen", reason="goes_on").json()
        self.assertEqual((shown["status"], shown["holder"]), ("triage", None))

    def test_what_may_not_be_seen_does_not_exist(self) -> None:
        stranger = people.operator(people.station("lain", "LAN"), username="lain")
        for verb in ("categorise", "urgency", "place", "summarise", "reopen"):
            with self.subTest(verb):
                answer = self.post(f"{self.path}{verb}/", by=stranger)
                self.assertEqual(answer.status_code, 404)
