"""Which wordings fit a report, in which order, and what their variables stand for."""

from typing import Any

from reports import wordings
from reports.models import Landmark, ReplyTemplate, Report
from reports.workflow import Status
from tests import people
from tests.reports.cases import StationTestCase


class WordingTests(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.report = Report.objects.select_related("station").get(pk=people.report().pk)

    def add(self, key: str, text: str = "Baik.", **fields: Any) -> ReplyTemplate:
        return ReplyTemplate.objects.create(station=self.station, key=key, text=text, **fields)

    def keys(self) -> list[str]:
        return [each.template.key for each in wordings.canned(self.report, by=self.rina)]

    def test_what_names_this_category_and_status_is_first_and_what_names_others_last(self) -> None:
        group = people.category("kamtibmas")
        self.report.category = people.category("balap-liar", parent=group)
        self.report.status = Status.ACTING
        self.add("other", categories=["skck"], position=0)
        self.add("any", position=1)
        self.add("half-wrong", categories=["balap-liar"], statuses=["new"], position=0)
        self.add("group", categories=["kamtibmas"], position=3)
        self.add("category", categories=["skck", "balap-liar"], position=2)
        self.add("both", categories=["balap-liar"], statuses=["acting"], position=9)
        expected = ["both", "category", "group", "any", "half-wrong", "other"]
        self.assertEqual(self.keys(), expected)

    def test_without_a_category_those_for_some_come_last(self) -> None:
        self.add("any")
        self.add("some", categories=["skck"])
        self.assertEqual(self.keys(), ["any", "some"])

    def test_what_the_program_says_by_itself_is_not_chosen(self) -> None:
        self.assertEqual(self.keys(), [])
        self.add("ask_place")
        self.assertEqual(self.keys(), ["ask_place"])

    def test_what_was_put_away_or_is_anothers_is_not_there(self) -> None:
        self.add("old", is_active=False)
        ReplyTemplate.objects.create(station=people.station("lain", "LAN"), key="x", text="x")
        self.assertEqual(self.keys(), [])

    def test_variables_are_filled_in_and_what_is_missing_is_named(self) -> None:
        text = "{polres} {nomor_laporan} {kategori} {tempat} {nama_petugas} {kategori}"
        self.add("all", text)
        (each,) = wordings.canned(self.report, by=self.rina)
        self.assertEqual(
            each.text,
            f"{self.station.name} {self.report.number} {{kategori}} {{tempat}} Contoh Rina {{kategori}}",
        )
        self.assertEqual(each.missing, ("kategori", "tempat"))

    def test_a_landmark_says_the_place_better_than_its_village(self) -> None:
        self.report.landmark = Landmark.objects.create(
            station=self.station, name="Pasar Bunder", latitude=-7, longitude=111
        )
        self.assertEqual(wordings.values_of(self.report, by=self.rina)["tempat"], "Pasar Bunder")

    def test_approved_ones_only_have_a_content_sid(self) -> None:
        self.add("free")
        self.add("approved", content_sid=f"HX{'0' * 32}")
        found = wordings.approved(self.report, by=self.rina)
        self.assertEqual([each.template.key for each in found], ["approved"])

    def test_their_pictures_are_left_where_they_are(self) -> None:
        self.add("picture", picture=b"jpeg")
        self.add("plain")
        with self.assertNumQueries(1):
            found = wordings.canned(self.report, by=self.rina)
        self.assertEqual(
            {e.template.key: e.has_picture for e in found}, {"picture": True, "plain": False}
        )
        self.assertIn("picture", found[0].template.get_deferred_fields())
