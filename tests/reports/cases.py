"""The test cases of reports: with a station, and with transactions that really commit; and what their tests ask."""

from datetime import datetime, timedelta
from unittest import mock

import time_machine
from django.http import QueryDict
from django.test import TransactionTestCase
from django.utils import timezone

from operators.models import Operator
from reports import bell, inbox, jobs
from reports.identity import people as people_of_the_wall
from reports.identity import vault
from reports.models import InboxEntry, Message, Report, Station
from tests import people
from tests.cases import BehindProxy, PolresTestCase
from tests.samples import Params


class StationTestCase(PolresTestCase):
    """A station with numbers and words, and Rina, who works its desk."""

    station: Station
    rina: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        cls.station = people.station()
        cls.rina = people.operator(cls.station, username="rina")

    def travel(self, to: datetime | timedelta) -> datetime:
        """Stop the clock at this time, or so much later than it is now, until the end of the test."""
        then = timezone.now() + to if isinstance(to, timedelta) else to
        traveller = time_machine.travel(then, tick=False)
        traveller.start()
        self.addCleanup(traveller.stop)
        return then


class CommittedTestCase(TransactionTestCase):
    """For what happens at COMMIT: constraints, jobs rung on commit, several threads. `self.rings` as in PolresTestCase."""

    client_class = BehindProxy

    def setUp(self) -> None:
        super().setUp()
        self.rings: list[tuple[str, ...]] = []
        patched = mock.patch.object(bell, "ring", lambda *ring: self.rings.append(ring))
        patched.start()
        self.addCleanup(patched.stop)


def put_away(params: Params, at: datetime | None = None) -> InboxEntry:
    """Put a message into the inbox, as the webhook does after it has checked the signature."""
    form = QueryDict(mutable=True)
    form.update(params)
    inbox.put(InboxEntry.Kind.MESSAGE, form, QueryDict(), at=at or timezone.now())
    return InboxEntry.objects.get(kind="message", provider_id=params["MessageSid"])


def arrive(*messages: Params) -> list[Message]:
    """These messages wait together and are understood together, a second apart; as they are then, in this order."""
    began = timezone.now() - timedelta(seconds=len(messages))
    for second, params in enumerate(messages):
        put_away(params, began + timedelta(seconds=second))
    jobs.drain_inbox(seconds=None)
    sids = [params["MessageSid"] for params in messages]
    known = Message.objects.select_related("report", "reporter", "contact").in_bulk(
        sids, field_name="provider_sid"
    )
    return [known[sid] for sid in sids]


def body_of(message: Message) -> str:
    box = vault.box_of("content", message.report_id)
    return box.open("message.body", message.pk, message.body_sealed).expose()


def opening_of(report: Report) -> str:
    report.refresh_from_db()
    box = vault.box_of("content", report.pk)
    return box.open("report.opening", report.pk, report.opening_sealed).expose()


def address_of(message: Message) -> str:
    """Where an answer to this message goes, or this answer goes to."""
    return people_of_the_wall.address_of(message.contact.handle_id)[1].expose()
