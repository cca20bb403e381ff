"""Pictures that a unit takes: clean when they are kept, with what they said before sealed beside them, few, and its own."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from django.conf import settings
from django.test import override_settings
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from operators.permissions import Role
from reports import assignment, dispatch_pictures, events
from reports.actors import NotAllowed
from reports.dispatch_pictures import About, PictureGone, TaskEnded
from reports.identity import vault
from reports.imaging import PictureUnfit
from reports.models import Change, DispatchPicture
from reports.workflow import Outcome
from tests import canaries, people, photos, recordings
from tests.reports.cases import StationTestCase


def taken(at: str = "2026:11:21 23:10:05", place: tuple[int, int, int] = (7, 25, 30)) -> bytes:
    """A photograph of a telephone that knows the hour and where it is."""
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: at, 0x9011: "+07:00"})
    degrees = tuple(map(IFDRational, place))
    exif.get_ifd(0x8825).update(
        {1: "S", 2: degrees, 3: "E", 4: tuple(map(IFDRational, (111, 1, 12)))}
    )
    return photos.encoded(photos.noise(9, 8).resize((360, 320)), exif=exif)


class UnitPicturesTestCase(StationTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        samapta, lantas = people.unit(cls.station), people.unit(cls.station, "lantas")
        cls.sari = people.operator(cls.station, Role.UNIT, username="sari", unit=samapta)
        cls.lukas = people.operator(cls.station, Role.UNIT, username="lukas", unit=lantas)

    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.enterContext(TemporaryDirectory()))
        self.enterContext(override_settings(MEDIA_DIR=self.folder))
        self.report = people.report()
        unit = people.unit(self.station)
        self.task = assignment.assign(self.report, to=unit, brief="Bubarkan.", by=self.rina)

    def add(self, data: bytes, **given: object) -> DispatchPicture:
        return dispatch_pictures.add(self.task, data, **({"by": self.sari} | given))  # type: ignore[arg-type]

    def files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


class AddingTests(UnitPicturesTestCase):
    def test_it_is_clean_and_whose_it_is_is_known(self) -> None:
        picture = self.add(photos.telltale())
        self.assertEqual((picture.origin, picture.by), (DispatchPicture.Origin.UNIT, self.sari))
        jpeg = dispatch_pictures.read(picture)
        self.assertNotIn(photos.SECRET, jpeg)
        groups = {line.split("]")[0] for line in recordings.seen(jpeg).splitlines()}
        self.assertLessEqual(groups, {"[ExifTool", "[System", "[File", "[JFIF", "[Composite"})
        self.assertEqual(picture.byte_size, len(jpeg))

    def test_what_it_said_before_is_kept_sealed_beside_it(self) -> None:
        picture = self.add(taken())
        about = dispatch_pictures.about_of(picture)
        self.assertEqual(about.taken_at, datetime(2026, 11, 21, 16, 10, 5, tzinfo=UTC))
        self.assertEqual((about.latitude, about.longitude), (-7.425, 111.02))
        self.assertIsInstance(about.fingerprint, int)
        for words in (b"2026-11-21", b"-7.425", b"fingerprint", about.digest.encode()):
            self.assertNotIn(words, bytes(picture.about_sealed))

    def test_one_that_says_nothing_is_as_welcome(self) -> None:
        about = dispatch_pictures.about_of(self.add(photos.jpeg()))
        self.assertEqual((about.taken_at, about.latitude, about.longitude), (None, None, None))

    def test_what_it_said_opens_under_its_own_task_and_row_alone(self) -> None:
        one, other = self.add(taken()), self.add(photos.jpeg())
        other.about_sealed = one.about_sealed
        self.assertEqual(dispatch_pictures.about_of(other), About())
        other.save()
        with self.assertRaises(vault.Unreadable):
            vault.box_of("content", self.report.pk).open(
                dispatch_pictures.ABOUT, one.pk, one.about_sealed
            )

    def test_nothing_on_the_disk_can_be_read(self) -> None:
        self.add(photos.telltale())
        (file,) = self.files()
        self.assertEqual(canaries.legible([file]), [])
        self.assertEqual(canaries.scan([canaries.Canary.words(photos.SECRET.decode())], file), [])

    def test_a_copy_of_it_is_told_by_its_fingerprint(self) -> None:
        first = self.add(taken())
        smaller = photos.shown(taken()).resize((160, 120))
        copy = self.add(photos.encoded(smaller))
        ones = [dispatch_pictures.about_of(picture).fingerprint for picture in (first, copy)]
        assert ones[0] is not None and ones[1] is not None
        self.assertLessEqual((ones[0] ^ ones[1]).bit_count(), 5)

    def test_the_same_file_again_is_the_same_picture(self) -> None:
        self.assertEqual(self.add(taken()), self.add(taken()))
        self.assertEqual(len(self.files()), 1)

    def test_open_desks_are_told(self) -> None:
        before = Change.objects.filter(report=self.report).count()
        self.add(photos.jpeg())
        self.assertEqual(Change.objects.filter(report=self.report).count(), before + 1)


class RefusingTests(UnitPicturesTestCase):
    def assertRefused(self, error: type[Exception], data: bytes, **given: object) -> None:
        with self.assertRaises(error):
            self.add(data, **given)
        self.assertEqual((self.task.pictures.count(), self.files()), (0, []))

    def test_whatever_is_no_picture_is_refused_and_nothing_of_it_kept(self) -> None:
        for name, data in photos.NOT_TAKEN.items():
            with self.subTest(what=name):
                self.assertRefused(PictureUnfit, data)

    def test_nobody_outside_the_unit_adds_one(self) -> None:
        for other in (self.lukas, self.rina):
            with self.subTest(who=other.username):
                self.assertRefused(NotAllowed, photos.jpeg(), by=other)

    def test_a_task_that_is_over_takes_none(self) -> None:
        assignment.finish(self.task, result=Outcome.ACTED, note="Sudah.", by=self.sari)
        self.assertRefused(TaskEnded, photos.jpeg())

    def test_there_is_an_end_to_how_many(self) -> None:
        for number in range(settings.TASK_PICTURES_MOST):
            self.add(photos.jpeg(40 + number))
        with self.assertRaisesMessage(PictureUnfit, "paling banyak 10 foto"):
            self.add(photos.jpeg(200))
        self.assertEqual(len(self.files()), settings.TASK_PICTURES_MOST)
        self.add(photos.jpeg(40))

    def test_when_the_row_cannot_be_written_the_file_goes_as_well(self) -> None:
        broken = mock.patch.object(events, "changed", side_effect=RuntimeError)
        with broken, self.assertRaises(RuntimeError):
            self.add(photos.jpeg())
        self.assertEqual(self.files(), [])


class RemovingTests(UnitPicturesTestCase):
    def test_one_of_the_unit_goes_with_its_file(self) -> None:
        picture = self.add(photos.jpeg())
        dispatch_pictures.remove(self.task, picture.pk, by=self.sari)
        self.assertEqual((self.task.pictures.count(), self.files()), (0, []))
        with self.assertRaises(PictureGone):
            dispatch_pictures.remove(self.task, picture.pk, by=self.sari)

    def test_one_of_the_desk_stays(self) -> None:
        given = dispatch_pictures.give(
            self.task, photos.jpeg(), by=self.rina, position=0, at=self.task.sent_at
        )
        with self.assertRaises(PictureGone):
            dispatch_pictures.remove(self.task, given.pk, by=self.sari)

    def test_nobody_else_and_never_after_the_end(self) -> None:
        picture = self.add(photos.jpeg())
        with self.assertRaises(NotAllowed):
            dispatch_pictures.remove(self.task, picture.pk, by=self.lukas)
        assignment.finish(self.task, result=Outcome.ACTED, note="Sudah.", by=self.sari)
        with self.assertRaises(TaskEnded):
            dispatch_pictures.remove(self.task, picture.pk, by=self.sari)
        self.assertEqual(len(self.files()), 1)
