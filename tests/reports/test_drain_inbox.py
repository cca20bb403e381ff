"""drain_inbox processes what waits and says what became of it."""

from io import StringIO

from django.core.management import call_command
from django.http import QueryDict
from django.utils import timezone

from reports import inbox
from reports.models import InboxEntry, Message
from tests import people, samples
from tests.cases import PolresTestCase


class DrainInboxTests(PolresTestCase):
    def drain(self) -> str:
        said = StringIO()
        call_command("drain_inbox", stdout=said)
        return said.getvalue()

    def put(self, params: samples.Params) -> None:
        posted = QueryDict(mutable=True)
        posted.update(params)
        inbox.put(InboxEntry.Kind.MESSAGE, posted, QueryDict(), at=timezone.now())

    def test_it_drains_until_nothing_is_due_and_counts_by_outcome(self) -> None:
        people.station(answers=False)
        for _ in range(3):
            self.put(samples.text())
        self.put(samples.text(To="whatsapp:+628000000000"))
        self.assertEqual(self.drain(), "inbox drained: message 3, parked 1\n")
        self.assertEqual(Message.objects.count(), 3)

    def test_an_empty_inbox_is_said_to_be_empty(self) -> None:
        self.assertEqual(self.drain(), "inbox drained: nothing was due\n")
