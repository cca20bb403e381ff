"""Data keys belong to their owner, and what is sealed with them to its place."""

import base64
import json
import tempfile
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.test import SimpleTestCase, TestCase, override_settings

from reports.identity import keyring, vault
from reports.identity.models import DataKey
from reports.identity.vault import Unreadable

WORDS = "Rumah saya di belakang masjid"


def rotated(path: Path, *purposes: str, forget_first: bool = False) -> Path:
    """A copy of the keys in which these purposes have a second epoch, in force."""
    content = json.loads(settings.KEYS_FILE.read_text())
    for number, purpose in enumerate(purposes):
        entry = content["purposes"][purpose]
        entry["epoch"] = 2
        entry["secrets"]["2"] = base64.b64encode(bytes(range(number, number + 32))).decode()
        if forget_first:
            del entry["secrets"]["1"]
    path.write_text(json.dumps(content))
    path.chmod(0o600)
    return path


class KeysInAFolder(SimpleTestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "keys.json"


class BoxTests(TestCase):
    def setUp(self) -> None:
        self.owner, self.row = uuid4(), uuid4()
        self.box = vault.new_boxes("content", [self.owner])[self.owner]
        self.sealed = self.box.seal("message.body", self.row, WORDS)

    def test_what_is_sealed_opens_with_the_owners_box(self) -> None:
        box = vault.box_of("content", self.owner)
        self.assertEqual(box.open("message.body", self.row, self.sealed).expose(), WORDS)

    def test_it_comes_out_as_something_that_shows_nothing(self) -> None:
        self.assertEqual(
            str(self.box.open("message.body", self.row, self.sealed)), "‹disembunyikan›"
        )

    def test_it_does_not_open_in_another_row_or_column(self) -> None:
        for column, row in (("message.body", uuid4()), ("message.raw", self.row)):
            with self.subTest(column=column), self.assertRaises(Unreadable):
                self.box.open(column, row, self.sealed)

    def test_it_does_not_open_with_another_owners_box(self) -> None:
        other = uuid4()
        box = vault.new_boxes("content", [other])[other]
        with self.assertRaises(Unreadable):
            box.open("message.body", self.row, self.sealed)

    def test_a_box_shows_nothing(self) -> None:
        for text in (repr(self.box), str(self.box), f"{self.box}"):
            self.assertEqual(text, "Box(‹disembunyikan›)")


class DataKeyTests(TestCase):
    def setUp(self) -> None:
        self.owner = uuid4()
        vault.new_boxes("content", [self.owner])
        self.row = DataKey.objects.get(owner=self.owner)

    def assertGone(self, owner: UUID) -> None:
        with self.assertRaises(Unreadable):
            vault.box_of("content", owner)
        self.assertEqual(vault.boxes_of("content", [owner]), {})

    def test_it_is_wrapped_in_the_table(self) -> None:
        box = vault.box_of("content", self.owner)
        self.assertNotIn(box._key, bytes(self.row.wrapped))
        self.assertEqual((self.row.purpose, self.row.epoch), ("content", 1))

    def test_moved_to_another_owner_it_does_not_open(self) -> None:
        thief = uuid4()
        DataKey.objects.filter(pk=self.owner).update(owner=thief)
        self.assertGone(thief)
        self.assertGone(self.owner)

    def test_exchanged_between_two_owners_neither_opens(self) -> None:
        other = uuid4()
        vault.new_boxes("content", [other])
        there = DataKey.objects.get(owner=other)
        DataKey.objects.filter(pk=self.owner).update(wrapped=bytes(there.wrapped))
        DataKey.objects.filter(pk=other).update(wrapped=bytes(self.row.wrapped))
        self.assertGone(self.owner)
        self.assertGone(other)

    def test_given_another_purpose_it_does_not_open(self) -> None:
        DataKey.objects.filter(pk=self.owner).update(purpose="identity")
        with self.assertRaises(Unreadable):
            vault.box_of("identity", self.owner)

    def test_a_content_key_is_not_found_as_an_identity_key(self) -> None:
        with self.assertRaises(Unreadable):
            vault.box_of("identity", self.owner)

    def test_changed_it_does_not_open(self) -> None:
        wrapped = bytearray(self.row.wrapped)
        wrapped[20] ^= 1
        DataKey.objects.filter(pk=self.owner).update(wrapped=bytes(wrapped))
        self.assertGone(self.owner)

    def test_destroyed_it_is_gone(self) -> None:
        self.row.delete()
        self.assertGone(self.owner)

    def test_of_an_epoch_whose_secret_is_destroyed_it_is_gone(self) -> None:
        DataKey.objects.filter(pk=self.owner).update(epoch=9)
        self.assertGone(self.owner)

    def test_every_owner_has_another_key(self) -> None:
        owners = [uuid4() for _ in range(10)]
        boxes = vault.new_boxes("identity", owners)
        self.assertEqual(len({box._key for box in boxes.values()}), 10)

    def test_many_are_made_in_one_query_and_found_in_one(self) -> None:
        owners = [uuid4() for _ in range(30)]
        with self.assertNumQueries(1):
            vault.new_boxes("content", owners)
        with self.assertNumQueries(1):
            self.assertEqual(set(vault.boxes_of("content", owners)), set(owners))

    def test_the_owners_without_a_key_are_left_out(self) -> None:
        missing = uuid4()
        self.assertEqual(set(vault.boxes_of("content", [self.owner, missing])), {self.owner})


class RotationTests(KeysInAFolder, TestCase):
    def test_after_a_rotation_the_old_keys_open_and_new_ones_are_of_the_new_epoch(self) -> None:
        old, new = uuid4(), uuid4()
        vault.new_boxes("content", [old])
        with override_settings(KEYS_FILE=rotated(self.path, "content")):
            vault.new_boxes("content", [new])
            self.assertEqual(set(vault.boxes_of("content", [old, new])), {old, new})
        self.assertEqual(DataKey.objects.get(owner=new).epoch, 2)

    def test_without_the_old_secret_only_the_new_ones_open(self) -> None:
        old, new = uuid4(), uuid4()
        vault.new_boxes("content", [old])
        with override_settings(KEYS_FILE=rotated(self.path, "content", forget_first=True)):
            vault.new_boxes("content", [new])
            self.assertEqual(set(vault.boxes_of("content", [old, new])), {new})


class InboxSealTests(KeysInAFolder):
    PAYLOAD = b'{"params":{"Body":["Tolong"]}}'

    def test_what_arrived_opens_in_its_own_entry(self) -> None:
        row = uuid4()
        sealed = vault.seal_inbox(row, self.PAYLOAD)
        self.assertNotIn(b"Tolong", sealed)
        self.assertEqual(vault.open_inbox(row, sealed), self.PAYLOAD)

    def test_it_does_not_open_in_another_entry(self) -> None:
        with self.assertRaises(Unreadable):
            vault.open_inbox(uuid4(), vault.seal_inbox(uuid4(), self.PAYLOAD))

    def test_damaged_or_empty_it_does_not_open(self) -> None:
        row = uuid4()
        sealed = vault.seal_inbox(row, self.PAYLOAD)
        for damaged in (b"", b"\0", sealed[:2], sealed[2:], sealed[:-1], self.PAYLOAD):
            with self.subTest(damaged=damaged[:4]), self.assertRaises(Unreadable):
                vault.open_inbox(row, damaged)

    def test_what_waits_over_a_rotation_still_opens(self) -> None:
        row = uuid4()
        sealed = vault.seal_inbox(row, self.PAYLOAD)
        with override_settings(KEYS_FILE=rotated(self.path, "inbox")):
            self.assertEqual(vault.open_inbox(row, sealed), self.PAYLOAD)
            self.assertNotEqual(vault.seal_inbox(row, self.PAYLOAD)[:2], sealed[:2])

    def test_the_inboxs_key_opens_no_content(self) -> None:
        _, inbox = keyring.active().current("inbox")
        _, content = keyring.active().current("content")
        self.assertNotEqual(inbox, content)
