"""Voice and film: something that every telephone and browser plays, how long it is, how loud, and a picture of it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from PIL import Image

from reports import camera, imaging
from reports.enrichment.media import ffmpeg, limited
from reports.enrichment.media.derived import Derived, DerivedFile
from reports.enrichment.media.ffmpeg import Contents, Tools
from reports.enrichment.media.limited import MEGABYTE, Limits, MemoryFile
from reports.enrichment.media.refusals import MediaRefused
from reports.enrichment.media.sniffing import Nature
from reports.enrichment.media.stills import shown
from reports.enrichment.media.waveforms import RATE, waveform
from reports.fingerprints import fingerprint

LISTENING = Limits(seconds=90, patience=180)
GLANCING = Limits(seconds=20, patience=60, data=400 * MEGABYTE, is_heavy=True)
WATCHING = Limits(seconds=180, patience=300, data=400 * MEGABYTE, is_heavy=True)
MOST_SAMPLES, MOST_CHANNELS = 96_000, 8
POSTER_AFTER = 1.0
"""Seconds. The first frame of a telephone's film is often black, or the inside of a pocket."""
AAC = "-c:a aac -ac 1 -ar 48000 -b:a 64k"
MP4 = "-movflags +faststart -f mp4"
SOUND = f"-map 0:a:0 {AAC} {MP4}"
LOUDNESS = f"-map 0:a:0 -ac 1 -ar {RATE} -c:a pcm_s16le -f s16le"
FRAME = "-map 0:v:0 -frames:v 1 -c:v ppm -f image2pipe"
"""A format so simple that nothing is decoded again to read it."""
UNNOTED = "-bsf:v filter_units=remove_types=6"
"""Without the notes that encoders and cameras write between the frames (SEI, type 6 of H.264)."""
H264 = "-c:v libx264 -preset veryfast -crf 26 -pix_fmt yuv420p -fpsmax 30"
FILM = f"-map 0:v:0 -map 0:a:0? {H264} {UNNOTED} {AAC} {MP4}"
UNTOUCHED = f"-map 0:v:0 -map 0:a:0? -c copy {UNNOTED} {MP4}"
"""The frames as they are."""
PLAYED_EVERYWHERE = {"Constrained Baseline", "Baseline", "Main", "High"}


def recording(content: bytes, nature: Nature) -> Derived:
    """A voice note or a film. Raises MediaRefused. Without ffmpeg, only what it seems to be: the original can be got."""
    if (found := ffmpeg.tools()) is None:
        is_film = nature.media_type.startswith("video/")
        return Derived("video" if is_film else "audio", nature.media_type, warnings=("no_ffmpeg",))
    with limited.memory_file(content) as original:
        try:
            about = ffmpeg.contents(found, original, nature.container)
            _refuse_excess(about)
            if about.film is not None and nature.container == "mov":
                return _film(original, nature, about, found)
            if about.sound is not None:
                return _sound(original, nature, about, found)
        except (limited.Failed, ValueError, KeyError, TypeError, AttributeError):
            raise MediaRefused("broken") from None
    raise MediaRefused("no_content")


def _refuse_excess(about: Contents) -> None:
    film, sound = about.film or {}, about.sound or {}
    if int(film.get("width", 0)) * int(film.get("height", 0)) > ffmpeg.MOST_PIXELS:
        raise MediaRefused("too_many_pixels")
    samples, channels = int(sound.get("sample_rate", 0)), int(sound.get("channels", 0))
    if samples > MOST_SAMPLES or channels > MOST_CHANNELS:
        raise MediaRefused("too_heavy")


def _sound(original: MemoryFile, nature: Nature, about: Contents, found: Tools) -> Derived:
    longest = settings.MEDIA_SOUND_LONGEST.total_seconds()
    until = ["-t", f"{longest:.0f}"]
    with limited.memory_file() as playable, limited.memory_file() as loudness:
        outputs = [
            (playable, [*SOUND.split(), *until]),
            (loudness, [*LOUDNESS.split(), *until]),
        ]
        ffmpeg.convert(found, original, nature.container, outputs, limits=LISTENING)
        heard, bars = waveform(loudness)
        content = playable.read(playable.size)
    if not heard:
        raise MediaRefused("no_content")
    is_longer = heard > longest - 1 and (about.duration or heard) > heard + 1
    duration = about.duration if is_longer and about.duration else heard
    return Derived(
        "audio",
        nature.media_type.replace("video/", "audio/"),
        [DerivedFile("sound", "audio/mp4", content)],
        duration_seconds=round(duration, 1),
        waveform=bars,
        camera=camera.note_of_film(about.tags),
        warnings=("shortened",) if is_longer else (),
    )


def _film(original: MemoryFile, nature: Nature, about: Contents, found: Tools) -> Derived:
    frame = _frame(original, nature, about, found)
    files = shown(frame, "poster") if frame is not None else []
    warnings = [] if frame is not None else ["no_poster"]
    longest = settings.MEDIA_FILM_LONGEST.total_seconds()
    try:
        files.append(_playable(original, nature, about, found))
        if (about.duration or 0) > longest + 1:
            warnings.append("shortened")
    except (limited.Failed, MediaRefused):
        if frame is None:
            raise
        warnings.append("no_film")
    return Derived(
        "video",
        nature.media_type,
        files,
        duration_seconds=round(about.duration, 1) if about.duration else None,
        camera=camera.note_of_film(about.tags),
        fingerprint=fingerprint(frame) if frame is not None else None,
        warnings=tuple(warnings),
    )


def _frame(
    original: MemoryFile, nature: Nature, about: Contents, found: Tools
) -> Image.Image | None:
    start = min(POSTER_AFTER, (about.duration or 0) / 2)
    options = [*FRAME.split(), "-vf", _within(*settings.MEDIA_FILM_SIDES)]
    with limited.memory_file() as made:
        try:
            outputs = [(made, options)]
            ffmpeg.convert(found, original, nature.container, outputs, limits=GLANCING, start=start)
            return imaging.look(made.read(made.size), imaging.Taking(("PPM",))).pixels
        except (limited.Failed, imaging.PictureUnfit, MediaRefused):
            return None


def _playable(original: MemoryFile, nature: Nature, about: Contents, found: Tools) -> DerivedFile:
    """The film for browsers: only tidied up where they can play it already. Raises Failed, MediaRefused."""
    longest = settings.MEDIA_FILM_LONGEST.total_seconds()
    ways = [[*FILM.split(), "-t", f"{longest:.0f}", "-vf", _within(*settings.MEDIA_FILM_SIDES)]]
    if _plays_everywhere(about.film or {}, about.sound) and (about.duration or 0) <= longest:
        ways.insert(0, UNTOUCHED.split())
    for number, options in enumerate(ways, start=1):
        with limited.memory_file() as made:
            try:
                outputs = [(made, options)]
                ffmpeg.convert(found, original, nature.container, outputs, limits=WATCHING)
            except limited.Failed:
                if number == len(ways):
                    raise
                continue
            return _described(made, found)
    raise limited.Failed


def _described(made: MemoryFile, found: Tools) -> DerivedFile:
    film = ffmpeg.contents(found, made, "mov").film
    if film is None:
        raise limited.Failed
    width, height = int(film["width"]), int(film["height"])
    if any(int(note.get("rotation", 0)) % 180 for note in film.get("side_data_list", ())):
        # The frames lie, and a note tells the player to set them up.
        width, height = height, width
    return DerivedFile("film", "video/mp4", made.read(made.size), width, height)


def _plays_everywhere(film: Mapping[str, Any], sound: Mapping[str, Any] | None) -> bool:
    sides = sorted((int(film["width"]), int(film["height"])), reverse=True)
    return (
        film["codec_name"] == "h264"
        and film.get("profile") in PLAYED_EVERYWHERE
        and film.get("pix_fmt") in {"yuv420p", "yuvj420p"}
        and all(side <= most for side, most in zip(sides, settings.MEDIA_FILM_SIDES, strict=True))
        and (sound is None or (sound["codec_name"], sound.get("profile")) == ("aac", "LC"))
    )


def _within(longer: int, shorter: int) -> str:
    """The filter that makes a film no larger than this, standing or lying."""
    width = f"'if(gte(iw,ih),min({longer},iw),min({shorter},iw))'"
    height = f"'if(gte(iw,ih),min({shorter},ih),min({longer},ih))'"
    return f"scale=w={width}:h={height}:force_original_aspect_ratio=decrease:force_divisible_by=2"
