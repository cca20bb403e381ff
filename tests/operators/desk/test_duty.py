"""The pages about shifts: who is on duty, starting one, the sheet with both signatures, and on paper."""

import io

from django.urls import reverse
from pypdfium2 import PdfDocument

from operators import handover, shifts
from operators.models import Shift
from operators.permissions import Role
from reports.identity import vault
from reports.models import DataKey
from tests import people, samples
from tests.operators.test_shifts import ShiftTestCase

PAGE = reverse("desk:shifts")
SHEET = reverse("desk:hand-over")
QUESTIONS = 12
"""Seven of the frame around every page, five of this one."""


class DutyPageTests(ShiftTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.bambang)

    def test_the_pamapta_starts_a_shift_with_a_crew(self) -> None:
        self.pattern("07:00")
        form = {"regu": self.regu.pk, "members": [self.rina.pk]}
        answer = self.client.post(reverse("desk:start-shift"), form, follow=True)
        self.assertContains(answer, "Regu I")
        self.assertContains(answer, str(self.rina))
        self.assertEqual(shifts.running(self.station.pk), Shift.objects.get())

    def test_a_form_without_a_regu_comes_back_with_a_word(self) -> None:
        answer = self.client.post(reverse("desk:start-shift"), {})
        self.assertContains(answer, "Pilih regunya.", status_code=422)

    def test_a_second_start_is_refused_in_words(self) -> None:
        self.start()
        form = {"regu": self.next_regu.pk}
        answer = self.client.post(reverse("desk:start-shift"), form, follow=True)
        self.assertContains(answer, "Regu I sedang jaga")

    def test_an_operator_goes_on_and_off_duty(self) -> None:
        self.start()
        self.client.force_login(self.rina)
        self.assertContains(self.client.get(PAGE), "Mulai bertugas")
        self.assertContains(
            self.client.post(reverse("desk:join-duty"), follow=True), "Selesai bertugas"
        )
        self.client.post(reverse("desk:leave-duty"))
        self.assertEqual(shifts.on_duty(self.station.pk), [self.bambang])

    def test_an_operator_starts_and_signs_nothing(self) -> None:
        self.client.force_login(self.rina)
        for name in ("start-shift", "give-shift", "take-shift"):
            self.assertEqual(self.client.post(reverse(f"desk:{name}")).status_code, 403)

    def test_who_was_on_duty_at_a_time_is_answered(self) -> None:
        self.start(self.rina)
        answer = self.client.get(PAGE, {"at": "2020-01-01T08:00"})
        self.assertContains(answer, "Tidak ada yang tercatat jaga")
        self.assertContains(self.client.get(PAGE, {"at": "kemarin"}), "Isi hari dan jamnya.")

    def test_a_shift_of_another_station_does_not_exist(self) -> None:
        shift = self.start()
        elsewhere = people.operator(people.station("lain", "LAN"), Role.PAMAPTA, username="lain")
        self.client.force_login(elsewhere)
        for name in ("shift", "shift-pdf"):
            self.assertEqual(
                self.client.get(reverse(f"desk:{name}", args=[shift.pk])).status_code, 404
            )

    def test_many_shifts_take_as_many_questions_as_one(self) -> None:
        self.start(self.rina)
        self.client.get(PAGE)
        with self.assertNumQueries(QUESTIONS):
            self.client.get(PAGE)
        for _ in range(4):
            handover.give("", by=self.bambang)
            handover.take(self.next_regu, [self.rina.pk], by=self.slamet)
            handover.give("", by=self.slamet)
            handover.take(self.regu, [self.rina.pk], by=self.bambang)
        with self.assertNumQueries(QUESTIONS):
            self.client.get(PAGE)


class SheetPageTests(ShiftTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.shift = self.start(self.rina)
        self.report = people.report(samples.text("Ada tawuran di pasar"))
        self.client.force_login(self.bambang)

    def sign(self, words: str = "Kunci gudang di laci.") -> None:
        self.client.post(reverse("desk:give-shift"), {"words": words})

    def test_it_shows_what_goes_on_before_it_is_signed(self) -> None:
        answer = self.client.get(SHEET)
        self.assertContains(answer, self.report.number)
        self.assertContains(answer, "Tanda tangani dan serahkan")
        self.assertNotContains(answer, "Ada tawuran di pasar")

    def test_both_sign_on_the_page(self) -> None:
        self.sign()
        self.client.force_login(self.slamet)
        page = self.client.get(SHEET)
        self.assertContains(page, "Kunci gudang di laci.")
        self.assertContains(page, "Tanda tangani dan terima")
        self.client.post(reverse("desk:take-shift"), {"regu": self.next_regu.pk, "members": []})
        running = shifts.running(self.station.pk)
        assert running is not None
        self.assertEqual(running.leader, self.slamet)

    def test_taking_before_the_other_has_signed_is_refused_in_words(self) -> None:
        self.client.force_login(self.slamet)
        form = {"regu": self.next_regu.pk}
        answer = self.client.post(reverse("desk:take-shift"), form, follow=True)
        self.assertContains(answer, "belum menandatangani lembar serah terima")

    def test_notes_that_are_too_long_come_back_with_what_was_written(self) -> None:
        answer = self.client.post(reverse("desk:give-shift"), {"words": "a" * 4001})
        self.assertContains(answer, "paling banyak 4.000 karakter", status_code=422)
        self.assertContains(answer, "a" * 4001, status_code=422)

    def test_without_a_shift_it_leads_to_where_one_is_started(self) -> None:
        self.shift.ended_at = self.shift.started_at
        self.shift.save()
        self.assertRedirects(self.client.get(SHEET), PAGE)

    def test_the_signed_sheet_is_a_pdf_with_both_names(self) -> None:
        self.sign("Ada titipan “HP” – hubungi pemiliknya …")
        handover.take(self.next_regu, [], by=self.slamet)
        answer = self.client.get(reverse("desk:shift-pdf", args=[self.shift.pk]))
        self.assertEqual(answer["Content-Type"], "application/pdf")
        self.assertIn("no-store", answer["Cache-Control"])
        pages = PdfDocument(io.BytesIO(answer.content))
        text = "".join(page.get_textpage().get_text_range() for page in pages)
        for words in ("SERAH TERIMA JAGA", self.report.number, self.bambang.name, self.slamet.name):
            self.assertIn(words, text)
        self.assertIn('Ada titipan "HP" - hubungi pemiliknya ...', text)

    def test_a_sheet_of_many_reports_fills_several_pages(self) -> None:
        for number in range(60):
            citizen = samples.Citizen("Warga", f"+6281288{number:05}", "")
            people.report(samples.text(by=citizen))
        self.sign()
        answer = self.client.get(reverse("desk:shift-pdf", args=[self.shift.pk]))
        self.assertGreater(len(PdfDocument(io.BytesIO(answer.content))), 1)

    def test_an_unsigned_shift_has_no_pdf(self) -> None:
        answer = self.client.get(reverse("desk:shift-pdf", args=[self.shift.pk]))
        self.assertEqual(answer.status_code, 404)

    def test_chiefs_see_who_was_there_and_not_the_sheet(self) -> None:
        self.sign()
        self.client.force_login(people.operator(self.station, Role.CHIEF))
        page = self.client.get(reverse("desk:shift", args=[self.shift.pk]))
        self.assertContains(page, str(self.rina))
        self.assertNotContains(page, "Kunci gudang")
        self.assertNotContains(page, self.report.number)
        self.assertEqual(
            self.client.get(reverse("desk:shift-pdf", args=[self.shift.pk])).status_code, 403
        )

    def test_a_sheet_whose_key_is_gone_is_said_to_be_unreadable(self) -> None:
        self.sign()
        vault.destroy([self.shift.handover.pk])
        page = self.client.get(reverse("desk:shift", args=[self.shift.pk]))
        self.assertContains(page, "Lembar tidak dapat dibaca")
        self.assertFalse(DataKey.objects.filter(owner=self.shift.handover.pk).exists())
