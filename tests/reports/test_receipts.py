"""Receipts move a message forward only, in whatever order, however often and however late they come."""

from datetime import timedelta
from itertools import permutations
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports import receipts, triage
from reports.models import Change, Event, InboxEntry, Message
from reports.models.event import EventKind
from reports.models.message import RANK, Delivery
from reports.receipts import PROVIDER_WORDS, Receipt
from tests import people, samples
from tests.reports.cases import StationTestCase
from tests.samples import JOKO

SID = "SMours"


class ReceiptsTestCase(StationTestCase):
    """`self.message` was taken by the provider as SID."""

    def setUp(self) -> None:
        super().setUp()
        self.now = self.travel(timezone.now())
        self.report = people.report()
        self.message = Message.objects.get(direction="outbound")
        self.reset()

    def reset(self, status: Delivery = Delivery.ACCEPTED, sid: str | None = SID) -> None:
        Message.objects.filter(pk=self.message.pk).update(
            status=status, provider_sid=sid, error_code=""
        )

    def tell(self, word: str, *, sid: str = SID, code: str = "", of: str = "") -> bool:
        """Take in one receipt; whether its message is there."""
        (found,) = receipts.note([Receipt(sid, word, code, of, timezone.now())])
        self.message.refresh_from_db()
        return found

    def failures(self) -> int:
        return Event.objects.filter(kind=EventKind.DELIVERY_FAILED).count()


class ForwardTests(ReceiptsTestCase):
    def test_every_word_of_the_provider_has_a_state(self) -> None:
        words = """accepted scheduled queued sending sent partially_delivered delivered read failed undelivered
            canceled""".split()
        self.assertEqual(set(words), set(PROVIDER_WORDS))

    def test_each_word_moves_a_message_on(self) -> None:
        for word, state in PROVIDER_WORDS.items():
            with self.subTest(word=word):
                self.reset(Delivery.SENDING)
                self.assertTrue(self.tell(word))
                self.assertEqual(self.message.status, state)

    def test_a_word_that_nobody_knew_says_that_they_have_the_message(self) -> None:
        for word in ("teleported", "", "RECEIVED"):
            for before, after in (
                (Delivery.SENDING, Delivery.ACCEPTED),
                (Delivery.ACCEPTED, Delivery.ACCEPTED),
                (Delivery.SENT, Delivery.SENT),
                (Delivery.FAILED, Delivery.FAILED),
            ):
                with self.subTest(word=word, before=before):
                    self.reset(before)
                    self.assertTrue(self.tell(word))
                    self.assertEqual(self.message.status, after)

    def test_no_pair_of_words_ever_moves_it_back(self) -> None:
        for first, second in permutations(PROVIDER_WORDS, 2):
            with self.subTest(first=first, second=second):
                self.reset(Delivery.SENDING)
                self.tell(first)
                rank = RANK[Delivery(self.message.status)]
                self.tell(second)
                self.assertGreaterEqual(RANK[Delivery(self.message.status)], rank)

    def test_in_every_order_the_end_is_the_same(self) -> None:
        told = [("sent", ""), ("delivered", ""), ("read", ""), ("failed", "63016")]
        ends = set()
        for order in permutations(told):
            self.reset(Delivery.SENDING)
            for word, code in order:
                self.tell(word, code=code)
            ends.add((self.message.status, self.message.error_code))
        self.assertEqual(ends, {(Delivery.READ, "")})

    def test_without_a_confirmation_a_failure_is_the_end(self) -> None:
        for order in permutations([("sent", ""), ("failed", "63016"), ("queued", "")]):
            self.reset(Delivery.SENDING)
            for word, code in order:
                self.tell(word, code=code)
            self.assertEqual(
                (self.message.status, self.message.error_code), (Delivery.FAILED, "63016")
            )

    def test_all_of_them_in_one_batch_end_the_same(self) -> None:
        words = ["read", "sent", "failed", "delivered"]
        found = receipts.note([Receipt(SID, word, "", "", self.now) for word in words])
        self.message.refresh_from_db()
        self.assertEqual((found, self.message.status), ([True] * 4, Delivery.READ))

    def test_a_late_sent_after_failed_is_ignored(self) -> None:
        self.tell("failed", code="63016")
        self.tell("sent")
        self.assertEqual((self.message.status, self.message.error_code), (Delivery.FAILED, "63016"))

    def test_whoever_confirmed_it_has_got_it(self) -> None:
        self.tell("failed", code="30008")
        self.tell("delivered")
        self.assertEqual((self.message.status, self.message.error_code), (Delivery.DELIVERED, ""))

    def test_the_same_receipt_again_changes_nothing(self) -> None:
        self.tell("delivered")
        before = Message.objects.filter(pk=self.message.pk).values().get()
        changes = Change.objects.count()
        self.travel(timedelta(minutes=1))
        self.assertTrue(self.tell("delivered"))
        self.assertEqual(Message.objects.filter(pk=self.message.pk).values().get(), before)
        self.assertEqual(Change.objects.count(), changes)

    def test_the_time_of_each_step_is_noted(self) -> None:
        for minute, (word, stamp) in enumerate(
            [("sent", "sent_at"), ("delivered", "delivered_at"), ("read", "read_at")]
        ):
            at = self.travel(self.now + timedelta(minutes=minute))
            self.tell(word)
            self.assertEqual(getattr(self.message, stamp), at)

    def test_open_desks_are_told(self) -> None:
        Change.objects.all().delete()
        self.tell("read")
        self.assertEqual(Change.objects.get().report, self.report)


class FailureTests(ReceiptsTestCase):
    def test_it_is_an_event_with_its_code(self) -> None:
        self.tell("undelivered", code="30003")
        event = Event.objects.get(kind=EventKind.DELIVERY_FAILED)
        self.assertEqual((event.report, event.data), (self.report, {"code": "30003"}))

    def test_it_is_one_event_however_often_it_is_told(self) -> None:
        for word in ("failed", "undelivered", "failed", "sent"):
            self.tell(word, code="63016")
        self.assertEqual(self.failures(), 1)

    def test_the_reason_may_come_after_the_failure(self) -> None:
        self.tell("failed")
        self.tell("failed", code="63016")
        self.tell("undelivered", code="30003")
        self.assertEqual((self.failures(), self.message.error_code), (1, "63016"))

    def test_a_failure_after_its_confirmation_is_none(self) -> None:
        self.tell("read")
        self.tell("failed", code="63016")
        self.assertEqual((self.failures(), self.message.error_code), (0, ""))

    def test_a_name_that_comes_after_the_failure_is_no_second_failure(self) -> None:
        self.reset(Delivery.FAILED, sid=None)
        self.tell("sent", of=str(self.message.pk))
        self.assertEqual((self.message.status, self.message.provider_sid), (Delivery.FAILED, SID))
        self.assertEqual(self.failures(), 0)

    def test_the_next_message_may_go_then(self) -> None:
        following = triage.reply(self.report, "kedua", by=self.rina)
        self.reset(Delivery.SENDING)
        self.rings.clear()
        with self.captureOnCommitCallbacks(execute=True):
            self.tell("failed")
        self.assertEqual(self.rings, [("reports.deliver", str(following.pk))])


class OwnIdTests(ReceiptsTestCase):
    """The address of the callback carries our own id: it settles a message whose answer was lost."""

    def setUp(self) -> None:
        super().setUp()
        self.reset(Delivery.SENDING, sid=None)
        self.own = str(self.message.pk)

    def test_a_receipt_before_the_answer_names_the_message(self) -> None:
        self.assertTrue(self.tell("sent", of=self.own))
        self.assertEqual((self.message.provider_sid, self.message.status), (SID, Delivery.SENT))

    def test_an_answer_after_that_changes_nothing(self) -> None:
        self.tell("delivered", of=self.own)
        receipts.settle_as(self.message, Delivery.ACCEPTED, provider_sid=SID)
        self.message.refresh_from_db()
        self.assertEqual(self.message.status, Delivery.DELIVERED)

    def test_afterwards_it_is_found_by_the_providers_name_alone(self) -> None:
        self.tell("sent", of=self.own)
        self.assertTrue(self.tell("read"))
        self.assertEqual(self.message.status, Delivery.READ)

    def test_several_in_one_batch_know_of_each_other(self) -> None:
        told = [
            Receipt(SID, "sent", "", self.own, self.now),
            Receipt(SID, "read", "", "", self.now),
        ]
        self.assertEqual(receipts.note(told), [True, True])
        self.message.refresh_from_db()
        self.assertEqual(self.message.status, Delivery.READ)

    def test_one_that_was_never_handed_over_cannot_have_arrived(self) -> None:
        self.reset(Delivery.QUEUED, sid=None)
        self.assertFalse(self.tell("delivered", of=self.own))
        self.assertEqual((self.message.provider_sid, self.message.status), (None, Delivery.QUEUED))

    def test_one_that_waits_for_another_try_may_have(self) -> None:
        self.reset(Delivery.QUEUED, sid=None)
        Message.objects.filter(pk=self.message.pk).update(tries=1)
        self.assertTrue(self.tell("sent", of=self.own))
        self.assertEqual(self.message.status, Delivery.SENT)

    def test_a_message_with_another_name_is_not_renamed(self) -> None:
        self.reset(sid="SMother")
        self.assertFalse(self.tell("read", of=self.own))
        self.assertEqual(
            (self.message.provider_sid, self.message.status), ("SMother", Delivery.ACCEPTED)
        )

    def test_an_id_of_ours_that_does_not_exist_is_ignored(self) -> None:
        for foreign in (str(uuid4()), "", "1", "nothing", "' OR 1=1", "0" * 500):
            with self.subTest(id=foreign):
                self.assertFalse(self.tell("read", of=foreign))

    def test_a_citizens_message_cannot_be_named(self) -> None:
        inbound = self.report.messages.get(direction="inbound")
        self.assertFalse(self.tell("read", of=str(inbound.pk)))
        self.assertFalse(self.tell("read", sid=inbound.provider_sid or ""))
        inbound.refresh_from_db()
        self.assertEqual(inbound.status, Delivery.RECEIVED)


class BatchTests(ReceiptsTestCase):
    def test_each_receipt_finds_its_own_message(self) -> None:
        people.report(samples.text(by=JOKO))
        others = Message.objects.filter(direction="outbound", provider_sid=None)
        others.update(status=Delivery.SENDING, tries=1)
        other = others.get()
        found = receipts.note(
            [
                Receipt("SMnobody", "read", "", "", self.now),
                Receipt("SMother", "delivered", "", str(other.pk), self.now),
                Receipt(SID, "read", "", "", self.now),
            ]
        )
        self.assertEqual(found, [False, True, True])
        other.refresh_from_db()
        self.message.refresh_from_db()
        self.assertEqual((other.status, self.message.status), (Delivery.DELIVERED, Delivery.READ))

    def test_a_batch_costs_the_same_however_many(self) -> None:
        words = ["sent", "delivered", "read"]
        counts = []
        for told in (words[:1], words[1:] * 10):
            batch = [Receipt(SID, word, "", "", self.now) for word in told]
            with CaptureQueriesContext(connection) as asked:
                receipts.note(batch)
            counts.append(len(asked))
        self.assertEqual(counts[0], counts[1])

    def test_no_receipts_are_no_work(self) -> None:
        self.assertEqual(receipts.note([]), [])


class ThroughTheInboxTests(ReceiptsTestCase):
    def test_a_receipt_of_the_provider_moves_the_message(self) -> None:
        people.receipt(samples.failure("63016", SID))
        self.message.refresh_from_db()
        self.assertEqual((self.message.status, self.message.error_code), (Delivery.FAILED, "63016"))
        self.assertEqual(InboxEntry.objects.unread().count(), 0)

    def test_the_words_of_the_channel_are_kept_nowhere(self) -> None:
        people.receipt(samples.failure("63016", SID, ErrorMessage="burung-kenari-7731"))
        self.message.refresh_from_db()
        self.assertNotIn("kenari", str(Message.objects.values().get(pk=self.message.pk)))
        self.assertEqual(bytes(InboxEntry.objects.get(kind="status").payload_sealed), b"")

    def test_a_code_that_is_too_long_is_cut(self) -> None:
        people.receipt(samples.failure("6" * 50, SID))
        self.message.refresh_from_db()
        self.assertEqual(self.message.error_code, "6" * 20)

    def test_our_own_id_in_the_address_settles_it(self) -> None:
        self.reset(Delivery.SENDING, sid=None)
        people.receipt(samples.status("delivered", SID), of=self.message)
        self.message.refresh_from_db()
        self.assertEqual(
            (self.message.provider_sid, self.message.status), (SID, Delivery.DELIVERED)
        )
