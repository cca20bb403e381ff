"""What arrived is put away before anything is understood: once, sealed, whatever it is."""

from datetime import timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone

from reports import inbox
from reports.identity import vault
from reports.inbox import Kept
from reports.models import InboxEntry
from tests import samples
from tests.cases import PolresTestCase
from tests.reports.cases import CommittedTestCase
from tests.samples import Params

MESSAGE, STATUS = InboxEntry.Kind.MESSAGE, InboxEntry.Kind.STATUS


def form(params: Params | str) -> QueryDict:
    if isinstance(params, str):
        return QueryDict(params)
    made = QueryDict(mutable=True)
    made.update(params)
    return made


def put(params: Params | str, kind: InboxEntry.Kind = MESSAGE, query: str = "") -> Kept:
    return inbox.put(kind, form(params), QueryDict(query), at=timezone.now())


class PutTests(PolresTestCase):
    def test_a_message_becomes_one_row_by_its_id(self) -> None:
        params = samples.text()
        with self.assertNumQueries(1):
            self.assertIs(put(params), Kept.STORED)
        entry = InboxEntry.objects.get()
        self.assertEqual((entry.kind, entry.provider_id), (MESSAGE, params["MessageSid"]))
        self.assertEqual((entry.tries, entry.processed_at, entry.parked_at), (0, None, None))

    def test_it_is_due_since_it_arrived(self) -> None:
        at = timezone.now() - timedelta(hours=3)
        inbox.put(MESSAGE, form(samples.text()), QueryDict(), at=at)
        entry = InboxEntry.objects.get()
        self.assertEqual((entry.received_at, entry.due_at), (at, at))

    def test_the_status_of_a_message_is_no_part_of_its_name(self) -> None:
        put(samples.text())
        self.assertEqual(InboxEntry.objects.get().provider_status, "")

    def test_a_receipt_is_named_by_id_and_status(self) -> None:
        params = samples.status("delivered", "SM1")
        self.assertIs(put(params, STATUS), Kept.STORED)
        entry = InboxEntry.objects.get()
        self.assertEqual((entry.provider_id, entry.provider_status), ("SM1", "delivered"))

    def test_older_names_of_id_and_status_will_do(self) -> None:
        put(samples.status("sent", "SM7", MessageSid=None, MessageStatus=None), STATUS)
        entry = InboxEntry.objects.get()
        self.assertEqual((entry.provider_id, entry.provider_status), ("SM7", "sent"))

    def test_every_status_of_a_message_is_kept(self) -> None:
        for word in ("queued", "sent", "delivered", "read"):
            put(samples.status(word, "SM1"), STATUS)
        self.assertEqual(InboxEntry.objects.count(), 4)

    def test_a_message_and_a_receipt_of_the_same_id_are_two_things(self) -> None:
        put(samples.text(MessageSid="SM1"))
        put(samples.status("sent", "SM1"), STATUS)
        self.assertEqual(InboxEntry.objects.count(), 2)

    def test_every_sample_is_kept(self) -> None:
        for name, sample in samples.SAMPLES.items():
            with self.subTest(sample=name):
                self.assertIs(put(sample()), Kept.STORED)


class SealedTests(PolresTestCase):
    def test_nothing_of_it_can_be_read_in_the_row(self) -> None:
        put(samples.text("burung-kenari-7731"))
        sealed = bytes(InboxEntry.objects.get().payload_sealed)
        for secret in (b"kenari", b"81299900001", b"Wati", b"Body", b"From"):
            self.assertNotIn(secret, sealed)

    def test_it_reads_back_as_it_came(self) -> None:
        params = samples.text("  Tolong 🙏\r\n", NewIn2027="x", Empty="")
        put(params, query="m=1&t=a%2Cb")
        payload = inbox.read(InboxEntry.objects.get())
        self.assertEqual(payload.params, params)
        self.assertEqual(payload.query, {"m": "1", "t": "a,b"})

    def test_of_a_repeated_name_the_last_value_counts(self) -> None:
        put("MessageSid=SM1&Digits=1&Digits=2", query="m=1&m=2")
        payload = inbox.read(InboxEntry.objects.get())
        self.assertEqual((payload.params["Digits"], payload.query), ("2", {"m": "2"}))

    def test_moved_to_another_entry_it_does_not_open(self) -> None:
        put(samples.text())
        put(samples.text())
        one, other = InboxEntry.objects.all()
        one.payload_sealed = other.payload_sealed
        with self.assertRaises(vault.Unreadable):
            inbox.read(one)


class IdTests(PolresTestCase):
    """An id that is missing or has no sane form is replaced by a digest, equal for equal calls."""

    def only_id(self) -> str:
        return InboxEntry.objects.get().provider_id

    def test_a_message_without_an_id_is_kept(self) -> None:
        put(samples.text(MessageSid=None, SmsSid=None))
        self.assertRegex(self.only_id(), r"^x[0-9a-f]{32}$")

    def test_two_different_ones_without_an_id_are_two(self) -> None:
        put(samples.text("satu", MessageSid=None, SmsSid=None))
        put(samples.text("dua", MessageSid=None, SmsSid=None))
        self.assertEqual(InboxEntry.objects.count(), 2)

    def test_an_id_that_is_too_long_is_digested_whole(self) -> None:
        long = "SM" + "a" * 200
        put(samples.text(MessageSid=long + "1"))
        put(samples.text(MessageSid=long + "2"))
        ids = set(InboxEntry.objects.values_list("provider_id", flat=True))
        self.assertEqual(len(ids), 2)
        self.assertTrue(all(len(one) == 33 for one in ids))

    def test_an_id_with_signs_that_no_column_takes_is_digested(self) -> None:
        for strange in ("SM\0", "SMé", "SM\n1", "SM\ud7ff", "\u202e"):
            with self.subTest(id=strange):
                InboxEntry.objects.all().delete()
                put(samples.text(MessageSid=strange))
                self.assertRegex(self.only_id(), r"^x[0-9a-f]{32}$")

    def test_a_status_that_is_too_long_or_strange_is_digested(self) -> None:
        for strange in ("d" * 33, "deli\0vered"):
            with self.subTest(status=strange):
                InboxEntry.objects.all().delete()
                put(samples.status("sent", MessageStatus=strange), STATUS)
                self.assertRegex(InboxEntry.objects.get().provider_status, r"^x[0-9a-f]{31}$")

    def test_an_id_of_just_the_length_stays(self) -> None:
        put(samples.text(MessageSid="S" * 64))
        self.assertEqual(self.only_id(), "S" * 64)

    def test_the_digest_does_not_tell_what_was_sent(self) -> None:
        put(samples.text(MessageSid=None, SmsSid=None))
        self.assertNotIn("81299900001", self.only_id())


class DuplicateTests(CommittedTestCase):
    def test_the_same_call_again_changes_nothing(self) -> None:
        params = samples.text()
        put(params)
        before = InboxEntry.objects.values().get()
        self.assertIs(put(params), Kept.KNOWN)
        self.assertIs(put(params | {"Body": "other words"}), Kept.KNOWN)
        self.assertEqual(InboxEntry.objects.values().get(), before)

    def test_the_fallback_of_a_known_message_is_known(self) -> None:
        params = samples.text()
        put(params)
        self.assertIs(put(samples.fallback(params)), Kept.KNOWN)

    def test_a_call_without_an_id_again_is_known(self) -> None:
        params = samples.text(MessageSid=None, SmsSid=None)
        put(params)
        self.assertIs(put(params), Kept.KNOWN)

    def test_a_receipt_again_is_known(self) -> None:
        put(samples.status("sent", "SM1"), STATUS)
        self.assertIs(put(samples.status("sent", "SM1"), STATUS), Kept.KNOWN)

    def test_one_that_was_understood_long_ago_is_known(self) -> None:
        params = samples.text()
        put(params)
        InboxEntry.objects.update(processed_at=timezone.now(), payload_sealed=b"")
        self.assertIs(put(params), Kept.KNOWN)

    def test_the_database_itself_is_the_guard(self) -> None:
        put(samples.text(MessageSid="SM1"))
        now = timezone.now()
        again = InboxEntry(id=uuid4(), kind=MESSAGE, provider_id="SM1", received_at=now, due_at=now)
        with self.assertRaises(IntegrityError), transaction.atomic():
            again.save(force_insert=True)
