"""What is being written on a page is kept, and there again on the next."""

import re
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from reports import claims, drafts, triage
from reports.models import Draft, Report
from reports.workflow import Outcome
from tests import people
from tests.cases import BehindProxy
from tests.operators.desk.cases import DeskTestCase, words


class DraftsTestCase(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.report = self.arrive()

    def keep(self, text: str, kind: str = "answer") -> HttpResponse:
        return self.act("draft", self.report, kind=kind, text=text)

    def field(self, kind: str, page: HttpResponse | None = None) -> str:
        """What stands in the field of this kind."""
        page = page or self.open(self.report)
        found = re.search(
            rf'<textarea[^>]*data-draft="{kind}"[^>]*>\n?(.*?)</textarea>', page.text, re.S
        )
        assert found
        return found[1]


class KeepingTests(DraftsTestCase):
    def test_kept_without_a_word_and_there_on_the_next_page(self) -> None:
        answer = self.keep("Selamat malam,\r\nkami")
        self.assertEqual((answer.status_code, answer.content), (204, b""))
        self.assertEqual(self.field("answer"), "Selamat malam,\nkami")

    def test_on_any_browser_of_the_same_person(self) -> None:
        self.keep("Selamat malam")
        self.client = BehindProxy()
        self.client.force_login(self.rina)
        self.assertEqual(self.field("answer"), "Selamat malam")

    def test_nobody_else_sees_it(self) -> None:
        self.keep("Selamat malam")
        self.client.force_login(self.bambang)
        self.assertEqual(self.field("answer"), "")

    def test_a_note_is_a_thing_of_its_own(self) -> None:
        self.keep("Untuk rekan", "note")
        page = self.open(self.report)
        self.assertEqual(
            (self.field("note", page), self.field("answer", page)), ("Untuk rekan", "")
        )

    def test_nothing_is_kept_of_an_empty_field(self) -> None:
        self.keep("Selamat malam")
        self.assertEqual(self.keep("").status_code, 204)
        self.assertEqual((self.field("answer"), Draft.objects.count()), ("", 0))

    def test_what_cannot_be_kept_is_refused(self) -> None:
        too_long = "a" * (drafts.TEXT_LIMIT + 1)
        for kind, text in (("", "Halo"), ("letter", "Halo"), ("answer", too_long)):
            with self.subTest(kind, size=len(text)):
                self.assertEqual(self.keep(text, kind).status_code, 422)
        self.assertEqual(Draft.objects.count(), 0)

    def test_on_another_stations_report_there_is_nothing_to_write(self) -> None:
        self.client.force_login(people.operator(people.station("lain", "LAN"), username="dian"))
        self.assertEqual(self.keep("Halo").status_code, 404)

    def test_hostile_text_stays_text(self) -> None:
        self.keep("</textarea><script>alert(1)</script>")
        self.assertNotIn("<script>alert", self.open(self.report).text)

    def test_the_page_costs_one_query_for_it_and_one_more_to_open_it(self) -> None:
        self.open(self.report)
        with self.assertNumQueries(1):
            drafts.of(self.report, by=self.rina)
        self.keep("Selamat malam")
        with self.assertNumQueries(2):
            drafts.of(self.report, by=self.rina)


class SurvivingTests(DraftsTestCase):
    def test_it_survives_whatever_becomes_of_the_report(self) -> None:
        self.keep("Kami ke sana")
        self.act("claim", self.report)
        self.assertEqual(self.field("answer"), "Kami ke sana")
        self.act("release", self.report)
        claims.claim(self.report, by=self.bambang)
        self.assertEqual(self.field("answer"), "Kami ke sana")
        triage.close(self.report, Outcome.ACTED, "Selesai.", by=self.bambang)
        self.assertEqual(self.field("answer"), "Kami ke sana")

    def test_it_is_gone_once_it_is_sent(self) -> None:
        self.keep("Kami ke sana")
        answer = self.act("reply", self.report, text="Kami ke sana.")
        self.assertEqual(self.field("answer", answer), "")
        self.assertEqual(Draft.objects.count(), 0)

    def test_sending_an_answer_leaves_the_note_alone(self) -> None:
        self.keep("Untuk rekan", "note")
        self.act("reply", self.report, text="Kami ke sana.")
        self.assertEqual(self.field("note"), "Untuk rekan")

    def test_it_is_gone_once_the_note_is_kept(self) -> None:
        self.keep("Untuk rekan", "note")
        answer = self.act("note", self.report, note="Untuk rekan.")
        self.assertEqual((answer.status_code, self.field("note", answer)), (200, ""))
        self.assertEqual(Draft.objects.count(), 0)

    def test_what_was_refused_is_kept(self) -> None:
        self.travel(timezone.now() + timedelta(hours=25))
        self.client.force_login(self.rina)
        answer = self.act("reply", self.report, text="Kami ke sana.")
        self.assertEqual(answer.status_code, 409)
        self.assertIn("Kami ke sana.", words(answer))
        self.assertEqual(drafts.of(self.report, by=self.rina), {"answer": "Kami ke sana."})

    def test_an_answer_from_elsewhere_leaves_it(self) -> None:
        self.keep("Kami ke sana")
        triage.reply(Report.objects.get(), "Halo", by=self.rina)
        self.assertEqual(self.field("answer"), "Kami ke sana")


class AwakeTests(DraftsTestCase):
    def test_writing_keeps_a_session_awake(self) -> None:
        now = timezone.now()
        self.open(self.report)
        for _ in range(3):
            now = self.travel(now + settings.SESSION_IDLE - timedelta(minutes=1))
            self.assertEqual(self.keep("Selamat").status_code, 204)

    def test_a_page_that_shows_what_was_written_does_not(self) -> None:
        now = timezone.now()
        self.keep("Selamat")
        live = f"{self.report.get_absolute_url()}conversation/"
        self.travel(now + settings.SESSION_IDLE - timedelta(minutes=1))
        self.assertEqual(self.client.get(live).status_code, 200)
        self.travel(now + settings.SESSION_IDLE + timedelta(minutes=1))
        self.assertEqual(self.client.get(live).status_code, 302)
