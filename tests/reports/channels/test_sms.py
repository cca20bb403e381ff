"""What an SMS or MMS says."""

from django.test import SimpleTestCase

from reports import channels
from reports.channels.base import Kind, Sender, UnknownPayload
from tests import samples
from tests.samples import WATI


class SmsTests(SimpleTestCase):
    def test_the_channel_is_sms_and_the_sender_a_phone(self) -> None:
        message = channels.parse(samples.sms("Ada tawuran"))
        self.assertEqual(message.channel, "sms")
        self.assertEqual(message.sender, Sender(phone=WATI.phone))
        self.assertEqual((message.to, message.body), (samples.SMS_NUMBER, "Ada tawuran"))

    def test_a_named_sender_is_no_phone(self) -> None:
        for shown in ("BANK-CONTOH", "12345", "628123", "+62 812", "+6281a"):
            with self.subTest(From=shown):
                sender = channels.parse(samples.sms(From=shown)).sender
                self.assertEqual(sender, Sender(other=shown))

    def test_nobody_is_no_sender(self) -> None:
        for empty in (None, ""):
            with self.subTest(From=empty), self.assertRaises(UnknownPayload):
                channels.parse(samples.sms(From=empty))

    def test_an_mms_brings_every_file_in_order(self) -> None:
        message = channels.parse(samples.mms())
        self.assertEqual(message.kind, Kind.IMAGE)
        self.assertEqual(
            [media.declared_type for media in message.media],
            ["image/jpeg", "image/png", "video/3gpp"],
        )

    def test_places_of_the_network_are_not_the_reporters_place(self) -> None:
        message = channels.parse(samples.sms(FromCity="SRAGEN", FromCountry="ID"))
        self.assertNotIn("place", message.details)
        self.assertNotIn("extra", message.details)

    def test_an_sms_without_service_is_the_same(self) -> None:
        first = channels.parse(samples.sms(MessageSid="SM1"))
        self.assertEqual(
            first, channels.parse(samples.sms(MessageSid="SM1", MessagingServiceSid=None))
        )

    def test_answers_are_addressed_as_they_are(self) -> None:
        self.assertEqual(channels.address("sms", WATI.phone), WATI.phone)
