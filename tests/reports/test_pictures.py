"""A picture beside an answer: laid there clean and sealed, taken away, used once, forgotten when nobody sends it."""

import threading
from datetime import timedelta
from pathlib import Path
from unittest import mock, skipUnless

from django.conf import settings
from django.db import connection
from django.utils import timezone

from reports import answering, claims, jobs, pictures, triage
from reports.actors import NotAllowed, Refused
from reports.identity import blobs, vault
from reports.imaging import PictureUnfit
from reports.models import Message, Picture, ReplyTemplate, Report
from reports.models.message import Delivery
from reports.pictures import NoPictures, PictureGone
from tests import canaries, people, photos, samples
from tests.reports.cases import CommittedTestCase, StationTestCase, body_of
from tests.samples import JOKO


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_DIR).rglob("*") if path.is_file()]


class PicturesTestCase(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.now = self.travel(timezone.now())
        self.report = people.report()
        Message.objects.filter(direction="outbound").delete()
        self.budi = people.operator(self.station, username="budi")
        self.files_before = set(files())

    def attach(self, data: bytes = b"", report: Report | None = None) -> Picture:
        return pictures.attach(report or self.report, data or photos.telltale(), by=self.rina)

    def new_files(self) -> set[Path]:
        return set(files()) - self.files_before

    def reply(self, *attached: Picture, text: str = "Sudah bersih", **more: object) -> Message:
        return triage.reply(self.report, text, by=self.rina, pictures=attached, **more)


class AttachTests(PicturesTestCase):
    def test_it_lies_beside_the_answer_of_whoever_attached_it(self) -> None:
        picture = self.attach()
        self.assertEqual((picture.message, picture.by, picture.at), (None, self.rina, self.now))
        self.assertEqual((picture.width, picture.height), (400, 300))
        self.assertEqual(list(pictures.unsent(self.report, by=self.rina)), [picture])
        self.assertEqual(list(pictures.unsent(self.report, by=self.budi)), [])

    def test_it_opens_as_a_clean_jpeg(self) -> None:
        picture = self.attach()
        content = pictures.read(picture)
        self.assertTrue(content.startswith(b"\xff\xd8\xff"))
        self.assertEqual(len(content), picture.byte_size)
        self.assertNotIn(photos.SECRET, content)

    def test_on_the_disk_it_is_sealed(self) -> None:
        picture = self.attach(photos.encoded(photos.noise(300, 300)))
        (path,) = self.new_files()
        self.assertEqual(path.name, str(picture.pk))
        self.assertGreater(path.stat().st_size, canaries.LONG_ENOUGH)
        self.assertEqual(canaries.legible([path]), [])

    def test_its_file_opens_in_no_other_row(self) -> None:
        one, other = self.attach(), self.attach(report=people.report(samples.text(by=samples.JOKO)))
        blobs.put(other.pk, blobs.get(one.pk))
        with self.assertLogs("reports.pictures", "ERROR"), self.assertRaises(vault.Unreadable):
            pictures.read(other)

    def test_the_report_and_its_reporter_notice_nothing(self) -> None:
        before = Report.objects.filter(pk=self.report.pk).values().get()
        self.rings.clear()
        self.attach()
        self.assertEqual(Report.objects.filter(pk=self.report.pk).values().get(), before)
        self.assertEqual(self.rings, [])

    def test_another_one_takes_its_place(self) -> None:
        first = self.attach()
        second = self.attach(photos.jpeg())
        self.assertEqual(list(Picture.objects.all()), [second])
        self.assertEqual([path.name for path in self.new_files()], [str(second.pk)])
        self.assertNotEqual(first.pk, second.pk)

    def test_what_is_no_picture_leaves_nothing_behind(self) -> None:
        for name, data in photos.NOT_TAKEN.items():
            with self.subTest(name), self.assertRaises(PictureUnfit):
                pictures.attach(self.report, data, by=self.rina)
        self.assertEqual((Picture.objects.count(), self.new_files()), (0, set()))

    def test_a_disk_that_is_full_leaves_nothing_behind(self) -> None:
        full = mock.patch("reports.identity.blobs.os.fsync", side_effect=OSError(28, "full"))
        with full, self.assertRaises(OSError):
            self.attach()
        self.assertEqual((Picture.objects.count(), self.new_files()), (0, set()))

    def test_somebody_who_writes_by_sms_is_sent_none(self) -> None:
        with self.assertRaisesMessage(NoPictures, "WhatsApp"):
            self.attach(report=people.report(samples.sms(by=JOKO)))
        self.assertEqual(self.new_files(), set())

    def test_whoever_may_not_answer_or_not_see_it_attaches_nothing(self) -> None:
        neighbour = people.operator(people.station("lain", "LAN"), username="dian")
        auditor = people.operator(self.station, "auditor")
        for who in (neighbour, auditor):
            with self.subTest(who=who.username), self.assertRaises(NotAllowed):
                pictures.attach(self.report, photos.jpeg(), by=who)
        self.assertEqual(Picture.objects.count(), 0)


class RemoveTests(PicturesTestCase):
    def test_row_and_file_are_gone(self) -> None:
        pictures.remove(self.report, self.attach().pk, by=self.rina)
        self.assertEqual((Picture.objects.count(), self.new_files()), (0, set()))

    def test_neither_somebody_elses_nor_a_sent_one_is_removed(self) -> None:
        picture = self.attach()
        with self.assertRaises(PictureGone):
            pictures.remove(self.report, picture.pk, by=self.budi)
        self.reply(picture)
        with self.assertRaises(PictureGone):
            pictures.remove(self.report, picture.pk, by=self.rina)
        self.assertEqual(len(self.new_files()), 1)


class AnswerTests(PicturesTestCase):
    def test_the_answer_carries_the_picture(self) -> None:
        picture = self.attach()
        message = self.reply(picture)
        picture.refresh_from_db()
        self.assertEqual(picture.message, message)
        self.assertEqual((message.kind, body_of(message)), ("image", "Sudah bersih"))
        self.assertEqual(list(pictures.unsent(self.report, by=self.rina)), [])

    def test_a_picture_says_enough_without_words(self) -> None:
        message = self.reply(self.attach(), text="")
        self.assertEqual(body_of(message), "")
        with self.assertRaises(Refused):
            self.reply(text=" ")

    def test_a_picture_is_used_once(self) -> None:
        picture = self.attach()
        self.reply(picture)
        with self.assertRaises(PictureGone):
            self.reply(picture)
        self.assertEqual(Message.objects.filter(direction="outbound").count(), 1)

    def test_refused_the_picture_stays_beside_the_answer(self) -> None:
        picture = self.attach()
        claims.claim(self.report, by=self.budi)
        with self.assertRaises(claims.HeldByAnother):
            self.reply(picture)
        self.assertEqual(list(pictures.unsent(self.report, by=self.rina)), [picture])

    def test_neither_somebody_elses_nor_another_reports_picture_goes_out(self) -> None:
        elsewhere = self.attach(report=people.report(samples.text(by=samples.JOKO)))
        theirs = pictures.attach(self.report, photos.jpeg(), by=self.budi)
        for picture in (elsewhere, theirs):
            with self.assertRaises(PictureGone):
                self.reply(picture)
            with self.assertRaises(PictureGone):
                pictures.chosen(self.report, [str(picture.pk)], by=self.rina)
        self.assertFalse(Message.objects.filter(author=self.rina).exists())

    def test_a_caption_may_have_1024_characters(self) -> None:
        picture = self.attach()
        with self.assertRaisesMessage(PictureUnfit, "1024"):
            self.reply(picture, text="x" * 1025)
        self.reply(picture, text="x" * 1024)

    def test_one_answer_carries_one_picture(self) -> None:
        first = self.attach()
        second = Picture.objects.get(pk=first.pk)
        second.pk = None
        with self.assertRaises(PictureUnfit):
            self.reply(first, second)

    def test_withdrawn_it_lies_beside_the_answer_again(self) -> None:
        picture = self.attach()
        message = self.reply(picture, held=timedelta(seconds=10))
        answering.withdraw(message, by=self.rina)
        self.assertEqual(list(pictures.unsent(self.report, by=self.rina)), [picture])

    def test_sent_again_it_carries_the_same_picture(self) -> None:
        picture = self.attach()
        message = self.reply(picture, text="")
        Message.objects.filter(pk=message.pk).update(status=Delivery.FAILED)
        again = answering.send_again(message, by=self.rina)
        self.assertEqual((again.kind, pictures.of(again)), ("image", [picture]))


class CannedTests(PicturesTestCase):
    def canned(self, picture: bytes | None, **fields: object) -> ReplyTemplate:
        fields = {"station": self.station, "key": "sim", "text": "Syarat SIM"} | fields
        return ReplyTemplate.objects.create(picture=picture, **fields)

    def test_the_picture_of_a_canned_reply_is_copied(self) -> None:
        picture = pictures.attach_canned(self.report, self.canned(photos.jpeg()), by=self.rina)
        self.assertEqual(list(pictures.unsent(self.report, by=self.rina)), [picture])
        self.assertTrue(pictures.read(picture).startswith(b"\xff\xd8\xff"))

    def test_one_without_a_picture_attaches_none(self) -> None:
        mine = self.attach()
        template = self.canned(None)
        self.assertIsNone(pictures.attach_canned(self.report, template, by=self.rina))
        self.assertEqual(list(pictures.unsent(self.report, by=self.rina)), [mine])

    def test_another_stations_is_not_ours(self) -> None:
        template = self.canned(photos.jpeg(), station=people.station("lain", "LAN"))
        with self.assertRaises(NotAllowed):
            pictures.attach_canned(self.report, template, by=self.rina)


class ForgettingTests(PicturesTestCase):
    def test_what_nobody_sent_for_a_day_is_forgotten_with_its_file(self) -> None:
        self.attach()
        self.travel(timedelta(hours=23, minutes=59))
        self.assertEqual(jobs.tidy()["pictures"], 0)
        self.travel(timedelta(minutes=2))
        self.assertEqual(jobs.tidy()["pictures"], 1)
        self.assertEqual((Picture.objects.count(), self.new_files()), (0, set()))

    def test_what_was_sent_stays(self) -> None:
        self.reply(self.attach())
        self.travel(timedelta(days=400))
        self.assertEqual(jobs.tidy()["pictures"], 0)
        self.assertEqual(len(self.new_files()), 1)

    def test_a_row_whose_file_is_gone_is_forgotten_too(self) -> None:
        blobs.remove(self.attach().pk)
        self.travel(timedelta(days=2))
        self.assertEqual(pictures.forget_unused(timezone.now()), 1)


class RaceTests(CommittedTestCase):
    @skipUnless(connection.vendor == "postgresql", "needs several writers")
    def test_of_two_answers_with_one_picture_one_is_sent(self) -> None:
        rina = people.operator(people.station(answers=False), username="rina")
        report = people.report()
        picture = pictures.attach(report, photos.jpeg(), by=rina)
        start, endings = threading.Barrier(2), []

        def answer() -> None:
            start.wait()
            try:
                triage.reply(report, "Bersih", by=rina, pictures=[picture])
                endings.append("sent")
            except PictureGone:
                endings.append("gone")
            finally:
                connection.close()

        threads = [threading.Thread(target=answer) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(endings), ["gone", "sent"])
        self.assertEqual(Message.objects.filter(direction="outbound").count(), 1)
