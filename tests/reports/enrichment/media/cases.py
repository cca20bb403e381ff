"""What tests of derived files share."""

from io import BytesIO

from django.test import SimpleTestCase
from PIL import Image

from reports.enrichment.media.derive import Derived, DerivedFile, derive
from reports.enrichment.media.refusals import MediaRefused
from tests import recordings


def file_of(derived: Derived, role: str) -> DerivedFile:
    """The only file of this role."""
    (file,) = [file for file in derived.files if file.role == role]
    return file


def shown(file: DerivedFile) -> Image.Image:
    return Image.open(BytesIO(file.content))


class MediaTestCase(SimpleTestCase):
    def assertRefused(self, content: bytes, *codes: str) -> None:
        with self.assertRaises(MediaRefused) as caught:
            derive(content)
        self.assertIn(caught.exception.code, codes)

    def assertNoMetadata(self, file: DerivedFile) -> None:
        """exiftool finds nothing but how the file is built and what it shows."""
        lines = recordings.seen(file.content).splitlines()
        groups = {line.split("]")[0].strip("[ ") for line in lines}
        # Of a film, QuickTime and the tracks are its structure.
        structure = {"ExifTool", "System", "File", "JFIF", "Composite"}
        if file.media_type != "image/jpeg":
            structure |= {"QuickTime", "Track1", "Track2"}
        self.assertLessEqual(groups, structure)
        self.assertNotIn(recordings.SECRET.encode(), file.content)
        dates = [line for line in lines if "Date" in line and not line.startswith("[System]")]
        for line in dates:
            self.assertIn("0000:00:00", line)
