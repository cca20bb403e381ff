"""ffmpeg, asked carefully: one known format, the decoders of telephones, no network, no file but those in memory."""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.enrichment.media import limited
from reports.enrichment.media.limited import MEGABYTE, Limits, MemoryFile

LOOKING = Limits(seconds=10, patience=30, file=MEGABYTE)
LONGEST_TAG = 200
LONGEST_DURATION = 24 * 3600.0
MOST_PIXELS = 4096 * 2304
"""Of a frame; a decoder keeps a dozen of them."""
LARGEST_ALLOCATION = 64 * MEGABYTE
DECODERS = (
    "h264,hevc,mpeg4,h263,mjpeg,aac,opus,libopus,vorbis,mp3,mp3float,amrnb,amrwb,alac,"
    "pcm_s16le,pcm_s16be,pcm_u8,pcm_s24le,pcm_mulaw,pcm_alaw"
)
"""What telephones write. ffmpeg has four hundred more, and their faults."""
CLEAN = "-map_metadata -1 -map_chapters -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact"
"""Nothing of the old file's tags, and no name of the encoder."""


@dataclass(frozen=True)
class Tools:
    ffmpeg: str
    ffprobe: str


@dataclass(frozen=True)
class Contents:
    """What ffprobe says of a file. Every value may be a lie."""

    duration: float | None
    sound: Mapping[str, Any] | None
    film: Mapping[str, Any] | None
    tags: Mapping[str, str]
    """Their names in lower case."""


def tools() -> Tools | None:
    """Where ffmpeg is, if it is here."""
    ffmpeg, ffprobe = shutil.which("ffmpeg"), shutil.which("ffprobe")
    return Tools(ffmpeg, ffprobe) if ffmpeg and ffprobe else None


def contents(found: Tools, original: MemoryFile, container: str) -> Contents:
    """What is in it. Raises Failed, ValueError and the like for what cannot be read."""
    command = [found.ffprobe, "-v", "error", *_opening(container), f"file:{original.path}"]
    command += ["-print_format", "json", "-show_format", "-show_streams"]
    with limited.memory_file() as answer:
        limited.run(command, [original], limits=LOOKING, output=answer)
        told = json.loads(answer.read(LOOKING.file))
    streams, whole = told.get("streams", []), told.get("format", {})
    tags = {name.lower(): str(text)[:LONGEST_TAG] for name, text in whole.get("tags", {}).items()}
    return Contents(
        _duration(whole.get("duration")),
        next(_of_kind(streams, "audio"), None),
        next(_of_kind(streams, "video"), None),
        tags,
    )


def convert(
    found: Tools,
    original: MemoryFile,
    container: str,
    outputs: Sequence[tuple[MemoryFile, Sequence[str]]],
    *,
    limits: Limits,
    start: float = 0.0,
) -> None:
    """Read the file once, from `start` seconds on, and write each output by its options. Raises Failed, MediaRefused."""
    command = [found.ffmpeg, "-v", "error", "-nostdin", "-y", "-filter_threads", "1"]
    command += ["-threads", "2", "-max_pixels", str(MOST_PIXELS)]
    command += [*(("-ss", f"{start:.3f}") if start else ()), *_opening(container)]
    command += [f"file:{original.path}"]
    for file, options in outputs:
        command += [*options, *CLEAN.split(), f"file:{file.path}"]
    limited.run(command, [original, *(file for file, _ in outputs)], limits=limits)


def _opening(container: str) -> list[str]:
    """The format is told, never guessed: a playlist would name other files."""
    return [
        *("-max_alloc", str(LARGEST_ALLOCATION)),
        *("-protocol_whitelist", "file"),
        *("-format_whitelist", "mov,mp4,m4a,3gp,3g2,mj2" if container == "mov" else container),
        *("-codec_whitelist", DECODERS),
        *("-f", container),
        "-i",
    ]


def _of_kind(streams: Sequence[Mapping[str, Any]], kind: str) -> Iterator[Mapping[str, Any]]:
    for stream in streams:
        # The cover of a song is a film to ffmpeg.
        is_cover = stream.get("disposition", {}).get("attached_pic")
        if stream.get("codec_type") == kind and stream.get("codec_name") and not is_cover:
            yield stream


def _duration(text: object) -> float | None:
    try:
        seconds = float(str(text))
    except ValueError:
        return None
    return seconds if 0 < seconds < LONGEST_DURATION else None
