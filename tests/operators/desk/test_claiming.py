"""On the page of a report: giving it back, taking it over, assigning it, and what is refused because more has come."""

import re

from django.http import HttpResponse

from operators.models import Operator
from operators.permissions import Role
from reports import claims, triage
from reports.models import Draft, Note, Report
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.operators.desk.cases import DeskTestCase, words

REASON = "Bambang mengantar pelapor ke rumah sakit."


class ClaimingTestCase(DeskTestCase):
    wawan: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.wawan = people.operator(cls.station, Role.PAMAPTA, username="wawan")

    def setUp(self) -> None:
        super().setUp()
        self.report = people.report(samples.text("Ada balap liar"))

    def holder(self) -> Operator | None:
        return Report.objects.get(pk=self.report.pk).holder


class ReleaseTests(ClaimingTestCase):
    def test_what_is_mine_can_be_given_back(self) -> None:
        claims.claim(self.report, by=self.rina)
        self.assertIn('data-shortcut="Shift+L"', self.open(self.report).text)
        answer = self.act("release", self.report)
        self.assertEqual((answer.status_code, self.holder()), (200, None))
        self.assertIn("Belum ada yang memegang laporan ini.", words(answer))
        self.assertIn("Contoh Rina mengembalikan laporan", words(answer))

    def test_what_is_not_mine_cannot(self) -> None:
        self.assertNotIn("/release/", self.open(self.report).text)
        claims.claim(self.report, by=self.bambang)
        self.assertNotIn("/release/", self.open(self.report).text)
        answer = self.act("release", self.report)
        self.assertEqual((answer.status_code, self.holder()), (409, self.bambang))
        self.assertIn("Laporan ini dipegang Bambang Sutrisno.", words(answer))

    def test_without_scripts_the_page_comes_again(self) -> None:
        claims.claim(self.report, by=self.rina)
        answer = self.act("release", self.report, htmx=False)
        self.assertRedirects(answer, f"{self.report.get_absolute_url()}?view=station")


class TakeOverTests(ClaimingTestCase):
    def setUp(self) -> None:
        super().setUp()
        claims.claim(self.report, by=self.bambang)

    def test_who_leads_the_shift_takes_it_over_with_a_reason(self) -> None:
        self.client.force_login(self.wawan)
        self.assertIn('data-shortcut="Shift+T"', self.open(self.report).text)
        answer = self.act("take_over", self.report, reason=REASON)
        self.assertEqual((answer.status_code, self.holder()), (200, self.wawan))
        self.assertIn("mengambil alih laporan dari Bambang Sutrisno", words(answer))
        self.assertIn(REASON, words(answer))

    def test_without_a_reason_the_form_comes_again(self) -> None:
        self.client.force_login(self.wawan)
        answer = self.act("take_over", self.report, reason="  ")
        self.assertEqual((answer.status_code, self.holder()), (422, self.bambang))
        self.assertIn('id="taking-over" open', answer.text)
        self.assertIn("Tuliskan alasan", words(answer))

    def test_refused_the_reason_is_kept(self) -> None:
        triage.close(self.report, Outcome.ACTED, "Selesai.", by=self.bambang)
        self.client.force_login(self.wawan)
        answer = self.act("take_over", self.report, reason=REASON)
        self.assertEqual((answer.status_code, Note.objects.count()), (409, 0))
        self.assertIn(REASON, answer.text)

    def test_an_operator_is_not_offered_it_and_may_not(self) -> None:
        page = self.open(self.report).text
        self.assertNotIn("/take_over/", page)
        self.assertNotIn("/assign/", page)
        for verb in ("take_over", "assign"):
            answer = self.act(verb, self.report, reason=REASON, to="rina")
            self.assertEqual((answer.status_code, self.holder()), (403, self.bambang))


class AssignTests(ClaimingTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.wawan)

    def test_colleagues_who_may_claim_can_be_chosen(self) -> None:
        people.operator(self.station, Role.AUDITOR)
        people.operator(people.station("lain", "LAN"), username="dian")
        claims.claim(self.report, by=self.bambang)
        chosen = re.search(
            r'<select id="assigning-to".*?</select>', self.open(self.report).text, re.S
        )
        assert chosen
        self.assertEqual(re.findall('value="([^"]*)"', chosen[0]), ["", "rina"])

    def test_the_chosen_one_has_it(self) -> None:
        answer = self.act("assign", self.report, to="bambang")
        self.assertEqual((answer.status_code, self.holder()), (200, self.bambang))
        self.assertIn("menyerahkan laporan kepada Bambang Sutrisno", words(answer))

    def test_nobody_of_here_is_refused(self) -> None:
        people.operator(people.station("lain", "LAN"), username="dian")
        for nobody in ("", "dian", "siapa", "\x00"):
            with self.subTest(nobody):
                answer = self.act("assign", self.report, to=nobody)
                self.assertEqual((answer.status_code, self.holder()), (422, None))
                self.assertIn('id="assigning" open', answer.text)

    def test_who_may_not_work_on_it_is_refused_with_the_reason(self) -> None:
        people.operator(self.station, Role.AUDITOR)
        answer = self.act("assign", self.report, to="auditor")
        self.assertEqual((answer.status_code, self.holder()), (409, None))
        self.assertIn("Contoh Auditor tidak dapat menangani laporan ini.", words(answer))


class SeenTests(ClaimingTestCase):
    def seen(self, page: HttpResponse) -> dict[str, str]:
        """The versions that the page's forms send along, by form."""
        found = re.findall(r'name="seen"(?: form="([a-z-]+)")? value="([^"]*)"', page.text)
        return {form or "composer": version for form, version in found}

    def answers(self) -> int:
        return self.report.messages.filter(author__isnull=False).count()

    def test_the_page_says_what_it_shows_and_its_live_parts_too(self) -> None:
        version = str(self.report.version)
        both = {"composer": version, "closing-form": version}
        self.assertEqual(self.seen(self.open(self.report)), both)
        live = self.client.get(f"{self.report.get_absolute_url()}conversation/")
        self.assertEqual(self.seen(live), both)

    def test_as_a_number_without_signs_between_its_digits(self) -> None:
        Report.objects.update(version=1234567)
        self.assertEqual(self.seen(self.open(self.report))["composer"], "1234567")

    def test_an_answer_that_misses_a_message_is_refused_and_kept(self) -> None:
        before = self.seen(self.open(self.report))["composer"]
        people.message(samples.text("Tambah ramai Pak"))
        answer = self.act("reply", self.report, text="Petugas ke sana", seen=before)
        self.assertEqual((answer.status_code, self.answers()), (409, 0))
        self.assertIn("Pelapor menulis lagi.", words(answer))
        self.assertIn("Tambah ramai Pak", words(answer))
        self.assertRegex(answer.text, r"<textarea[^>]*>\s*Petugas ke sana</textarea>")
        self.assertEqual(Draft.objects.get().operator, self.rina)
        self.assertRegex(
            self.open(self.report).text, r"<textarea[^>]*>\s*Petugas ke sana</textarea>"
        )

        again = self.act("reply", self.report, text="Petugas ke sana", **self.composer(answer))
        self.assertEqual((again.status_code, self.answers()), (200, 1))
        self.assertEqual(Draft.objects.count(), 0)

    def test_an_answer_that_misses_a_claim_is_refused_and_kept(self) -> None:
        before = self.composer(self.open(self.report))
        claims.claim(self.report, by=self.bambang)
        answer = self.act("reply", self.report, text="Petugas ke sana", **before)
        self.assertEqual((answer.status_code, self.answers()), (409, 0))
        self.assertIn("Laporan ini dipegang Bambang Sutrisno.", words(answer))
        self.assertIn("Petugas ke sana", answer.text)

    def test_an_answer_that_misses_the_end_is_refused_and_kept(self) -> None:
        claims.claim(self.report, by=self.rina)
        self.report.refresh_from_db()
        before = self.composer(self.open(self.report))
        triage.close(self.report, Outcome.ACTED, "Selesai.", by=self.rina)
        answer = self.act("reply", self.report, text="Petugas ke sana", **before)
        self.assertEqual((answer.status_code, self.answers()), (409, 0))
        self.assertIn("Contoh Rina menyelesaikan laporan ini.", words(answer))

    def test_an_end_that_misses_a_message_is_refused_and_kept(self) -> None:
        before = self.seen(self.open(self.report))["closing-form"]
        people.message(samples.text("Tambah ramai Pak"))
        form = {"outcome": "not_found", "note": "Nihil di lokasi."}
        answer = self.act("close", self.report, **form, seen=before)
        self.assertEqual(answer.status_code, 409)
        self.assertIn("Nihil di lokasi.", answer.text)
        now = self.seen(answer)["closing-form"]
        self.assertEqual(self.act("close", self.report, **form, seen=now).status_code, 200)
        self.report.refresh_from_db()
        self.assertEqual(self.report.status, Status.DONE)

    def test_a_page_of_before_this_field_is_not_guarded(self) -> None:
        self.assertEqual(self.act("reply", self.report, text="Baik").status_code, 200)

    def test_what_is_no_version_is_refused(self) -> None:
        for broken in ("x", "-1", "1.5", "1.234", str(2**31), "٣²"):
            with self.subTest(broken):
                answer = self.act("reply", self.report, text="Baik", seen=broken)
                self.assertEqual((answer.status_code, self.answers()), (422, 0))
                self.assertIn("Muat ulang dulu", words(answer))
                form = {"outcome": "acted", "note": "Selesai.", "seen": broken}
                self.assertEqual(self.act("close", self.report, **form).status_code, 422)

    def composer(self, page: HttpResponse) -> dict[str, str]:
        return {"seen": self.seen(page)["composer"]}
