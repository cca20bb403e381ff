"""The frame around the pages, the parked messages, the way in, and the pages for when something is wrong."""

from unittest import mock

from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import reverse

from operators.permissions import Role
from reports.models import InboxEntry
from tests import people
from tests.operators.desk.cases import DeskTestCase, words


class FrameTests(DeskTestCase):
    def test_it_says_who_i_am(self) -> None:
        shown = words(self.queue())
        self.assertIn(f"{self.rina} operator SPKT {self.station}", shown)

    def test_a_demo_is_marked_on_every_page(self) -> None:
        with override_settings(DEMO=True, SIMULATOR_URL="http://127.0.0.1:8001"):
            self.client.logout()
            for path in (reverse("login"), "/nowhere/"):
                with self.subTest(path):
                    self.assertIn("Mode demo – bukan data nyata", words(self.client.get(path)))
            self.client.force_login(self.rina)
            page = self.queue()
        self.assertIn("Mode demo – bukan data nyata", words(page))
        self.assertIn('href="http://127.0.0.1:8001/"', page.text)

    def test_anything_else_carries_no_mark_and_no_demo_logins(self) -> None:
        self.assertNotIn("Mode demo", self.queue().text)
        self.client.logout()
        self.assertNotIn("operator-solo", self.client.get(reverse("login")).text)

    def test_no_page_has_a_script_or_style_of_its_own(self) -> None:
        report = self.arrive()
        for page in (self.queue(), self.open(report), self.client.get(reverse("desk:parked"))):
            self.assertNotRegex(page.text, r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=\"")

    def test_somebody_whose_pages_are_not_built_is_told_so(self) -> None:
        for role in (Role.CHIEF, Role.AUDITOR):
            with self.subTest(role):
                self.client.force_login(people.operator(self.station, role))
                page = self.client.get("/")
                self.assertIn("belum tersedia", words(page))
                self.assertNotIn("/desk/?view", page.text)


class ParkedTests(DeskTestCase):
    def test_the_rail_leads_to_them(self) -> None:
        people.parked_entry()
        self.assertIn("1 tertahan", words(self.queue()))

    def test_they_are_a_view_among_the_others_also_while_there_are_none(self) -> None:
        self.assertIn("Tertahan 0 Sebutan", words(self.queue()))
        people.parked_entry()
        self.assertIn("Tertahan 1 Sebutan", words(self.queue()))
        self.assertContains(self.client.get(reverse("desk:parked")), 'aria-current="page"', 1)

    def test_each_says_why_in_words(self) -> None:
        people.parked_entry()
        page = self.client.get(reverse("desk:parked"))
        self.assertIn("Dikirim ke nomor yang belum terdaftar", words(page))
        self.assertNotIn("UnknownNumber", page.text)

    def test_a_reason_nobody_has_words_for_names_no_exception(self) -> None:
        entry = people.parked_entry()
        InboxEntry.objects.filter(pk=entry.pk).update(reason="ZeroDivisionError")
        page = self.client.get(reverse("desk:parked"))
        self.assertIn("Program gagal memprosesnya.", words(page))
        self.assertNotIn("ZeroDivision", page.text)

    def test_only_the_pamapta_can_have_it_tried_again(self) -> None:
        people.parked_entry()
        page = self.client.get(reverse("desk:parked"))
        self.assertIn("Pamapta dapat memintanya dicoba lagi.", words(page))
        self.assertNotIn("retry", page.text)
        self.client.force_login(people.operator(self.station, Role.PAMAPTA))
        self.assertIn("Coba lagi", words(self.client.get(reverse("desk:parked"))))

    def test_tried_again_it_waits_with_the_others(self) -> None:
        entry = people.parked_entry()
        self.client.force_login(people.operator(self.station, Role.PAMAPTA))
        answer = self.client.post(reverse("desk:retry-parked", args=[entry.pk]), follow=True)
        self.assertIn("Sedang dicoba lagi.", words(answer))
        self.assertIn("Tidak ada yang tertahan", words(answer))
        self.assertIn(("reports.drain_inbox",), self.rings)


class TroubleTests(DeskTestCase):
    def test_a_missing_page_is_said_in_words(self) -> None:
        answer = self.client.get("/nowhere/")
        self.assertEqual(answer.status_code, 404)
        self.assertIn("Halaman tidak ada", words(answer))

    def test_a_form_of_an_old_page_says_what_was_kept(self) -> None:
        browser = Client(enforce_csrf_checks=True, HTTP_X_FORWARDED_PROTO="https")
        browser.force_login(self.rina)
        answer = browser.post(reverse("desk:claim", args=[self.arrive().number]))
        self.assertEqual(answer.status_code, 403)
        self.assertIn("Tidak ada yang dikirim atau diubah.", words(answer))

    @override_settings(AXES_FAILURE_LIMIT=2, AXES_ENABLED=True)
    def test_who_guesses_too_often_is_told_how_long_to_wait(self) -> None:
        self.client.logout()
        for _ in range(3):
            answer = self.client.post(reverse("login"), {"username": "rina", "password": "salah"})
        self.assertEqual(answer.status_code, 429)
        self.assertIn("selama 15 menit", words(answer))

    def test_a_failed_page_is_drawn_without_the_database(self) -> None:
        self.client.raise_request_exception = False
        broken = mock.patch("operators.desk.queue.load", side_effect=OperationalError)
        # The session and the account are read before anything fails, and nothing after.
        with broken, self.assertLogs(level="ERROR"), self.assertNumQueries(2):
            answer = self.client.get(reverse("desk:queue"))
        self.assertEqual(answer.status_code, 500)
        self.assertRegex(words(answer), r"sampaikan nomor ini kepada TI: [0-9a-f]{8}")
