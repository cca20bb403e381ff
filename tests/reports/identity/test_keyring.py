"""The file of keys: made once, never overwritten, and refused when anything about it is unsafe."""

import base64
import json
import stat
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import SimpleTestCase, override_settings

from reports.identity import keyring
from reports.identity.keyring import KeyringUnusable


class KeyringTestCase(SimpleTestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "keys.json"

    def content(self) -> Any:
        return json.loads(self.path.read_text())

    def rewrite(self, content: Any) -> None:
        self.path.write_text(json.dumps(content))

    def secrets(self) -> list[str]:
        return [entry["secrets"]["1"] for entry in self.content()["purposes"].values()]

    def assertRefused(self, words: str) -> None:
        with self.assertRaisesMessage(KeyringUnusable, words) as caught:
            keyring.read(self.path)
        for secret in self.secrets_in_file():
            self.assertNotIn(secret, str(caught.exception))

    def secrets_in_file(self) -> list[str]:
        try:
            return self.secrets()
        except (ValueError, KeyError, TypeError, AttributeError, OSError):
            return []


class CreateTests(KeyringTestCase):
    def test_makes_a_file_that_only_its_owner_may_read(self) -> None:
        self.assertTrue(keyring.create(self.path))
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)

    def test_gives_every_purpose_a_secret_of_its_own(self) -> None:
        keyring.create(self.path)
        self.assertEqual(set(self.content()["purposes"]), set(keyring.PURPOSES))
        self.assertEqual(len(set(self.secrets())), len(keyring.PURPOSES))
        for secret in self.secrets():
            self.assertEqual(len(base64.b64decode(secret)), 32)

    def test_never_overwrites_a_file_that_is_there(self) -> None:
        self.path.write_text("somebody's keys")
        self.assertFalse(keyring.create(self.path))
        self.assertEqual(self.path.read_text(), "somebody's keys")

    def test_makes_the_folder_when_it_is_missing(self) -> None:
        self.path = self.path.parent / "var" / "secret" / "keys.json"
        self.assertTrue(keyring.create(self.path))
        self.assertTrue(self.path.exists())

    def test_two_files_share_no_secret(self) -> None:
        keyring.create(self.path)
        first = self.secrets()
        self.path.unlink()
        keyring.create(self.path)
        self.assertEqual(set(first) & set(self.secrets()), set())

    def test_marks_the_keys_of_a_demo(self) -> None:
        keyring.create(self.path, demo=True)
        self.assertTrue(keyring.read(self.path).is_demo)

    def test_other_keys_are_not_a_demos(self) -> None:
        keyring.create(self.path)
        self.assertFalse(keyring.read(self.path).is_demo)


class CompleteTests(KeyringTestCase):
    """A file from before a purpose was needed."""

    def make_old(self) -> None:
        keyring.create(self.path)
        content = self.content()
        del content["purposes"]["covert"]
        self.path.write_text(json.dumps(content))

    def test_gives_a_secret_for_what_is_missing_and_keeps_the_rest(self) -> None:
        self.make_old()
        before = self.secrets()
        self.assertEqual(keyring.complete(self.path), ["covert"])
        self.assertEqual(set(before) - set(self.secrets()), set())
        self.assertIn("covert", keyring.read(self.path).epochs)

    def test_only_its_owner_may_read_it_afterwards(self) -> None:
        self.make_old()
        keyring.complete(self.path)
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)

    def test_a_file_with_everything_is_not_written_again(self) -> None:
        keyring.create(self.path)
        before = self.path.stat().st_mtime_ns
        self.assertEqual(keyring.complete(self.path), [])
        self.assertEqual(self.path.stat().st_mtime_ns, before)

    def test_a_damaged_file_is_left_alone(self) -> None:
        self.path.write_text("{")
        with self.assertRaises(keyring.KeyringUnusable):
            keyring.complete(self.path)
        self.assertEqual(self.path.read_text(), "{")


class ReadTests(KeyringTestCase):
    def setUp(self) -> None:
        super().setUp()
        keyring.create(self.path)

    def test_a_fresh_file_is_good(self) -> None:
        ring = keyring.read(self.path)
        for purpose in keyring.PURPOSES:
            epoch, key = ring.current(purpose)
            self.assertEqual((epoch, len(key)), (1, 32))

    def test_a_missing_file_is_refused(self) -> None:
        self.path.unlink()
        self.assertRefused("missing")

    def test_a_file_that_others_may_read_is_refused(self) -> None:
        for mode in (0o640, 0o604, 0o620, 0o601, 0o666):
            with self.subTest(mode=oct(mode)):
                self.path.chmod(mode)
                self.assertRefused("readable by others")

    def test_a_file_that_its_owner_may_only_read_is_good(self) -> None:
        self.path.chmod(0o400)
        keyring.read(self.path)

    def test_damaged_files_are_refused(self) -> None:
        for damaged in ("", "{", "[]", "null", '"keys"', "{}", '{"purposes": []}', "\ufeff"):
            with self.subTest(content=damaged):
                self.path.write_text(damaged)
                self.assertRefused("cannot be read")

    def test_an_entry_of_another_shape_is_refused(self) -> None:
        for wrong in ([], None, {"epoch": 1}, {"secrets": {}}, {"epoch": "x", "secrets": {}}):
            with self.subTest(entry=wrong):
                content = self.content()
                content["purposes"]["audit"] = wrong
                self.rewrite(content)
                self.assertRefused("cannot be read")

    def test_a_secret_that_is_no_base64_is_refused(self) -> None:
        content = self.content()
        content["purposes"]["inbox"]["secrets"]["1"] = "not base64 at all!"
        self.rewrite(content)
        self.assertRefused("cannot be read")

    def test_a_purpose_without_a_secret_is_refused(self) -> None:
        whole = self.content()
        for purpose in keyring.PURPOSES:
            with self.subTest(purpose=purpose):
                others = {p: e for p, e in whole["purposes"].items() if p != purpose}
                self.rewrite(whole | {"purposes": others})
                self.assertRefused(f"no secret for {purpose}")

    def test_an_epoch_in_force_without_a_secret_is_refused(self) -> None:
        content = self.content()
        content["purposes"]["content"]["epoch"] = 2
        self.rewrite(content)
        self.assertRefused("no secret for content")

    def test_a_short_or_plain_secret_is_refused(self) -> None:
        for plain in (b"x" * 31, b"\0" * 32, b"abc" * 11):
            with self.subTest(secret=plain):
                content = self.content()
                content["purposes"]["auth"]["secrets"]["1"] = base64.b64encode(plain).decode()
                self.rewrite(content)
                self.assertRefused("too short or too plain")

    def test_the_same_secret_for_two_purposes_is_refused(self) -> None:
        content = self.content()
        entry = content["purposes"]["identity"]["secrets"]
        content["purposes"]["content"]["secrets"] = dict(entry)
        self.rewrite(content)
        self.assertRefused("the same secret twice")

    def test_the_same_secret_in_two_epochs_is_refused(self) -> None:
        content = self.content()
        entry = content["purposes"]["identity"]
        entry["secrets"]["2"] = entry["secrets"]["1"]
        self.rewrite(content)
        self.assertRefused("the same secret twice")


class KeyTests(KeyringTestCase):
    def setUp(self) -> None:
        super().setUp()
        keyring.create(self.path)
        self.ring = keyring.read(self.path)

    def test_a_key_is_derived_from_its_secret_and_not_the_secret(self) -> None:
        secrets = {base64.b64decode(secret) for secret in self.secrets()}
        keys = {self.ring.current(purpose)[1] for purpose in keyring.PURPOSES}
        self.assertEqual(len(keys), len(keyring.PURPOSES))
        self.assertEqual(secrets & keys, set())

    def test_the_same_file_gives_the_same_keys(self) -> None:
        self.assertEqual(self.ring, keyring.read(self.path))

    def test_after_a_rotation_both_epochs_have_a_key_and_the_new_one_is_in_force(self) -> None:
        content = self.content()
        entry = content["purposes"]["content"]
        entry["epoch"] = 2
        entry["secrets"]["2"] = base64.b64encode(bytes(range(32))).decode()
        self.rewrite(content)
        ring = keyring.read(self.path)
        self.assertEqual(ring.current("content")[0], 2)
        self.assertEqual(ring.of_epoch("content", 1), self.ring.current("content")[1])
        self.assertNotEqual(ring.of_epoch("content", 1), ring.of_epoch("content", 2))

    def test_a_destroyed_epoch_is_named(self) -> None:
        with self.assertRaisesMessage(KeyringUnusable, "no key of epoch 7 for identity"):
            self.ring.of_epoch("identity", 7)

    def test_a_keyring_shows_no_key(self) -> None:
        shown = f"{self.ring!r} {self.ring!s}"
        for purpose in keyring.PURPOSES:
            key = self.ring.current(purpose)[1]
            self.assertNotIn(repr(key), shown)
            self.assertNotIn(key.hex(), shown)


class BlindIndexTests(KeyringTestCase):
    def setUp(self) -> None:
        super().setUp()
        keyring.create(self.path)
        self.ring = keyring.read(self.path)

    def test_equal_values_have_equal_indexes(self) -> None:
        first = self.ring.blind_index("handle", "+6281299900001")
        self.assertEqual(first, self.ring.blind_index("handle", "+6281299900001"))
        self.assertEqual(len(first), 16)

    def test_other_values_and_other_labels_have_others(self) -> None:
        first = self.ring.blind_index("handle", "+6281299900001")
        self.assertNotEqual(first, self.ring.blind_index("handle", "+6281299900002"))
        self.assertNotEqual(first, self.ring.blind_index("inbox", "+6281299900001"))

    def test_without_the_key_it_cannot_be_made_again(self) -> None:
        other = self.path.with_name("other.json")
        keyring.create(other)
        there = keyring.read(other).blind_index("handle", "+6281299900001")
        self.assertNotEqual(self.ring.blind_index("handle", "+6281299900001"), there)


class ActiveTests(KeyringTestCase):
    def test_it_is_the_file_of_the_settings(self) -> None:
        keyring.create(self.path)
        with override_settings(KEYS_FILE=self.path):
            self.assertEqual(keyring.active(), keyring.read(self.path))
        self.assertEqual(keyring.active(), keyring.read(settings.KEYS_FILE))
