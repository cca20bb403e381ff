"""Voice and film become what every telephone and browser plays, with nothing left of what the old file told."""

import shutil
from datetime import UTC, datetime, timedelta
from unittest import mock

from django.test import override_settings

from reports.enrichment.media import ffmpeg
from reports.enrichment.media.derive import derive
from tests import photos, recordings
from tests.reports.enrichment.media.cases import MediaTestCase, file_of, shown


class SoundTests(MediaTestCase):
    def test_a_voice_note_becomes_what_an_iphone_plays(self) -> None:
        derived = derive(recordings.voice_note(3))
        self.assertEqual((derived.kind, derived.media_type), ("audio", "audio/ogg"))
        sound = file_of(derived, "sound")
        self.assertEqual(sound.media_type, "audio/mp4")
        told = recordings.seen(sound.content, "-AudioFormat", "-MajorBrand")
        self.assertIn("mp4a", told)
        self.assertAlmostEqual(derived.duration_seconds or 0, 3, delta=0.2)

    def test_every_format_of_sound_is_understood(self) -> None:
        for ending, options in (
            ("mp3", ""),
            ("mp3", "-id3v2_version 0 -write_xing 0"),
            ("m4a", ""),
            ("aac", ""),
            ("wav", ""),
            ("3gp", "-c:a aac"),
        ):
            with self.subTest(ending=ending, options=options):
                derived = derive(recordings.tone(ending, options))
                self.assertEqual(derived.kind, "audio")
                self.assertTrue(derived.media_type.startswith("audio/"))
                self.assertAlmostEqual(derived.duration_seconds or 0, 3, delta=0.2)
                file_of(derived, "sound")

    def test_the_format_of_older_telephones_is_understood(self) -> None:
        # Three seconds of frames of the best quality, 31 bytes each, that say nothing.
        silent = b"#!AMR\n" + (b"\x3c" + bytes(31)) * 150
        derived = derive(silent)
        self.assertEqual((derived.kind, derived.media_type), ("audio", "audio/amr"))
        self.assertAlmostEqual(derived.duration_seconds or 0, 3, delta=0.2)

    def test_it_is_drawn_as_loud_as_it_is(self) -> None:
        half = "volume=enable='gt(t,2)':volume=0"
        derived = derive(recordings.tone("ogg", "-c:a libopus -af", half, seconds=4))
        bars = derived.waveform
        self.assertEqual(len(bars), 60)
        self.assertGreater(min(bars[2:28]), 60)
        self.assertLess(max(bars[33:]), 10)
        self.assertEqual(max(bars), 100)

    def test_silence_is_not_stretched_into_noise(self) -> None:
        derived = derive(recordings.tone("wav", "-af volume=0"))
        self.assertEqual(set(derived.waveform), {0})

    def test_nothing_is_left_of_what_the_file_told(self) -> None:
        for content in (
            recordings.voice_note(),
            recordings.tone("m4a", "", *recordings.TELLTALE),
            recordings.tone("mp3", "", *recordings.TELLTALE),
        ):
            self.assertIn(recordings.SECRET.encode(), content)
            self.assertNoMetadata(file_of(derive(content), "sound"))

    @override_settings(MEDIA_SOUND_LONGEST=timedelta(seconds=5))
    def test_of_a_long_recording_the_beginning_can_be_played_and_this_is_said(self) -> None:
        derived = derive(recordings.voice_note(12))
        self.assertEqual(derived.warnings, ("shortened",))
        self.assertAlmostEqual(derived.duration_seconds or 0, 12, delta=0.2)


class FilmTests(MediaTestCase):
    def test_a_film_becomes_a_film_and_a_picture_of_it(self) -> None:
        derived = derive(recordings.film())
        self.assertEqual((derived.kind, derived.media_type), ("video", "video/mp4"))
        film, poster = file_of(derived, "film"), file_of(derived, "poster")
        self.assertEqual((film.media_type, film.width, film.height), ("video/mp4", 320, 240))
        self.assertEqual(shown(poster).size, (320, 240))
        self.assertEqual(shown(file_of(derived, "thumbnail")).size, (320, 240))
        self.assertAlmostEqual(derived.duration_seconds or 0, 2, delta=0.2)
        self.assertIsNotNone(derived.fingerprint)

    def test_what_browsers_play_keeps_its_frames(self) -> None:
        film = file_of(derive(recordings.film()), "film")
        self.assertNotIn(b"x264", film.content)
        self.assertNotIn("x264", recordings.seen(film.content))

    def test_what_they_do_not_play_is_converted(self) -> None:
        for content in (
            recordings.film("320x240", "-c:v mpeg4"),
            recordings.film("320x240", "-pix_fmt yuv444p"),
            recordings.made(
                "3gp",
                "-f lavfi -i testsrc2=size=176x144:rate=15:duration=2 -c:v h263 -an",
            ),
        ):
            film = file_of(derive(content), "film")
            self.assertIn("avc1", recordings.seen(film.content, "-CompressorID"))
            self.assertNotIn(b"x264 - core", film.content)

    def test_a_large_one_becomes_smaller_lying_or_standing(self) -> None:
        for size, smaller in {"1920x1080": (1280, 720), "1080x1920": (720, 1280)}.items():
            with self.subTest(size):
                derived = derive(recordings.film(size, seconds=0.5))
                film, poster = file_of(derived, "film"), file_of(derived, "poster")
                self.assertEqual((film.width, film.height), smaller)
                self.assertEqual((poster.width, poster.height), smaller)

    def test_one_taken_upright_stands_upright(self) -> None:
        derived = derive(recordings.turned(recordings.film()))
        film, poster = file_of(derived, "film"), file_of(derived, "poster")
        self.assertEqual((film.width, film.height), (240, 320))
        self.assertEqual(shown(poster).size, (240, 320))

    def test_a_silent_one_is_a_film(self) -> None:
        self.assertEqual(file_of(derive(recordings.film("320x240", "-an")), "film").width, 320)

    def test_nothing_is_left_of_what_it_told_and_place_and_time_are_kept_apart(self) -> None:
        content = recordings.film("320x240", "", *recordings.TELLTALE)
        self.assertIn(recordings.SECRET.encode(), content)
        derived = derive(content)
        for file in derived.files:
            with self.subTest(file.role):
                self.assertNoMetadata(file)
        assert derived.camera is not None
        self.assertEqual((derived.camera.latitude, derived.camera.longitude), (-7.425, 111.021))
        self.assertEqual(derived.camera.taken_at, datetime(2026, 11, 20, 14, 5, 6, tzinfo=UTC))


class HostileTests(MediaTestCase):
    def test_half_a_film_is_refused(self) -> None:
        content = recordings.film()
        self.assertRefused(content[: len(content) // 2], "broken")

    def test_half_a_voice_note_is_played_as_far_as_it_goes(self) -> None:
        content = recordings.voice_note(8)
        derived = derive(content[: len(content) // 2])
        self.assertLess(derived.duration_seconds or 0, 6)
        self.assertGreater(derived.duration_seconds or 0, 2)

    def test_noise_behind_a_signature_is_refused(self) -> None:
        noise = photos.noise(100, 100).tobytes()
        for head in (
            b"OggS",
            b"ID3\4\0\0\0\0\0\0",
            b"RIFF\0\0\0\0WAVE",
            b"\0\0\0\x18ftypisom\0\0\0\0isommp42",
        ):
            with self.subTest(head):
                self.assertRefused(head + noise, "broken", "no_content")

    def test_a_playlist_is_not_followed(self) -> None:
        # Named like the film it is not: the format is told to ffmpeg, so this is read as one and refused.
        playlist = b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"
        self.assertEqual(derive(playlist).kind, "other")
        self.assertRefused(b"\0\0\0\x10ftypisom\0\0\0\0" + playlist, "broken")

    def test_frames_too_large_to_keep_are_refused(self) -> None:
        content = recordings.film("64x64", "-frames:v 1 -an")
        # The size stands in the header of the track, and in the stream itself.
        vast = recordings.made(
            "mp4", "-f lavfi -i color=size=6000x5000:rate=1:duration=1 -frames:v 1 -c:v mjpeg"
        )
        self.assertEqual(derive(content).kind, "video")
        self.assertRefused(vast, "too_many_pixels")

    def test_without_ffmpeg_it_is_said_and_the_original_can_be_got(self) -> None:
        with mock.patch.object(shutil, "which", return_value=None):
            self.assertIsNone(ffmpeg.tools())
            for content, kind in (
                (recordings.voice_note(), "audio"),
                (recordings.film(), "video"),
            ):
                derived = derive(content)
                self.assertEqual((derived.kind, derived.files), (kind, []))
                self.assertEqual(derived.warnings, ("no_ffmpeg",))
