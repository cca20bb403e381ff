"""The photographs and papers of the demo day, drawn when needed. Nobody real is in them."""

from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

from simulator.demo import by_day, by_night
from simulator.demo.canvas import jpeg
from simulator.records import Place

JAKARTA = ZoneInfo("Asia/Jakarta")
STICKER_SIDE = 512


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


def sticker() -> bytes:
    """A laughing face with tears, as WebP on nothing."""
    side = STICKER_SIDE * 2
    image = Image.new("RGBA", (side, side))
    pen = ImageDraw.Draw(image)
    pen.ellipse([60, 60, 964, 964], fill=(255, 255, 255, 255))
    pen.ellipse([84, 84, 940, 940], fill=(252, 204, 70, 255))
    for left in (240, 590):
        pen.arc([left, 330, left + 200, 500], 190, 350, fill=(70, 48, 24, 255), width=34)
    pen.chord([250, 440, 774, 860], 0, 180, fill=(120, 44, 36, 255))
    pen.rectangle([292, 650, 732, 700], fill=(255, 255, 255, 255))
    for centre in (190, 834):
        pen.ellipse([centre - 62, 470, centre + 62, 640], fill=(92, 178, 236, 255))
    stream = BytesIO()
    image.resize((STICKER_SIDE, STICKER_SIDE), Image.Resampling.LANCZOS).save(stream, "WEBP")
    return stream.getvalue()


def _transfer_receipt() -> Image.Image:
    """What an invented bank's application shows after a transfer."""
    screen = Image.new("RGB", (1080, 1920), (238, 241, 245))
    pen = ImageDraw.Draw(screen)
    pen.rectangle([0, 0, 1080, 420], fill=(28, 92, 132))
    pen.text((540, 120), "Bank Contoh", fill=(255, 255, 255), anchor="mm", font_size=52)
    pen.rounded_rectangle([60, 260, 1020, 1560], 36, fill=(255, 255, 255))
    pen.ellipse([460, 310, 620, 470], fill=(44, 150, 92))
    pen.line([(500, 392), (532, 424), (586, 356)], fill=(255, 255, 255), width=16, joint="curve")
    pen.text((540, 540), "Transfer berhasil", fill=(34, 40, 48), anchor="mm", font_size=48)
    pen.text((540, 640), "Rp2.400.000", fill=(34, 40, 48), anchor="mm", font_size=84)
    for row, (name, value) in enumerate(RECEIPT):
        y = 780 + row * 130
        pen.line([(120, y - 50), (960, y - 50)], fill=(226, 230, 234), width=3)
        pen.text((120, y), name, fill=(120, 128, 138), anchor="lm", font_size=36)
        pen.text((960, y), value, fill=(34, 40, 48), anchor="rm", font_size=36)
    pen.rounded_rectangle([60, 1640, 1020, 1780], 36, outline=(28, 92, 132), width=5)
    pen.text((540, 1710), "Bagikan", fill=(28, 92, 132), anchor="mm", font_size=42)
    return screen


RECEIPT = [
    ("Ke rekening", "0000 1234 000"),
    ("Atas nama", "TOKO GAWAI CONTOH"),
    ("Bank tujuan", "Bank Rekaan"),
    ("Berita", "bayar hp"),
    ("Nomor rujukan", "REKAAN-000123"),
    ("Biaya", "Rp0"),
]
PICTURES: dict[str, Callable[[], Image.Image]] = {
    "accident": by_day.accident,
    "burning_store": by_night.burning_store,
    "electric_trap": by_day.electric_trap,
    "fallen_tree": by_day.fallen_tree,
    "fallen_tree_near": by_day.fallen_tree_near,
    "fallen_tree_queue": by_day.fallen_tree_queue,
    "night_gathering": by_night.night_gathering,
    "transfer_receipt": _transfer_receipt,
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
