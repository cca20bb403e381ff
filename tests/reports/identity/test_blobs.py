"""Sealed files: durable, for us alone, and only where they belong."""

import stat
import tempfile
from pathlib import Path
from unittest import mock
from uuid import uuid4

from django.test import SimpleTestCase, TestCase, override_settings

from reports.identity import blobs, vault
from reports.identity.vault import Unreadable


class FilesTests(SimpleTestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "media"
        changed = override_settings(MEDIA_DIR=self.folder)
        changed.enable()
        self.addCleanup(changed.disable)
        self.row = uuid4()

    def test_what_was_put_there_comes_back(self) -> None:
        blobs.put(self.row, b"sealed")
        self.assertEqual(blobs.get(self.row), b"sealed")

    def test_it_lies_under_its_own_id_without_an_ending(self) -> None:
        blobs.put(self.row, b"sealed")
        (path,) = (path for path in self.folder.rglob("*") if path.is_file())
        self.assertEqual(path, self.folder / str(self.row)[:2] / str(self.row))

    def test_nobody_else_may_read_it(self) -> None:
        blobs.put(self.row, b"sealed")
        path = self.folder / self.row.hex[:2] / str(self.row)
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(path.parent.stat().st_mode), 0o700)

    def test_half_a_file_is_never_seen(self) -> None:
        with (
            mock.patch("reports.identity.blobs.os.fsync", side_effect=OSError(28, "full")),
            self.assertRaises(OSError),
        ):
            blobs.put(self.row, b"sealed")
        with self.assertRaises(Unreadable):
            blobs.get(self.row)
        blobs.remove(self.row)
        self.assertEqual([path for path in self.folder.rglob("*") if path.is_file()], [])

    def test_one_that_is_gone_is_unreadable(self) -> None:
        blobs.put(self.row, b"sealed")
        blobs.remove(self.row)
        blobs.remove(self.row)
        with self.assertRaises(Unreadable):
            blobs.get(self.row)


class BytesInABoxTests(TestCase):
    def setUp(self) -> None:
        self.owner, self.row = uuid4(), uuid4()
        self.box = vault.new_boxes("content", [self.owner])[self.owner]
        self.data = bytes(range(256)) * 40 + b"\x80\0\0"
        self.sealed = self.box.seal_bytes("picture.file", self.row, self.data)

    def test_any_bytes_come_back_as_they_were(self) -> None:
        for data in (self.data, b"", b"\0", b"\x80"):
            sealed = self.box.seal_bytes("picture.file", self.row, data)
            self.assertEqual(self.box.open_bytes("picture.file", self.row, sealed), data)

    def test_nothing_of_them_is_to_be_seen(self) -> None:
        self.assertNotIn(self.data[:32], self.sealed)

    def test_they_do_not_open_elsewhere_changed_or_cut(self) -> None:
        changed = bytes([*self.sealed[:-1], self.sealed[-1] ^ 1])
        for column, row, sealed in (
            ("picture.file", uuid4(), self.sealed),
            ("message.body", self.row, self.sealed),
            ("picture.file", self.row, changed),
            ("picture.file", self.row, self.sealed[:-64]),
            ("picture.file", self.row, self.data),
            ("picture.file", self.row, b""),
        ):
            with self.subTest(column=column, length=len(sealed)), self.assertRaises(Unreadable):
                self.box.open_bytes(column, row, sealed)
