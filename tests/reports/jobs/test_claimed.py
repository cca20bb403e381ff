"""A claim lives while somebody is at it, and not much longer."""

import time
from datetime import timedelta

from django.test import override_settings
from django.utils import timezone

from reports.jobs import claimed
from reports.models import Attachment
from tests import people, samples
from tests.reports.cases import CommittedTestCase
from tests.servers import wait_until

OFTEN = timedelta(milliseconds=50)


@override_settings(MEDIA_RENEWED_EVERY=OFTEN, MEDIA_LONGEST=timedelta(seconds=20))
class KeptTests(CommittedTestCase):
    def setUp(self) -> None:
        super().setUp()
        people.station()
        people.message(samples.picture())
        due_at = Attachment.objects.get().due_at
        assert due_at is not None
        claim = claimed.claim(Attachment.objects.get().pk, due_at)
        assert claim is not None
        self.claim = claim

    def until(self) -> object:
        return Attachment.objects.get().due_at

    def test_it_is_renewed_while_somebody_is_at_it(self) -> None:
        before = self.until()
        with claimed.kept(self.claim):
            wait_until(lambda: self.until() != before, 10, what="renewed")
        self.assertTrue(claimed.put_off(self.claim, "", after=OFTEN))

    def test_afterwards_it_is_not(self) -> None:
        with claimed.kept(self.claim):
            time.sleep(0.1)
        before = self.until()
        time.sleep(0.2)
        self.assertEqual(self.until(), before)

    def test_one_that_was_taken_over_is_left_alone(self) -> None:
        theirs = timezone.now() + timedelta(hours=1)
        with claimed.kept(self.claim):
            Attachment.objects.update(due_at=theirs)
            time.sleep(0.2)
        self.assertEqual(self.until(), theirs)
        self.assertFalse(claimed.put_off(self.claim, "", after=OFTEN))

    @override_settings(MEDIA_LONGEST=OFTEN * 2)
    def test_whoever_hangs_loses_it_in_the_end(self) -> None:
        with claimed.kept(self.claim):
            time.sleep(0.3)
            before = self.until()
            time.sleep(0.2)
            self.assertEqual(self.until(), before)
