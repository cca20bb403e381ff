"""One task: what the unit reads, what it presses, and what is left of it at the end."""

from django.urls import reverse

from operators.permissions import Role
from reports import assignment, dispatch_pictures
from reports.models import Area, Assignment
from reports.models.assignment import Progress
from reports.models.event import EventKind
from reports.workflow import Outcome
from tests import people, photos
from tests.operators.unit.cases import BRIEF, UnitTestCase, photo, words

NOWHERE = "T-2222222"
DONE = {"result": "acted", "note": "Sudah dibubarkan."}


class ReadingTests(UnitTestCase):
    def test_it_shows_what_the_desk_has_written(self) -> None:
        report = people.report()
        task = assignment.assign(
            report, to=self.samapta, brief=BRIEF, place_note="Sisi utara jalan.", by=self.rina
        )
        Assignment.objects.update(
            place_name="Kroyo, Karangmalang", latitude=-7.4312, longitude=111.0244
        )
        shown = self.open(task)
        for said in (BRIEF, "Sisi utara jalan.", "Kroyo, Karangmalang", "-7.43120,111.02440"):
            self.assertIn(said, words(shown))
        self.assertContains(shown, 'href="geo:-7.43120,111.02440?q=-7.43120,111.02440"')
        self.assertNotContains(shown, report.number)

    def test_without_a_point_there_is_no_map_and_no_way_there(self) -> None:
        shown = self.open(self.send())
        self.assertNotContains(shown, "geo:")
        self.assertNotContains(shown, 'id="map-frame"')
        self.assertContains(shown, "Tempatnya belum disebut.")

    def test_whether_a_photo_is_wanted_is_said_until_there_is_one(self) -> None:
        asks = "Meja meminta foto hasilnya"
        task = self.send()
        self.assertContains(self.open(task), asks)
        dispatch_pictures.add(task, photos.jpeg(), by=self.sari)
        self.assertNotContains(self.open(task), asks)
        self.assertNotContains(self.open(self.send(wants_photo=False)), asks)

    def test_only_the_head_reads_who_accepted(self) -> None:
        task = self.send()
        assignment.accept(task, by=self.anton)
        self.assertNotIn("Anton Wibowo", self.open(task).text)
        self.client.force_login(self.head)
        self.assertIn("Anton Wibowo", words(self.open(task)))

    def test_another_unit_is_told_the_same_as_of_a_task_that_does_not_exist(self) -> None:
        task = self.send(to=self.lantas)
        for name in ("task", "work", "around"):
            theirs = self.client.get(reverse(f"unit:{name}", args=[task.number]))
            none = self.client.get(reverse(f"unit:{name}", args=[NOWHERE]))
            with self.subTest(page=name):
                self.assertEqual((theirs.status_code, none.status_code), (404, 404))
                self.assertEqual(theirs.content, none.content)

    def test_another_unit_can_press_nothing(self) -> None:
        task = self.send(to=self.lantas)
        for verb in ("accept", "set-out", "arrive", "finish", "give-back", "add-photos"):
            form = {**DONE, "reason": "x", "photo": photo()}
            theirs = self.act(verb, task, **form)
            none = self.client.post(reverse(f"unit:{verb}", args=[NOWHERE]))
            with self.subTest(verb=verb):
                self.assertEqual((theirs.status_code, none.status_code), (404, 404))
                self.assertEqual(theirs.content, none.content)
        self.assertEqual(self.now(task).progress, Progress.SENT)
        self.assertEqual(task.pictures.count(), 0)

    def test_who_works_in_no_unit_is_not_let_in(self) -> None:
        task = self.send()
        for role in (Role.OPERATOR, Role.PAMAPTA, Role.CHIEF, Role.AUDITOR, Role.ADMIN):
            other = people.operator(self.station, role, username=f"not-{role}", unit=self.samapta)
            self.client.force_login(other)
            with self.subTest(role=role):
                self.assertEqual(self.open(task).status_code, 403)


class SteppingTests(UnitTestCase):
    def test_a_task_is_taken_set_out_for_arrived_at_and_finished(self) -> None:
        task = self.send()
        for verb, progress, following in (
            ("accept", Progress.ACCEPTED, "Berangkat"),
            ("set-out", Progress.UNDER_WAY, "Tiba"),
            ("arrive", Progress.ON_SCENE, "Isi hasil"),
        ):
            answer = self.act(verb, task)
            self.assertRedirects(answer, reverse("unit:task", args=[task.number]))
            self.assertEqual(self.now(task).progress, progress)
            self.assertContains(self.open(task), following)
        self.act("finish", task, **DONE)
        ended = self.now(task)
        self.assertEqual((ended.progress, ended.result), (Progress.FINISHED, Outcome.ACTED))
        shown = words(self.open(task))
        self.assertIn("Terbukti dan ditindak", shown)
        self.assertIn("Sudah dibubarkan.", shown)

    def test_htmx_is_given_the_part_that_changes(self) -> None:
        task = self.send()
        answer = self.act("accept", task, htmx=True)
        self.assertTemplateUsed(answer, "unit/_work.html")
        self.assertTemplateNotUsed(answer, "unit/task.html")
        self.assertContains(answer, "Berangkat")
        ended = self.act("finish", task, htmx=True, **DONE)
        self.assertEqual(ended.headers["HX-Redirect"], reverse("unit:task", args=[task.number]))

    def test_pressing_twice_does_it_once(self) -> None:
        task = self.send()
        form = {"reason": "", **DONE}
        for verb in ("accept", "set-out", "arrive", "finish"):
            for htmx in (False, True, False):
                answer = self.act(verb, task, htmx=htmx, **form)
                with self.subTest(verb=verb, htmx=htmx):
                    self.assertIn(answer.status_code, (200, 302))
        kinds = list(self.now(task).report.events.values_list("kind", flat=True))
        for kind in (
            EventKind.UNIT_ACCEPTED,
            EventKind.UNIT_UNDER_WAY,
            EventKind.UNIT_ARRIVED,
            EventKind.UNIT_FINISHED,
        ):
            self.assertEqual(kinds.count(kind), 1, kind)

    def test_giving_back_twice_gives_back_once(self) -> None:
        task = self.send()
        for _again in range(2):
            answer = self.act("give-back", task, reason="Bukan wilayah kami.")
            self.assertRedirects(answer, reverse("unit:task", args=[task.number]))
        kinds = list(self.now(task).report.events.values_list("kind", flat=True))
        self.assertEqual(kinds.count(EventKind.UNIT_RETURNED), 1)

    def test_who_is_second_is_told_who_was_first(self) -> None:
        task = self.send()
        assignment.accept(task, by=self.anton)
        answer = self.act("accept", task)
        self.assertContains(answer, "Anton Wibowo", status_code=409)

    def test_what_was_called_off_meanwhile_cannot_be_finished_and_says_so(self) -> None:
        task = self.send()
        assignment.call_off(task, reason="Sudah bubar.", by=self.rina)
        answer = self.act("finish", task, **DONE)
        self.assertContains(answer, "Tugas ini ditarik", status_code=409)
        self.assertNotIn(BRIEF, answer.text)
        self.assertEqual(self.now(task).progress, Progress.CALLED_OFF)

    def test_a_step_is_a_post(self) -> None:
        task = self.send()
        for verb in ("accept", "set-out", "arrive", "finish", "give-back", "add-photos"):
            answer = self.client.get(reverse(f"unit:{verb}", args=[task.number]))
            self.assertEqual(answer.status_code, 405)


class FinishingTests(UnitTestCase):
    def test_result_and_sentence_are_asked_for_and_what_was_written_stays(self) -> None:
        task = self.send()
        wrong = self.act("finish", task, note="Kosong, hanya bekas botol.")
        self.assertContains(wrong, "Pilih apa yang Anda temukan di sana.", status_code=422)
        self.assertIn("Kosong, hanya bekas botol.", wrong.text)
        wrong = self.act("finish", task, result="not_found")
        self.assertContains(wrong, "Tulis satu kalimat", status_code=422)
        self.assertInHTML(
            '<input type="radio" name="result" value="not_found" checked>', wrong.text
        )
        self.assertTrue(self.now(task).is_running)

    def test_whether_somebody_lied_is_not_for_the_unit_to_say(self) -> None:
        task = self.send()
        for result in ("prank", "false_report", "answered"):
            self.assertEqual(self.act("finish", task, result=result, note="x").status_code, 422)

    def test_too_long_a_sentence_is_refused_in_words(self) -> None:
        task = self.send()
        answer = self.act("finish", task, result="acted", note="a" * (assignment.TEXT_LIMIT + 1))
        self.assertContains(answer, "Teks terlalu panjang", status_code=422)

    def test_a_task_is_not_given_back_without_a_reason(self) -> None:
        task = self.send()
        answer = self.act("give-back", task, reason="  ")
        self.assertContains(answer, "Tulis mengapa tugas dikembalikan.", status_code=422)
        self.assertTrue(self.now(task).is_running)


class EndedTests(UnitTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.task = self.send(category_label="Balap liar", place_name="Kroyo")
        dispatch_pictures.add(self.task, photos.jpeg(), by=self.sari)

    def assertGone(self, says: str) -> None:
        for viewer in (self.sari, self.head):
            self.client.force_login(viewer)
            shown = self.open(self.task)
            self.assertContains(shown, says)
            for gone in (BRIEF, "Balap liar", "Kroyo", "/unit/pictures/"):
                self.assertNotIn(gone, shown.text)

    def test_of_what_was_given_back_the_unit_reads_that_it_was(self) -> None:
        assignment.give_back(self.task, reason="Bukan wilayah kami.", by=self.sari)
        self.assertGone("Tugas ini dikembalikan")

    def test_of_what_was_called_off_the_unit_reads_that_it_was_and_why(self) -> None:
        assignment.call_off(self.task, reason="Massa sudah bubar.", by=self.rina)
        self.assertGone("Tugas ini ditarik")
        self.assertIn("Massa sudah bubar.", self.open(self.task).text)

    def test_handed_to_another_unit_it_is_read_by_that_one_alone(self) -> None:
        report = self.task.report
        assignment.call_off(self.task, reason="Lantas lebih dekat.", by=self.rina)
        theirs = self.send_on(report, to=self.lantas, brief="Atur lalu lintas.")
        self.assertGone("Tugas ini ditarik")
        self.assertEqual(self.open(theirs).status_code, 404)
        self.client.force_login(self.lukas)
        self.assertContains(self.open(theirs), "Atur lalu lintas.")

    def test_whoever_leaves_the_unit_reads_nothing_of_it_any_more(self) -> None:
        self.sari.unit = self.lantas
        self.sari.save()
        self.assertEqual(self.open(self.task).status_code, 404)


class OpenPageTests(UnitTestCase):
    """What a page that is open asks by itself."""

    def ask(self, task: Assignment, seen: str = "") -> object:
        return self.client.get(reverse("unit:work", args=[task.number]), {"seen": seen})

    def test_it_is_told_only_of_changes(self) -> None:
        task = self.send()
        seen = self.open(task).context["seen"]
        self.assertEqual(self.ask(task, seen).status_code, 204)
        assignment.accept(task, by=self.anton)
        self.assertContains(self.ask(task, seen), "Berangkat")
        seen = self.open(task).context["seen"]
        dispatch_pictures.add(task, photos.jpeg(), by=self.anton)
        self.assertContains(self.ask(task, seen), "/unit/pictures/")

    def test_what_has_ended_is_drawn_anew(self) -> None:
        task = self.send()
        seen = self.open(task).context["seen"]
        assignment.call_off(task, reason="Sudah bubar.", by=self.rina)
        self.assertEqual(self.ask(task, seen).status_code, 205)

    def test_the_map_is_of_the_ground_near_the_task(self) -> None:
        for name, latitude, longitude in (("Kroyo", -7.43, 111.02), ("Jauh", -7.1, 110.5)):
            Area.objects.create(
                station=self.station,
                code=name,
                level=Area.Level.VILLAGE,
                name=name,
                latitude=latitude,
                longitude=longitude,
            )
        task = self.send(latitude=-7.44, longitude=111.03)
        answer = self.client.get(reverse("unit:around", args=[task.number]))
        self.assertEqual([area["name"] for area in answer.json()["areas"]], ["Kroyo"])
        self.assertIn("no-store", answer.headers["Cache-Control"])
        assignment.call_off(task, reason="Sudah bubar.", by=self.rina)
        self.assertEqual(
            self.client.get(reverse("unit:around", args=[task.number])).json(),
            {"areas": [], "landmarks": []},
        )
