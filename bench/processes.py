"""Processes that a figure needs: started with their words in a file, found again by their family, ended with it."""

import os
import signal
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

STOP_SECONDS = 25.0
LAST_WORDS = 3000


class DidNotStart(Exception):
    """With the last that the process said."""


@contextmanager
def running(
    command: Sequence[str], *, environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """The process and whatever it starts, for the length of the block. An error in the block takes its last words along."""
    with log.open("ab") as words:
        process = subprocess.Popen(
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            start_new_session=True,
        )
    try:
        yield process
    except Exception as error:
        error.add_note(f"{log.name} ends:\n{last_words(log)}")
        raise
    finally:
        family = [process.pid, *descendants(process.pid)]
        thaw(family)
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            for pid in family:
                _signal(pid, signal.SIGKILL)
            process.wait()


def last_words(log: Path) -> str:
    return log.read_text(errors="replace")[-LAST_WORDS:]


def families(of: int) -> dict[str, list[int]]:
    """The children of a process, each with all its descendants, by command line."""
    parents = _children_by_parent()
    return {_command(pid): [pid, *_below(pid, parents)] for pid in parents.get(of, [])}


def descendants(pid: int) -> list[int]:
    return _below(pid, _children_by_parent())


def freeze(pids: Iterable[int]) -> None:
    for pid in pids:
        _signal(pid, signal.SIGSTOP)


def thaw(pids: Iterable[int]) -> None:
    for pid in pids:
        _signal(pid, signal.SIGCONT)


def proportional_set_size(pids: Iterable[int]) -> float:
    """PSS in MB: what is shared with others counts by its share only."""
    return sum(_figure(Path(f"/proc/{pid}/smaps_rollup"), "Pss:") for pid in pids) / 1024


def command_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/cmdline").read_text().rstrip("\0").split("\0")


def environment_of(pid: int) -> dict[str, str]:
    pairs = Path(f"/proc/{pid}/environ").read_text().rstrip("\0").split("\0")
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


def _command(pid: int) -> str:
    return " ".join(command_of(pid))


def _below(pid: int, parents: Mapping[int, Sequence[int]]) -> list[int]:
    found: list[int] = []
    for child in parents.get(pid, []):
        found += [child, *_below(child, parents)]
    return found


def _children_by_parent() -> dict[int, list[int]]:
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    return parents


def _figure(path: Path, name: str) -> int:
    for line in path.read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
