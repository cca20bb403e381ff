"""Things that stand in the drawn photographs: people, motorcycles, cars, houses, leaves."""

from collections.abc import Sequence
from math import cos, radians, sin

from simulator.demo.canvas import Canvas, Colour, Point, scattered

TYRE: Colour = (28, 28, 30)
RIM: Colour = (120, 124, 128)
SKIN: Colour = (140, 100, 76)
GLASS: Colour = (92, 112, 126)


def placed(points: Sequence[Point], at: Point, size: float, angle: float = 0) -> list[Point]:
    """Points of a thing one unit large, moved to `at`, enlarged and turned clockwise."""
    turn = radians(angle)
    return [
        (
            at[0] + size * (x * cos(turn) - y * sin(turn)),
            at[1] + size * (x * sin(turn) + y * cos(turn)),
        )
        for x, y in points
    ]


def person(
    canvas: Canvas, at: Point, height: float, shirt: Colour, trousers: Colour, skin: Colour = SKIN
) -> None:
    """Somebody standing; `at` is between the feet."""
    x, y = at
    unit = height / 8
    canvas.disc((x, y), unit * 1.3, unit * 0.22, darker(trousers))
    for side in (-1, 1):
        hip, foot = x + side * unit * 0.38, x + side * unit * 0.55
        canvas.line([(hip, y - unit * 3.6), (foot, y - unit * 0.1)], unit * 0.78, trousers)
    canvas.polygon(
        [
            (x - unit * 1.05, y - unit * 6.3),
            (x + unit * 1.05, y - unit * 6.3),
            (x + unit * 0.8, y - unit * 3.3),
            (x - unit * 0.8, y - unit * 3.3),
        ],
        shirt,
    )
    for side in (-1, 1):
        shoulder, hand = x + side * unit * 0.98, x + side * unit * 1.25
        canvas.line([(shoulder, y - unit * 6.1), (hand, y - unit * 3.9)], unit * 0.5, shirt)
        canvas.disc((hand, y - unit * 3.75), unit * 0.24, unit * 0.28, skin)
    canvas.disc((x, y - unit * 6.45), unit * 0.42, unit * 0.5, skin)
    canvas.disc((x, y - unit * 7.25), unit * 0.62, unit * 0.76, skin)
    canvas.disc((x, y - unit * 7.55), unit * 0.64, unit * 0.5, (34, 28, 26))


def motorcycle(canvas: Canvas, at: Point, size: float, body: Colour, angle: float = 0) -> None:
    """A small motorcycle seen from the side; `at` is the middle between the wheels."""

    def place(*points: Point) -> list[Point]:
        return placed(points, at, size, angle)

    # Lying down, the wheels are seen from a flatter side.
    flat = 0.72 if abs(angle) > 30 else 1.0
    for wheel in place((-0.62, 0), (0.62, 0)):
        canvas.disc(wheel, size * 0.34, size * 0.34 * flat, TYRE)
        canvas.disc(wheel, size * 0.24, size * 0.24 * flat, RIM)
        canvas.disc(wheel, size * 0.2, size * 0.2 * flat, (60, 62, 66))
        canvas.disc(wheel, size * 0.07, size * 0.07 * flat, RIM)
    canvas.line(place((0.62, 0), (0.36, -0.72)), size * 0.08, RIM)
    canvas.line(place((-0.62, 0), (-0.1, 0.04)), size * 0.1, (70, 72, 76))
    canvas.line(place((-0.3, 0.14), (-0.95, 0.05)), size * 0.1, (150, 152, 156))
    canvas.polygon(place((-0.2, -0.1), (0.2, -0.12), (0.16, 0.2), (-0.2, 0.22)), (58, 60, 64))
    canvas.polygon(
        place(
            (-0.86, -0.46),
            (-0.2, -0.4),
            (0.05, -0.2),
            (0.3, -0.6),
            (0.46, -0.5),
            (0.24, 0.08),
            (-0.16, 0.06),
            (-0.5, -0.18),
            (-0.84, -0.28),
        ),
        body,
    )
    canvas.polygon(place((-0.9, -0.56), (-0.16, -0.5), (-0.02, -0.38), (-0.86, -0.44)), TYRE)
    canvas.line(place((0.34, -0.7), (0.2, -0.82)), size * 0.06, TYRE)
    for lamp in place((0.46, -0.6)):
        canvas.disc(lamp, size * 0.09, size * 0.08, (236, 228, 196))
    for lamp in place((-0.9, -0.42)):
        canvas.disc(lamp, size * 0.05, size * 0.06, (178, 36, 30))


def pickup(canvas: Canvas, at: Point, size: float, body: Colour) -> None:
    """A pick-up seen from the side, facing left; `at` is on the ground, in the middle."""

    def place(*points: Point) -> list[Point]:
        return placed(points, at, size)

    canvas.disc(at, size * 1.5, size * 0.1, (52, 52, 54))
    canvas.polygon(
        place(
            (-1.35, -0.2),
            (-1.36, -0.5),
            (-1.0, -0.6),
            (-0.66, -1.02),
            (0.06, -1.02),
            (0.1, -0.6),
            (1.34, -0.6),
            (1.34, -0.2),
        ),
        body,
    )
    canvas.polygon(place((-0.92, -0.6), (-0.63, -0.95), (-0.36, -0.95), (-0.36, -0.6)), GLASS)
    canvas.polygon(place((-0.3, -0.6), (-0.3, -0.95), (0, -0.95), (0.02, -0.6)), GLASS)
    canvas.line(place((0.12, -0.56), (1.33, -0.56)), size * 0.05, darker(body))
    canvas.line(place((-0.33, -0.58), (-0.33, -0.22)), size * 0.02, darker(body))
    canvas.polygon(place((-1.37, -0.3), (-1.2, -0.3), (-1.2, -0.18), (-1.37, -0.18)), (64, 66, 70))
    canvas.polygon(
        place((-1.36, -0.5), (-1.2, -0.53), (-1.22, -0.42), (-1.36, -0.4)), (240, 232, 200)
    )
    for wheel in place((-0.85, -0.14), (0.85, -0.14)):
        canvas.disc(wheel, size * 0.25, size * 0.25, TYRE)
        canvas.disc(wheel, size * 0.13, size * 0.13, RIM)


def car_from_behind(canvas: Canvas, at: Point, size: float, body: Colour) -> None:
    """A car waiting in front of us; `at` is on the ground, in the middle."""

    def place(*points: Point) -> list[Point]:
        return placed(points, at, size)

    canvas.disc(at, size * 0.72, size * 0.08, (46, 46, 48))
    for side in (-0.5, 0.5):
        for wheel in place((side, -0.1)):
            canvas.disc(wheel, size * 0.1, size * 0.14, TYRE)
    canvas.polygon(place((-0.62, -0.1), (-0.62, -0.62), (0.62, -0.62), (0.62, -0.1)), body)
    canvas.polygon(place((-0.56, -0.62), (-0.42, -1.04), (0.42, -1.04), (0.56, -0.62)), body)
    canvas.polygon(place((-0.46, -0.64), (-0.35, -0.97), (0.35, -0.97), (0.46, -0.64)), GLASS)
    for side in (-1, 1):
        lamp = place(
            (side * 0.6, -0.56), (side * 0.42, -0.56), (side * 0.42, -0.42), (side * 0.6, -0.42)
        )
        canvas.polygon(lamp, (200, 34, 28))
    canvas.polygon(place((-0.18, -0.4), (0.18, -0.4), (0.18, -0.3), (-0.18, -0.3)), (30, 30, 32))


def shop_house(
    canvas: Canvas, left: float, right: float, roof: float, floor: float, wall: Colour
) -> None:
    """A two-storey shop with an awning, as they stand along every main road."""
    canvas.box(left, roof, right, floor, wall)
    canvas.box(left, roof, right, roof + 14, darker(wall))
    width, height = right - left, floor - roof
    for column in range(3):
        x = left + width * (0.12 + 0.3 * column)
        canvas.box(x, roof + height * 0.16, x + width * 0.18, roof + height * 0.36, GLASS)
    canvas.polygon(
        [
            (left - 6, roof + height * 0.5),
            (right + 6, roof + height * 0.5),
            (right + 16, roof + height * 0.62),
            (left - 16, roof + height * 0.62),
        ],
        (150, 66, 54),
    )
    canvas.box(left + width * 0.08, roof + height * 0.64, right - width * 0.08, floor, (70, 66, 62))
    for slat in range(6):
        y = roof + height * (0.66 + 0.055 * slat)
        canvas.line([(left + width * 0.08, y), (right - width * 0.08, y)], 2, (96, 92, 88))


def leaves(canvas: Canvas, centre: Point, across: float, down: float, seed: int) -> None:
    """A crown of leaves: dark patches first, light ones on top."""
    shades: list[Colour] = [(34, 58, 34), (46, 78, 42), (62, 98, 52), (86, 122, 66)]
    for layer, shade in enumerate(shades):
        reach = 1 - 0.16 * layer
        for x, y in scattered(46, seed + layer):
            spot = (
                centre[0] + (x - 0.5) * 2 * across * reach,
                centre[1] + (y - 0.5) * 2 * down * reach - layer * down * 0.07,
            )
            canvas.disc(spot, across * 0.13, down * 0.16, shade)


def darker(colour: Colour) -> Colour:
    red, green, blue = colour
    return red * 7 // 10, green * 7 // 10, blue * 7 // 10
