"""Photographs from the field through the forms: each is kept or refused by itself, and shown to the unit alone."""

from django.test import override_settings
from django.urls import reverse

from reports import assignment, dispatch_pictures
from reports.models import DispatchPicture
from reports.workflow import Outcome
from tests import people, photos, recordings
from tests.operators.unit.cases import UnitTestCase, photo


class TakingTests(UnitTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.task = self.send()

    def add(self, *contents: bytes, htmx: bool = False):
        return self.act("add-photos", self.task, photo=[photo(c) for c in contents], htmx=htmx)

    def test_a_photo_is_kept_before_the_task_is_finished(self) -> None:
        self.assertEqual(self.add(photos.jpeg()).status_code, 302)
        self.assertEqual(self.task.pictures.get().by, self.sari)
        self.assertContains(self.open(self.task), "Foto 1 dari satuan Anda")

    def test_a_form_is_finished_with_its_photos(self) -> None:
        self.act(
            "finish",
            self.task,
            result="acted",
            note="Sudah bersih.",
            photo=[photo(photos.jpeg()), photo(photos.jpeg(300, 200))],
        )
        self.assertEqual(self.now(self.task).result, Outcome.ACTED)
        self.assertEqual(self.task.pictures.count(), 2)

    def test_a_refused_form_keeps_its_photos_and_its_words(self) -> None:
        answer = self.act("finish", self.task, note="Sudah bersih.", photo=[photo()])
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Sudah bersih.", answer.text)
        self.assertContains(answer, "Foto 1 dari satuan Anda", status_code=422)
        self.act("finish", self.task, result="acted", note="Sudah bersih.", photo=[photo()])
        self.assertEqual(self.task.pictures.count(), 1, "the same file is no other photo")

    def test_what_is_no_picture_is_refused_in_words_and_the_rest_is_kept(self) -> None:
        answer = self.act(
            "finish",
            self.task,
            result="acted",
            note="Sudah bersih.",
            photo=[photo(), photo(b"MZ" + bytes(900))],
        )
        self.assertContains(answer, "Foto 2: Ini bukan gambar", status_code=422)
        self.assertTrue(self.now(self.task).is_running)
        self.assertEqual(self.task.pictures.count(), 1)
        self.assertIn("Sudah bersih.", answer.text)

    def test_what_is_too_large_together_is_said_so(self) -> None:
        with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=10_000):
            answer = self.add(photos.encoded(photos.noise(60, 60)), photos.jpeg(2000, 1500))
        self.assertContains(answer, "terlalu besar untuk dikirim sekaligus", status_code=422)
        self.assertEqual(self.task.pictures.count(), 0)

    def test_of_more_than_a_task_takes_the_rest_is_not_even_opened(self) -> None:
        with override_settings(TASK_PICTURES_MOST=2):
            answer = self.add(*(photos.jpeg(40 + step) for step in range(4)), b"MZ" + bytes(99))
        self.assertContains(answer, "paling banyak 2 foto", status_code=422)
        self.assertNotIn("Foto 5", answer.text)
        self.assertEqual(self.task.pictures.count(), 2)

    def test_a_telephone_that_sends_them_one_by_one_is_given_the_part_that_changes(self) -> None:
        answer = self.add(photos.jpeg(), htmx=True)
        self.assertTemplateUsed(answer, "unit/_work.html")
        self.assertContains(answer, "Foto 1 dari satuan Anda")
        again = self.add(photos.jpeg(), htmx=True)
        self.assertEqual((again.status_code, self.task.pictures.count()), (200, 1))

    def test_nothing_is_added_to_a_task_that_is_over(self) -> None:
        assignment.finish(self.task, result=Outcome.ACTED, note="Sudah.", by=self.anton)
        self.assertEqual(self.add(photos.jpeg()).status_code, 422)
        self.assertEqual(self.task.pictures.count(), 0)

    def test_a_photo_taken_by_mistake_is_taken_away(self) -> None:
        picture = dispatch_pictures.add(self.task, photos.jpeg(), by=self.anton)
        address = reverse("unit:remove-photo", args=[self.task.number, picture.pk])
        self.assertEqual(self.client.post(address).status_code, 302)
        self.assertEqual(self.task.pictures.count(), 0)
        self.assertEqual(self.client.post(address).status_code, 409)


class ShowingTests(UnitTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.task = self.send()
        self.own = dispatch_pictures.add(self.task, photos.telltale(), by=self.sari)
        self.given = dispatch_pictures.give(
            self.task, photos.jpeg(), by=self.rina, position=0, at=self.task.sent_at
        )

    def get(self, name: str, picture: DispatchPicture):
        return self.client.get(reverse(f"unit:{name}", args=[picture.pk]))

    def test_every_member_of_the_unit_sees_them_and_nothing_keeps_them(self) -> None:
        for viewer in (self.sari, self.anton, self.head):
            self.client.force_login(viewer)
            for picture in (self.own, self.given):
                for name in ("picture", "thumbnail"):
                    answer = self.get(name, picture)
                    self.assertEqual(answer.status_code, 200)
                    self.assertEqual(answer.headers["Content-Type"], "image/jpeg")
                    self.assertEqual(answer.headers["Cache-Control"], "private, no-store")
                    self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
                    self.assertIn("sandbox", answer.headers["Content-Security-Policy"])

    def test_exiftool_finds_nothing_in_whatever_a_unit_can_download(self) -> None:
        self.assertIn("GPS", recordings.seen(photos.telltale()))
        for picture in (self.own, self.given):
            for name in ("picture", "thumbnail"):
                content = self.get(name, picture).content
                lines = recordings.seen(content).splitlines()
                groups = {line.split("]")[0].strip("[ ") for line in lines}
                self.assertLessEqual(groups, {"ExifTool", "System", "File", "JFIF", "Composite"})
                self.assertNotIn(photos.SECRET, content)

    def test_another_unit_is_told_the_same_as_of_one_that_does_not_exist(self) -> None:
        self.client.force_login(self.lukas)
        theirs = self.get("picture", self.own)
        none = self.client.get(reverse("unit:picture", args=[self.task.pk]))
        self.assertEqual((theirs.status_code, none.status_code), (404, 404))
        self.assertEqual(theirs.content, none.content)

    def test_they_are_gone_with_a_task_that_was_given_back_or_called_off(self) -> None:
        assignment.give_back(self.task, reason="Bukan wilayah kami.", by=self.sari)
        for picture in (self.own, self.given):
            self.assertEqual(self.get("picture", picture).status_code, 404)

    def test_one_that_does_not_open_is_not_there(self) -> None:
        dispatch_pictures.forget_files([self.own])
        self.assertEqual(self.get("picture", self.own).status_code, 404)

    def test_the_desk_has_a_way_of_its_own(self) -> None:
        for viewer in (self.rina, people.operator(self.station, "chief")):
            self.client.force_login(viewer)
            self.assertEqual(self.get("picture", self.own).status_code, 403)
