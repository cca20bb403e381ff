"""Files of citizens at the desk: whole or in part, for whoever may read the report; nothing in them can act."""

from django.http import HttpResponse

from reports import media_files
from reports.models import MediaFile, Report
from tests import files, people, samples
from tests.reports.cases import StationTestCase

CONTENT = bytes(range(256)) * 2000
"""Two segments."""
SIZE = len(CONTENT)


class MediaCase(StationTestCase):
    report: Report
    view: MediaFile
    original: MediaFile

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.report = people.report(samples.picture())
        cls.view = files.stored(cls.report, CONTENT)
        cls.original = files.stored(
            cls.view.attachment, CONTENT, role="original", media_type="image/jpeg"
        )

    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.rina)

    def get(self, file: MediaFile | None = None, **headers: str) -> HttpResponse:
        return self.client.get(f"/desk/media/{(file or self.view).pk}/", headers=headers)

    def body(self, answer: HttpResponse) -> bytes:
        return b"".join(answer.streaming_content) if answer.streaming else answer.content


class WholeTests(MediaCase):
    def test_what_we_made_is_shown(self) -> None:
        answer = self.get()
        self.assertEqual((answer.status_code, self.body(answer)), (200, CONTENT))
        self.assertEqual(answer.headers["Content-Type"], "image/jpeg")
        self.assertEqual(answer.headers["Content-Disposition"], 'inline; filename="foto-1.jpg"')
        self.assertEqual(answer.headers["Content-Length"], str(SIZE))

    def test_what_a_citizen_made_is_only_saved(self) -> None:
        answer = self.get(self.original)
        self.assertEqual(self.body(answer), CONTENT)
        self.assertEqual(answer.headers["Content-Type"], "application/octet-stream")
        self.assertEqual(
            answer.headers["Content-Disposition"], 'attachment; filename="berkas-2.jpg"'
        )

    def test_a_dangerous_one_gets_an_ending_that_opens_nothing(self) -> None:
        for kind in ("text/html", "image/svg+xml", "application/x-dosexec", "../../etc"):
            with self.subTest(kind=kind):
                MediaFile.objects.filter(pk=self.original.pk).update(media_type=kind)
                answer = self.get(self.original)
                self.body(answer)
                self.assertIn('filename="berkas-2.bin"', answer.headers["Content-Disposition"])

    def test_nothing_is_kept_and_nothing_in_it_can_act(self) -> None:
        for file in (self.view, self.original):
            answer = self.get(file)
            self.body(answer)
            self.assertIn("no-store", answer.headers["Cache-Control"])
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(
                answer.headers["Content-Security-Policy"], "sandbox; default-src 'none'"
            )

    def test_head_tells_the_size_and_gives_nothing(self) -> None:
        answer = self.client.head(f"/desk/media/{self.view.pk}/")
        self.assertEqual((answer.status_code, answer.content), (200, b""))
        self.assertEqual(answer.headers["Content-Length"], str(SIZE))
        self.assertEqual(answer.headers["Accept-Ranges"], "bytes")

    def test_an_empty_one_is_empty(self) -> None:
        empty = files.stored(self.report, b"", role="original")
        answer = self.get(empty)
        self.assertEqual((answer.status_code, self.body(answer)), (200, b""))


class PartTests(MediaCase):
    def test_a_part_is_given_by_itself(self) -> None:
        edge = 256 * 1024
        for asked, start, stop in (
            ("bytes=0-0", 0, 1),
            ("bytes=0-99", 0, 100),
            (f"bytes={edge - 5}-{edge + 4}", edge - 5, edge + 5),
            ("bytes=100-", 100, SIZE),
            ("bytes=-7", SIZE - 7, SIZE),
            (f"bytes=0-{SIZE + 999}", 0, SIZE),
            (f"bytes=-{SIZE + 999}", 0, SIZE),
        ):
            with self.subTest(asked=asked):
                answer = self.get(Range=asked)
                self.assertEqual(
                    (answer.status_code, self.body(answer)), (206, CONTENT[start:stop])
                )
                self.assertEqual(
                    answer.headers["Content-Range"], f"bytes {start}-{stop - 1}/{SIZE}"
                )
                self.assertEqual(answer.headers["Content-Length"], str(stop - start))

    def test_a_part_beyond_the_end_is_refused(self) -> None:
        for asked in (f"bytes={SIZE}-", f"bytes={SIZE + 5}-{SIZE + 9}", "bytes=-0"):
            with self.subTest(asked=asked):
                answer = self.get(Range=asked)
                self.assertEqual(answer.status_code, 416)
                self.assertEqual(answer.headers["Content-Range"], f"bytes */{SIZE}")
                self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_what_is_no_part_is_answered_with_all_of_it(self) -> None:
        for asked in (
            *("bytes=5-2", "bytes=-", "bytes=0-1,4-5", "lines=1-2", "bytes=a-b", "bytes=+1-2"),
            *("", "bytes=" + "9" * 400 + "-"),
        ):
            with self.subTest(asked=asked[:20]):
                answer = self.get(Range=asked)
                self.assertEqual((answer.status_code, len(self.body(answer))), (200, SIZE))

    def test_a_part_of_another_version_is_answered_with_all_of_it(self) -> None:
        answer = self.get(Range="bytes=0-9", **{"If-Range": '"version"'})
        self.assertEqual((answer.status_code, len(self.body(answer))), (200, SIZE))


class WhoTests(MediaCase):
    def assert_not_there(self) -> None:
        for file in (self.view, self.original):
            self.assertEqual(self.get(file).status_code, 404)

    def test_the_station_next_door_has_no_such_file(self) -> None:
        neighbour = people.operator(people.station("tetangga", "TTG"), username="tetangga")
        self.client.force_login(neighbour)
        self.assert_not_there()

    def test_a_report_that_is_reserved_keeps_its_files_to_itself(self) -> None:
        reserved = people.category("anggota-polri", reserved_for="propam")
        Report.objects.filter(pk=self.report.pk).update(category=reserved)
        self.assert_not_there()

    def test_without_a_session_there_is_only_the_login(self) -> None:
        self.client.logout()
        self.assertEqual(self.get().status_code, 302)

    def test_one_that_is_still_coming_is_not_there(self) -> None:
        attachment = files.attachment(self.report, state="fetching", fetched_at=None)
        half = files.stored(attachment, CONTENT, role="original")
        self.assertEqual(self.get(half).status_code, 404)

    def test_one_whose_content_is_gone_is_not_there(self) -> None:
        media_files.blobs.remove(self.view.pk)
        with self.assertLogs("reports.media_files", "ERROR"):
            self.assertEqual(self.get().status_code, 404)

    def test_one_that_was_changed_on_disk_is_not_there(self) -> None:
        path = media_files.blobs._path(self.view.pk)
        path.write_bytes(path.read_bytes()[:-1])
        with self.assertLogs("reports.media_files", "ERROR"):
            self.assertEqual(self.get().status_code, 404)
