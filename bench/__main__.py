"""Measure, and print one table. See the package's own words for how it is called."""

import argparse
import signal
import sys
import time
from collections.abc import Iterator, Sequence, Set
from types import FrameType

from bench import burst, feed, hints, memory, pages, photo, webhook
from bench.installation import Servers, installed, servers
from bench.noise import Noise
from bench.processes import DidNotStart
from bench.size import FULL, QUICK, Size
from bench.table import Row, drawn

FIGURES = ("webhook", "feed", "hints", "burst", "memory", "pages", "photo")


def main() -> int:
    arguments = _arguments()
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    rows: list[Row] = []
    noise, began_at = Noise(), time.monotonic()
    try:
        with servers() as at:
            for row in _measured(at, QUICK if arguments.quick else FULL, set(arguments.rows)):
                _say(" ".join(filter(None, row.cells())))
                rows.append(row)
    except KeyboardInterrupt:
        _say("stopped")
        return 130
    except DidNotStart as problem:
        _say(f"did not start:\n{problem}")
        return 1
    _say(f"\n{drawn(rows)}\n")
    _say(f"{time.monotonic() - began_at:.0f} s; others used {noise.others():.2f} CPUs meanwhile.")
    return 0


def _measured(at: Servers, size: Size, wanted: Set[str]) -> Iterator[Row]:
    if "webhook" in wanted:
        yield from webhook.rows(at, size)
    if "photo" in wanted:
        yield from photo.rows(size)
    if "pages" in wanted:
        with installed("few", at) as few, installed("many", at) as many:
            yield from pages.rows(few, many, size)
    if not wanted & {"feed", "hints", "burst", "memory"}:
        return
    with installed("desk", at) as program:
        if "feed" in wanted:
            yield from feed.rows(program, size)
        if "hints" in wanted:
            yield from hints.rows(program, size)
        burst_rows = list(burst.rows(program, size)) if wanted & {"burst", "memory"} else []
        if "burst" in wanted:
            yield from burst_rows
        if "memory" in wanted:
            yield from memory.rows(program)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a short run, to see that it works")
    parser.add_argument("--rows", type=_names, default=FIGURES, help=f"some of {','.join(FIGURES)}")
    return parser.parse_args()


def _names(text: str) -> Sequence[str]:
    names = text.split(",")
    if unknown := set(names) - set(FIGURES):
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(sorted(unknown))}")
    return names


def _as_ctrl_c(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
