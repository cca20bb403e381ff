"""Files come in through memory: none is ever laid down in clear."""

import tempfile
from pathlib import Path
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory, SimpleTestCase, override_settings

from tests import samples


class InMemoryOnlyTests(SimpleTestCase):
    def posted(self, content: bytes) -> object:
        request = RequestFactory().post("/", {"picture": SimpleUploadedFile("a.jpg", content)})
        return request.FILES["picture"]

    def test_a_file_is_there_with_its_content(self) -> None:
        file = self.posted(b"picture" * 1000)
        self.assertEqual((file.size, file.read()), (7000, b"picture" * 1000))

    def test_of_one_that_is_too_large_there_is_the_size_alone(self) -> None:
        with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=500):
            file = self.posted(b"picture" * 1000)
        self.assertEqual((file.size, file.read()), (7000, b""))

    def test_nothing_is_written_to_the_disk(self) -> None:
        refused = mock.patch("builtins.open", side_effect=AssertionError("a file is opened"))
        for size in (1000, 3 * 1024**2, 20 * 1024**2):
            with (
                self.subTest(size=size),
                tempfile.TemporaryDirectory() as folder,
                override_settings(FILE_UPLOAD_TEMP_DIR=folder),
                refused,
            ):
                self.posted(bytes(size))
                self.assertEqual(list(Path(folder).iterdir()), [])

    def test_forms_without_files_are_not_concerned(self) -> None:
        request = RequestFactory().post("/", "a=1", content_type=samples.FORM)
        self.assertEqual(request.POST["a"], "1")
