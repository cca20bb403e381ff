"""One photograph of twelve megapixels made safe to look at, against what Pillow needs to make a smaller copy of it."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from statistics import median

from django.conf import settings
from PIL import Image

from bench.size import Size
from bench.table import Row, milliseconds
from polreswa import policy
from reports import imaging
from reports.enrichment.media.derive import derive

LONGEST_RATIO = 1.3
WIDTH, HEIGHT = 4000, 3000


def rows(size: Size) -> Iterator[Row]:
    """Measured in a process of its own, one after the other, so that both find the machine alike."""
    command = [sys.executable, "-m", "bench.photo", str(size.photos)]
    told = subprocess.run(command, check=True, capture_output=True).stdout
    floors, ours = json.loads(told.splitlines()[-1])
    ratio = median(our / floor for our, floor in zip(ours, floors, strict=True))
    yield Row(
        "photo of 12 MP, made clean",
        floor=milliseconds(median(floors)),
        ours=milliseconds(median(ours)),
        ratio=f"{ratio:.2f}",
        target=f"<= {LONGEST_RATIO}",
        reached=ratio <= LONGEST_RATIO,
    )


def _measure(times: int) -> None:
    """Print the seconds of each round: Pillow's own, and ours."""
    settings.configure(
        TIME_ZONE="Asia/Jakarta",
        USE_I18N=False,
        **{name: value for name, value in vars(policy).items() if name.isupper()},
    )
    content = photograph()
    _by_pillow(content), derive(content)
    floors, ours = [], []
    for _ in range(times):
        floors.append(_seconds(lambda: _by_pillow(content)))
        ours.append(_seconds(lambda: derive(content)))
    sys.stdout.write(json.dumps([floors, ours]) + "\n")


def photograph() -> bytes:
    """As a telephone writes it: fine grain over soft shapes, some megabytes, notes of the camera."""
    grain = Image.effect_noise((WIDTH, HEIGHT), 24)
    shapes = Image.effect_noise((40, 30), 120).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    bands = [Image.blend(shapes, grain, share) for share in (0.2, 0.3, 0.4)]
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 1, "Kamera"
    out = BytesIO()
    Image.merge("RGB", bands).save(out, "JPEG", quality=90, exif=notes)
    return out.getvalue()


def _by_pillow(content: bytes) -> bytes:
    """Decode, thumbnail, encode: the same size and quality that ours has."""
    with Image.open(BytesIO(content)) as image:
        image.thumbnail((policy.PICTURE_SIDE, policy.PICTURE_SIDE))
        out = BytesIO()
        image.save(out, "JPEG", quality=imaging.QUALITIES[0])
    return out.getvalue()


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    _measure(int(sys.argv[1]))
