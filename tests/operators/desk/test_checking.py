"""A check in plain clothes at the desk: asked for, shown to those named, and to others only that it runs or is over."""

from datetime import timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from operators.models import Operator
from operators.permissions import Role
from reports import claims, triage, verification
from reports.models import Report, Verification
from reports.models.verification import Result
from reports.workflow import Outcome, ReopenReason, Status
from tests import checks, people, samples
from tests.operators.desk.cases import DeskTestCase, words

FOUND = "Tiga motor terlihat di ring road"


class CheckingTestCase(DeskTestCase):
    satu: Operator
    dua: Operator
    wawan: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.satu, cls.dua = checks.officers(cls.station)
        cls.wawan = people.operator(cls.station, Role.PAMAPTA, username="wawan")

    def setUp(self) -> None:
        super().setUp()
        self.report = people.report(samples.text("Knalpot brong tiap malam"))
        checks.checked_first(self.report)

    def ask(self, **form: object) -> HttpResponse:
        given = {"officers": [self.satu.pk], "brief": checks.BRIEF} | form
        return self.act("ask-check", self.report, **given)

    def finish(self, result: Result = Result.CONFIRMED) -> Verification:
        check = Verification.objects.running().get()
        return verification.finish(check, result=result, note=FOUND, by=self.satu)

    def answered(self) -> None:
        claims.claim(self.report, by=self.rina)
        Report.objects.filter(pk=self.report.pk).update(waiting_since=None)
        self.report.refresh_from_db()

    def step(self, who: Operator | None = None) -> str:
        self.client.force_login(who or self.rina)
        return str(self.open(self.report).context["standing"].step)

    def seen_by(self, who: Operator) -> str:
        self.client.force_login(who)
        return words(self.open(self.report))


class AskingTests(CheckingTestCase):
    def test_the_form_has_everybody_who_can_be_asked_and_the_summary_as_brief(self) -> None:
        claims.claim(self.report, by=self.rina)
        self.act("summarise", self.report, summary="Brong di depan <pasar>")
        form = self.client.get(
            reverse("desk:ask-check", args=[self.report.number]), headers={"HX-Request": "true"}
        )
        for part in ("Petugas Satu", "Petugas Dua", "Intelkam", "Brong di depan &lt;pasar&gt;"):
            self.assertContains(form, part)
        self.assertNotContains(form, "<html")

    def test_without_scripts_it_is_a_page(self) -> None:
        page = self.client.get(reverse("desk:ask-check", args=[self.report.number]))
        self.assertContains(page, "<html")
        self.assertContains(page, 'name="officers"')

    def test_the_page_of_the_report_does_not_look_up_officers(self) -> None:
        claims.claim(self.report, by=self.rina)
        self.assertNotContains(self.open(self.report), "Petugas Satu")

    def test_what_could_tell_who_has_reported_is_confirmed_or_changed_first(self) -> None:
        brief = "Depan rumah saya ada motor brong"
        form = self.client.get(reverse("desk:ask-check", args=[self.report.number]))
        self.assertNotContains(form, 'name="confirmed"')
        answer = self.ask(brief=brief, place_note="Utara pasar")
        self.assertEqual(answer.status_code, 409)
        self.assertContains(answer, 'name="confirmed" value="Depan rumah saya"', status_code=409)
        for kept in (brief, "Utara pasar"):
            self.assertIn(kept, words(answer))
        self.assertFalse(Verification.objects.exists())
        self.ask(brief=brief, confirmed=["Depan rumah saya"])
        self.assertTrue(Verification.objects.exists())

    def test_it_is_asked_for(self) -> None:
        answer = self.ask(place_note="Belakang pasar")
        self.assertEqual(answer.status_code, 200)
        check = Verification.objects.get()
        self.assertEqual([one.operator for one in check.officers.all()], [self.satu])
        shown = words(answer)
        for part in ("Petugas Satu", checks.BRIEF, "Belakang pasar", "Verifikasi"):
            self.assertIn(part, shown)

    def test_what_is_wrong_is_said_and_what_was_written_stays(self) -> None:
        answer = self.act("ask-check", self.report, brief="Lihat motor", place_note="Utara")
        self.assertEqual(answer.status_code, 422)
        for part in ("Pilih sedikitnya satu petugas", "Lihat motor", "Utara"):
            self.assertContains(answer, part, status_code=422)
        answer = self.ask(brief=" ")
        self.assertContains(answer, "Tulis apa yang harus dicek", status_code=422)
        # Whoever was ticked stays so.
        self.assertRegex(answer.text, rf'value="{self.satu.pk}" checked')

    def test_somebody_else_s_report_is_refused(self) -> None:
        claims.claim(self.report, by=self.bambang)
        self.assertNotIn("check-editor", self.open(self.report).text)
        self.assertEqual(self.ask().status_code, 409)
        self.assertFalse(Verification.objects.exists())

    def test_it_is_called_off(self) -> None:
        self.ask()
        answer = self.act("call-off-check", self.report)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(Report.objects.get().status, Status.TRIAGE)
        self.assertEqual(self.act("call-off-check", self.report).status_code, 409)


class NextStepTests(CheckingTestCase):
    def test_what_must_be_checked_offers_the_check_first(self) -> None:
        self.answered()
        self.assertEqual(self.step(), "check")
        page = self.open(self.report)
        self.assertIn("Minta pengecekan.", words(page))
        self.assertContains(page, 'data-edits="check-editor"')

    def test_what_need_not_be_checked_does_not(self) -> None:
        self.answered()
        Report.objects.update(category=people.category("sim"))
        self.assertEqual(self.step(), "close")
        self.assertNotContains(self.open(self.report), 'data-edits="check-editor"')
        # It can be asked for all the same.
        self.assertContains(self.open(self.report), 'data-shortcut="y"')

    def test_who_is_named_is_told_the_result_and_what_it_is_a_reason_for(self) -> None:
        self.answered()
        for result, said in (
            (Result.CONFIRMED, "Pengecekan: terbukti. Teruskan ke satuan."),
            (Result.NOT_FOUND, "selesaikan dengan hasil “zonk: tidak ditemukan”"),
            (Result.ALREADY_OVER, "selesaikan dengan hasil “sudah bubar”"),
            (Result.WRONG_PLACE, "selesaikan dengan hasil “lokasi salah”"),
            (Result.FALSE, "selesaikan dengan hasil “laporan palsu”"),
        ):
            with self.subTest(result):
                self.ask()
                self.assertEqual(self.step(), "checking")
                self.finish(result)
                self.assertEqual(self.step(), "checked")
                shown = self.seen_by(self.rina)
                self.assertIn(said, shown)
                # Suggested in words: nothing is chosen for whoever closes.
                self.assertNotIn(" selected", self.open(self.report).text.split('id="closing"')[1])
                self.client.force_login(self.rina)

    def test_others_are_told_that_it_is_over_whatever_was_found(self) -> None:
        self.answered()
        pages = set()
        for result in Result:
            self.ask()
            self.finish(result)
            claims.take_over(self.report, "Ganti jaga", by=self.wawan)
            self.assertEqual(self.step(self.wawan), "checked")
            section = self.open(self.report).text.split('id="facts-check"')[1].split("</div>")[0]
            pages.add(section)
            self.assertIn("Pengecekan selesai.", self.seen_by(self.wawan))
            claims.assign(self.report, to=self.rina, by=self.wawan)
            self.client.force_login(self.rina)
        self.assertEqual(len(pages), 1)

    def test_a_check_goes_on_while_the_reporter_is_asked_and_writes(self) -> None:
        self.answered()
        self.ask()
        for status, step in (
            (Status.WAITING, "wait"),
            (Status.TRIAGE, "checking"),
            (Status.ACTING, "close"),
        ):
            paused_at = timezone.now() if status == Status.WAITING else None
            Report.objects.update(status=status, paused_at=paused_at)
            with self.subTest(status):
                self.assertEqual(self.step(), step)

    def test_words_that_came_after_the_result_are_answered_first(self) -> None:
        self.answered()
        self.ask()
        self.finish()
        Report.objects.update(waiting_since=timezone.now() + timedelta(seconds=1))
        self.assertEqual(self.step(), "answer")

    def test_what_is_acted_on_or_reopened_is_past_its_check(self) -> None:
        self.answered()
        now = self.travel(timedelta())
        self.ask()
        self.finish()
        Report.objects.update(status=Status.ACTING)
        self.assertEqual(self.step(), "close")
        self.travel(now + timedelta(minutes=1))
        triage.close(self.report, Outcome.ACTED, "Sudah", by=self.rina)
        triage.reopen(self.report, reason=ReopenReason.GOES_ON, by=self.rina)
        claims.claim(self.report, by=self.rina)
        self.assertEqual(self.step(), "check")
        self.assertIn("Pengecekan sebelumnya", self.seen_by(self.rina))


class PartTests(CheckingTestCase):
    def test_others_see_that_it_runs_and_since_when_and_no_more(self) -> None:
        self.ask()
        verification.note(Verification.objects.get(), FOUND, by=self.satu)
        for who in (self.bambang, self.wawan):
            shown = self.seen_by(who)
            self.assertIn("Berjalan", shown)
            for hidden in (checks.BRIEF, FOUND, "Petugas Satu"):
                self.assertNotIn(hidden, shown)
            self.assertNotIn(str(Verification.objects.get().pk), self.open(self.report).text)

    def test_an_operator_who_is_named_sees_all_of_it(self) -> None:
        self.ask(officers=[self.satu.pk, self.bambang.pk])
        self.assertIn(checks.BRIEF, self.seen_by(self.bambang))

    def test_who_has_the_report_calls_off_what_they_do_not_see(self) -> None:
        self.ask()
        self.assertNotIn("/call_off_check/", self.open_as(self.bambang).text)
        claims.take_over(self.report, "Ganti jaga", by=self.wawan)
        self.assertIn("/call_off_check/", self.open_as(self.wawan).text)

    def open_as(self, who: Operator) -> HttpResponse:
        self.client.force_login(who)
        return self.open(self.report)
