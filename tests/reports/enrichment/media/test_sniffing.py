"""What a file is, its content says, and what nobody should open is said to be so."""

import zipfile
from io import BytesIO

from django.test import SimpleTestCase

from reports.enrichment.media.refusals import MediaRefused
from reports.enrichment.media.sniffing import Nature, nature
from tests import photos, recordings


def packed(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "isi")
    return out.getvalue()


def boxes(brand: bytes, *others: bytes) -> bytes:
    content = b"ftyp" + brand + bytes(4) + b"".join(others)
    return (len(content) + 4).to_bytes(4, "big") + content + bytes(100)


class KindsTests(SimpleTestCase):
    def assertIs_(self, content: bytes, media_type: str, reader: str) -> None:
        found = nature(content)
        self.assertEqual((found.media_type, found.reader), (media_type, reader))

    def test_pictures(self) -> None:
        for kind, media_type in {
            "JPEG": "image/jpeg",
            "PNG": "image/png",
            "WEBP": "image/webp",
            "GIF": "image/gif",
            "BMP": "image/bmp",
        }.items():
            with self.subTest(kind):
                self.assertIs_(photos.encoded(photos.painted(), kind), media_type, "picture")

    def test_pictures_of_newer_telephones(self) -> None:
        self.assertIs_(boxes(b"heic", b"mif1", b"heic"), "image/heic", "heif")
        self.assertIs_(boxes(b"mif1", b"heic"), "image/heic", "heif")
        self.assertIs_(boxes(b"mif1", b"avif"), "image/avif", "none")

    def test_sound_and_film(self) -> None:
        for content, media_type, container in (
            (recordings.voice_note(), "audio/ogg", "ogg"),
            (recordings.tone("mp3"), "audio/mpeg", "mp3"),
            (recordings.tone("mp3", "-id3v2_version 0 -write_xing 0"), "audio/mpeg", "mp3"),
            (recordings.tone("m4a"), "audio/mp4", "mov"),
            (recordings.tone("aac"), "audio/aac", "aac"),
            (recordings.tone("wav"), "audio/wav", "wav"),
            (recordings.film(), "video/mp4", "mov"),
            (boxes(b"3gp4"), "video/3gpp", "mov"),
            (boxes(b"qt  "), "video/quicktime", "mov"),
            (b"#!AMR\n" + bytes(100), "audio/amr", "amr"),
        ):
            with self.subTest(media_type):
                self.assertEqual(nature(content), Nature(media_type, "recording", container))

    def test_documents(self) -> None:
        self.assertIs_(b"%PDF-1.7\n", "application/pdf", "pages")
        self.assertIs_(b"\r\n%PDF-1.7\n", "application/pdf", "pages")
        word = packed("[Content_Types].xml", "word/document.xml")
        self.assertIs_(word, nature(word).media_type, "none")
        self.assertIn("wordprocessingml", nature(word).media_type)
        self.assertIn("spreadsheetml", nature(packed("[Content_Types].xml", "xl/a")).media_type)
        self.assertIs_(b"Jalan Sukowati, dekat pasar\n", "text/plain", "none")

    def test_contacts(self) -> None:
        for card in (
            b"BEGIN:VCARD\r\n",
            b"\xef\xbb\xbfBEGIN:VCARD\r\n",
            b"\n begin:vcard\n",
        ):
            self.assertIs_(card, "text/vcard", "card")

    def test_a_letter_cut_in_two_at_the_end_of_what_is_looked_at_is_still_text(self) -> None:
        self.assertIs_(b"x" * 1022 + "🙏".encode(), "text/plain", "none")


class RefusedTests(SimpleTestCase):
    def test_each_is_refused_for_what_it_is(self) -> None:
        for code, contents in {
            "dangerous": (
                photos.NOT_TAKEN["an SVG"],
                b'<?xml version="1.0"?>\n<svg onload="alert(1)"/>',
                b"\xef\xbb\xbf  <!DOCTYPE html>",
                photos.NOT_TAKEN["a page before a picture"],
                b"MZ\x90\0" + bytes(100),
                b"\x7fELF" + bytes(100),
                b"#!/bin/sh\nrm -rf ~\n",
                b"halo <script>alert(1)</script>",
            ),
            "archive": (packed("a.exe"), b"Rar!\x1a\x07\0", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08"),
            "unknown": (bytes(100), b"\x01\x02\x03", bytes(range(256)), b"\xff", b"\xff\xfb"),
        }.items():
            for content in contents:
                with self.subTest(content=content[:20]):
                    with self.assertRaises(MediaRefused) as caught:
                        nature(content)
                    self.assertEqual(caught.exception.code, code)

    def test_an_archive_behind_a_picture_is_a_picture(self) -> None:
        self.assertEqual(nature(photos.jpeg() + packed("a.exe")).reader, "picture")
