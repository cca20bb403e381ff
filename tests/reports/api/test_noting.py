"""Notes through the API: the same verb as the desk's."""

from operators.models import Operator
from reports import noting
from reports.models import Message, Note
from tests import people
from tests.reports.api.cases import ApiTestCase


class NotesTests(ApiTestCase):
    bambang: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.bambang = people.operator(cls.station, username="bambang")

    def test_a_note_is_written_and_read(self) -> None:
        report = self.report()
        written = self.post(f"/reports/{report.number}/note/", text="Tanya @bambang dulu")
        self.assertEqual(written.status_code, 201)
        (note,) = self.get(f"/reports/{report.number}/notes/").json()["results"]
        self.assertEqual(note, written.json())
        self.assertEqual(note["text"], "Tanya @bambang dulu")
        self.assertEqual((note["author"], note["mentions"]), ("rina", ["bambang"]))
        self.assertFalse(Message.objects.filter(report=report, direction="outbound").exists())

    def test_notes_are_not_among_the_messages(self) -> None:
        report = self.report()
        noting.add(report, "Rahasia dapur", by=self.rina)
        self.assertNotContains(self.get(f"/reports/{report.number}/messages/"), "Rahasia dapur")

    def test_nothing_and_too_much_are_refused(self) -> None:
        report = self.report()
        for text in ("", "  ", "x" * (noting.TEXT_LIMIT + 1)):
            with self.subTest(len(text)):
                response = self.post(f"/reports/{report.number}/note/", text=text)
                self.assertEqual(response.status_code, 400)
        self.assertEqual(Note.objects.count(), 0)

    def test_the_oldest_comes_first_and_pages_go_on(self) -> None:
        report = self.report()
        for number in range(3):
            noting.add(report, f"Catatan {number}", by=self.rina)
        page = self.get(f"/reports/{report.number}/notes/", page_size=2).json()
        self.assertEqual([note["text"] for note in page["results"]], ["Catatan 0", "Catatan 1"])
        self.assertTrue(page["next"])

    def test_twenty_notes_cost_no_more_queries_than_one(self) -> None:
        report = self.report()
        for number in (1, 19):
            for _ in range(number):
                noting.add(report, "Tanya @bambang", by=self.rina)
            with self.assertNumQueries(6):
                self.get(f"/reports/{report.number}/notes/")

    def test_the_neighbour_finds_no_report(self) -> None:
        report = self.report()
        neighbour = people.operator(people.station("lain", "LAN"), username="tetangga")
        for response in (
            self.get(f"/reports/{report.number}/notes/", by=neighbour),
            self.post(f"/reports/{report.number}/note/", by=neighbour, text="Halo"),
        ):
            self.assertEqual(response.status_code, 404)
