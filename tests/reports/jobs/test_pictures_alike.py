"""The same picture from two people: whichever is fetched last names the other's report."""

from reports import findings, jobs
from reports.findings import Suggested
from reports.models.finding import Enricher
from tests import hostile, photos, samples
from tests.reports.jobs.fetching_cases import FetchingCase

STREET = photos.noise(9, 8).resize((640, 480))
AS_SENT = photos.encoded(STREET, quality=90)
PASSED_ON = photos.encoded(STREET.resize((480, 360)), quality=60)
ANOTHER = photos.encoded(STREET.rotate(180), quality=90)


class PicturesAlikeTests(FetchingCase):
    def named(self, one: bytes, other: bytes, *, first: int = 0) -> list[Suggested]:
        """What the second report is told of the first when their pictures come in this order; or the other way round."""
        sent = [self.sent(), self.sent(by=samples.JOKO)]
        jobs.enrich()
        pictures = [one, other]
        for which in (first, 1 - first):
            due = sent[1 - which]
            type(due).objects.filter(pk=due.pk).update(due_at=None)
            self.provider(hostile.giving(pictures[which]))
            jobs.fetch()
            waiting = type(due).objects.filter(pk=due.pk, state="waiting")
            waiting.update(due_at=sent[which].message.at)
        last = sent[1 - first].message.report
        self.other = sent[first].message.report
        return [
            candidate
            for found in findings.of(last, by=self.rina)
            if found.finding.enricher == Enricher.DUPLICATE and found.finding.attachment_id
            for candidate in found.candidates
        ]

    def test_a_picture_passed_on_is_known_again(self) -> None:
        (candidate,) = self.named(AS_SENT, PASSED_ON)
        self.assertEqual(candidate.value["report"], str(self.other.pk))
        self.assertIn("foto mirip", candidate.reason)

    def test_also_when_that_of_the_earlier_report_is_fetched_later(self) -> None:
        (candidate,) = self.named(AS_SENT, PASSED_ON, first=1)
        self.assertEqual(candidate.value["report"], str(self.other.pk))

    def test_another_picture_is_not(self) -> None:
        self.assertEqual(self.named(AS_SENT, ANOTHER), [])
