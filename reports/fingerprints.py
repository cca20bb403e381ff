"""A picture in 64 bits, of which copies share most: the difference hash of N. Krawetz ("Kind of Like That", 2013).

Shrunk, recompressed and forwarded pictures stay near each other.
"""

from PIL import Image

COLUMNS, ROWS = 8, 8
PLAIN = 10
"""Of 255. What is darker or brighter by no more than this everywhere looks like every other dark or white picture."""
FEWEST = 4
"""So many bits at least have to differ from those of an even slope, which a sky or a wall can be."""
SAME, NEAR = 5, 10
"""Of 64 bits: usual bounds for difference hashes; unrelated pictures differ in about 32."""
ONE_COLOUR = frozenset({0, 2**64 - 1})
"""Of a picture of one colour, which is like every other."""


def fingerprint(pixels: Image.Image) -> int | None:
    """A bit for each of 8 times 8 places: whether it is brighter than its right neighbour. None for a plain picture."""
    # Colours are taken out of the small one: a copy of the large one costs more than all the rest.
    small = pixels.resize((COLUMNS + 1, ROWS), Image.Resampling.BOX, reducing_gap=2.0)
    grey = small.convert("L").tobytes()
    if max(grey) - min(grey) <= PLAIN:
        return None
    bits = 0
    for row in range(ROWS):
        for column in range(COLUMNS):
            at = row * (COLUMNS + 1) + column
            bits = bits << 1 | (grey[at] > grey[at + 1])
    is_telling = FEWEST <= bits.bit_count() <= COLUMNS * ROWS - FEWEST
    return bits if is_telling else None


def distance(one: int, other: int) -> int:
    """In how many bits they differ."""
    return (one ^ other).bit_count()


def nearest(ones: frozenset[int], others: frozenset[int]) -> int | None:
    """The least distance between any two, or None where either side has none that says anything."""
    return min(
        (distance(one, other) for one in ones - ONE_COLOUR for other in others - ONE_COLOUR),
        default=None,
    )
