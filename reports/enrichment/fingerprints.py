"""Pictures that look alike, by their 64-bit difference hashes: shrunk, recompressed and forwarded ones stay near."""

SAME, NEAR = 5, 10
"""Of 64 bits: usual bounds for difference hashes; unrelated pictures differ in about 32."""
PLAIN = frozenset({0, 2**64 - 1})
"""Of a picture of one colour, which is like every other."""


def distance(one: int, other: int) -> int:
    """In how many bits they differ."""
    return (one ^ other).bit_count()


def nearest(ones: frozenset[int], others: frozenset[int]) -> int | None:
    """The least distance between any two, or None where either side has none that says anything."""
    return min(
        (distance(one, other) for one in ones - PLAIN for other in others - PLAIN), default=None
    )
