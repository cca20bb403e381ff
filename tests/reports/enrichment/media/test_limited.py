"""A decoder that somebody talked into something: what it can do then."""

import os
import socket
import sys
import threading
import time
from pathlib import Path
from unittest import mock

from django.test import SimpleTestCase

from reports.enrichment.media import limited
from reports.enrichment.media.limited import MEGABYTE, Failed, Limits, MemoryFile
from reports.enrichment.media.refusals import MediaRefused


def run(code: str, content: bytes = b"", **limits: float) -> bytes:
    """What this Python prints when it runs confined; GIVEN is the name of a file with the content."""
    with limited.memory_file(content) as given, limited.memory_file() as output:
        command = [sys.executable, "-I", "-c", code.replace("GIVEN", repr(given.path))]
        allowed = Limits(**{name: int(most) for name, most in limits.items()})
        limited.run(command, [given], limits=allowed, output=output)
        return output.read(MEGABYTE)


class AllowedTests(SimpleTestCase):
    def test_it_reads_what_it_was_given_and_answers(self) -> None:
        self.assertEqual(run("print(open(GIVEN).read()[::-1])", b"halo"), b"olah\n")

    def test_a_file_in_memory_has_no_name_anywhere(self) -> None:
        with limited.memory_file(b"rahasia") as given:
            self.assertIn("memfd:media", os.readlink(given.path))
            self.assertEqual((given.read(100), given.size), (b"rahasia", 7))


class ConfinedTests(SimpleTestCase):
    def assertCannot(self, code: str, content: bytes = b"") -> None:
        with self.assertRaises(Failed):
            run(code, content)

    def test_our_keys_are_not_in_its_surroundings(self) -> None:
        with mock.patch.dict(os.environ, {"IDENTITY_KEY": "rahasia"}):
            self.assertNotIn(b"rahasia", run("import os; print(dict(os.environ))"))

    def test_it_reads_no_other_file(self) -> None:
        for path in (__file__, "/etc/passwd", "/proc/1/environ", f"/proc/{os.getpid()}/environ"):
            with self.subTest(path):
                self.assertCannot(f"open({path!r}).read()")

    def test_it_writes_no_file(self) -> None:
        for path in ("/tmp/of-a-decoder", "/dev/shm/of-a-decoder", "/var/tmp/of-a-decoder"):
            with self.subTest(path):
                self.assertCannot(f"open({path!r}, 'w')")
                self.assertFalse(Path(path).exists())

    def test_it_lists_no_folder(self) -> None:
        self.assertCannot("import os; os.listdir('/tmp')")

    def test_it_reaches_no_network(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            address = server.getsockname()
            self.assertCannot(f"import socket; socket.create_connection({address!r}, 2)")

    def test_nor_can_it_send_a_packet(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
            server.bind(("127.0.0.1", 0))
            server.settimeout(0.2)
            send = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
            self.assertCannot(send + f"s.sendto(b'rahasia', {server.getsockname()!r})")
            with self.assertRaises(TimeoutError):
                server.recv(10)

    def test_only_what_it_was_given_is_open_in_it(self) -> None:
        secret = os.open(__file__, os.O_RDONLY)
        os.set_inheritable(secret, True)
        self.addCleanup(os.close, secret)
        self.assertCannot(f"import os; os.read({secret}, 10)")


class TooMuchTests(SimpleTestCase):
    def assertTooMuch(self, code: str, **limits: float) -> None:
        with self.assertRaises(MediaRefused) as caught:
            run(code, **limits)
        self.assertEqual(caught.exception.code, "too_heavy")

    def test_time_of_the_processor(self) -> None:
        self.assertTooMuch("while True: pass", seconds=1)

    def test_time_of_the_clock(self) -> None:
        self.assertTooMuch("import time; time.sleep(60)", patience=1)

    def test_memory(self) -> None:
        with self.assertRaises(Failed):
            run("bytearray(100 * 1024**2)", data=64 * MEGABYTE)

    def test_a_file_that_grows(self) -> None:
        with self.assertRaises(Failed):
            run("open(GIVEN, 'wb').write(bytes(2_000_000))", file=MEGABYTE)

    def test_what_it_started_ends_with_it(self) -> None:
        fork = "import os, time\nif os.fork() == 0: print(os.getpid(), flush=True)\ntime.sleep(60)"
        with limited.memory_file() as output:
            with self.assertRaises(MediaRefused):
                command = [sys.executable, "-I", "-c", fork]
                limited.run(command, [], limits=Limits(patience=3), output=output)
            child = int(output.read(100))
        self.assertTrue(self.is_gone(child))

    def test_one_that_fails_says_so_at_once(self) -> None:
        with self.assertRaises(Failed):
            run("raise SystemExit(3)")

    def test_files_are_closed_afterwards(self) -> None:
        before = len(os.listdir("/proc/self/fd"))
        for _ in range(3):
            with self.assertRaises(Failed):
                run("raise SystemExit(3)")
        # Fewer, when a server of an earlier test has come to its end meanwhile.
        self.assertLessEqual(len(os.listdir("/proc/self/fd")), before)

    def test_two_threads_do_not_get_each_others_files(self) -> None:
        answers: dict[int, bytes] = {}

        def ask(number: int) -> None:
            answers[number] = run("print(open(GIVEN).read())", b"%d" % number)

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(answers, {number: b"%d\n" % number for number in range(4)})

    def is_gone(self, process: int) -> bool:
        """Whether it has ended, or ends within a moment: what is orphaned waits for its new parent to notice."""
        for _ in range(50):
            status = Path(f"/proc/{process}/status")
            try:
                if "State:\tZ" in status.read_text():
                    return True
            except (FileNotFoundError, ProcessLookupError):
                return True
            time.sleep(0.1)
        return False


class MemoryFileTests(SimpleTestCase):
    def test_large_content_is_written_whole(self) -> None:
        content = bytes(range(256)) * 100_000
        with limited.memory_file(content) as file:
            self.assertIsInstance(file, MemoryFile)
            self.assertEqual(file.read(len(content)), content)
