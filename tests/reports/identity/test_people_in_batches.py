"""Who wrote, many at once: the same answers as one by one, for a constant number of queries."""

from typing import Any
from unittest import mock

from django.db import IntegrityError

from reports.identity import people
from reports.identity.models import Handle, Identity
from reports.identity.people import Found
from tests.reports.identity.test_people import (
    BSUID,
    NEW_PHONE,
    PHONE,
    PeopleTestCase,
    identify,
    who,
)


class BatchTests(PeopleTestCase):
    def batch(self, *senders: dict[str, str]) -> list[Found]:
        return people.identify([who(**shown) for shown in senders])

    def test_the_same_new_sender_twice_is_one_identity(self) -> None:
        self.assertSame(*self.batch({"phone": PHONE}, {"phone": PHONE}))
        self.assertEqual(Identity.objects.count(), 1)

    def test_a_new_sender_first_hidden_then_shown_is_one_identity(self) -> None:
        found = self.batch({"bsuid": BSUID}, {"phone": PHONE, "bsuid": BSUID}, {"phone": PHONE})
        self.assertSame(*found)

    def test_they_come_back_in_the_order_given(self) -> None:
        wati, joko = identify(phone=PHONE), identify(phone=NEW_PHONE)
        found = self.batch({"phone": NEW_PHONE}, {"bsuid": BSUID}, {"phone": PHONE})
        self.assertEqual(
            [one.identity_id for one in found[::2]], [joko.identity_id, wati.identity_id]
        )

    def test_two_proven_one_inside_the_batch(self) -> None:
        by_phone, by_bsuid, both = self.batch(
            {"phone": PHONE}, {"bsuid": BSUID}, {"phone": PHONE, "bsuid": BSUID}
        )
        self.assertSame(by_bsuid, both)
        self.assertEqual(both.absorbed, (by_phone.identity_id,))

    def test_an_old_phone_in_the_batch_of_its_change_is_somebody_new(self) -> None:
        first = identify(phone=PHONE, bsuid=BSUID)
        moved, stranger = self.batch({"phone": NEW_PHONE, "bsuid": BSUID}, {"phone": PHONE})
        self.assertSame(first, moved)
        self.assertNotEqual(stranger.identity_id, first.identity_id)

    def test_known_senders_cost_one_query_however_many(self) -> None:
        for count in (1, 40):
            senders = [who(phone=f"+62812999{n:05}") for n in range(count)]
            people.identify(senders)
            with self.subTest(count=count), self.assertNumQueries(3):
                # One to look, two for the savepoint around it.
                people.identify(senders)

    def test_newcomers_cost_the_same_however_many(self) -> None:
        for count in (1, 40):
            senders = [who(phone=f"+62813{count:03}{n:05}", name="x") for n in range(count)]
            with self.subTest(count=count), self.assertNumQueries(6):
                people.identify(senders)

    def test_nobody_is_nobody(self) -> None:
        self.assertEqual(people.identify([]), [])


class AtTheSameMomentTests(PeopleTestCase):
    """Another worker writes the same newcomer between our look and our INSERT."""

    def interfering(self, times: int) -> Any:
        insert, left = people._insert, [times]

        def late(handles: Any) -> None:
            if left[0]:
                left[0] -= 1
                raise IntegrityError
            insert(handles)

        return mock.patch.object(people, "_insert", late)

    def test_it_is_tried_again_from_the_start(self) -> None:
        with self.interfering(times=2):
            found = identify(phone=PHONE)
        self.assertEqual(Identity.objects.count(), 1)
        self.assertAnswersGoTo(found, PHONE)

    def test_not_for_ever(self) -> None:
        with self.interfering(times=9), self.assertRaises(IntegrityError):
            identify(phone=PHONE)

    def test_an_address_has_one_owner_at_a_time(self) -> None:
        found = identify(phone=PHONE)
        handle = Handle.objects.get(pk=found.handle_id)
        other = identify(phone=NEW_PHONE)
        with self.assertRaises(IntegrityError):
            Handle.objects.filter(pk=other.handle_id).update(index=bytes(handle.index))
