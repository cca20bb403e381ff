"""A report is laid beside those before it: named by their ids, with a reason, and with none of their words."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from reports import describing, findings, jobs, triage
from reports.enrichment import surroundings
from reports.findings import Suggested
from reports.identity import vault
from reports.models import Area, Category, Finding, Report, ServiceNumber
from reports.models.finding import Enricher
from reports.models.service_number import Channel
from reports.workflow import Outcome
from tests import people, samples
from tests.reports.cases import StationTestCase

FIRE = "Gudang kayu mebel terbakar, api besar sekali"
FIRE_AGAIN = "kebakaran gudang kayu mebel pak, apinya besar"
NOON = datetime(2026, 11, 3, 12, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


class LookingBackTests(StationTestCase):
    fire: Category
    village: Area

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        group = people.category("darurat")
        cls.fire = people.category("kebakaran", parent=group, keywords=["kebakaran", "terbakar"])
        cls.crash = people.category("laka-lantas", parent=group, keywords=["laka"])
        district = Area.objects.create(
            station=cls.station,
            code="33.14.12",
            level=Area.Level.DISTRICT,
            name="Tanon",
            latitude=-7.3827,
            longitude=110.9177,
        )
        cls.village = Area.objects.create(
            station=cls.station,
            code="33.14.12.2001",
            level=Area.Level.VILLAGE,
            name="Slogo",
            parent=district,
            latitude=-7.38,
            longitude=110.91,
        )

    def setUp(self) -> None:
        super().setUp()
        surroundings.forget()
        self.addCleanup(surroundings.forget)
        self.travel(NOON)
        self.callers = 0

    def told(self, body: str, *, category: Category | None = None, **changes: Any) -> Report:
        """Told by somebody new and read; by then the desk may have said what it is about."""
        self.callers += 1
        who = samples.Citizen(f"Warga {self.callers}", f"+62812000{self.callers:05d}")
        report = people.report(samples.text(body, by=who, **changes))
        if category:
            describing.categorise(report, category, by=self.rina)
            describing.place(report, area=self.village, by=self.rina)
        jobs.enrich()
        self.travel(timedelta(minutes=10))
        return report

    def named(self, report: Report) -> list[Suggested]:
        found = findings.of(report, by=self.rina)
        return [
            candidate
            for one in found
            if one.finding.enricher == Enricher.DUPLICATE
            for candidate in one.candidates
        ]

    def test_the_second_witness_names_the_first(self) -> None:
        first, second = (self.told(words, category=self.fire) for words in (FIRE, FIRE_AGAIN))
        (candidate,) = self.named(second)
        self.assertEqual(candidate.value, {"report": str(first.pk), "strength": "strong"})
        self.assertEqual(
            candidate.reason,
            "10 menit sebelumnya, tempat yang sama, kategori sama, kata-kata mirip.",
        )
        self.assertEqual(self.named(first), [])
        (named,) = findings.naming(first, by=self.rina)
        self.assertEqual((named.report_id, named.suggested), (second.pk, candidate))
        self.assertEqual(findings.naming(second, by=self.rina), [])

    def test_no_word_of_the_other_and_nothing_in_clear(self) -> None:
        first, second = (self.told(words, category=self.fire) for words in (FIRE, FIRE_AGAIN))
        (row,) = Finding.objects.filter(report=second, enricher=Enricher.DUPLICATE)
        self.assertNotIn(str(first.pk).encode(), bytes(row.candidates_sealed))
        box = vault.box_of("content", second.pk)
        plain = box.open("finding.candidates", row.pk, row.candidates_sealed).expose()
        self.assertNotIn("mebel", plain)
        self.assertNotIn("kebakaran", plain)

    def test_without_anything_alike_it_abstains(self) -> None:
        self.told(FIRE, category=self.fire)
        other = self.told("Motor lawan truk di perempatan", category=self.crash)
        self.assertEqual(self.named(other), [])
        row = Finding.objects.get(report=other, enricher=Enricher.DUPLICATE)
        self.assertEqual(row.confidence, 0.0)

    def test_two_who_are_read_at_once_find_each_other(self) -> None:
        first = people.report(samples.text(FIRE))
        second = people.report(samples.text(FIRE, by=samples.JOKO))
        jobs.enrich()
        self.assertEqual([c.value["report"] for c in self.named(second)], [str(first.pk)])

    def test_more_words_may_find_what_the_first_did_not(self) -> None:
        vague = people.report(samples.text("Tolong cepat ke sini"))
        jobs.enrich()
        self.travel(timedelta(minutes=1))
        fire = self.told(FIRE)
        self.assertEqual(self.named(vague), [])
        people.report(samples.text(FIRE_AGAIN))
        jobs.enrich()
        self.assertEqual([c.value["report"] for c in self.named(vague)], [str(fire.pk)])

    def test_nobody_is_named_twice(self) -> None:
        first = self.told(FIRE)
        second = people.report(samples.text(FIRE_AGAIN))
        jobs.enrich()
        people.report(samples.text("gudang kayu mebel terbakar habis"))
        jobs.enrich()
        self.assertEqual([c.value["report"] for c in self.named(second)], [str(first.pk)])

    def test_another_station_is_not_looked_at(self) -> None:
        other = people.station("lain", "LAN")
        number = ServiceNumber.objects.get(station=other, channel=Channel.WHATSAPP)
        self.told(FIRE, To=f"whatsapp:{number.address}")
        self.assertEqual(self.named(self.told(FIRE_AGAIN)), [])

    def test_what_is_reserved_for_others_is_not_named(self) -> None:
        reserved = people.category("anggota-polri", reserved_for="propam", parent=self.fire.parent)
        first = self.told(FIRE)
        Report.objects.filter(pk=first.pk).update(category=reserved)
        self.assertEqual(self.named(self.told(FIRE_AGAIN)), [])

    def test_what_was_no_report_is_not_named(self) -> None:
        prank = self.told(FIRE)
        triage.close(prank, outcome=Outcome.PRANK, note="Iseng", by=self.rina)
        self.assertEqual(self.named(self.told(FIRE_AGAIN)), [])

    def test_words_that_do_not_open_hold_nothing_up(self) -> None:
        first = self.told(FIRE)
        vault.destroy([first.pk])
        self.assertEqual(self.named(self.told(FIRE_AGAIN)), [])

    @override_settings(DUPLICATES_LOOKED_AT=2)
    def test_only_the_latest_are_opened(self) -> None:
        self.told(FIRE)
        for number in range(3):
            self.told(f"Mau tanya syarat nomor {number}")
        self.assertEqual(self.named(self.told(FIRE_AGAIN)), [])

    def test_many_before_it_cost_no_more_questions(self) -> None:
        counts = []
        for before in (1, 6):
            for _ in range(before):
                self.told(FIRE)
            self.callers += 1
            who = samples.Citizen("Siapa", f"+62813000{self.callers:05d}")
            people.report(samples.text(FIRE_AGAIN, by=who))
            with CaptureQueriesContext(connection) as counted:
                jobs.enrich()
            counts.append(len(counted))
        self.assertEqual(counts[0], counts[1])
