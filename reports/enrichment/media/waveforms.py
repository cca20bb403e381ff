"""How loud a recording is from beginning to end, as the few bars that are drawn beside its button."""

import mmap

from reports.enrichment.media.limited import MemoryFile

RATE = 4000
"""Samples a second that loudness is read from: of speech, the strong part lies below half of it."""
BARS = 60
SILENCE = 200
"""Of 32767. A recording that never gets louder is quiet, however it is stretched."""


def waveform(samples: MemoryFile) -> tuple[float, tuple[int, ...]]:
    """Seconds that were heard, and 60 bars of 0 to 100; the file holds 16-bit samples of one channel."""
    count = samples.size // 2
    if not count:
        return 0.0, ()
    with (
        mmap.mmap(samples.handle, count * 2, prot=mmap.PROT_READ) as content,
        memoryview(content) as view,
        view.cast("h") as heights,
    ):
        bars = min(BARS, count)
        edges = [count * bar // bars for bar in range(bars + 1)]
        peaks = [_peak(heights, edges[bar], edges[bar + 1]) for bar in range(bars)]
    loudest = max(*peaks, SILENCE)
    return count / RATE, tuple(min(100, round(100 * peak / loudest)) for peak in peaks)


def _peak(heights: "memoryview[int]", start: int, end: int) -> int:
    with heights[start:end] as part:
        return max(max(part), -min(part))
