"""init_keys makes the file of keys, once."""

import stat
import tempfile
from io import StringIO
from pathlib import Path
from unittest import mock

from django.core.management import CommandError, call_command
from django.test import SimpleTestCase, override_settings

from reports.identity import keyring
from reports.management.commands.init_keys import Command


class InitKeysTests(SimpleTestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "secret" / "keys.json"

    def init(self, *, demo: bool = False) -> str:
        said = StringIO()
        with override_settings(KEYS_FILE=self.path, DEMO=demo):
            call_command("init_keys", stdout=said)
        return said.getvalue()

    def test_it_makes_a_file_that_only_its_owner_reads(self) -> None:
        self.assertEqual(self.init(), f"keys made: {self.path}\n")
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
        self.assertFalse(keyring.read(self.path).is_demo)

    def test_a_file_that_is_there_is_kept_byte_for_byte(self) -> None:
        self.init()
        before = self.path.read_bytes()
        self.assertEqual(self.init(), f"keys kept as they are: {self.path}\n")
        self.assertEqual(self.path.read_bytes(), before)

    def test_a_damaged_file_is_kept_as_well(self) -> None:
        self.path.parent.mkdir()
        self.path.write_text("half a fi")
        self.init()
        self.assertEqual(self.path.read_text(), "half a fi")

    def test_the_keys_of_a_demo_are_marked(self) -> None:
        self.init(demo=True)
        self.assertTrue(keyring.read(self.path).is_demo)

    def test_it_runs_before_the_checks_that_ask_for_the_file(self) -> None:
        self.assertEqual(Command.requires_system_checks, [])

    def test_no_secret_is_printed(self) -> None:
        said = self.init()
        for part in self.path.read_text().split('"'):
            if len(part) > 40:
                self.assertNotIn(part, said)

    def test_a_place_that_cannot_be_written_is_named(self) -> None:
        with (
            mock.patch.object(keyring.os, "open", side_effect=PermissionError(13, "no")),
            self.assertRaisesMessage(CommandError, str(self.path)),
        ):
            self.init()
