"""The page of searching: what is looked for is posted and stays out of sight, what is found is marked and escaped."""

import io
import logging
import re
from typing import Any

from django.http import HttpResponse
from django.test import override_settings
from django.urls import reverse

from polreswa.logging import JsonLines
from reports.models import Report
from tests import people
from tests.operators.desk.cases import DeskTestCase, words

CANARY = "burung-kenari-7731"


class SearchingTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.address = reverse("desk:search")

    def find(self, text: str = "", *, htmx: bool = False, **form: Any) -> HttpResponse:
        headers = {"HX-Request": "true", "HX-Target": "found"} if htmx else {}
        return self.client.post(self.address, {"words": text} | form, headers=headers)

    def numbers(self, page: HttpResponse) -> list[str]:
        return re.findall(r'class="hit-number">([^<]+)<', page.text)

    def test_the_page_shows_the_form_and_asks_nothing(self) -> None:
        self.arrive("balap")
        page = self.client.get(self.address, {"words": "balap"})
        self.assertContains(page, 'id="search-words"')
        self.assertEqual(self.numbers(page), [])

    def test_a_hit_shows_what_one_needs_to_choose(self) -> None:
        report = self.arrive("Ada balap liar", category=people.category("balap-liar"))
        page = self.find("LIAR")
        self.assertEqual(self.numbers(page), [report.number])
        self.assertContains(page, "Ada balap <mark>liar</mark>", html=False)
        self.assertContains(page, report.get_absolute_url())
        for shown in (report.reporter.alias, "Balap-Liar"):
            self.assertContains(page, shown)

    def test_what_citizens_wrote_is_escaped(self) -> None:
        self.arrive("<script>alert(1)</script> balap <img src=x>")
        page = self.find("balap <img")
        self.assertNotContains(page, "<script>alert")
        self.assertNotContains(page, "<img src=x")
        self.assertContains(page, "<mark>&lt;img</mark>")

    def test_what_is_searched_for_is_escaped_too(self) -> None:
        page = self.find('"><script>alert(1)</script>')
        self.assertNotContains(page, "<script>alert")

    def test_it_stands_neither_in_the_title_nor_in_any_address(self) -> None:
        self.arrive(f"Ada {CANARY}")
        page = self.find(CANARY)
        self.assertEqual(len(self.numbers(page)), 1)
        self.assertNotIn(CANARY, re.search(r"<title>.*?</title>", page.text, re.S)[0])  # type: ignore[index]
        for address in re.findall(r'(?:href|action|hx-post|hx-get|src)="([^"]*)"', page.text):
            self.assertNotIn(CANARY, address)
        self.assertNotIn("HX-Push-Url", page.headers)
        self.assertNotIn(CANARY, str(dict(self.client.session.items())))
        self.assertIn("no-store", page.headers["Cache-Control"])

    def test_it_stands_in_no_log(self) -> None:
        self.arrive(f"Ada {CANARY}")
        written = io.StringIO()
        handler, root = logging.StreamHandler(written), logging.getLogger()
        handler.setFormatter(JsonLines())
        level = root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        self.addCleanup(root.removeHandler, handler)
        self.addCleanup(root.setLevel, level)
        self.find(CANARY)
        self.find(CANARY, since="gestern")
        root.debug("the end")
        self.assertIn("the end", written.getvalue())
        self.assertNotIn(CANARY, written.getvalue())

    def test_going_further_back_works_with_and_without_scripts(self) -> None:
        reports = [self.arrive(f"balap {n}", minutes_ago=n) for n in range(5)]
        shown = []
        with override_settings(SEARCH_HITS=2):
            page = self.find("balap")
            for htmx in (False, True):
                shown += self.numbers(page)
                further = re.search(r'name="further" value="([^"]+)"', page.text)
                assert further
                page = self.find("balap", further=further[1], htmx=htmx)
        shown += self.numbers(page)
        self.assertEqual(shown, [report.number for report in reports])
        self.assertNotContains(page, 'name="further"')
        self.assertNotContains(page, "<html")

    def test_it_says_how_far_it_looked(self) -> None:
        for n in range(3):
            self.arrive(f"balap {n}", minutes_ago=n)
        with override_settings(SEARCH_HITS=2):
            self.assertRegex(words(self.find("balap")), r"Diperiksa 2 laporan terbaru, sampai \d")
        self.assertIn("Diperiksa 3 laporan: tidak ada yang lebih lama.", words(self.find("balap")))
        self.assertIn("3 laporan sudah diperiksa.", words(self.find("tidak-ada-ini")))

    def test_what_is_of_another_year_says_which(self) -> None:
        report = self.arrive("balap")
        then = report.received_at.replace(year=report.received_at.year - 2, day=1)
        Report.objects.filter(pk=report.pk).update(received_at=then)
        self.assertRegex(words(self.find("balap")), rf"\d \w+ {then.year}")

    def test_a_telephone_number_is_not_looked_up_and_the_page_says_why(self) -> None:
        self.arrive("Hubungi 0812 7770 0001")
        page = self.find("0812 7770 0001")
        self.assertEqual(self.numbers(page), [])
        self.assertIn("Nomor telepon tidak dicari di sini", words(page))

    def test_filters_stay_open_and_chosen(self) -> None:
        self.arrive("balap")
        page = self.find("balap", status="new", since="2020-01-01")
        self.assertContains(page, '<option value="new" selected>')
        self.assertContains(page, '<details class="search-narrow" open>')
        self.assertEqual(len(self.numbers(page)), 1)
        self.assertEqual(self.find("balap", since="gestern").status_code, 422)

    def test_over_the_cap_it_is_refused_with_the_words_kept(self) -> None:
        with override_settings(SEARCHES_AN_HOUR=1):
            self.find("balap")
            page = self.find("balap liar")
        self.assertContains(page, 'value="balap liar"', status_code=409)

    def test_neither_another_station_nor_what_is_reserved_is_found_or_counted(self) -> None:
        reserved = people.category("anggota-polri", reserved_for="propam")
        hidden = self.arrive("balap oknum", category=reserved)
        shown = self.arrive("balap")
        page = self.find("balap")
        self.assertEqual(self.numbers(page), [shown.number])
        self.assertIn("Diperiksa 1 laporan", words(page))
        self.client.force_login(people.operator(people.station("tetangga", "TTG"), username="tono"))
        for text in ("balap", shown.number, hidden.number, "1"):
            self.assertEqual(self.numbers(self.find(text)), [])

    def test_the_page_takes_few_queries_however_many_are_found(self) -> None:
        def queries(times: int) -> int:
            from django.db import connection
            from django.test.utils import CaptureQueriesContext

            for _ in range(times):
                self.arrive("balap")
            with CaptureQueriesContext(connection) as asked:
                self.find("balap", htmx=True)
            return len(asked)

        self.find("balap", htmx=True)
        self.assertEqual(queries(2), queries(8))
        self.assertEqual(Report.objects.count(), 10)
