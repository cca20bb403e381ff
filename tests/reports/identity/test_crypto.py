"""A sealed value opens in its own place, with its own key, unchanged; everywhere else it is unreadable."""

import copy
import json
import pickle
from uuid import UUID

from django.test import SimpleTestCase

from reports.identity import crypto
from reports.identity.crypto import Sensitive, Unreadable

KEY = bytes(range(32))
PLACE = crypto.bind(b"field", b"message.body", b"row 1")
WORDS = "Ada balap liar di depan pasar"


def flipped(data: bytes, position: int) -> bytes:
    changed = bytearray(data)
    changed[position] ^= 0x01
    return bytes(changed)


class RoundTripTests(SimpleTestCase):
    def assertComesBack(self, value: bytes) -> None:
        sealed = crypto.seal(KEY, value, bound_to=PLACE)
        self.assertEqual(crypto.unseal(KEY, sealed, bound_to=PLACE), value)

    def test_words_come_back(self) -> None:
        self.assertComesBack(WORDS.encode())

    def test_nothing_comes_back_as_nothing(self) -> None:
        self.assertComesBack(b"")

    def test_any_length_around_a_block_comes_back(self) -> None:
        for length in (1, 62, 63, 64, 65, 127, 128, 129, 4096):
            with self.subTest(length=length):
                self.assertComesBack(b"a" * length)

    def test_what_looks_like_padding_comes_back(self) -> None:
        for value in (b"\x80", b"\0", b"\x80\0\0", b"a\x80", b"\0" * 64, b"\x80" * 64):
            with self.subTest(value=value):
                self.assertComesBack(value)

    def test_every_script_and_sign_comes_back(self) -> None:
        for text in (
            "kebakaran 🚒🔥",
            "ꦱꦿꦒꦺꦤ꧀",
            "\u202eteks\u202c",
            "a\u0000b",
            "baris\n\r\tlain",
            "é" * 64,
        ):
            with self.subTest(text=text):
                self.assertComesBack(text.encode())

    def test_a_memoryview_as_a_database_gives_it_opens(self) -> None:
        sealed = memoryview(crypto.seal(KEY, b"x", bound_to=PLACE))
        self.assertEqual(crypto.unseal(KEY, sealed, bound_to=PLACE), b"x")


class SealedFormTests(SimpleTestCase):
    def test_the_same_words_are_never_sealed_the_same_way(self) -> None:
        sealed = {crypto.seal(KEY, WORDS.encode(), bound_to=PLACE) for _ in range(50)}
        self.assertEqual(len(sealed), 50)

    def test_nothing_of_the_words_is_in_it(self) -> None:
        self.assertNotIn(WORDS.encode(), crypto.seal(KEY, WORDS.encode(), bound_to=PLACE))

    def test_the_length_tells_no_more_than_a_block_of_64(self) -> None:
        lengths = {len(crypto.seal(KEY, b"a" * n, bound_to=PLACE)) for n in range(64)}
        self.assertEqual(len(lengths), 1)
        longer = len(crypto.seal(KEY, b"a" * 64, bound_to=PLACE))
        self.assertEqual(longer - lengths.pop(), 64)

    def test_it_begins_with_its_version(self) -> None:
        self.assertEqual(crypto.seal(KEY, b"", bound_to=PLACE)[:1], b"\x01")

    def test_new_keys_are_long_and_differ(self) -> None:
        keys = {crypto.new_key() for _ in range(20)}
        self.assertEqual((len(keys), {len(key) for key in keys}), (20, {32}))


class RefusalTests(SimpleTestCase):
    def setUp(self) -> None:
        self.sealed = crypto.seal(KEY, WORDS.encode(), bound_to=PLACE)

    def assertUnreadable(self, sealed: bytes, *, key: bytes = KEY, bound_to: bytes = PLACE) -> None:
        with self.assertRaises(Unreadable) as caught:
            crypto.unseal(key, sealed, bound_to=bound_to)
        self.assertEqual(str(caught.exception), "a sealed value does not open")
        self.assertIsNone(caught.exception.__cause__)

    def test_in_another_row(self) -> None:
        self.assertUnreadable(
            self.sealed, bound_to=crypto.bind(b"field", b"message.body", b"row 2")
        )

    def test_in_another_column(self) -> None:
        self.assertUnreadable(self.sealed, bound_to=crypto.bind(b"field", b"message.raw", b"row 1"))

    def test_with_another_key(self) -> None:
        self.assertUnreadable(self.sealed, key=bytes(32))

    def test_with_any_single_bit_changed(self) -> None:
        for position in range(len(self.sealed)):
            with self.subTest(position=position):
                self.assertUnreadable(flipped(self.sealed, position))

    def test_cut_short_anywhere(self) -> None:
        for length in range(len(self.sealed)):
            with self.subTest(length=length):
                self.assertUnreadable(self.sealed[:length])

    def test_with_something_behind_it(self) -> None:
        self.assertUnreadable(self.sealed + b"\0")

    def test_words_that_were_never_sealed(self) -> None:
        for plain in (b"", WORDS.encode(), b"\x01" + WORDS.encode(), b"\x01", b"\x01" * 64):
            with self.subTest(plain=plain):
                self.assertUnreadable(plain)

    def test_a_value_that_was_encrypted_without_padding(self) -> None:
        nonce = bytes(12)
        for unpadded in (b"", b"words", b"\0" * 64, b"\x80words"):
            with self.subTest(unpadded=unpadded):
                body = crypto.AESGCM(KEY).encrypt(nonce, unpadded, PLACE)
                self.assertUnreadable(crypto.VERSION + nonce + body)


class BindTests(SimpleTestCase):
    def test_parts_cannot_run_into_each_other(self) -> None:
        self.assertNotEqual(crypto.bind(b"ab", b"c"), crypto.bind(b"a", b"bc"))
        self.assertNotEqual(crypto.bind(b"ab"), crypto.bind(b"ab", b""))
        self.assertNotEqual(crypto.bind(b"a", b"b"), crypto.bind(b"b", b"a"))

    def test_the_same_parts_bind_the_same(self) -> None:
        row = UUID(int=7).bytes
        self.assertEqual(crypto.bind(b"field", row), crypto.bind(b"field", row))


class SensitiveTests(SimpleTestCase):
    NUMBER = "+6281299900001"

    def setUp(self) -> None:
        self.sensitive = Sensitive(self.NUMBER)

    def test_it_is_seen_only_when_exposed(self) -> None:
        self.assertEqual(self.sensitive.expose(), self.NUMBER)

    def test_it_shows_nothing_as_text(self) -> None:
        shown = [
            str(self.sensitive),
            repr(self.sensitive),
            f"{self.sensitive}",
            f"{self.sensitive!r}",
            f"{self.sensitive:>40}",
            "%s" % self.sensitive,  # noqa: UP031
            "{}".format(self.sensitive),  # noqa: UP032
            str([self.sensitive]),
            str({"to": self.sensitive}),
            ascii(self.sensitive),
        ]
        for text in shown:
            self.assertNotIn("812999", text)
        self.assertEqual(str(self.sensitive), "‹disembunyikan›")

    def test_it_is_not_pickled_or_copied(self) -> None:
        for serialise in (pickle.dumps, copy.copy, copy.deepcopy):
            with self.subTest(way=serialise.__name__), self.assertRaises(TypeError) as caught:
                serialise(self.sensitive)
            self.assertNotIn("812999", str(caught.exception))

    def test_it_is_no_json(self) -> None:
        with self.assertRaises(TypeError) as caught:
            json.dumps({"phone": self.sensitive})
        self.assertNotIn("812999", str(caught.exception))

    def test_it_carries_nothing_else(self) -> None:
        with self.assertRaises(AttributeError):
            self.sensitive.note = "x"  # type: ignore[attr-defined]
        self.assertFalse(hasattr(self.sensitive, "__dict__"))
