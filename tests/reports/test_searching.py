"""Searching finds what somebody may see, by name, words, place and time, and says how far it looked."""

import logging
from datetime import timedelta
from io import StringIO
from typing import Any

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from operators.models import Operator
from reports import claims, noting, searching, triage
from reports.actors import NotAllowed
from reports.identity.models import AuditEntry
from reports.models import Area, Message, NumberSequence, Report
from reports.searching import Found, Wanted, search
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.reports.cases import StationTestCase
from tests.samples import Citizen


class SearchTestCase(StationTestCase):
    def arrive(self, body: str, *, days_ago: float = 0, **columns: Any) -> Report:
        """A report of somebody new."""
        who = Citizen("Warga", f"+62812777{Report.objects.count():05d}")
        at = timezone.now() - timedelta(days=days_ago)
        report = people.report(samples.text(body, by=who), at=at)
        if columns:
            Report.objects.filter(pk=report.pk).update(**columns)
            report.refresh_from_db()
        return report

    def search(self, words: str = "", by: Operator | None = None, **wanted: Any) -> Found:
        further = wanted.pop("further", "")
        return search(Wanted(words, **wanted), by=by or self.rina, further=further)

    def found(self, words: str = "", by: Operator | None = None, **wanted: Any) -> list[Report]:
        return [hit.report for hit in self.search(words, by, **wanted).hits]


class WordsTests(SearchTestCase):
    def test_all_words_whatever_their_capitals_and_accents(self) -> None:
        report = self.arrive("Ada BALAP liar di depan Café Rajawali")
        self.arrive("Ada balap sepeda")
        self.assertEqual(self.found("cafe balap"), [report])
        self.assertEqual(self.found("CAFÉ terminal"), [])

    def test_the_newest_stands_first(self) -> None:
        old, new = self.arrive("balap lama", days_ago=3), self.arrive("balap baru")
        self.assertEqual(self.found("balap"), [new, old])

    def test_the_words_are_marked(self) -> None:
        self.arrive("Ada balap liar")
        (hit,) = self.search("LIAR").hits
        self.assertEqual(
            [(p.text, p.is_hit) for p in hit.pieces], [("Ada balap ", False), ("liar", True)]
        )

    def test_what_the_desk_wrote_is_found_too(self) -> None:
        report = self.arrive("Tolong")
        triage.reply(report, "Patroli menuju lokasi", by=self.rina)
        noting.add(report, "Pelapor minta dirahasiakan", by=self.rina)
        triage.close(report, Outcome.ACTED, "Dibubarkan tertib", by=self.rina)
        for words in ("patroli menuju", "dirahasiakan", "dibubarkan", "tolong patroli tertib"):
            with self.subTest(words):
                self.assertEqual(self.found(words), [report])

    def test_what_the_program_says_by_itself_is_not(self) -> None:
        self.arrive("Tolong")
        self.assertEqual(self.found("diterima"), [])

    def test_words_that_do_not_open_any_more_are_passed_over(self) -> None:
        broken, whole = self.arrive("balap satu"), self.arrive("balap dua")
        Message.objects.filter(report=broken).update(body_sealed=b"\x01broken")
        self.assertEqual(self.found("balap"), [whole])


class NameTests(SearchTestCase):
    def test_a_whole_number(self) -> None:
        report = self.arrive("satu")
        self.arrive("dua")
        self.assertEqual(self.found(report.number.lower()), [report])
        self.assertEqual(self.found(f" {report.number} "), [report])
        self.assertEqual(self.found("CTH-2601-99999"), [])

    def test_the_end_of_a_number_in_every_month(self) -> None:
        this = self.arrive("satu")
        NumberSequence.objects.create(station=self.station, period="2501", last=7)
        past = self.arrive("dua", days_ago=400, number="CTH-2501-00001")
        for words in ("1", "00001", "#1"):
            with self.subTest(words):
                self.assertEqual(self.found(words), [this, past])
        self.assertEqual(self.found("2501-1"), [past])
        self.assertEqual(self.found("0"), [])

    def test_figures_are_words_too_but_no_report_comes_twice(self) -> None:
        first = self.arrive("Rumah nomor 1")
        self.assertEqual(self.found("1"), [first])
        second = self.arrive("Rumah nomor 77")
        self.assertEqual(self.found("77"), [second])

    def test_an_alias_finds_all_of_that_person(self) -> None:
        report = self.arrive("satu")
        self.arrive("dua")
        bird, figures = report.reporter.alias.rsplit("-", 1)
        for words in (report.reporter.alias, f"{bird.lower()} {figures}"):
            with self.subTest(words):
                self.assertEqual(self.found(words), [report])

    def test_nobody_is_looked_up_by_telephone_number(self) -> None:
        report = self.arrive("Hubungi 081277700000 ya")
        self.assertEqual(report.reporter.reports.count(), 1)
        for words in ("081277700000", "+62 812-7770-0000", "balap 6281277700000", "81277700000"):
            with self.subTest(words):
                found = self.search(words)
                self.assertTrue(found.is_telephone)
                self.assertEqual((found.hits, found.looked_at), ([], 0))

    def test_other_figures_are_no_telephone_number(self) -> None:
        for words in ("2611-00042", "CTH-2611-00042", "21-11-2026", "AD 1234 XY", "110", "2026"):
            with self.subTest(words):
                self.assertFalse(searching.has_telephone(words))


class NarrowedTests(SearchTestCase):
    def test_by_category_status_place_and_days(self) -> None:
        district, village = (
            Area.objects.create(
                station=self.station, code=code, level=level, name=name, latitude=-7, longitude=111
            )
            for code, level, name in (
                ("33.14.01", "district", "Gemolong"), ("33.14.01.2001", "village", "Kalijambe"),
            )
        )  # fmt: skip
        Area.objects.filter(pk=village.pk).update(parent=district)
        category = people.category()
        here = self.arrive("balap", area=village, category=category)
        old = self.arrive("balap", days_ago=10)
        claims.claim(old, by=self.rina)
        today = timezone.localdate()
        for wanted, expected in (
            ({"area": district}, [here]),
            ({"area": village}, [here]),
            ({"category": category}, [here]),
            ({"status": Status.TRIAGE}, [old]),
            ({"since": today}, [here]),
            ({"until": today - timedelta(days=1)}, [old]),
            ({"since": today - timedelta(days=10), "until": today}, [here, old]),
            ({"since": today - timedelta(days=9), "until": today - timedelta(days=1)}, []),
        ):
            with self.subTest(wanted):
                self.assertEqual(self.found("balap", **wanted), expected)
                self.assertEqual(self.found("", **wanted), expected)

    def test_without_words_the_first_ones_are_shown(self) -> None:
        self.arrive("Ada balap liar")
        (hit,) = self.search(since=timezone.localdate()).hits
        self.assertEqual("".join(piece.text for piece in hit.pieces), "Ada balap liar")

    def test_an_answer_without_words_goes_on_too(self) -> None:
        reports = [self.arrive(f"balap {n}", days_ago=n) for n in range(5)]
        with override_settings(SEARCH_HITS=2):
            first = self.search(until=timezone.localdate())
            second = self.search(until=timezone.localdate(), further=first.further)
            third = self.search(until=timezone.localdate(), further=second.further)
        shown = [hit.report for found in (first, second, third) for hit in found.hits]
        self.assertEqual((shown, third.further), (reports, ""))


class FurtherTests(SearchTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.reports = [self.arrive(f"balap {n}", days_ago=n) for n in range(7)]

    def all_of(self, words: str) -> list[list[Report]]:
        pages, further = [], ""
        while True:
            found = self.search(words, further=further)
            pages.append([hit.report for hit in found.hits])
            further = found.further
            if not further:
                return pages

    def test_it_stops_at_so_many_and_goes_on_from_there(self) -> None:
        with override_settings(SEARCH_HITS=3):
            pages = self.all_of("balap")
        self.assertEqual(pages, [self.reports[:3], self.reports[3:6], self.reports[6:]])

    def test_it_stops_when_the_time_is_up_and_says_how_far_it_came(self) -> None:
        searching_batch, searching.BATCH = searching.BATCH, 2
        self.addCleanup(setattr, searching, "BATCH", searching_batch)
        with override_settings(SEARCH_SECONDS=0):
            found = self.search("balap 5")
            self.assertEqual((found.hits, found.looked_at), ([], 2))
            self.assertEqual(found.until, self.reports[1].received_at)
            self.assertEqual(
                [report for page in self.all_of("balap 5") for report in page], [self.reports[5]]
            )

    def test_it_stops_after_so_many_messages(self) -> None:
        searching_batch, searching.BATCH = searching.BATCH, 2
        self.addCleanup(setattr, searching, "BATCH", searching_batch)
        with override_settings(SEARCH_MESSAGES=4):
            self.assertEqual(self.search("balap 6").looked_at, 4)

    def test_at_the_end_there_is_nothing_further(self) -> None:
        found = self.search("balap")
        self.assertEqual((found.looked_at, found.further), (7, ""))

    def test_a_damaged_place_begins_anew(self) -> None:
        self.assertEqual(len(self.found("balap", further="x y")), 7)

    def test_the_queries_do_not_grow_with_what_is_found(self) -> None:
        with CaptureQueriesContext(connection) as asked:
            self.search("balap")
        self.arrive("balap lagi")
        with CaptureQueriesContext(connection) as again:
            self.search("balap")
        self.assertEqual(len(again), len(asked))


class SightTests(SearchTestCase):
    def test_another_station_finds_nothing_and_counts_nothing(self) -> None:
        report = self.arrive("balap rahasia")
        neighbour = people.operator(people.station("tetangga", "TTG"), username="tono")
        for words in ("balap", report.number, "1", report.reporter.alias, ""):
            with self.subTest(words):
                found = self.search(words, by=neighbour, since=timezone.localdate())
                self.assertEqual((found.hits, found.looked_at), ([], 0))

    def test_a_reserved_category_is_neither_found_nor_counted(self) -> None:
        reserved = people.category("anggota-polri", reserved_for="propam")
        hidden = self.arrive("balap oknum", category=reserved)
        shown = self.arrive("balap biasa")
        self.assertEqual(self.found("balap"), [shown])
        self.assertEqual(self.search("balap").looked_at, 1)
        for words in (hidden.number, hidden.reporter.alias, "oknum"):
            with self.subTest(words):
                self.assertEqual(self.found(words), [])

    def test_the_limit_is_filled_from_what_may_be_seen(self) -> None:
        reserved = people.category("anggota-polri", reserved_for="propam")
        seen = [self.arrive("balap", days_ago=5), self.arrive("balap", days_ago=4)]
        for _ in range(4):
            self.arrive("balap", category=reserved)
        with override_settings(SEARCH_HITS=2):
            self.assertEqual(self.found("balap"), seen[::-1])

    def test_who_may_not_search_is_refused(self) -> None:
        with self.assertRaises(NotAllowed):
            self.search("balap", by=people.operator(self.station, "chief"))


class AuditTests(SearchTestCase):
    def test_each_search_is_in_the_chain_and_what_for_is_not(self) -> None:
        self.search("Burung Kenari")
        self.search("kenari burung")
        self.search("lain")
        entries = list(AuditEntry.objects.order_by("sequence"))
        self.assertEqual({(e.kind, e.actor) for e in entries}, {("search", self.rina.pk)})
        hashes = [entry.data["words"] for entry in entries]
        self.assertEqual(hashes[0], hashes[1])
        self.assertNotEqual(hashes[0], hashes[2])
        self.assertNotIn("kenari", str([entry.data for entry in entries]).lower())

    def test_nobody_searches_without_end(self) -> None:
        with override_settings(SEARCHES_AN_HOUR=1):
            self.search("balap")
            with self.assertRaises(searching.TooManySearches):
                self.search("balap")

    def test_no_line_of_any_log_has_the_words(self) -> None:
        self.arrive("Ada burung-kenari-7731 hilang")
        written = StringIO()
        handler, root = logging.StreamHandler(written), logging.getLogger()
        level = root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        self.addCleanup(root.removeHandler, handler)
        self.addCleanup(root.setLevel, level)
        with CaptureQueriesContext(connection) as asked:
            self.assertEqual(len(self.found("burung-kenari-7731")), 1)
        everything = written.getvalue() + "".join(query["sql"] for query in asked)
        self.assertIn("AuditEntry".lower(), everything.lower())
        self.assertNotIn("kenari", everything)
