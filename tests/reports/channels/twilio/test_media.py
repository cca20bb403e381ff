"""Which addresses of files are ours, and to whom we say who we are."""

from django.test import SimpleTestCase, override_settings

from reports.channels.twilio import media
from reports.channels.twilio.media import NotOurs, source_of
from tests.environment import ACCOUNT_SID

MESSAGE, FILE = f"MM{1:032x}", f"ME{1:032x}"
PATH = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{MESSAGE}/Media/{FILE}"
TWILIO = f"https://api.twilio.com{PATH}"


class SourceTests(SimpleTestCase):
    def test_a_file_of_our_account_and_of_this_message_is_ours(self) -> None:
        source = source_of(TWILIO, message_sid=MESSAGE)
        self.assertEqual(
            (source.url, source.message_sid, source.media_sid), (TWILIO, MESSAGE, FILE)
        )
        self.assertNotIn(FILE, repr(source).replace(f"media_sid='{FILE}'", ""))

    @override_settings(TWILIO_API_URL="http://127.0.0.1:18501")
    def test_what_stands_in_for_twilio_is_asked_instead(self) -> None:
        source = source_of(TWILIO, message_sid=MESSAGE)
        self.assertEqual(source.url, f"http://127.0.0.1:18501{PATH}")

    def test_everything_else_is_not(self) -> None:
        for url in (
            TWILIO.replace(ACCOUNT_SID, "AC" + "9" * 32),
            TWILIO.replace(MESSAGE, f"MM{2:032x}"),
            TWILIO.replace("api.twilio.com", "api.twilio.com.example"),
            TWILIO.replace("api.twilio.com", "user:secret@api.twilio.com"),
            TWILIO.replace("api.twilio.com", "127.0.0.1"),
            TWILIO.replace("api.twilio.com", "api.twilio.com:22"),
            TWILIO + "/../../Other",
            TWILIO + ".json",
            "https://api.twilio.com/",
            "http://[",
            "",
            "javascript:alert(1)",
        ):
            with self.subTest(url=url), self.assertRaises(NotOurs):
                source_of(url, message_sid=MESSAGE)


@override_settings(
    TWILIO_API_URL="https://api.twilio.com", MEDIA_URL_HOSTS=["a.example", "localhost:81"]
)
class TrustTests(SimpleTestCase):
    def test_files_come_from_the_api_and_from_where_a_person_has_said(self) -> None:
        for place, expected in (
            (("https", "api.twilio.com", None), True),
            (("https", "api.twilio.com", 443), True),
            (("https", "a.example", None), True),
            (("http", "localhost", 81), True),
            (("http", "localhost", 82), False),
            (("https", "b.a.example", None), False),
            (("https", "", None), False),
        ):
            with self.subTest(place=place):
                self.assertEqual(media.is_allowed(*place), expected)

    def test_only_the_api_is_the_api(self) -> None:
        self.assertTrue(media.is_api("https", "api.twilio.com", None))
        for place in (
            ("http", "api.twilio.com", None),
            ("https", "api.twilio.com", 8443),
            ("https", "a.example", None),
        ):
            with self.subTest(place=place):
                self.assertFalse(media.is_api(*place))

    def test_inside_is_what_a_person_has_named(self) -> None:
        self.assertTrue(media.is_inside("http", "localhost", 81))
        for place in (
            ("http", "localhost", 82),
            ("http", "127.0.0.1", 81),
            ("https", "api.twilio.com", None),
            ("https", "a.example", None),
        ):
            with self.subTest(place=place):
                self.assertFalse(media.is_inside(*place))
