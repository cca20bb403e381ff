"""A unit's photo goes with the answer to everybody who reported an incident: each once, the words alone where no picture
can go."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from reports import incident_answers, incidents, jobs, pictures
from reports.identity import blobs
from reports.models import Incident, IncidentAnswer, Message, Proof, Report
from reports.proofs import AlreadyUsed, ProofGone
from reports.replies import TextUnfit
from tests import people, photos, samples
from tests.operators.desk.cases import words
from tests.reports.cases import body_of
from tests.reports.test_proofs import WORDS, ProofTestCase


class PhotoForAllTestCase(ProofTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.other = people.report(samples.text(by=samples.JOKO))
        self.by_sms = people.report(
            samples.sms("Brong lagi", by=samples.Citizen("S", "+628127770009"))
        )
        self.incident = self.linked(self.other, self.by_sms)

    def linked(self, *others: Report) -> Incident:
        for one in others:
            incident = incidents.link(one, self.report, by=self.rina)
        return incident

    def answer(self, **given: Any) -> IncidentAnswer:
        known: dict[str, Any] = {"by": self.rina, "picture_id": self.photo.pk}
        made = incident_answers.answer(self.incident, WORDS, **(known | given))
        jobs.answer_incidents(seconds=None)
        return made

    def sent(self, report: Report) -> Message:
        message: Message = Message.objects.filter(report=report, author=self.rina).latest("at")
        self.assertEqual(body_of(message), WORDS)
        return message


class VerbTests(PhotoForAllTestCase):
    def test_everybody_gets_the_photo_and_whoever_writes_sms_the_words(self) -> None:
        self.answer()
        for report in (self.report, self.other):
            (outgoing,) = pictures.of(self.sent(report))
            self.assertEqual(
                photos.shown(pictures.read(outgoing)).size, (self.photo.width, self.photo.height)
            )
        self.assertEqual(pictures.of(self.sent(self.by_sms)), [])
        self.assertEqual(Proof.objects.filter(picture=self.photo).count(), 2)

    def test_who_has_had_the_photo_gets_the_words(self) -> None:
        self.send()
        self.travel(timedelta(minutes=1))
        self.answer()
        self.assertEqual(pictures.of(self.sent(self.report)), [])
        self.assertEqual(len(pictures.of(self.sent(self.other))), 1)
        self.assertEqual(Proof.objects.filter(report=self.report).count(), 1)

    def test_whoever_joins_later_gets_both(self) -> None:
        self.answer(standing=True)
        late = people.report(samples.text(by=samples.Citizen("L", "+628127770010")))
        incidents.link(late, self.incident, by=self.rina)
        jobs.answer_incidents(seconds=None)
        self.assertEqual(len(pictures.of(self.sent(late))), 1)

    def test_a_photo_that_served_elsewhere_is_refused_before_anybody_is_written_to(self) -> None:
        self.send()
        incidents.unlink(self.report, by=self.rina)
        elsewhere = people.report(samples.text(by=samples.Citizen("E", "+628127770011")))
        incident = incidents.link(elsewhere, self.other, by=self.rina)
        with self.assertRaises(ProofGone):
            incident_answers.answer(incident, WORDS, picture_id=self.photo.pk, by=self.rina)
        Proof.objects.update(report=elsewhere)
        incidents.unlink(elsewhere, by=self.rina)
        incidents.link(self.report, self.other, by=self.rina)
        with self.assertRaises(AlreadyUsed):
            self.answer()
        self.assertFalse(IncidentAnswer.objects.exists())

    def test_with_a_photo_the_words_are_a_caption_and_no_longer(self) -> None:
        with self.assertRaisesMessage(TextUnfit, "paling banyak 1024"):
            incident_answers.answer(
                self.incident,
                "x" * (pictures.CAPTION_LIMIT + 1),
                picture_id=self.photo.pk,
                by=self.rina,
            )

    def test_one_that_does_not_open_fails_for_all_and_leaves_no_file(self) -> None:
        blobs.remove(self.photo.pk)
        made = self.answer()
        failures = set(made.deliveries.values_list("failure", flat=True))
        self.assertEqual(failures, {"", "unreadable"})
        self.assertFalse(Proof.objects.exists())


class PageTests(PhotoForAllTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.rina)

    def page(self) -> Any:
        return self.client.get(self.incident.get_absolute_url())

    def test_it_is_chosen_on_the_page_and_shown_in_the_ledger(self) -> None:
        thumbnail = reverse(
            "desk:dispatch-picture-thumbnail", args=[self.report.number, self.photo.pk]
        )
        page = self.page()
        self.assertContains(page, thumbnail, 1)
        self.assertIn("Tanpa foto", words(page))
        address = reverse("desk:answer-incident", args=[self.incident.number])
        self.client.post(address, {"text": WORDS, "picture": str(self.photo.pk)})
        self.assertContains(self.page(), thumbnail, 2)
        self.assertEqual(self.incident.answers.get().picture, self.photo)

    def test_without_a_photo_nothing_is_asked(self) -> None:
        self.photo.delete()
        self.assertNotIn("Tanpa foto", words(self.page()))

    def test_one_that_is_none_of_the_incidents_is_refused_with_what_was_typed(self) -> None:
        address = reverse("desk:answer-incident", args=[self.incident.number])
        answer = self.client.post(address, {"text": WORDS, "picture": str(self.report.pk)})
        self.assertEqual(answer.status_code, 409)
        self.assertIn("Foto ini sudah tidak ada", words(answer))
        self.assertIn(WORDS, words(answer))
        answer = self.client.post(address, {"text": WORDS, "picture": "x"})
        self.assertEqual(answer.status_code, 422)

    def test_after_undoing_nothing_has_gone(self) -> None:
        made = incident_answers.answer(
            self.incident, WORDS, picture_id=self.photo.pk, held=timedelta(seconds=10), by=self.rina
        )
        incident_answers.withdraw(made, by=self.rina)
        self.travel(timedelta(seconds=11))
        jobs.answer_incidents(seconds=None)
        self.assertFalse(Proof.objects.exists())
