"""A unit's photo goes back to the reporter: clean, once, of this place and time, and with the question behind it."""

from datetime import timedelta

from django.utils import timezone

from reports import answering, assignment, dispatch_pictures, pictures, proofs
from reports.actors import NotAllowed
from reports.imaging import Clean
from reports.models import DispatchPicture, Feedback, Incident, Message, Picture, Proof, Report
from reports.models.event import EventKind
from reports.models.message import Delivery
from reports.proofs import AlreadyUsed, Doubt, ProofGone
from reports.replies import Unfilled, WindowClosed
from tests import people, photos, samples
from tests.reports.cases import body_of
from tests.reports.test_assignment import AssignmentTestCase

WORDS = "Sudah kami bubarkan. Ini keadaan sekarang."


class ProofTestCase(AssignmentTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.task = assignment.accept(self.assign(), by=self.sari)
        self.photo = self.take(photos.jpeg(401))
        self.travel(timedelta(minutes=20))

    def take(self, data: bytes) -> DispatchPicture:
        return dispatch_pictures.add(self.task, data, by=self.sari)

    def send(self, **changes: object) -> Message:
        given: dict[str, object] = {"by": self.rina}
        return proofs.send(
            self.now_is(),
            self.photo.pk,
            WORDS,
            **(given | changes),  # type: ignore[arg-type]
        )


class SendTests(ProofTestCase):
    def test_the_reporter_gets_the_photo_with_the_words(self) -> None:
        message = self.send()
        self.assertEqual((body_of(message), message.author_id), (WORDS, self.rina.pk))
        (outgoing,) = pictures.of(message)
        self.assertEqual(pictures.read(outgoing), dispatch_pictures.read(self.photo))
        self.assertLessEqual(outgoing.byte_size, 5_000_000)

    def test_it_is_kept_which_photo_of_whom_went_out(self) -> None:
        message = self.send()
        proof = Proof.objects.get()
        self.assertEqual(
            (proof.message, proof.picture.by, proof.by), (message, self.sari, self.rina)
        )
        event = self.report.events.get(kind=EventKind.PROOF_SENT)
        self.assertEqual((event.data["unit"], event.data["officer"]), ("Samapta", str(self.sari)))

    def test_nothing_of_the_camera_goes_along(self) -> None:
        self.photo = self.take(photos.jpeg(402, exif=photos.telltale()))
        (outgoing,) = pictures.of(self.send())
        self.assertEqual(dict(photos.shown(pictures.read(outgoing)).getexif()), {})

    def test_a_photo_goes_to_a_reporter_once(self) -> None:
        self.send()
        with self.assertRaises(AlreadyUsed):
            self.send()
        self.assertEqual(Picture.objects.count(), 1)

    def test_one_that_was_withdrawn_may_be_sent_after_all(self) -> None:
        message = self.send(held=timedelta(seconds=10))
        answering.withdraw(message, by=self.rina)
        self.send()
        self.assertEqual(Proof.objects.count(), 2)

    def test_a_photo_of_another_report_is_none_of_this(self) -> None:
        other = people.report(samples.text(by=samples.JOKO))
        with self.assertRaises(ProofGone):
            proofs.send(other, self.photo.pk, WORDS, by=self.rina)

    def test_what_the_desk_gave_along_is_no_proof(self) -> None:
        DispatchPicture.objects.filter(pk=self.photo.pk).update(origin="desk")
        with self.assertRaises(ProofGone):
            self.send()

    def test_words_that_are_not_filled_in_are_not_sent_and_leave_no_file(self) -> None:
        with self.assertRaises(Unfilled):
            proofs.send(self.now_is(), self.photo.pk, "Di {tempat}", by=self.rina)
        self.assertFalse(Picture.objects.exists() or Proof.objects.exists())

    def test_after_the_24_hours_no_photo_goes_out(self) -> None:
        self.travel(timedelta(hours=25))
        with self.assertRaises(WindowClosed):
            self.send()
        self.assertFalse(Picture.objects.exists())

    def test_only_the_desk_sends_one(self) -> None:
        with self.assertRaises(NotAllowed):
            self.send(by=self.sari)


class UsedTests(ProofTestCase):
    def another(self, data: bytes) -> tuple[Report, DispatchPicture]:
        """Another report, and a photo of its own unit's."""
        report = people.report(samples.text(by=samples.JOKO))
        task = assignment.assign(report, to=self.lantas, brief="Cek.", by=self.rina)
        photo = dispatch_pictures.add(task, data, by=self.lukas)
        return Report.objects.get(pk=report.pk), photo

    def test_a_copy_of_a_proof_is_refused_elsewhere(self) -> None:
        street = photos.noise(9, 8).resize((600, 450))
        self.photo = self.take(photos.encoded(street))
        self.send()
        smaller = photos.encoded(street.resize((300, 225)), quality=60)
        report, copy = self.another(smaller)
        with self.assertRaises(AlreadyUsed):
            proofs.send(report, copy.pk, WORDS, by=self.rina)

    def test_another_photo_is_fine(self) -> None:
        self.send()
        report, other = self.another(photos.encoded(photos.noise(300, 200)))
        proofs.send(report, other.pk, WORDS, by=self.rina)
        self.assertEqual(Proof.objects.count(), 2)

    def test_within_one_incident_it_goes_to_everybody_who_reported_it(self) -> None:
        other = people.report(samples.text(by=samples.JOKO))
        incident = Incident.objects.create(
            number="CTH-K2611-00001",
            station=self.station,
            opened_at=timezone.now(),
            opened_by=self.rina,
        )
        Report.objects.filter(pk__in=[self.report.pk, other.pk]).update(incident=incident)
        self.send()
        proofs.send(Report.objects.get(pk=other.pk), self.photo.pk, WORDS, by=self.rina)
        self.assertEqual(Proof.objects.filter(picture=self.photo).count(), 2)


class OfferTests(ProofTestCase):
    def offered(self) -> proofs.Offer:
        return proofs.offers(self.now_is(), by=self.rina)[0]

    def said(self, **about: object) -> None:
        """What the photo says of itself."""
        told = dispatch_pictures.About(**about)  # type: ignore[arg-type]
        clean = Clean(dispatch_pictures.read(self.photo), 401, 300)
        DispatchPicture.objects.filter(pk=self.photo.pk).delete()
        dispatch_pictures._store(self.photo, clean, told)

    def test_a_photo_without_a_note_says_neither_when_nor_where(self) -> None:
        self.assertEqual(self.offered().doubts, (Doubt.UNKNOWN_TIME, Doubt.UNKNOWN_PLACE))

    def test_one_from_before_the_report_is_doubted(self) -> None:
        self.said(
            taken_at=self.report.received_at - timedelta(hours=1), latitude=-7.4, longitude=111.0
        )
        self.assertEqual(self.offered().doubts, (Doubt.BEFORE,))

    def test_one_from_far_away_is_doubted(self) -> None:
        Report.objects.filter(pk=self.report.pk).update(latitude=-7.42, longitude=111.02)
        self.said(taken_at=timezone.now(), latitude=-7.45, longitude=111.02)
        offer = self.offered()
        self.assertEqual(offer.doubts, (Doubt.FAR,))
        assert offer.distance_km is not None
        self.assertAlmostEqual(offer.distance_km, 3.34, places=1)

    def test_one_of_this_place_and_time_is_not(self) -> None:
        Report.objects.filter(pk=self.report.pk).update(latitude=-7.42, longitude=111.02)
        self.said(taken_at=timezone.now(), latitude=-7.421, longitude=111.02)
        self.assertEqual(self.offered().doubts, ())

    def test_it_is_told_whether_the_reporter_has_had_it(self) -> None:
        self.assertFalse(self.offered().is_sent)
        self.send()
        self.assertTrue(self.offered().is_sent)

    def test_many_photos_take_as_many_questions_as_one(self) -> None:
        report = self.now_is()
        with self.assertNumQueries(3):
            proofs.offers(report, by=self.rina)
        for width in range(410, 414):
            self.take(photos.jpeg(width))
        with self.assertNumQueries(3):
            proofs.offers(report, by=self.rina)


class AskingTests(ProofTestCase):
    def test_the_question_goes_with_the_photo(self) -> None:
        message = self.send(asks=True)
        self.assertEqual(body_of(message), f"{WORDS} Sudah beres? 1 sudah, 2 belum.")
        self.assertEqual(Feedback.objects.get().question, message)

    def test_withdrawn_it_was_never_asked(self) -> None:
        message = self.send(asks=True, held=timedelta(seconds=10))
        answering.withdraw(message, by=self.rina)
        message.refresh_from_db()
        self.assertEqual(message.status, Delivery.CANCELLED)
        self.send(asks=True)
        self.assertEqual(Feedback.objects.count(), 2)
