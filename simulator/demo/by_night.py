"""What citizens photograph in the dark."""

from PIL import Image

from simulator.demo.canvas import HEIGHT, WIDTH, Canvas
from simulator.demo.things import motorcycle, person, shop_house


def night_gathering() -> Image.Image:
    """Seen through a window at night: people and motorcycles under a street lamp."""
    canvas = Canvas()
    canvas.gradient(0, 520, (10, 14, 28), (26, 32, 50))
    canvas.gradient(520, HEIGHT, (34, 36, 44), (16, 17, 22))
    canvas.box(120, 260, 420, 560, (26, 28, 36))
    canvas.polygon([(90, 270), (450, 270), (400, 190), (140, 190)], (34, 26, 28))
    canvas.box(190, 340, 260, 420, (150, 118, 60))
    canvas.box(830, 40, 840, 560, (58, 58, 60))
    canvas.line([(835, 46), (760, 52)], 8, (58, 58, 60))
    canvas.glow((752, 330), 760, (214, 160, 82), 150)
    canvas.glow((752, 70), 150, (255, 232, 180), 235)
    dark, darker = (34, 34, 42), (24, 25, 31)
    skin = (92, 66, 50)
    for x, y, height in ((470, 600, 205), (545, 612, 212), (905, 604, 208), (985, 615, 200)):
        person(canvas, (x, y), height, dark, darker, skin)
    motorcycle(canvas, (380, 640), 105, (48, 50, 62))
    motorcycle(canvas, (1040, 650), 110, (66, 40, 42))
    for x, y, shirt in (
        (620, 660, (44, 46, 58)),
        (700, 672, (164, 34, 36)),
        (790, 664, (40, 52, 60)),
        (860, 676, (52, 44, 40)),
    ):
        person(canvas, (x, y), 232, shirt, darker, skin)
    motorcycle(canvas, (560, 716), 120, (40, 46, 66))
    for x in range(-10, WIDTH, 46):
        canvas.box(x, 640, x + 9, 860, (18, 19, 24))
    for y in (660, 840):
        canvas.box(0, y, WIDTH, y + 12, (20, 21, 26))
    canvas.box(0, 0, 60, HEIGHT, (52, 44, 40))
    canvas.box(WIDTH - 46, 0, WIDTH, HEIGHT, (48, 41, 37))
    canvas.box(0, HEIGHT - 70, WIDTH, HEIGHT, (56, 47, 42))
    for fold in range(5):
        x = 60 + fold * 26
        canvas.polygon(
            [(x, 0), (x + 26, 0), (x + 18, HEIGHT - 70), (x, HEIGHT - 70)],
            (72 - fold * 6, 58 - fold * 5, 66 - fold * 5),
        )
    return canvas.finished()


def burning_store() -> Image.Image:
    """A furniture store on fire at dusk, seen from across the road; people keep away."""
    canvas = Canvas()
    canvas.gradient(0, 560, (26, 22, 34), (92, 54, 40))
    canvas.gradient(560, HEIGHT, (58, 48, 44), (26, 24, 26))
    for x, y, across, down in (
        (700, 60, 340, 110),
        (560, 150, 260, 90),
        (820, 180, 240, 100),
        (660, 250, 220, 80),
    ):
        canvas.disc((x, y), across, down, (44, 40, 44))
        canvas.disc((x + 60, y + 20), across * 0.6, down * 0.7, (56, 49, 49))
    shop_house(canvas, -60, 210, 250, 575, (92, 76, 62))
    shop_house(canvas, 1090, 1340, 270, 575, (84, 72, 66))
    canvas.glow((660, 380), 620, (255, 132, 36), 190)
    canvas.box(300, 330, 1010, 580, (40, 32, 30))
    canvas.polygon([(270, 340), (1040, 340), (900, 250), (420, 250)], (30, 24, 24))
    for left in (350, 570, 790):
        canvas.box(left, 400, left + 150, 580, (255, 176, 62))
        canvas.box(left + 18, 430, left + 132, 580, (255, 222, 128))
    _flames(canvas, 330, 980, 345)
    canvas.glow((660, 600), 520, (255, 138, 44), 110)
    canvas.line([(-20, 640), (1300, 640)], 6, (70, 58, 50))
    skin, dark = (60, 40, 32), (20, 18, 22)
    for x, height, shirt in ((150, 230, (30, 30, 40)), (235, 215, (46, 26, 28)), (1130, 240, dark)):
        person(canvas, (x, 800), height, shirt, dark, skin)
    canvas.line([(470, 800), (560, 770), (660, 790), (740, 760)], 8, (44, 48, 62))
    person(canvas, (760, 805), 235, (36, 40, 52), dark, skin)
    motorcycle(canvas, (980, 830), 120, (34, 36, 48))
    return canvas.finished()


def _flames(canvas: Canvas, left: int, right: int, floor: int) -> None:
    tongues = [(255, 112, 28), (255, 158, 44), (255, 216, 110)]
    for layer, colour in enumerate(tongues):
        for step, x in enumerate(range(left + 30 * layer, right - 20 * layer, 62)):
            height = (190, 120, 240, 150, 205)[(step + layer) % 5] * (1 - 0.26 * layer)
            lean = (18, -14, 26, -8)[step % 4]
            points = [
                (x - 34, floor),
                (x - 26, floor - height * 0.4),
                (x + lean, floor - height),
                (x + 24, floor - height * 0.45),
                (x + 40, floor),
            ]
            canvas.polygon(points, colour)
