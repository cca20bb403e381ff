"""Sending the photo of the result from the report's page, asking whether it is settled, and what the page says of it."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from operators.models import Operator
from operators.permissions import Role
from reports import assignment, dispatch_pictures, jobs, triage
from reports.models import DispatchPicture, Message, Proof, ReplyTemplate, Report
from reports.models.reply_template import ReplyKey
from reports.workflow import Outcome
from tests import people, photos, samples
from tests.operators.desk.cases import DeskTestCase

SENT = "Petugas sudah datang. Ini keadaan sekarang."


class ProvingTestCase(DeskTestCase):
    sari: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.samapta = people.unit(cls.station)
        cls.sari = people.operator(cls.station, Role.UNIT, username="sari", unit=cls.samapta)
        ReplyTemplate.objects.create(
            station=cls.station, key=ReplyKey.PROOF, text="Petugas sudah ke {tempat}."
        )

    def setUp(self) -> None:
        super().setUp()
        self.report = people.report(samples.text("Pemuda nongkrong di depan rumah"))
        task = assignment.assign(self.report, to=self.samapta, brief="Bubarkan.", by=self.rina)
        self.task = assignment.accept(task, by=self.sari)
        self.photo = dispatch_pictures.add(self.task, photos.jpeg(), by=self.sari)
        assignment.finish(self.task, result=Outcome.ACTED, note="Sudah dibubarkan.", by=self.sari)

    def page_of(self) -> HttpResponse:
        return self.client.get(reverse("desk:report", args=[self.report.number]))

    def form(self) -> HttpResponse:
        return self.client.get(
            reverse("desk:proof", args=[self.report.number]), headers={"HX-Request": "true"}
        )

    def send(self, **changes: Any) -> HttpResponse:
        given = {"picture": str(self.photo.pk), "text": SENT} | changes
        return self.act("proof", self.report, True, **given)

    def sent(self) -> Message:
        return Proof.objects.get().message


class FormTests(ProvingTestCase):
    def test_it_offers_the_units_photo_with_who_took_it_and_what_it_does_not_say(self) -> None:
        page = self.form()
        self.assertContains(page, str(self.photo.pk))
        self.assertContains(page, f"Samapta, {self.sari}")
        self.assertContains(page, "Lokasi pengambilan tidak tercatat di foto")
        self.assertContains(page, "Petugas sudah ke {tempat}.")

    def test_the_question_is_ticked_and_shown_in_full(self) -> None:
        self.assertContains(self.form(), "Sudah beres? 1 sudah, 2 belum.")

    def test_without_a_script_the_form_is_on_the_page(self) -> None:
        page = self.client.get(reverse("desk:proof", args=[self.report.number]))
        self.assertContains(page, 'id="proof-form"')
        self.assertContains(page, 'id="talk"')

    def test_the_page_itself_does_not_look_the_photos_up(self) -> None:
        page = self.page_of()
        self.assertContains(page, "Ada foto dari satuan; belum ada yang dikirim.")
        self.assertNotContains(page, 'id="proof-form"')

    def test_a_report_that_no_unit_has_been_to_says_nothing_of_it(self) -> None:
        self.report = self.arrive("Lainnya")
        self.assertNotContains(self.page_of(), "facts-proof")


class SendTests(ProvingTestCase):
    def test_the_photo_goes_to_the_reporter_and_can_be_taken_back_for_a_moment(self) -> None:
        page = self.send()
        self.assertContains(page, "Foto hasil sudah dikirim.")
        self.assertGreater(self.sent().due_at, timezone.now())

    def test_without_a_photo_or_words_it_comes_back_with_what_was_filled_in(self) -> None:
        page = self.send(picture="")
        self.assertContains(page, "Pilih fotonya.", status_code=422)
        self.assertContains(page, SENT, status_code=422)
        self.assertContains(self.send(text=""), "Tulis satu kalimat", status_code=422)

    def test_words_that_are_not_filled_in_are_refused_and_kept(self) -> None:
        page = self.send(text="Petugas sudah ke {tempat}.")
        self.assertContains(page, "Petugas sudah ke {tempat}.", status_code=409)
        self.assertFalse(Proof.objects.exists())

    def test_a_newer_message_stops_it(self) -> None:
        seen = Report.objects.get(pk=self.report.pk).version
        people.message(samples.text("Masih ramai pak"))
        self.assertEqual(self.send(seen=seen).status_code, 409)

    def test_a_photo_of_another_report_is_refused(self) -> None:
        other = self.arrive("Lainnya")
        answer = self.client.post(
            reverse("desk:proof", args=[other.number]),
            {"picture": str(self.photo.pk), "text": SENT},
            headers={"HX-Request": "true"},
        )
        self.assertContains(answer, "Foto ini sudah tidak ada", status_code=409)

    def test_the_timeline_says_whose_photo_went_out(self) -> None:
        self.send()
        self.assertContains(self.page_of(), f"mengirim foto Samapta, diambil {self.sari}")

    def test_the_photo_sent_is_not_offered_again(self) -> None:
        self.send()
        self.assertContains(self.form(), "Sudah dikirim ke pelapor")
        self.assertEqual(DispatchPicture.objects.filter(origin="unit").count(), 1)


class SettledTests(ProvingTestCase):
    def say(self, text: str) -> None:
        self.travel(timedelta(minutes=1))
        people.message(samples.text(text))
        jobs.enrich()

    def test_the_reporter_is_asked_with_one_button(self) -> None:
        page = self.act("settled", self.report, True)
        self.assertNotContains(page, "Tanya: sudah beres?")
        self.assertContains(page, "menanyakan ke pelapor apakah sudah beres")

    def test_what_they_say_stands_on_the_page(self) -> None:
        self.send(asks="on")
        self.say("1")
        self.assertContains(self.page_of(), "Pelapor menjawab: sudah beres.")

    def test_not_yet_on_a_closed_report_leads_to_opening_it_again(self) -> None:
        self.send(asks="on")
        triage.close(Report.objects.get(pk=self.report.pk), Outcome.ACTED, "Beres.", by=self.rina)
        self.say("belum")
        page = self.page_of()
        self.assertContains(page, "Pelapor menjawab: belum.")
        self.assertContains(page, "Baca dulu, lalu buka lagi atau balas.")
        self.act("reopen", self.report, True, reason="goes_on")
        self.assertNotContains(self.page_of(), "Baca dulu, lalu buka lagi atau balas.")
