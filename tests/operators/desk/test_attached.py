"""The files of citizens in the conversation: what can be looked at and listened to, and why something cannot."""

import tempfile
from pathlib import Path

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.models import Attachment, Report
from tests import files, photos, recordings, shown_files
from tests.operators.desk.cases import DeskTestCase, words

CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Pak Lurah\r\nTEL:+628129990001\r\nEND:VCARD\r\n"


class AttachedTestCase(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(override_settings(MEDIA_DIR=folder))
        self.report = self.arrive("Lihat ini")

    def send(self, content: bytes) -> Attachment:
        return shown_files.prepared(self.report, content)

    def waiting(self, state: str, **fields: object) -> Report:
        files.attachment(self.report, state=state, fetched_at=None, **fields)
        return self.report

    def html(self) -> str:
        return self.open(self.report).text

    def page(self) -> str:
        return words(self.open(self.report))

    def address(self, attachment: Attachment, role: str) -> str:
        return reverse("desk:media", args=[attachment.files.get(role=role).pk])


class ShownTests(AttachedTestCase):
    def test_pictures_are_a_strip_that_opens_in_the_viewer(self) -> None:
        first, second = self.send(photos.jpeg()), self.send(photos.jpeg(300, 200))
        html = self.html()
        for number, attachment in enumerate((first, second), start=1):
            self.assertIn(f'href="{self.address(attachment, "view")}"', html)
            self.assertIn(f'src="{self.address(attachment, "thumbnail")}"', html)
            self.assertIn(f'data-views="Foto dari pelapor, {number} dari 2"', html)
            self.assertIn(f'aria-label="Foto dari pelapor, {number} dari 2"', html)

    def test_a_voice_note_plays_without_a_script_and_has_a_waveform_and_a_length(self) -> None:
        voice = self.send(recordings.voice_note(seconds=3))
        html = self.html()
        self.assertIn(
            f'<audio class="voice-sound" controls preload="none" src="{self.address(voice, "sound")}"',
            html,
        )
        self.assertGreater(html.count("<rect "), 20)
        self.assertIn('data-length="0:03"', html)
        self.assertIn('aria-label="Pesan suara dari pelapor"', html)

    def test_a_film_has_its_first_picture(self) -> None:
        film = self.send(recordings.film())
        html = self.html()
        self.assertIn(f'src="{self.address(film, "film")}"', html)
        self.assertIn(f'poster="{self.address(film, "poster")}"', html)

    def test_a_contact_is_a_card(self) -> None:
        self.send(CARD)
        self.assertIn("Pak Lurah +628129990001", self.page())

    def test_the_original_can_be_saved(self) -> None:
        picture = self.send(photos.jpeg())
        html = self.html()
        self.assertIn(f'href="{self.address(picture, "original")}" download', html)
        self.assertIn("Simpan asli", self.page())

    def test_nothing_is_inline_that_the_policy_would_refuse(self) -> None:
        self.send(recordings.voice_note())
        html = self.html()
        self.assertNotIn("<script>", html)
        self.assertNotIn(' style="', html)


class NotShownTests(AttachedTestCase):
    def test_what_is_on_its_way_says_so(self) -> None:
        self.waiting("waiting", declared_type="image/jpeg")
        self.assertIn(
            "File Menunggu diambil", self.page().replace("Dokumen", "File").replace("Foto", "File")
        )
        Attachment.objects.update(state="fetching")
        self.assertIn("Sedang diambil", self.page())

    def test_what_was_refused_says_why_and_the_original_stays(self) -> None:
        self.send(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
        page = self.page()
        self.assertIn("Tidak dapat ditampilkan", page)
        self.assertIn("Simpan asli", page)
        self.assertNotIn("<script>alert", self.html())

    def test_each_reason_has_its_sentence(self) -> None:
        for reason, sentence in (
            ("too_large", "lebih besar dari"),
            ("network", "Tidak ada sambungan"),
            ("broken", "rusak"),
        ):
            Attachment.objects.all().delete()
            self.waiting("failed", reason=reason)
            with self.subTest(reason):
                page = self.page()
                self.assertIn("Gagal diambil", page)
                self.assertIn(sentence, page)

    def test_what_is_only_kept_can_be_saved(self) -> None:
        self.send(b"PK\x03\x04" + b"\0" * 40)
        self.assertIn("Simpan asli", self.page())


class CostTests(AttachedTestCase):
    def test_twenty_files_cost_what_one_does(self) -> None:
        files.stored(self.report)
        self.open(self.report)
        before = self.queries()
        for _ in range(19):
            files.stored(self.report)
        self.assertEqual(self.queries(), before)

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.open(self.report)
        return len(captured)
