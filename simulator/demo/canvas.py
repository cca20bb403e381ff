"""A canvas for drawn photographs: shapes are drawn large and scaled down, so edges are soft."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

Point = tuple[float, float]
Colour = tuple[int, int, int]

WIDTH, HEIGHT = 1280, 960
OVERSAMPLING = 2


class Canvas:
    """Coordinates are those of the finished picture."""

    def __init__(self) -> None:
        size = (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING)
        self.image = Image.new("RGB", size)
        self._draw = ImageDraw.Draw(self.image)

    def gradient(self, top: float, bottom: float, above: Colour, below: Colour) -> None:
        """Fill a band over the whole width, from one colour to another."""
        first, last = int(top * OVERSAMPLING), int(bottom * OVERSAMPLING)
        for y in range(first, last):
            share = (y - first) / max(last - first, 1)
            red, green, blue = (
                round(a + (b - a) * share) for a, b in zip(above, below, strict=True)
            )
            self._draw.line([(0, y), (self.image.width, y)], fill=(red, green, blue))

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        self._draw.polygon([_large(point) for point in points], fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def disc(self, centre: Point, across: float, down: float, colour: Colour) -> None:
        """An ellipse with the two radii."""
        x, y = centre
        corners = [_large((x - across, y - down)), _large((x + across, y + down))]
        self._draw.ellipse(corners, fill=colour)

    def line(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        large = [_large(point) for point in points]
        self._draw.line(large, fill=colour, width=round(width * OVERSAMPLING), joint="curve")

    def glow(self, centre: Point, radius: float, colour: Colour, strength: int) -> None:
        """Light around a lamp: `colour` laid over the picture, strongest in the middle."""
        small = Image.new("L", (WIDTH // 4, HEIGHT // 4))
        pen = ImageDraw.Draw(small)
        x, y, reach = centre[0] / 4, centre[1] / 4, radius / 4
        pen.ellipse([x - reach / 2, y - reach / 2, x + reach / 2, y + reach / 2], fill=strength)
        mask = small.filter(ImageFilter.GaussianBlur(reach / 3)).resize(self.image.size)
        self.image.paste(Image.new("RGB", self.image.size, colour), mask=mask)
        self._draw = ImageDraw.Draw(self.image)

    def finished(self, crop: tuple[int, int, int, int] | None = None) -> Image.Image:
        """The picture, or the part of it inside `crop`, as a telephone would have taken it."""
        if crop:
            left, top, right, bottom = (edge * OVERSAMPLING for edge in crop)
            image = self.image.crop((left, top, right, bottom))
            image = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        else:
            image = self.image.reduce(OVERSAMPLING)
        return image.filter(ImageFilter.GaussianBlur(0.7))


def jpeg(image: Image.Image, exif: Image.Exif) -> bytes:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=86, exif=exif)
    return stream.getvalue()


def scattered(count: int, seed: int) -> list[tuple[float, float]]:
    """`count` points in the unit square, scattered but always the same for one seed."""
    points = []
    state = seed
    for _ in range(count):
        pair = []
        for _ in range(2):
            state = (state * 1_103_515_245 + 12_345) % 2**31
            pair.append(state / 2**31)
        points.append((pair[0], pair[1]))
    return points


def _large(point: Point) -> Point:
    return point[0] * OVERSAMPLING, point[1] * OVERSAMPLING
