"""The pages of a check: for whoever is named in it, and for nobody else; and they ask the database for no report."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from operators.permissions import Role
from reports import compartment, verification
from reports.models import Area, Report, Verification, VerificationNote
from reports.models.verification import Result
from reports.workflow import Status
from tests import checks, people, photos
from tests.operators.desk.cases import words
from tests.reports.check_cases import CheckTestCase

OF_THE_CITIZEN = (
    *("reports_report", "reports_message", "reports_reporter", "reports_attachment"),
    *("reports_mediafile", "reports_contact", "reports_identity", "reports_handle"),
    *("reports_note", "reports_finding", "reports_event", "reports_draft"),
)


class PagesTestCase(CheckTestCase):
    def setUp(self) -> None:
        super().setUp()
        Report.objects.filter(pk=self.report.pk).update(latitude=-7.4264, longitude=111.0223)
        self.report.refresh_from_db()
        self.check = self.ask(self.satu, place_note="Di belakang pasar")
        self.client.force_login(self.satu)

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"checks:{name}", args=[self.check.pk, *args])

    def open(self) -> HttpResponse:
        return self.client.get(self.url("check"))

    def act(self, name: str, **form: Any) -> HttpResponse:
        return self.client.post(self.url(name), form)

    def photo(self) -> Any:
        return verification.photo(self.check, photos.telltale(), by=self.satu)


class ReadingTests(PagesTestCase):
    def test_it_says_what_to_look_for_and_where(self) -> None:
        page = self.open()
        shown = words(page)
        for part in (checks.BRIEF, "Di belakang pasar", "Petugas Satu", "Diminta oleh"):
            self.assertIn(part, shown)
        self.assertContains(page, 'href="geo:-7.42640,111.02230?q=-7.42640,111.02230"')

    def test_the_list_leads_to_it(self) -> None:
        self.assertContains(self.client.get(reverse("checks:checks")), self.url("check"))

    def test_who_is_named_in_none_is_told_so(self) -> None:
        self.client.force_login(self.dua)
        page = self.client.get(reverse("checks:checks"))
        self.assertIn("Tidak ada pengecekan untuk Anda", words(page))
        self.assertNotContains(page, str(self.check.pk))

    def test_nothing_says_which_report_it_is_of(self) -> None:
        for page in (self.open(), self.client.get(reverse("checks:checks"))):
            self.assertNotContains(page, self.report.number)
            self.assertNotContains(page, str(self.report.pk))
            self.assertNotContains(page, self.report.reporter.alias)

    def test_no_page_asks_the_database_for_anything_of_the_citizen(self) -> None:
        kasat = people.operator(self.station, Role.KASAT, unit=people.unit(self.station))
        verification.add_officer(self.check, kasat.pk, by=self.rina)
        verification.note(self.check, "Ramai", by=self.satu)
        photo = self.photo()
        addresses = (
            reverse("checks:checks"),
            self.url("check"),
            self.url("photo", photo.pk),
            self.url("thumbnail", photo.pk),
        )
        for who in (self.satu, kasat):
            self.client.force_login(who)
            for address in addresses:
                with self.subTest(who=who, address=address):
                    with CaptureQueriesContext(connection) as asked:
                        self.assertEqual(self.client.get(address).status_code, 200)
                    tables = {
                        table
                        for query in asked.captured_queries
                        for table in re.findall(r'"((?:reports|operators)_\w+)"', query["sql"])
                    }
                    self.assertIn("reports_verification", tables)
                    self.assertEqual(tables & set(OF_THE_CITIZEN), set())

    def test_what_is_in_it_costs_no_query_each(self) -> None:
        self.open()
        with CaptureQueriesContext(connection) as before:
            self.open()
        for number in range(5):
            verification.note(self.check, f"Catatan {number}", by=self.satu)
        self.photo()
        with self.assertNumQueries(len(before)):
            self.open()

    def test_a_list_of_many_costs_no_query_each(self) -> None:
        address = reverse("checks:checks")
        self.client.get(address)
        with CaptureQueriesContext(connection) as before:
            self.client.get(address)
        verification.finish(self.check, result=Result.FALSE, note="Tidak ada", by=self.satu)
        self.ask(self.satu, self.dua)
        with self.assertNumQueries(len(before)):
            self.client.get(address)

    def test_what_does_not_open_any_more_is_said(self) -> None:
        written = verification.note(self.check, "Ramai", by=self.satu)
        VerificationNote.objects.filter(pk=written.pk).update(body_sealed=b"\x01broken")
        with self.assertLogs("reports.compartment", "ERROR"):
            self.assertIn("tidak dapat dibaca", words(self.open()))


class OthersTests(PagesTestCase):
    def test_for_everybody_else_there_is_no_such_check(self) -> None:
        photo = self.photo()
        gets = [("check",), ("photo", photo.pk), ("thumbnail", photo.pk)]
        posts = ["begin", "note", "take-photo", "finish", "add-officer", "remove-officer"]
        pamapta = people.operator(self.station, Role.PAMAPTA)
        kasat = people.operator(self.station, Role.KASAT, unit=self.satu.unit)
        other = people.operator(people.station("tetangga", "TTG"), Role.UNIT, username="jauh")
        before = Verification.objects.values().get()
        for who in (self.dua, self.bambang, pamapta, kasat, other):
            self.client.force_login(who)
            for name, *args in gets:
                with self.subTest(who=who, name=name):
                    self.assertSameAsMissing(self.client.get(self.url(name, *args)), name, *args)
            for name in posts:
                with self.subTest(who=who, name=name):
                    form = {"text": "x", "result": "false", "note": "x", "officer": self.dua.pk}
                    answer = self.client.post(self.url(name), form)
                    self.assertEqual(answer.status_code, 404)
        self.assertEqual(Verification.objects.values().get(), before)

    def assertSameAsMissing(self, answer: HttpResponse, name: str, *args: Any) -> None:  # noqa: N802
        missing = self.client.get(
            reverse(f"checks:{name}", args=["00000000-0000-4000-8000-000000000000", *args])
        )
        self.assertEqual((answer.status_code, missing.status_code), (404, 404))
        self.assertEqual(answer.content, missing.content)
        self.assertEqual(dict(answer.headers), dict(missing.headers))

    def test_who_was_taken_out_finds_nothing_any_more(self) -> None:
        verification.add_officer(self.check, self.dua.pk, by=self.rina)
        verification.remove_officer(self.check, self.satu.pk, by=self.rina)
        self.assertEqual(self.open().status_code, 404)


class DoingTests(PagesTestCase):
    def test_an_officer_s_way_from_the_brief_to_the_result(self) -> None:
        self.assertRedirects(self.act("begin"), self.url("check"))
        self.assertRedirects(self.act("note", text="Tiga motor, 23.10"), self.url("check"))
        upload = SimpleUploadedFile("x.jpg", photos.telltale(), "image/jpeg")
        self.assertRedirects(self.act("take-photo", photo=upload), self.url("check"))
        answer = self.act("finish", result="confirmed", note="Benar, tiga motor.")
        self.assertRedirects(answer, self.url("check"))
        shown = words(self.open())
        for part in ("Tiga motor, 23.10", "Terbukti", "Benar, tiga motor.", "-7.425, 7.425"):
            self.assertIn(part, shown)
        self.assertEqual(self.status(), Status.TRIAGE)
        # Nothing is left to be done.
        for gone in ("Kirim hasil", "Simpan foto", "Simpan catatan", "Saya mulai"):
            self.assertNotIn(gone, shown)

    def test_without_a_result_what_was_written_stays(self) -> None:
        answer = self.act("finish", note="Sudah sepi")
        self.assertEqual(answer.status_code, 422)
        self.assertContains(answer, "Sudah sepi", status_code=422)
        self.assertIn("Pilih apa yang ditemukan.", words(answer))
        answer = self.act("finish", result="false")
        self.assertIn("Tulis dalam satu kalimat", words(answer))
        self.assertEqual(self.act("note", text=" ").status_code, 422)

    def test_its_map_draws_what_lies_around_until_it_is_called_off(self) -> None:
        for name, latitude in (("Kroyo", -7.43), ("Jauh", -7.9)):
            Area.objects.create(
                station=self.station,
                code=name,
                level=Area.Level.VILLAGE,
                name=name,
                latitude=latitude,
                longitude=111.02,
            )
        around = self.client.get(self.url("around")).json()
        self.assertEqual([area["name"] for area in around["areas"]], ["Kroyo"])
        self.assertContains(self.open(), f'data-outlines="{self.url("around")}"')
        verification.call_off(self.report, by=self.rina)
        self.assertEqual(self.client.get(self.url("around")).json()["areas"], [])
        self.assertNotContains(self.open(), "data-outlines")

    def test_what_is_refused_says_why_and_keeps_what_was_written(self) -> None:
        verification.call_off(self.report, by=self.rina)
        answer = self.act("note", text="Baru sampai")
        self.assertEqual(answer.status_code, 409)
        self.assertIn("Pengecekan ini sudah berakhir.", words(answer))
        answer = self.act("take-photo")
        self.assertEqual(answer.status_code, 409)

    def test_a_file_that_is_no_picture_is_refused(self) -> None:
        for data in (b"", photos.NOT_TAKEN["a page"]):
            answer = self.act("take-photo", photo=SimpleUploadedFile("x.jpg", data or b" "))
            self.assertEqual(answer.status_code, 409)

    def test_a_photo_comes_as_a_picture_that_no_page_can_run(self) -> None:
        photo = self.photo()
        for name in ("photo", "thumbnail"):
            answer = self.client.get(self.url(name, photo.pk))
            self.assertEqual(answer.headers["Content-Type"], "image/jpeg")
            self.assertIn("sandbox", answer.headers["Content-Security-Policy"])
            self.assertIn("no-store", answer.headers["Cache-Control"])
            self.assertNotIn(photos.SECRET, answer.content)

    def test_whoever_asked_chooses_the_officers_here(self) -> None:
        self.client.force_login(self.rina)
        self.assertIn("Tunjuk satu lagi", words(self.open()))
        self.act("add-officer", officer=self.dua.pk)
        self.act("remove-officer", officer=self.satu.pk)
        self.assertIsNone(compartment.opened(self.check.pk, by=self.satu))
        self.assertIsNotNone(compartment.opened(self.check.pk, by=self.dua))
        self.assertEqual(self.act("add-officer", officer="x").status_code, 409)
        self.assertEqual(self.act("remove-officer", officer=self.dua.pk).status_code, 409)

    def test_an_officer_is_offered_what_officers_do(self) -> None:
        shown = words(self.open())
        self.assertIn("Kirim hasil", shown)
        self.assertNotIn("Tunjuk satu lagi", shown)
        self.client.force_login(self.rina)
        shown = words(self.open())
        self.assertNotIn("Kirim hasil", shown)
        self.assertIn("Simpan catatan", shown)
