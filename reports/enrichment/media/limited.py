"""Run a decoder over bytes in a child process that can do little else. Files are in memory; nothing touches a disk.

The child gets no environment (our keys are in ours), no input or output but files in memory, and the limits of
`confined`. It is killed with everything that it started when it takes too long.
"""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reports.enrichment.media.refusals import MediaRefused

logger = logging.getLogger(__name__)

CONFINED = Path(__file__).with_name("confined.py")
READABLE = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/ld.so.conf")
"""Programs and libraries, besides our own interpreter's: what a decoder is loaded from."""
MEGABYTE = 1024**2


@dataclass(frozen=True)
class Limits:
    """What a child may use. `patience` is real time, which also runs while it waits for a processor."""

    seconds: int = 30
    patience: float = 60
    data: int = 320 * MEGABYTE
    space: int = 1536 * MEGABYTE
    file: int = 64 * MEGABYTE
    is_heavy: bool = False
    """Never two of these at once in a process: what each may hold is what the machine has to spare."""


_heavy = threading.Lock()


class Failed(Exception):
    """The child ended with an error of its own: what it was given is not what it reads."""


@dataclass(frozen=True)
class MemoryFile:
    """A file without a name, seen by the child under `path`."""

    handle: int

    @property
    def path(self) -> str:
        return f"/proc/self/fd/{self.handle}"

    def read(self, at_most: int) -> bytes:
        """From the beginning, so many bytes at most."""
        return os.pread(self.handle, at_most, 0)

    @property
    def size(self) -> int:
        return os.fstat(self.handle).st_size


@contextlib.contextmanager
def memory_file(content: bytes = b"") -> Iterator[MemoryFile]:
    handle = os.memfd_create("media", os.MFD_CLOEXEC)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(handle, view) :]
        os.lseek(handle, 0, os.SEEK_SET)
        yield MemoryFile(handle)
    finally:
        os.close(handle)


def run(
    command: Sequence[str],
    files: Sequence[MemoryFile],
    *,
    limits: Limits,
    output: MemoryFile | None = None,
) -> None:
    """Run it to its end, `files` open in it, what it prints in `output`.

    Raises Failed when it says no, MediaRefused when it takes more than it may.
    """
    with _heavy if limits.is_heavy else contextlib.nullcontext():
        _run(command, files, limits, output)


def ours(script: Path, *arguments: str) -> list[str]:
    """The command that runs a script of ours with the libraries of this installation."""
    return [sys.executable, "-I", str(script), *arguments]


def _run(
    command: Sequence[str],
    files: Sequence[MemoryFile],
    limits: Limits,
    output: MemoryFile | None,
) -> None:
    allowed: Mapping[str, object] = {
        "seconds": limits.seconds,
        "data": limits.data,
        "space": limits.space,
        "file": limits.file,
        "readable": sorted({*READABLE, sys.prefix, sys.base_prefix, str(CONFINED.parent)}),
    }
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-S", str(CONFINED), json.dumps(allowed), *command],
        stdin=subprocess.DEVNULL,
        stdout=output.handle if output else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[file.handle for file in files],
        env={"LANG": "C.UTF-8"},
        cwd="/",
        start_new_session=True,
    )
    try:
        code = process.wait(limits.patience)
    except subprocess.TimeoutExpired:
        logger.warning("a decoder took too long", extra={"program": Path(command[0]).name})
        raise MediaRefused("too_heavy") from None
    finally:
        # Also on the way out of anything else: nothing of it goes on after us.
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if code in {-signal.SIGKILL, -signal.SIGXCPU, -signal.SIGXFSZ}:
        raise MediaRefused("too_heavy")
    if code:
        raise Failed
