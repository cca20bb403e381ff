"""Sound and film as telephones make them: made here by ffmpeg, once a run."""

import subprocess
import tempfile
from functools import cache
from pathlib import Path

TONE = "-f lavfi -i sine=frequency=440:duration={seconds}"
SCENE = "-f lavfi -i testsrc2=size={size}:rate=15:duration={seconds}"
SECRET = "budi 081234567890"
TELLTALE = (
    f"-metadata|title={SECRET}|-metadata|comment={SECRET}|-metadata|artist={SECRET}"
    "|-metadata|location=-7.4250+111.0210/|-metadata|creation_time=2026-11-20T14:05:06Z"
).split("|")


@cache
def made(ending: str, options: str, *more: str) -> bytes:
    """What ffmpeg writes into a file with this ending."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"file.{ending}"
        subprocess.run(
            ["ffmpeg", "-v", "error", "-nostdin", *options.split(), *more, str(file)], check=True
        )
        return file.read_bytes()


def tone(ending: str, options: str = "", *more: str, seconds: float = 3) -> bytes:
    return made(ending, f"{TONE.format(seconds=seconds)} {options}", *more)


def voice_note(seconds: float = 3) -> bytes:
    return tone("ogg", "-c:a libopus -b:a 16k", *TELLTALE, seconds=seconds)


def film(size: str = "320x240", options: str = "", *more: str, seconds: float = 2) -> bytes:
    """H.264 and AAC, as WhatsApp passes films on, unless the options say something else."""
    scene, tone = SCENE.format(size=size, seconds=seconds), TONE.format(seconds=seconds)
    usual = "-c:v libx264 -pix_fmt yuv420p -preset ultrafast -c:a aac -shortest"
    return made("mp4", f"{scene} {tone} {usual} {options}", *more)


def turned(content: bytes) -> bytes:
    """The same film with the note that a telephone makes when it is held upright."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lying.mp4"
        file.write_bytes(content)
        return made("mp4", f"-i {file} -c copy -metadata:s:v:0 rotate=90")


def seen(content: bytes, *tags: str) -> str:
    """What exiftool reads out of a file, a line for each tag."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        file.write_bytes(content)
        command = ["exiftool", "-G1", "-a", "-u", "-s", *tags, str(file)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
