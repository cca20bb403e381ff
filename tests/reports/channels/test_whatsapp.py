"""What a WhatsApp message says, of every kind and in every odd form."""

from typing import Any

from django.test import SimpleTestCase

from reports import channels
from reports.channels import whatsapp
from reports.channels.base import InboundMessage, Kind, Sender, UnknownPayload
from tests import samples
from tests.samples import HIDDEN, WATI


def parsed(params: samples.Params) -> InboundMessage:
    return channels.parse(params)


class SenderTests(SimpleTestCase):
    def sender(self, **changes: Any) -> Sender:
        return parsed(samples.text(**changes)).sender

    def test_a_phone_an_id_and_a_name(self) -> None:
        self.assertEqual(
            self.sender(), Sender(phone=WATI.phone, bsuid=WATI.bsuid, name="Wati Contoh")
        )

    def test_an_older_payload_shows_the_phone_only(self) -> None:
        self.assertEqual(
            self.sender(ExternalUserId=None), Sender(phone=WATI.phone, name="Wati Contoh")
        )

    def test_a_user_name_hides_the_phone(self) -> None:
        self.assertEqual(
            parsed(samples.text(by=HIDDEN)).sender,
            Sender(bsuid="ID.7000000000000003", name="@tanpa_nomor"),
        )

    def test_the_id_may_stand_in_from_alone(self) -> None:
        sender = parsed(samples.text(by=HIDDEN, ExternalUserId=None)).sender
        self.assertEqual(sender.bsuid, HIDDEN.bsuid)

    def test_without_from_the_external_id_is_the_sender(self) -> None:
        for empty in (None, "", "whatsapp:"):
            with self.subTest(From=empty):
                self.assertEqual(self.sender(From=empty), Sender(bsuid=WATI.bsuid, name=WATI.name))

    def test_a_phone_without_plus_is_the_same_phone(self) -> None:
        self.assertEqual(self.sender(From="whatsapp:6281299900001").phone, WATI.phone)

    def test_a_sender_of_no_known_form_is_answered_by_the_same_value(self) -> None:
        sender = self.sender(From="whatsapp:ID.satu+dua", ExternalUserId=None)
        self.assertEqual(sender, Sender(other="ID.satu+dua", name=WATI.name))

    def test_a_sender_of_no_known_form_with_an_id_is_that_id(self) -> None:
        sender = self.sender(From="whatsapp:sesuatu yang baru")
        self.assertEqual(sender, Sender(bsuid=WATI.bsuid, name=WATI.name))

    def test_wa_id_and_metadata_are_not_believed(self) -> None:
        sender = self.sender(WaId="6280000000000", ChannelMetadata="not even json")
        self.assertEqual(sender.phone, WATI.phone)

    def test_nobody_is_no_sender(self) -> None:
        with self.assertRaises(UnknownPayload) as caught:
            self.sender(From=None, ExternalUserId=None)
        self.assertEqual(str(caught.exception), "no sender")

    def test_the_name_may_be_missing_or_strange(self) -> None:
        self.assertEqual(self.sender(ProfileName=None).name, "")
        self.assertEqual(self.sender(ProfileName="🚓 \u202e").name, "🚓 \u202e")


class KindTests(SimpleTestCase):
    KINDS = {
        "text": Kind.TEXT,
        "picture_with_caption": Kind.IMAGE,
        "picture": Kind.IMAGE,
        "voice_note": Kind.AUDIO,
        "film": Kind.VIDEO,
        "document": Kind.DOCUMENT,
        "sticker": Kind.STICKER,
        "place": Kind.LOCATION,
        "named_place": Kind.LOCATION,
        "contact_card": Kind.CONTACT,
        "button": Kind.BUTTON,
        "choice": Kind.LIST,
        "quote": Kind.TEXT,
        "forwarded": Kind.TEXT,
        "hidden_number": Kind.TEXT,
        "from_advertisement": Kind.TEXT,
        "unsupported": Kind.UNSUPPORTED,
        "sms": Kind.TEXT,
        "mms": Kind.IMAGE,
    }

    def test_every_sample_has_its_kind(self) -> None:
        self.assertEqual(set(self.KINDS), set(samples.SAMPLES))
        for name, kind in self.KINDS.items():
            with self.subTest(sample=name):
                self.assertEqual(parsed(samples.SAMPLES[name]()).kind, kind)

    def test_every_sample_keeps_its_id_and_number(self) -> None:
        for name, sample in samples.SAMPLES.items():
            params = sample()
            with self.subTest(sample=name):
                message = parsed(params)
                self.assertEqual(message.provider_sid, params["MessageSid"])
                self.assertEqual(message.to, params["To"].removeprefix("whatsapp:"))
                self.assertEqual(message.body, params["Body"])

    def test_a_type_that_we_never_saw_is_told_by_what_it_carries(self) -> None:
        self.assertEqual(parsed(samples.text(MessageType="poll")).kind, Kind.TEXT)
        self.assertEqual(parsed(samples.picture(MessageType="album")).kind, Kind.IMAGE)
        self.assertEqual(parsed(samples.text("", MessageType="reaction")).kind, Kind.UNSUPPORTED)

    def test_without_a_type_the_declared_media_type_tells(self) -> None:
        declared = {
            "image/jpeg": Kind.IMAGE,
            "AUDIO/OGG": Kind.AUDIO,
            "video/mp4": Kind.VIDEO,
            "text/vcard": Kind.CONTACT,
            "text/x-vCard": Kind.CONTACT,
            "application/pdf": Kind.DOCUMENT,
            "": Kind.DOCUMENT,
            "nonsense": Kind.DOCUMENT,
        }
        for content_type, kind in declared.items():
            with self.subTest(content_type=content_type):
                params = samples.media("image", content_type, MessageType=None)
                self.assertEqual(parsed(params).kind, kind)

    def test_a_picture_that_is_called_text_is_a_picture(self) -> None:
        self.assertEqual(parsed(samples.picture("Ini", MessageType="text")).kind, Kind.IMAGE)


class PartsTests(SimpleTestCase):
    def test_a_missing_body_is_an_empty_one(self) -> None:
        message = parsed(samples.text(Body=None))
        self.assertEqual((message.body, message.kind), ("", Kind.UNSUPPORTED))

    def test_words_are_kept_to_the_last_blank(self) -> None:
        body = "  Tolong\r\n\tpak 🙏  \n"
        self.assertEqual(parsed(samples.text(body)).body, body)

    def test_a_long_text_is_kept_whole(self) -> None:
        self.assertEqual(len(parsed(samples.text("a" * 4096)).body), 4096)

    def test_a_quote_names_the_quoted_message(self) -> None:
        self.assertEqual(parsed(samples.quote("SM1")).quoted_sid, "SM1")
        self.assertEqual(parsed(samples.text()).quoted_sid, "")

    def test_a_forwarded_message_is_marked(self) -> None:
        often = parsed(samples.forwarded())
        once = parsed(samples.forwarded(FrequentlyForwarded=None))
        self.assertTrue(often.is_forwarded and once.is_forwarded)
        self.assertTrue(often.details["often_forwarded"])
        self.assertNotIn("often_forwarded", once.details)

    def test_a_button_that_says_forwarded_false_is_not(self) -> None:
        self.assertFalse(parsed(samples.button()).is_forwarded)

    def test_the_channel_is_whatsapp(self) -> None:
        self.assertEqual(parsed(samples.text()).channel, "whatsapp")

    def test_either_address_tells_the_channel(self) -> None:
        self.assertEqual(parsed(samples.text(From=None)).channel, "whatsapp")
        number = samples.WHATSAPP_NUMBER
        self.assertEqual(parsed(samples.text(To=number)).channel, "whatsapp")

    def test_answers_are_addressed_with_the_prefix(self) -> None:
        self.assertEqual(channels.address("whatsapp", WATI.phone), f"whatsapp:{WATI.phone}")
        self.assertEqual(whatsapp.PREFIX, "whatsapp:")
