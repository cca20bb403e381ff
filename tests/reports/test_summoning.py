"""A summons goes to a duty telephone at most once after its claim, and says nothing of what it is about."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from operators import jobs as clock
from operators.permissions import Role
from reports import claims, duty_phones, jobs, summoning
from reports.channels.base import ChannelError, Taken
from reports.channels.twilio.errors import MEANINGS
from reports.models import Message, ReplyTemplate, Report, ServiceNumber, Summons
from reports.models.message import Delivery
from reports.models.reply_template import ReplyKey
from tests import people, samples
from tests.reports.cases import StationTestCase
from tests.reports.gateways import NO_ANSWER, REFUSED, THEIR_ERROR, TOO_MANY, Provider

NUMBER = "+6281199990077"
WORDS = "Ada laporan yang belum diambil di {polres}. Buka polreswa."
CONTENT_SID = "HX" + "0" * 32


class SummoningTestCase(StationTestCase):
    """Nobody took `self.report`, and `self.summons` to Bambang's telephone is queued."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.bambang = people.operator(cls.station, Role.PAMAPTA, username="bambang")
        duty_phones.set_number(cls.bambang.pk, NUMBER)
        cls.words = ReplyTemplate.objects.create(
            station=cls.station, key=ReplyKey.SUMMONS, text=WORDS
        )

    def setUp(self) -> None:
        super().setUp()
        self.report = people.report(at=self.travel(timezone.now()) - timedelta(hours=1))
        clock.escalate_due()
        self.summons = Summons.objects.get()

    def summoned(self, *endings: Taken | ChannelError) -> Provider:
        provider = Provider(*endings)
        summoning.summon(str(self.summons.pk), via=provider)
        self.summons.refresh_from_db()
        return provider


class SendTests(SummoningTestCase):
    def test_it_goes_by_sms_from_the_stations_number(self) -> None:
        (sent,) = self.summoned().sent
        self.assertEqual((sent.sender, sent.recipient), (samples.SMS_NUMBER, NUMBER))
        self.assertEqual(sent.content_sid, "")

    def test_it_says_nothing_of_the_report(self) -> None:
        (sent,) = self.summoned().sent
        self.assertEqual(
            sent.body, f"Ada laporan yang belum diambil di {self.station}. Buka polreswa."
        )
        self.assertNotIn(self.report.number, sent.body)

    def test_what_is_taken_is_not_sent_again(self) -> None:
        self.summoned(Taken("SM1", "queued"))
        self.assertEqual(
            (self.summons.status, self.summons.provider_sid), (Delivery.ACCEPTED, "SM1")
        )
        self.assertEqual(self.summoned().sent, [])

    def test_it_asks_for_no_receipt(self) -> None:
        (sent,) = self.summoned().sent
        self.assertEqual(sent.callback_url, "")

    def test_without_an_sms_number_it_goes_as_an_approved_template(self) -> None:
        ServiceNumber.objects.filter(channel="sms").update(is_active=False)
        ReplyTemplate.objects.filter(pk=self.words.pk).update(content_sid=CONTENT_SID)
        (sent,) = self.summoned().sent
        self.assertEqual(sent.sender, f"whatsapp:{samples.WHATSAPP_NUMBER}")
        self.assertEqual(sent.recipient, f"whatsapp:{NUMBER}")
        self.assertEqual(sent.content_sid, CONTENT_SID)
        self.assertEqual(sent.variables, {"1": self.station.name})

    def test_with_neither_it_has_failed_and_says_why(self) -> None:
        ServiceNumber.objects.filter(channel="sms").update(is_active=False)
        self.assertEqual(self.summoned().sent, [])
        self.assertEqual(
            (self.summons.status, self.summons.error_code), (Delivery.FAILED, "no_way")
        )
        self.assertIn("no_way", MEANINGS)

    def test_without_words_it_has_failed(self) -> None:
        ReplyTemplate.objects.filter(pk=self.words.pk).delete()
        self.summoned()
        self.assertEqual(self.summons.status, Delivery.FAILED)

    def test_claimed_meanwhile_nobody_is_called(self) -> None:
        claims.claim(self.report, by=self.rina)
        self.assertEqual(self.summoned().sent, [])
        self.assertEqual(self.summons.status, Delivery.CANCELLED)


class EndingTests(SummoningTestCase):
    def test_refused_it_has_failed_with_the_providers_code(self) -> None:
        self.summoned(REFUSED)
        self.assertEqual((self.summons.status, self.summons.error_code), (Delivery.FAILED, "21211"))

    def test_certainly_not_taken_it_is_tried_again_after_a_pause(self) -> None:
        self.summoned(TOO_MANY)
        self.assertEqual(self.summons.status, Delivery.QUEUED)
        self.assertEqual(self.summoned().sent, [])
        self.travel(self.summons.due_at)
        self.assertEqual(len(self.summoned().sent), 1)
        self.assertEqual(self.summons.status, Delivery.ACCEPTED)

    def test_after_some_tries_it_is_given_up(self) -> None:
        for _ in range(settings.SUMMONS_TRIES):
            self.travel(self.summons.due_at)
            self.summoned(TOO_MANY)
        self.assertEqual(
            (self.summons.status, self.summons.error_code), (Delivery.FAILED, "gave_up")
        )

    def test_in_doubt_it_is_not_sent_again(self) -> None:
        for ending in (NO_ANSWER, THEIR_ERROR):
            Summons.objects.update(status=Delivery.QUEUED)
            self.summoned(ending)
            self.travel(timedelta(hours=1))
            self.assertEqual(self.summons.status, Delivery.UNKNOWN)
            self.assertEqual(self.summoned().sent, [])

    def test_a_sender_that_never_came_back_leaves_it_in_doubt(self) -> None:
        Summons.objects.update(status=Delivery.SENDING, due_at=timezone.now())
        self.assertEqual(summoning.summon_due(), 0)
        self.summons.refresh_from_db()
        self.assertEqual(self.summons.status, Delivery.UNKNOWN)


class ClockTests(SummoningTestCase):
    def test_the_clock_rings_for_what_waits(self) -> None:
        Message.objects.filter(direction="outbound").delete()
        jobs.enrich()
        Report.objects.update(ask_place_due_at=None)
        self.rings.clear()
        jobs.tick()
        self.assertEqual(self.rings, [("reports.summon_due",)])

    def test_it_is_forgotten_after_its_time(self) -> None:
        self.travel(settings.SUMMONS_KEEP + timedelta(seconds=1))
        jobs.tidy()
        self.assertEqual(Summons.objects.count(), 0)
        self.assertEqual(Report.objects.count(), 1)
