"""The queue of files: a message that a worker can see is whole, and what is being written is none yet."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from django.test import SimpleTestCase
from kombu import Connection
from kombu.exceptions import ChannelError, OperationalError

from polreswa import broker_of_files


class BrokerOfFilesTests(SimpleTestCase):
    def setUp(self) -> None:
        broker_of_files.register()
        self.folder = Path(self.enterContext(TemporaryDirectory()))
        options = {
            "data_folder_in": str(self.folder),
            "data_folder_out": str(self.folder),
            "control_folder": str(self.folder / "control"),
        }
        (self.folder / "control").mkdir()
        self.connection = Connection("filesystem://", transport_options=options)
        self.addCleanup(self.connection.release)
        # What is bound is remembered for the whole process, whatever the folder.
        name = self._testMethodName
        self.queue = self.enterContext(self.connection.SimpleQueue(name))

    def files(self) -> list[str]:
        return [path.suffix for path in self.folder.iterdir() if path.is_file()]

    def test_what_is_put_in_comes_out_once(self) -> None:
        self.queue.put({"id": "1"})
        message = self.queue.get(block=False)
        self.assertEqual(message.payload, {"id": "1"})
        message.ack()
        with self.assertRaises(self.queue.Empty):
            self.queue.get(block=False)

    def test_a_worker_sees_nothing_of_what_is_not_whole(self) -> None:
        seen: list[str] = []
        rename = Path.rename

        def look(path: Path, target: Path) -> Path:
            seen.extend(self.files())
            with self.assertRaises(self.queue.Empty):
                self.queue.get(block=False)
            return rename(path, target)

        with mock.patch.object(Path, "rename", look):
            self.queue.put({"id": "1"})
        self.assertEqual((seen, self.files()), ([".part"], [".msg"]))

    def test_a_full_disk_is_the_brokers_error(self) -> None:
        full = mock.patch.object(Path, "write_bytes", side_effect=OSError(28, "No space left"))
        with full, self.assertRaises((ChannelError, OperationalError)):
            self.queue.put({"id": "1"})

    def test_it_is_what_the_setting_means(self) -> None:
        self.assertIs(type(self.connection.transport), broker_of_files.Transport)
