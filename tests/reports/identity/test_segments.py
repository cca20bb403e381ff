"""Files sealed in segments: whatever is done to one on disk, what comes out is the right content or nothing."""

import io
import tempfile
import tracemalloc
from pathlib import Path
from uuid import UUID, uuid4

from django.test import SimpleTestCase, TestCase, override_settings

from reports.identity import blobs, vault
from reports.identity.crypto import Unreadable
from reports.identity.segments import (
    HEADER_BYTES,
    SEALED_BYTES,
    SEGMENT_BYTES,
    FileKey,
    Reader,
    Writer,
)

LENGTHS = (
    *(0, 1, 63, 64, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1),
    *(3 * SEGMENT_BYTES, 3 * SEGMENT_BYTES + 17),
)


def content_of(length: int) -> bytes:
    """Different in every segment."""
    numbered = b"".join(b"%08d" % number for number in range(length // 8 + 1))
    return numbered[:length]


def sealed(key: FileKey, content: bytes, *, piece: int = 10_000) -> bytes:
    file = io.BytesIO()
    writer = Writer(file, key)
    for start in range(0, len(content), piece):
        writer.write(content[start : start + piece])
    writer.finish()
    return file.getvalue()


def opened(key: FileKey, data: bytes, start: int = 0, stop: int | None = None) -> bytes:
    return b"".join(Reader(io.BytesIO(data), key).read(start, stop))


def segments_of(data: bytes) -> tuple[bytes, list[bytes]]:
    header, rest = data[:HEADER_BYTES], data[HEADER_BYTES:]
    starts = range(0, len(rest), SEALED_BYTES)
    return header, [rest[start : start + SEALED_BYTES] for start in starts]


class SegmentsCase(SimpleTestCase):
    def setUp(self) -> None:
        self.key = FileKey(UUID(int=1), bytes(range(32)))
        self.content = content_of(3 * SEGMENT_BYTES + 17)
        self.data = sealed(self.key, self.content)
        self.header, self.segments = segments_of(self.data)

    def assert_refused(self, data: bytes, key: FileKey | None = None) -> None:
        with self.assertRaises(Unreadable):
            opened(key or self.key, data)


class RoundTripTests(SegmentsCase):
    def test_any_length_comes_back_as_it_was(self) -> None:
        for length in LENGTHS:
            content = content_of(length)
            for piece in (1024, SEGMENT_BYTES, 2 * SEGMENT_BYTES):
                with self.subTest(length=length, piece=piece):
                    data = sealed(self.key, content, piece=piece)
                    self.assertEqual(opened(self.key, data), content)
                    self.assertEqual(Reader(io.BytesIO(data), self.key).size, length)

    def test_the_layout_is_the_one_that_is_written_down(self) -> None:
        self.assertEqual(self.header[:4], b"PWM1")
        self.assertEqual([len(one) for one in self.segments], [SEALED_BYTES] * 3 + [17 + 16])

    def test_the_same_content_is_never_sealed_alike(self) -> None:
        self.assertNotEqual(self.data, sealed(self.key, self.content))

    def test_nothing_of_it_is_to_be_seen(self) -> None:
        self.assertNotIn(self.content[:16], self.data)

    def test_any_part_of_it_can_be_read_by_itself(self) -> None:
        edge, end = SEGMENT_BYTES, len(self.content)
        for start, stop in (
            *((0, 1), (edge - 1, edge + 1), (edge, 2 * edge), (edge + 5, end - 3)),
            *((end - 1, end), (end, end), (end, end + 10), (5, 5), (0, end + 99)),
        ):
            with self.subTest(start=start, stop=stop):
                self.assertEqual(opened(self.key, self.data, start, stop), self.content[start:stop])

    def test_memory_does_not_grow_with_the_file(self) -> None:
        piece = bytes(64 * 1024)
        with tempfile.TemporaryFile() as file:
            tracemalloc.start()
            self.addCleanup(tracemalloc.stop)
            writer = Writer(file, self.key)
            for _ in range(16 * 16):
                writer.write(piece)
            writer.finish()
            file.seek(0)
            reader = Reader(file, self.key)
            count = sum(len(one) for one in reader.read())
            _, most = tracemalloc.get_traced_memory()
        self.assertEqual(count, 16 * 1024**2)
        self.assertLess(most, 8 * SEGMENT_BYTES)

    def test_a_key_is_never_shown(self) -> None:
        self.assertNotIn(repr(bytes(range(32))), repr(self.key))


class AttackTests(SegmentsCase):
    def test_a_file_without_its_last_segment(self) -> None:
        for kept in range(4):
            with self.subTest(kept=kept):
                self.assert_refused(self.header + b"".join(self.segments[:kept]))

    def test_one_that_was_cut_anywhere(self) -> None:
        for length in (0, 3, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + 15, len(self.data) - 1):
            with self.subTest(length=length):
                self.assert_refused(self.data[:length])

    def test_one_that_ends_on_a_full_segment_and_loses_it(self) -> None:
        header, segments = segments_of(sealed(self.key, content_of(2 * SEGMENT_BYTES)))
        self.assertEqual(len(segments), 2)
        self.assert_refused(header + segments[0])

    def test_a_cut_is_seen_before_the_first_byte_is_given(self) -> None:
        cut = self.header + b"".join(self.segments[:2])
        with self.assertRaises(Unreadable):
            Reader(io.BytesIO(cut), self.key)

    def test_segments_that_were_swapped_doubled_or_taken_out(self) -> None:
        a, b, c, last = self.segments
        for changed in ([b, a, c, last], [a, a, c, last], [a, c, last], [a, b, c, last, last]):
            with self.subTest(count=len(changed)):
                self.assert_refused(self.header + b"".join(changed))

    def test_a_segment_of_another_file_under_the_same_key(self) -> None:
        _, others = segments_of(sealed(self.key, content_of(len(self.content))))
        for number in range(4):
            spliced = [*self.segments[:number], others[number], *self.segments[number + 1 :]]
            with self.subTest(number=number):
                self.assert_refused(self.header + b"".join(spliced))

    def test_something_appended(self) -> None:
        for more in (b"\0", bytes(SEALED_BYTES)):
            self.assert_refused(self.data + more)

    def test_one_bit_changed_anywhere(self) -> None:
        for place in (0, 4, HEADER_BYTES - 1, HEADER_BYTES, SEALED_BYTES, len(self.data) - 1):
            changed = bytearray(self.data)
            changed[place] ^= 1
            with self.subTest(place=place):
                self.assert_refused(bytes(changed))

    def test_the_header_of_another_file(self) -> None:
        header, _ = segments_of(sealed(self.key, self.content))
        self.assert_refused(header + b"".join(self.segments))

    def test_the_file_under_another_id(self) -> None:
        self.assert_refused(self.data, FileKey(UUID(int=2), bytes(range(32))))

    def test_another_key(self) -> None:
        self.assert_refused(self.data, FileKey(UUID(int=1), bytes(32)))

    def test_content_that_was_never_sealed(self) -> None:
        self.assert_refused(self.content)


class OnDiskTests(TestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "media"
        changed = override_settings(MEDIA_DIR=self.folder)
        changed.enable()
        self.addCleanup(changed.disable)
        self.owner, self.row = uuid4(), uuid4()
        self.box = vault.new_boxes("content", [self.owner])[self.owner]
        self.key, self.key_sealed = self.box.new_file_key("media_file.key", self.row)

    def write(self, content: bytes) -> None:
        with blobs.writing(self.key) as writer:
            writer.write(content)

    def files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]

    def read(self, key: FileKey) -> bytes:
        reader = blobs.reading(key)
        try:
            return b"".join(reader.read())
        finally:
            reader.close()

    def test_it_is_read_with_the_key_that_the_row_keeps(self) -> None:
        self.write(b"suara")
        key = self.box.file_key("media_file.key", self.row, self.key_sealed)
        self.assertEqual(self.read(key), b"suara")

    def test_the_key_of_one_row_does_not_open_in_another(self) -> None:
        with self.assertRaises(Unreadable):
            self.box.file_key("media_file.key", uuid4(), self.key_sealed)

    def test_it_cannot_be_seen_before_it_is_whole(self) -> None:
        with blobs.writing(self.key) as writer:
            writer.write(b"separuh")
            with self.assertRaises(Unreadable):
                blobs.reading(self.key)

    def test_one_that_broke_off_leaves_nothing(self) -> None:
        with self.assertRaises(ConnectionError), blobs.writing(self.key) as writer:
            writer.write(bytes(3 * SEGMENT_BYTES))
            raise ConnectionError
        self.assertEqual(self.files(), [])

    def test_nothing_lies_on_disk_in_clear_while_it_is_written(self) -> None:
        with blobs.writing(self.key) as writer:
            writer.write(b"rahasia " * SEGMENT_BYTES)
            (path,) = self.files()
            self.assertNotIn(b"rahasia", path.read_bytes())

    def test_one_that_is_gone_is_unreadable(self) -> None:
        self.write(b"suara")
        blobs.remove(self.row)
        with self.assertRaises(Unreadable):
            blobs.reading(self.key)

    def test_a_file_put_in_place_of_another_is_refused(self) -> None:
        self.write(b"suara")
        (path,) = self.files()
        other = uuid4()
        key, _ = self.box.new_file_key("media_file.key", other)
        target = self.folder / other.hex[:2] / str(other)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
        with self.assertRaises(Unreadable):
            blobs.reading(key)
