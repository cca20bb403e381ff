"""Who wrote: one identity for one person, however they show themselves, and never two persons in one."""

from uuid import UUID

from django.test import TestCase

from reports.identity import people, vault
from reports.identity.models import DataKey, Handle, Identity
from reports.identity.people import Found, Kind, Who

PHONE, NEW_PHONE = "+6281299900001", "+6281299900009"
BSUID, NEW_BSUID = "ID.7000000000000001", "ID.7000000000000009"


def who(scope: str = "contoh", **shown: str) -> Who:
    return Who(scope, **shown)


def identify(**shown: str) -> Found:
    (found,) = people.identify([who(**shown)])
    return found


def current(identity: UUID) -> dict[str, str]:
    """The addresses that are the identity's now, by kind."""
    handles = Handle.objects.filter(identity=identity, retired_at=None)
    return {handle.kind: people.address_of(handle.pk)[1].expose() for handle in handles}


class PeopleTestCase(TestCase):
    def assertSame(self, *found: Found) -> None:
        self.assertEqual(len({one.identity_id for one in found}), 1)

    def assertAnswersGoTo(self, found: Found, address: str) -> None:
        _, value = people.address_of(found.handle_id)
        self.assertEqual(value.expose(), address)


class NewcomerTests(PeopleTestCase):
    def test_a_phone_makes_an_identity_and_finds_it_again(self) -> None:
        first = identify(phone=PHONE)
        self.assertSame(first, identify(phone=PHONE))
        self.assertEqual(current(first.identity_id), {"phone": PHONE})
        self.assertAnswersGoTo(first, PHONE)

    def test_a_business_scoped_id_alone_is_somebody_too(self) -> None:
        first = identify(bsuid=BSUID)
        self.assertSame(first, identify(bsuid=BSUID))
        self.assertEqual(current(first.identity_id), {"bsuid": BSUID})
        self.assertAnswersGoTo(first, BSUID)

    def test_both_together_are_one_person_and_answers_go_to_the_phone(self) -> None:
        first = identify(phone=PHONE, bsuid=BSUID)
        self.assertEqual(current(first.identity_id), {"phone": PHONE, "bsuid": BSUID})
        self.assertAnswersGoTo(first, PHONE)

    def test_afterwards_either_of_the_two_leads_to_them(self) -> None:
        first = identify(phone=PHONE, bsuid=BSUID)
        by_bsuid = identify(bsuid=BSUID)
        self.assertSame(first, identify(phone=PHONE), by_bsuid)
        self.assertAnswersGoTo(by_bsuid, BSUID)

    def test_a_sender_without_number_is_found_by_name(self) -> None:
        first = identify(sender="BANK-CONTOH")
        self.assertSame(first, identify(sender="BANK-CONTOH"))
        self.assertEqual(current(first.identity_id), {"sender": "BANK-CONTOH"})

    def test_other_addresses_are_other_people(self) -> None:
        found = [identify(phone=PHONE), identify(phone=NEW_PHONE), identify(bsuid=BSUID)]
        self.assertEqual(len({one.identity_id for one in found}), 3)

    def test_the_same_value_of_another_kind_is_somebody_else(self) -> None:
        self.assertNotEqual(identify(sender=PHONE).identity_id, identify(phone=PHONE).identity_id)

    def test_stations_do_not_share_people(self) -> None:
        here = identify(phone=PHONE, bsuid=BSUID)
        there = identify(scope="lain", phone=PHONE, bsuid=BSUID)
        self.assertNotEqual(here.identity_id, there.identity_id)
        self.assertEqual(current(here.identity_id), {"phone": PHONE, "bsuid": BSUID})
        self.assertEqual(Handle.objects.filter(retired_at=None).count(), 4)
        self.assertEqual(Handle.objects.values("index").distinct().count(), 4)


class KeptSealedTests(PeopleTestCase):
    def test_addresses_and_names_are_in_no_row(self) -> None:
        identify(phone=PHONE, bsuid=BSUID, name="Wati Contoh")
        handles, identity = list(Handle.objects.all()), Identity.objects.get()
        kept = b"".join(bytes(h.index) + bytes(h.value_sealed) for h in handles)
        kept += bytes(identity.profile_name_sealed)
        for secret in (PHONE, PHONE[1:], BSUID, "Wati"):
            self.assertNotIn(secret.encode(), kept)

    def test_the_profile_name_opens_with_the_identitys_key(self) -> None:
        found = identify(phone=PHONE, name="Wati Contoh")
        sealed = Identity.objects.get().profile_name_sealed
        box = vault.box_of("identity", found.identity_id)
        name = box.open("identity.profile_name", found.identity_id, sealed)
        self.assertEqual(name.expose(), "Wati Contoh")

    def test_without_a_name_nothing_is_sealed_for_it(self) -> None:
        identify(phone=PHONE)
        self.assertEqual(bytes(Identity.objects.get().profile_name_sealed), b"")

    def test_an_address_moved_to_another_row_does_not_open(self) -> None:
        wati, joko = identify(phone=PHONE), identify(phone=NEW_PHONE)
        sealed = Handle.objects.get(pk=joko.handle_id).value_sealed
        Handle.objects.filter(pk=wati.handle_id).update(value_sealed=bytes(sealed))
        with self.assertRaises(vault.Unreadable):
            people.address_of(wati.handle_id)

    def test_without_the_identitys_key_the_address_is_gone(self) -> None:
        found = identify(phone=PHONE)
        DataKey.objects.filter(owner=found.identity_id).delete()
        with self.assertRaises(vault.Unreadable):
            people.address_of(found.handle_id)


class RecognitionTests(PeopleTestCase):
    def test_a_user_name_first_and_later_both(self) -> None:
        hidden = identify(bsuid=BSUID)
        shown = identify(phone=PHONE, bsuid=BSUID)
        self.assertSame(hidden, shown, identify(phone=PHONE))
        self.assertEqual(shown.absorbed, ())
        self.assertAnswersGoTo(shown, PHONE)

    def test_an_sms_first_and_later_whatsapp_with_both(self) -> None:
        sms = identify(phone=PHONE)
        both = identify(phone=PHONE, bsuid=BSUID)
        self.assertSame(sms, both, identify(bsuid=BSUID))
        self.assertEqual(both.absorbed, ())

    def test_a_new_phone_of_a_known_id_replaces_the_old_one(self) -> None:
        first = identify(phone=PHONE, bsuid=BSUID)
        moved = identify(phone=NEW_PHONE, bsuid=BSUID)
        self.assertSame(first, moved, identify(phone=NEW_PHONE))
        self.assertEqual(current(first.identity_id), {"phone": NEW_PHONE, "bsuid": BSUID})
        self.assertAnswersGoTo(moved, NEW_PHONE)

    def test_whoever_has_the_old_phone_afterwards_is_somebody_else(self) -> None:
        first = identify(phone=PHONE, bsuid=BSUID)
        identify(phone=NEW_PHONE, bsuid=BSUID)
        self.assertNotEqual(identify(phone=PHONE).identity_id, first.identity_id)

    def test_the_old_phone_stays_as_history_and_opens(self) -> None:
        first = identify(phone=PHONE, bsuid=BSUID)
        identify(phone=NEW_PHONE, bsuid=BSUID)
        old = Handle.objects.get(pk=first.handle_id)
        self.assertIsNotNone(old.retired_at)
        self.assertAnswersGoTo(first, PHONE)


class WritingToThemTests(PeopleTestCase):
    """An answer goes to an address that is theirs now, of a kind that the channel can write to."""

    KINDS = ("phone", "bsuid")

    def setUp(self) -> None:
        self.first = identify(phone=PHONE, bsuid=BSUID)

    def address(self, *kinds: str) -> str:
        return people.address_of(self.first.handle_id, kinds=kinds or self.KINDS)[1].expose()

    def test_one_that_is_still_theirs_stays(self) -> None:
        self.assertEqual(self.address(), PHONE)

    def test_a_number_that_they_have_given_up_is_replaced_by_their_new_one(self) -> None:
        identify(phone=NEW_PHONE, bsuid=BSUID)
        self.assertEqual(self.address("phone"), NEW_PHONE)

    def test_a_number_that_went_to_somebody_else_is_replaced_by_their_id(self) -> None:
        identify(phone=PHONE, bsuid=NEW_BSUID)
        self.assertEqual(self.address(), BSUID)

    def test_where_the_channel_knows_numbers_only_nobody_else_is_written_to(self) -> None:
        identify(phone=PHONE, bsuid=NEW_BSUID)
        with self.assertRaises(people.NoAddress):
            self.address("phone", "sender")


class NextOwnerTests(PeopleTestCase):
    """The same number with another business-scoped id: the SIM has a new owner, who inherits nothing."""

    def setUp(self) -> None:
        self.former = identify(phone=PHONE, bsuid=BSUID)

    def test_it_is_a_new_identity(self) -> None:
        owner = identify(phone=PHONE, bsuid=NEW_BSUID)
        self.assertNotEqual(owner.identity_id, self.former.identity_id)
        self.assertEqual(owner.absorbed, ())
        self.assertEqual(current(owner.identity_id), {"phone": PHONE, "bsuid": NEW_BSUID})

    def test_the_number_is_theirs_from_now_on(self) -> None:
        self.assertSame(identify(phone=PHONE, bsuid=NEW_BSUID), identify(phone=PHONE))

    def test_the_former_owner_keeps_id_and_history(self) -> None:
        identify(phone=PHONE, bsuid=NEW_BSUID)
        self.assertSame(self.former, identify(bsuid=BSUID))
        self.assertEqual(current(self.former.identity_id), {"bsuid": BSUID})
        self.assertEqual(Handle.objects.filter(identity=self.former.identity_id).count(), 2)

    def test_a_known_id_that_takes_the_number_absorbs_nobody(self) -> None:
        other = identify(bsuid=NEW_BSUID)
        owner = identify(phone=PHONE, bsuid=NEW_BSUID)
        self.assertSame(other, owner)
        self.assertEqual(owner.absorbed, ())
        self.assertEqual(current(self.former.identity_id), {"bsuid": BSUID})

    def test_the_number_may_come_back(self) -> None:
        identify(phone=PHONE, bsuid=NEW_BSUID)
        back = identify(phone=PHONE, bsuid=BSUID)
        self.assertSame(self.former, back)
        self.assertAnswersGoTo(back, PHONE)


class ProvenOneTests(PeopleTestCase):
    def setUp(self) -> None:
        self.by_phone, self.by_bsuid = identify(phone=PHONE), identify(bsuid=BSUID)

    def test_two_identities_that_one_payload_shows_together_become_one(self) -> None:
        both = identify(phone=PHONE, bsuid=BSUID)
        self.assertEqual(both.identity_id, self.by_bsuid.identity_id)
        self.assertEqual(both.absorbed, (self.by_phone.identity_id,))
        self.assertAnswersGoTo(both, PHONE)

    def test_it_is_told_once(self) -> None:
        identify(phone=PHONE, bsuid=BSUID)
        self.assertEqual(identify(phone=PHONE, bsuid=BSUID).absorbed, ())

    def test_afterwards_the_phone_leads_to_the_survivor(self) -> None:
        identify(phone=PHONE, bsuid=BSUID)
        self.assertSame(self.by_bsuid, identify(phone=PHONE))

    def test_what_was_answered_to_before_still_opens(self) -> None:
        identify(phone=PHONE, bsuid=BSUID)
        self.assertAnswersGoTo(self.by_phone, PHONE)


class WhoTests(TestCase):
    def test_an_address_is_found_only_with_the_key(self) -> None:
        self.assertNotIn(PHONE.encode(), who(phone=PHONE).indexes[Kind.PHONE])

    def test_answers_go_to_the_phone_then_the_id_then_the_name(self) -> None:
        self.assertEqual(who(phone=PHONE, bsuid=BSUID).answer_to, Kind.PHONE)
        self.assertEqual(who(bsuid=BSUID, sender="x").answer_to, Kind.BSUID)
        self.assertEqual(who(sender="x").answer_to, Kind.SENDER)
