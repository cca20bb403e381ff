"""Documents: the pages of a PDF as pictures; everything else is kept and said to be."""

from io import BytesIO

from reports.enrichment.media.derive import derive
from tests import photos
from tests.reports.enrichment.media.cases import MediaTestCase, file_of, shown


def pdf(pages: int = 1, size: tuple[int, int] = (600, 800)) -> bytes:
    out = BytesIO()
    page = photos.painted(*size)
    more = [page] * (pages - 1)
    page.save(out, "PDF", save_all=True, append_images=more, title=photos.SECRET.decode())
    return out.getvalue()


def written(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A document out of these objects, the first its catalogue; readers find what is not listed."""
    body = b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (number, content)
        for number, content in enumerate(objects, start=1)
    )
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R " + trailer + b" >>\n%%EOF\n"


class PagesTests(MediaTestCase):
    def test_each_page_is_a_picture_and_the_first_has_a_thumbnail(self) -> None:
        derived = derive(pdf(3))
        self.assertEqual((derived.kind, derived.media_type), ("document", "application/pdf"))
        pages = [file for file in derived.files if file.role == "page"]
        self.assertEqual([page.position for page in pages], [0, 1, 2])
        self.assertEqual(derived.warnings, ())
        colour = shown(pages[0]).getpixel((300, 100))
        assert isinstance(colour, tuple)
        self.assertGreater(colour[0], colour[2])
        self.assertLessEqual(max(shown(file_of(derived, "thumbnail")).size), 480)

    def test_ten_pages_are_shown_and_it_is_said_that_there_are_more(self) -> None:
        derived = derive(pdf(12))
        self.assertEqual(len([file for file in derived.files if file.role == "page"]), 10)
        self.assertEqual(derived.warnings, ("more_pages",))

    def test_a_poster_is_no_larger_than_a_page(self) -> None:
        page = next(file for file in derive(pdf(1, (5000, 100))).files if file.role == "page")
        self.assertEqual(page.width, 1600)

    def test_no_metadata_is_left(self) -> None:
        self.assertIn(photos.SECRET, pdf().replace(b"\0", b""))
        for file in derive(pdf()).files:
            self.assertNoMetadata(file)


class HostileTests(MediaTestCase):
    def test_a_locked_one_is_refused_and_this_is_the_reason(self) -> None:
        locked = written(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 0 /Kids [] >>",
            b"<< /Filter /Standard /V 1 /R 2 /P -4 /Length 40 /O (%s) /U (%s) >>"
            % (b"o" * 32, b"u" * 32),
            trailer=b"/Encrypt 3 0 R /ID [(aaaaaaaaaaaaaaaa) (aaaaaaaaaaaaaaaa)]",
        )
        self.assertRefused(locked, "encrypted")

    def test_half_a_document_and_noise_are_refused(self) -> None:
        for content in (
            b"%PDF-1.7\n" + bytes(500),
            b"%PDF-1.7\n" + photos.noise(100, 100).tobytes(),
            b"%PDF-1.7",
        ):
            self.assertRefused(content, "broken")

    def test_a_document_without_pages_is_refused(self) -> None:
        empty = written(
            b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>"
        )
        self.assertRefused(empty, "broken")

    def test_a_page_of_a_hundred_metres_is_drawn_small(self) -> None:
        vast = written(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200000 200000] >>",
        )
        page = next(file for file in derive(vast).files if file.role == "page")
        self.assertEqual((page.width, page.height), (1600, 1600))

    def test_pages_that_contain_themselves_end(self) -> None:
        endless = written(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 99999 /Kids [2 0 R 2 0 R] >>",
        )
        self.assertRefused(endless, "broken", "too_heavy")


class OthersTests(MediaTestCase):
    def test_what_is_not_opened_is_kept_and_this_is_said(self) -> None:
        for content in (
            b"II*\0" + bytes(100),
            b"Jalan Sukowati 5\n",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        ):
            derived = derive(content)
            self.assertEqual((derived.kind, derived.files), ("other", []))
            self.assertEqual(derived.warnings, ("download_only",))
