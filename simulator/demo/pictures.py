"""The photographs and papers of the demo day, drawn when needed. Nobody real is in them."""

from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

from simulator.demo.canvas import HEIGHT, WIDTH, Canvas, jpeg
from simulator.demo.things import (
    car_from_behind,
    leaves,
    motorcycle,
    person,
    pickup,
    shop_house,
)
from simulator.records import Place

JAKARTA = ZoneInfo("Asia/Jakarta")
ASPHALT = (88, 88, 92)


def photo(name: str, taken_at: datetime, place: Place | None) -> bytes:
    """One of the pictures below as JPEG, with the EXIF a telephone writes (place only if given)."""
    return jpeg(PICTURES[name](), _exif(taken_at, place))


def paper(title: str) -> bytes:
    """A scanned letter as PDF: a heading, grey lines for the text, a stamp."""
    sheet = Image.new("RGB", (1240, 1754), (252, 251, 247))
    pen = ImageDraw.Draw(sheet)
    pen.text((620, 190), title.upper(), fill=(40, 40, 40), anchor="mm", font_size=44)
    pen.line([(140, 250), (1100, 250)], fill=(60, 60, 60), width=4)
    for row in range(18):
        end = 1100 if row % 6 != 5 else 640
        pen.line([(140, 340 + row * 46), (end, 340 + row * 46)], fill=(168, 166, 160), width=9)
    pen.ellipse([760, 1270, 1000, 1510], outline=(92, 70, 150), width=7)
    pen.ellipse([790, 1300, 970, 1480], outline=(92, 70, 150), width=4)
    pen.line([(700, 1430), (790, 1350), (850, 1440), (960, 1330)], fill=(40, 46, 96), width=6)
    stream = BytesIO()
    sheet.save(stream, "PDF", resolution=150)
    return stream.getvalue()


def _accident() -> Image.Image:
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


def _fallen_tree() -> Image.Image:
    canvas = _tree_across_the_road()
    person(canvas, (250, 800), 250, (60, 96, 124), (58, 56, 60))
    motorcycle(canvas, (420, 850), 120, (40, 74, 130))
    return canvas.finished()


def _fallen_tree_near() -> Image.Image:
    return _tree_across_the_road().finished(crop=(480, 300, 1180, 825))


def _fallen_tree_queue() -> Image.Image:
    canvas = _tree_across_the_road()
    car_from_behind(canvas, (380, 880), 250, (150, 152, 156))
    car_from_behind(canvas, (860, 900), 270, (54, 70, 98))
    motorcycle(canvas, (620, 800), 90, (120, 40, 40))
    return canvas.finished(crop=(120, 240, 1160, 1020 - 60))


def _night_gathering() -> Image.Image:
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


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "accident": _accident,
    "fallen_tree": _fallen_tree,
    "fallen_tree_near": _fallen_tree_near,
    "fallen_tree_queue": _fallen_tree_queue,
    "night_gathering": _night_gathering,
}


def _exif(taken_at: datetime, place: Place | None) -> Image.Exif:
    exif = Image.Exif()
    moment = taken_at.astimezone(JAKARTA).strftime("%Y:%m:%d %H:%M:%S")
    exif[Base.Make] = "Simulator"
    exif[Base.Model] = "Telepon warga"
    exif[Base.Orientation] = 1
    exif[Base.DateTime] = moment
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = moment
    if place:
        latitude, longitude = Fraction(place.latitude), Fraction(place.longitude)
        gps = exif.get_ifd(IFD.GPSInfo)
        gps[GPS.GPSLatitudeRef] = "S" if latitude < 0 else "N"
        gps[GPS.GPSLatitude] = _degrees(abs(latitude))
        gps[GPS.GPSLongitudeRef] = "W" if longitude < 0 else "E"
        gps[GPS.GPSLongitude] = _degrees(abs(longitude))
    return exif


def _degrees(value: Fraction) -> tuple[float, float, float]:
    """Degrees, minutes, seconds."""
    minutes = (value - int(value)) * 60
    return float(int(value)), float(int(minutes)), float((minutes - int(minutes)) * 60)
