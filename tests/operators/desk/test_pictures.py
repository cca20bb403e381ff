"""Pictures at the desk: attached on the report's page, sent with the answer, looked at in the conversation."""

import re
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports import claims, pictures, triage
from reports.models import Message, Picture, ReplyTemplate, Report
from tests import people, photos, samples
from tests.operators.desk.cases import DeskTestCase, words
from tests.reports.cases import body_of


class PicturesTestCase(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.report = self.arrive()

    def upload(
        self, data: bytes | None = None, report: Report | None = None, name: str = "a.jpg"
    ) -> HttpResponse:
        file = SimpleUploadedFile(name, photos.telltale() if data is None else data, "image/jpeg")
        path = reverse("desk:attach-picture", args=[(report or self.report).number])
        return self.client.post(path, {"picture": file})

    def picture(self) -> Picture:
        return Picture.objects.get()

    def look(self, name: str = "picture", **more: str) -> HttpResponse:
        picture = self.picture()
        return self.client.get(
            reverse(f"desk:{name}", args=[more.get("number", self.report.number), picture.pk])
        )


class AttachTests(PicturesTestCase):
    def test_a_picture_lies_beside_the_answer(self) -> None:
        strip = self.upload()
        self.assertEqual(strip.status_code, 200)
        self.assertContains(strip, f'name="picture" value="{self.picture().pk}"')
        self.assertNotIn("<html", strip.text)

    def test_it_is_still_there_when_the_page_is_opened_again(self) -> None:
        self.upload()
        self.assertContains(self.open(self.report), f'value="{self.picture().pk}"')
        self.client.force_login(self.bambang)
        self.assertNotContains(self.open(self.report), str(self.picture().pk))

    def test_what_is_no_picture_is_refused_with_a_reason_and_not_kept(self) -> None:
        for name, data in photos.NOT_TAKEN.items():
            with self.subTest(name):
                strip = self.upload(data, name="foto.jpg")
                self.assertEqual(strip.status_code, 409)
                self.assertContains(strip, 'role="alert"', status_code=409)
        self.assertEqual(Picture.objects.count(), 0)

    def test_the_reason_is_in_the_words_of_the_desk(self) -> None:
        self.assertIn("lebih besar dari 16 MB", words(self.upload(photos.NOT_TAKEN["17 MB"])))
        self.assertIn("bukan gambar JPEG", words(self.upload(photos.NOT_TAKEN["an SVG"])))

    def test_no_file_is_an_empty_one(self) -> None:
        path = reverse("desk:attach-picture", args=[self.report.number])
        self.assertEqual(self.client.post(path).status_code, 409)

    def test_a_refused_one_leaves_the_other_where_it_is(self) -> None:
        self.upload()
        strip = self.upload(photos.NOT_TAKEN["a page"])
        self.assertContains(strip, str(self.picture().pk), status_code=409)

    def test_by_sms_there_is_nothing_to_attach_with(self) -> None:
        report = people.report(samples.sms(by=samples.JOKO))
        self.assertNotContains(self.open(report), "picture-file")
        self.assertEqual(self.upload(report=report).status_code, 409)

    def test_it_can_be_taken_away(self) -> None:
        self.upload()
        path = reverse("desk:remove-picture", args=[self.report.number, self.picture().pk])
        self.assertNotContains(self.client.post(path), "lying")
        self.assertEqual(Picture.objects.count(), 0)
        self.assertEqual(self.client.post(path).status_code, 409)

    def test_a_canned_replys_picture_is_attached(self) -> None:
        template = ReplyTemplate.objects.create(
            station=self.station, key="sim", text="Syarat SIM", picture=photos.jpeg()
        )
        path = reverse("desk:attach-canned-picture", args=[self.report.number])
        self.assertContains(self.client.post(path, {"template": template.pk}), "lying")
        for wrong in ("", "x", "0", "-1"):
            with self.subTest(wrong):
                answer = self.client.post(path, {"template": wrong})
                self.assertEqual(answer.status_code, 404)


class AnswerTests(PicturesTestCase):
    def answer(self, text: str = "Sudah bersih", **more: object) -> HttpResponse:
        return self.act("reply", self.report, text=text, picture=[str(self.picture().pk)], **more)

    def sent(self) -> Message:
        return Message.objects.get(report=self.report, author=self.rina)

    def test_it_goes_out_with_the_answer_and_stands_in_the_conversation(self) -> None:
        self.upload()
        page = self.answer()
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self.picture().message, self.sent())
        thumbnail = reverse("desk:picture-thumbnail", args=[self.report.number, self.picture().pk])
        self.assertContains(page, f'src="{thumbnail}"')
        self.assertNotContains(page, 'name="picture"')

    def test_it_needs_no_words(self) -> None:
        self.upload()
        self.assertEqual(self.answer(text="").status_code, 200)
        self.assertEqual(body_of(self.sent()), "")
        self.assertEqual(self.act("reply", self.report, text="").status_code, 422)

    def test_a_picture_that_is_gone_stops_the_answer(self) -> None:
        self.upload()
        gone = str(uuid4())
        page = self.act("reply", self.report, text="Sudah bersih", picture=[gone])
        self.assertEqual(page.status_code, 409)
        self.assertIn("Sudah bersih", page.text)
        self.assertFalse(Message.objects.filter(author=self.rina).exists())

    def test_nonsense_for_an_id_stops_it_too(self) -> None:
        page = self.act("reply", self.report, text="Sudah bersih", picture=["x", "'"])
        self.assertEqual(page.status_code, 409)

    def test_refused_the_picture_is_still_beside_the_answer(self) -> None:
        self.upload()
        claims.claim(self.report, by=self.bambang)
        page = self.answer()
        self.assertContains(page, f'value="{self.picture().pk}"', status_code=409)


class LookTests(PicturesTestCase):
    def test_whoever_reads_the_report_sees_what_was_sent(self) -> None:
        self.upload()
        triage.reply(self.report, "Bersih", by=self.rina, pictures=[self.picture()])
        self.client.force_login(self.bambang)
        shown = self.look()
        self.assertEqual(shown.content, pictures.read(self.picture()))
        small = self.look("picture-thumbnail")
        self.assertLess(len(small.content), len(shown.content) + 1)
        for answer in (shown, small):
            self.assertEqual(answer.headers["Content-Type"], "image/jpeg")
            self.assertEqual(answer.headers["Cache-Control"], "no-store, private")
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])

    def test_what_lies_beside_an_answer_is_its_authors(self) -> None:
        self.upload()
        self.assertEqual(self.look().status_code, 200)
        self.client.force_login(self.bambang)
        self.assertEqual(self.look().status_code, 404)

    def test_it_is_found_on_its_own_report_only(self) -> None:
        self.upload()
        self.assertEqual(self.look(number=self.arrive().number).status_code, 404)

    def test_neither_another_station_nor_who_may_not_read_sees_it(self) -> None:
        self.upload()
        triage.reply(self.report, "Bersih", by=self.rina, pictures=[self.picture()])
        self.client.force_login(people.operator(people.station("lain", "LAN"), username="dian"))
        self.assertEqual(self.look().status_code, 404)
        self.assertEqual(self.upload().status_code, 404)
        self.client.force_login(people.operator(self.station, "chief"))
        self.assertEqual(self.look().status_code, 403)
        self.assertEqual(self.upload().status_code, 403)

    def test_many_pictures_cost_no_more_questions(self) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as asked:
                self.open(self.report)
            return len(asked)

        counts = []
        for _ in range(2):
            for _ in range(3):
                self.upload()
                chosen = pictures.unsent(self.report, by=self.rina)
                triage.reply(self.report, "Bersih", by=self.rina, pictures=list(chosen))
            counts.append(queries())
        self.assertEqual(counts[0], counts[1])

    def test_its_thumbnail_has_a_shape_before_it_is_there(self) -> None:
        self.upload()
        self.assertTrue(
            re.search(r'<img[^>]+width="400" height="300"', self.open(self.report).text)
        )
