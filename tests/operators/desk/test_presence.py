"""Who else is on a report: seen by the others with their next question, and forgotten within seconds."""

import re
import time
from datetime import timedelta
from unittest import mock

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.test import override_settings

from operators.desk import cursor, presence, remembered
from operators.models import Operator
from reports.models import Report
from tests import people
from tests.operators.desk.cases import DeskTestCase, committed_at_once
from tests.ports import free_port


class PresenceTestCase(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        cache.clear()
        self.enterContext(committed_at_once())
        self.addCleanup(setattr, remembered, "_left_alone_until", 0.0)
        self.report = self.arrive()
        self.told = self.cursor()

    def ask(self, who: Operator, report: Report | None = None, **query: str) -> HttpResponse:
        """The question of somebody's page that shows this report."""
        if self.client.session.get("_auth_user_id") != str(who.pk):
            self.client.force_login(who)
        return self.feed(self.told, report=(report or self.report).number, **query)

    def seen(self, answer: HttpResponse) -> list[str]:
        """What the answer says of others."""
        self.assertEqual(answer.status_code, 200)
        part = answer.text[answer.text.index('id="presence"') :]
        return re.findall(r'class="present-words">([^<]*)<', part)

    def digest(self, answer: HttpResponse) -> str:
        found = re.search('data-saw="([^"]*)"', answer.text)
        assert found
        return found[1]


class SeeingTests(PresenceTestCase):
    def test_alone_there_is_nothing_to_tell(self) -> None:
        self.assertEqual(self.ask(self.rina).status_code, 204)
        self.assertEqual(self.ask(self.rina).status_code, 204)

    def test_the_other_one_is_told(self) -> None:
        self.ask(self.bambang)
        answer = self.ask(self.rina)
        self.assertEqual(self.seen(answer), ["Bambang Sutrisno sedang melihat"])
        self.assertIn(">BS<", answer.text)
        self.assertIn(f'data-number="{self.report.number}"', answer.text)

    def test_whoever_writes_is_told_as_writing(self) -> None:
        self.ask(self.bambang, writing="1")
        answer = self.ask(self.rina)
        self.assertEqual(self.seen(answer), ["Bambang Sutrisno sedang menulis …"])
        saw = self.digest(answer)
        self.ask(self.bambang)
        self.assertEqual(
            self.seen(self.ask(self.rina, saw=saw)), ["Bambang Sutrisno sedang melihat"]
        )

    def test_what_the_page_shows_already_is_not_told_again(self) -> None:
        self.ask(self.bambang)
        saw = self.digest(self.ask(self.rina))
        self.assertEqual(self.ask(self.rina, saw=saw).status_code, 204)

    @override_settings(PRESENCE_LIFE=timedelta(seconds=1))
    def test_whoever_has_gone_is_forgotten(self) -> None:
        self.ask(self.bambang)
        saw = self.digest(self.ask(self.rina))
        # The cache has a clock of its own.
        time.sleep(1.5)
        answer = self.ask(self.rina, saw=saw)
        self.assertEqual((self.seen(answer), self.digest(answer)), ([], ""))

    def test_on_another_report_nobody_is_told(self) -> None:
        other = self.arrive()
        self.told = self.cursor()
        self.ask(self.bambang, other)
        self.assertEqual(self.ask(self.rina).status_code, 204)

    def test_the_page_is_drawn_with_whoever_is_there(self) -> None:
        self.ask(self.bambang)
        self.client.force_login(self.rina)
        live = self.client.get(f"{self.report.get_absolute_url()}conversation/")
        for page in (self.open(self.report), live):
            self.assertEqual(self.seen(page), ["Bambang Sutrisno sedang melihat"])

    def test_it_comes_along_with_what_changed(self) -> None:
        self.ask(self.bambang)
        other = self.arrive()
        answer = self.ask(self.rina)
        self.assertEqual(self.seen(answer), ["Bambang Sutrisno sedang melihat"])
        self.assertIn(f'data-key="{other.number}"', answer.text)

    def test_somebody_new_at_the_station_is_seen_at_once(self) -> None:
        self.ask(self.bambang)
        self.ask(self.rina)
        joko = people.operator(self.station, username="joko", name="Joko Susilo")
        self.ask(joko)
        self.assertEqual(len(self.seen(self.ask(self.rina))), 2)


class LimitsTests(PresenceTestCase):
    def test_what_is_not_theirs_to_see_tells_nothing_and_shows_nobody(self) -> None:
        propam = people.unit(self.station, "propam")
        insider = people.operator(self.station, username="insider", unit=propam)
        Report.objects.update(category=people.category("anggota-polri", reserved_for="propam"))
        self.ask(insider)
        self.assertEqual(self.ask(self.rina).status_code, 204)
        self.ask(self.rina, writing="1")
        self.assertEqual(self.ask(insider).status_code, 204)

    def test_the_station_next_door_tells_nothing_and_is_not_shown(self) -> None:
        dian = people.operator(people.station("lain", "LAN"), username="dian")
        self.ask(self.rina)
        here, self.told = self.told, str(cursor.BEGINNING)
        self.assertEqual(self.ask(dian).status_code, 204)
        self.told = here
        self.assertEqual(self.ask(self.rina).status_code, 204)

    def test_what_is_no_number_is_nothing(self) -> None:
        self.ask(self.bambang)
        for broken in ("", "x", "CTH 1", "A" * 21, "CTH-9999-99999", "\x00", "*"):
            with self.subTest(broken):
                self.assertEqual(self.feed(self.told, report=broken).status_code, 204)

    def test_asking_costs_no_query_of_its_own(self) -> None:
        self.ask(self.bambang)
        self.ask(self.rina)
        with self.assertNumQueries(3):
            self.feed(self.told)
        for query in ({}, {"writing": "1"}):
            with self.assertNumQueries(3):
                answer = self.feed(self.told, report=self.report.number, **query)
            self.assertEqual(answer.status_code, 200)

    def test_no_words_of_a_citizen_go_into_the_cache(self) -> None:
        with mock.patch.object(cache, "set", wraps=cache.set) as kept:
            self.ask(self.bambang, writing="1")
        self.assertTrue(kept.call_args_list)
        told = str(kept.call_args_list)
        for secret in ("balap liar", "62812", self.report.reporter.alias):
            self.assertNotIn(secret, told)


class BrokenCacheTests(PresenceTestCase):
    def broken(self) -> override_settings:
        port = free_port()
        return override_settings(
            CACHES={
                "default": {
                    "BACKEND": "django.core.cache.backends.redis.RedisCache",
                    "LOCATION": f"redis://127.0.0.1:{port}/0",
                }
            }
        )

    def test_nothing_but_presence_is_lost(self) -> None:
        with self.broken():
            self.assertEqual(self.ask(self.rina).status_code, 204)
            self.assertEqual(self.open(self.report).status_code, 200)
            self.arrive()
            self.assertIn("data-key", self.ask(self.rina).text)

    def test_it_is_left_alone_for_a_while_and_then_asked_again(self) -> None:
        with self.broken(), mock.patch.object(remembered.time, "monotonic") as now:
            now.return_value = 1000.0
            self.ask(self.rina)
            with mock.patch.object(presence, "_meet") as asked:
                self.ask(self.rina)
                asked.assert_not_called()
                now.return_value += settings.CACHE_PAUSE.total_seconds()
                asked.return_value = None
                self.ask(self.rina)
                asked.assert_called_once()
