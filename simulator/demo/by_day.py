"""What citizens photograph by day."""

from PIL import Image

from simulator.demo.canvas import HEIGHT, WIDTH, Canvas
from simulator.demo.things import (
    car_from_behind,
    leaves,
    motorcycle,
    person,
    pickup,
    shop_house,
)

ASPHALT = (88, 88, 92)


def accident() -> Image.Image:
    """A crossing by day: a pick-up, a motorcycle on its side, people looking on."""
    canvas = Canvas()
    canvas.gradient(0, 500, (176, 190, 200), (222, 226, 222))
    leaves(canvas, (640, 380), 620, 70, seed=11)
    shop_house(canvas, -40, 300, 120, 500, (206, 190, 158))
    shop_house(canvas, 310, 560, 190, 490, (182, 196, 186))
    shop_house(canvas, 1010, 1330, 140, 500, (214, 204, 190))
    canvas.gradient(480, HEIGHT, (112, 112, 114), (78, 78, 82))
    canvas.polygon([(0, 480), (WIDTH, 480), (WIDTH, 520), (0, 512)], (150, 146, 138))
    for row, left in enumerate((180, 470, 760, 1050)):
        tilt = row * 6
        canvas.polygon(
            [(left, 690), (left + 150, 690), (left + 166 + tilt, 704), (left + tilt, 704)],
            (206, 204, 196),
        )
    canvas.box(905, 90, 917, 520, (66, 68, 70))
    canvas.box(886, 96, 936, 220, (38, 40, 42))
    for lamp, colour in enumerate([(196, 40, 34), (70, 58, 30), (34, 60, 40)]):
        canvas.disc((911, 118 + lamp * 38), 14, 14, colour)
    for x, shirt in (
        (120, (66, 84, 118)),
        (196, (140, 62, 58)),
        (610, (196, 180, 92)),
        (1170, (84, 108, 84)),
    ):
        person(canvas, (x, 620), 200, shirt, (52, 54, 64))
    pickup(canvas, (905, 730), 215, (226, 228, 230))
    canvas.line([(300, 905), (470, 850), (560, 832)], 9, (58, 58, 60))
    motorcycle(canvas, (420, 810), 170, (150, 32, 34), angle=64)
    canvas.disc((618, 872), 36, 30, (34, 52, 110))
    canvas.disc((628, 878), 22, 16, (24, 28, 36))
    for x, y in ((520, 902), (560, 884), (486, 868), (590, 918), (664, 842)):
        canvas.polygon([(x, y), (x + 18, y - 5), (x + 12, y + 8)], (226, 214, 180))
    return canvas.finished()


def _tree_across_the_road() -> Canvas:
    canvas = Canvas()
    canvas.gradient(0, 480, (142, 156, 170), (206, 212, 212))
    canvas.gradient(440, HEIGHT, (132, 136, 122), (146, 140, 128))
    shop_house(canvas, 40, 330, 130, 470, (196, 198, 188))
    shop_house(canvas, 880, 1240, 100, 480, (208, 192, 172))
    leaves(canvas, (610, 330), 190, 130, seed=5)
    canvas.polygon([(430, 460), (850, 460), (1400, HEIGHT), (-120, HEIGHT)], ASPHALT)
    canvas.polygon([(0, 470), (430, 460), (-120, HEIGHT), (0, HEIGHT)], (146, 140, 128))
    canvas.polygon([(850, 460), (WIDTH, 474), (WIDTH, HEIGHT), (1400, HEIGHT)], (146, 140, 128))
    for top, bottom, width in ((500, 540, 8), (590, 660, 14), (740, 860, 22)):
        canvas.polygon(
            [
                (640 - width / 2, top),
                (640 + width / 2, top),
                (640 + width, bottom),
                (640 - width, bottom),
            ],
            (204, 202, 194),
        )
    for x in (372, 900):
        canvas.line([(x, 40), (x, 500)], 12, (72, 70, 68))
    canvas.line([(372, 70), (520, 200), (600, 430), (640, 560)], 4, (24, 24, 26))
    canvas.line([(640, 560), (760, 300), (900, 74)], 4, (24, 24, 26))
    canvas.polygon(
        [(60, 640), (90, 560), (900, 610), (1180, 690), (1170, 740), (880, 680)], (84, 64, 46)
    )
    canvas.polygon([(90, 560), (900, 610), (1180, 690), (1178, 700), (890, 636)], (120, 94, 68))
    canvas.polygon([(20, 560), (110, 520), (130, 690), (40, 700)], (66, 50, 38))
    leaves(canvas, (900, 640), 300, 150, seed=23)
    leaves(canvas, (560, 600), 190, 90, seed=41)
    leaves(canvas, (1120, 730), 180, 110, seed=57)
    return canvas


def fallen_tree() -> Image.Image:
    canvas = _tree_across_the_road()
    person(canvas, (250, 800), 250, (60, 96, 124), (58, 56, 60))
    motorcycle(canvas, (420, 850), 120, (40, 74, 130))
    return canvas.finished()


def fallen_tree_near() -> Image.Image:
    return _tree_across_the_road().finished(crop=(480, 300, 1180, 825))


def fallen_tree_queue() -> Image.Image:
    canvas = _tree_across_the_road()
    car_from_behind(canvas, (380, 880), 250, (150, 152, 156))
    car_from_behind(canvas, (860, 900), 270, (54, 70, 98))
    motorcycle(canvas, (620, 800), 90, (120, 40, 40))
    return canvas.finished(crop=(120, 240, 1160, 1020 - 60))


def electric_trap() -> Image.Image:
    """A bare wire on sticks along a rice field, against rats, and the house it comes from."""
    canvas = Canvas()
    canvas.gradient(0, 380, (168, 188, 204), (220, 226, 220))
    leaves(canvas, (250, 330), 330, 60, seed=7)
    leaves(canvas, (1030, 320), 300, 70, seed=19)
    canvas.box(560, 250, 720, 370, (198, 184, 158))
    canvas.polygon([(535, 256), (745, 256), (700, 196), (580, 196)], (150, 84, 62))
    canvas.box(622, 300, 660, 370, (92, 72, 54))
    canvas.gradient(360, HEIGHT, (134, 160, 84), (86, 122, 56))
    canvas.polygon([(760, 372), (820, 372), (1080, HEIGHT), (560, HEIGHT)], (142, 112, 80))
    canvas.polygon([(775, 372), (802, 372), (960, HEIGHT), (700, HEIGHT)], (160, 130, 94))
    for row in range(13):
        y, tall = 400 + row * row * 3.4, 10 + row * 5
        for step in range(46):
            x = step * 30 + (row % 2) * 14 - 20
            if abs(x - 800 + (y - 372) * 0.02) > 34 + (y - 372) * 0.46:
                canvas.line([(x, y + tall), (x + 6, y)], 3 + row * 0.3, (66, 104, 44))
                canvas.line([(x + 8, y + tall), (x, y + 4)], 3 + row * 0.3, (108, 146, 66))
    posts = [(742, 372, 24), (700, 430, 44), (632, 530, 72), (520, 690, 110), (372, 900, 160)]
    for x, y, tall in posts:
        canvas.line([(x, y), (x, y - tall)], tall * 0.1, (112, 86, 58))
        canvas.disc((x, y - tall * 0.72), tall * 0.07, tall * 0.09, (226, 226, 216))
    for near in (0.72, 0.36):
        wire = [(x, y - tall * near) for x, y, tall in posts]
        canvas.line([(700, 330), *wire], 3.5, (196, 200, 206))
    return canvas.finished()
