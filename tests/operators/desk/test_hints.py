"""Suggestions on a report's page: what is offered with which key and why, what is not, and what it costs."""

from typing import Any

from operators.desk import hints as shown_hints
from reports import describing
from reports.models import Category, Finding, Landmark, Report
from reports.models.finding import Decision, Enricher
from reports.workflow import Urgency
from tests import hints, people, samples
from tests.operators.desk.cases import DeskTestCase, words
from tests.reports.test_describing import village


class HintsTestCase(DeskTestCase):
    report: Report

    def setUp(self) -> None:
        super().setUp()
        self.report = self.arrive()

    def suggest(self, enricher: Enricher, *values: dict[str, Any], **more: Any) -> Finding:
        return hints.suggest(self.report, enricher, *values, **more)

    def shown(self) -> shown_hints.Hints:
        found: shown_hints.Hints = self.open(self.report).context["hints"]
        return found

    def page(self) -> str:
        return words(self.open(self.report))


class CategoryTests(HintsTestCase):
    def setUp(self) -> None:
        super().setUp()
        for slug, label in (("laka", "Laka lantas"), ("macet", "Kemacetan"), ("konvoi", "Konvoi")):
            people.category(slug, label=label)

    def test_three_are_offered_with_reason_key_and_how_sure(self) -> None:
        self.suggest(Enricher.CATEGORY, {"slug": "laka"}, {"slug": "macet"}, {"slug": "konvoi"})
        page = self.page()
        self.assertIn("1 Laka lantas cukup yakin Alasan 1.", page)
        self.assertIn("2 Kemacetan mungkin Alasan 2.", page)
        self.assertIn("3 Konvoi baru dugaan Alasan 3.", page)
        self.assertNotIn("90", page)

    def test_one_key_takes_it_over(self) -> None:
        finding = self.suggest(Enricher.CATEGORY, {"slug": "laka"}, {"slug": "macet"})
        self.assertIn('data-shortcut="2"', self.open(self.report).text)
        answer = self.act("accept", self.report, suggestion=f"{finding.pk} 1")
        self.assertEqual(answer.status_code, 200)
        self.report.refresh_from_db()
        assert self.report.category
        self.assertEqual(self.report.category.slug, "macet")
        self.assertNotIn("Usulan kategori", words(answer))
        self.assertIn("urgensi naik menjadi Segera (bukan usulan pertama)", words(answer))

    def test_it_works_without_a_script(self) -> None:
        finding = self.suggest(Enricher.CATEGORY, {"slug": "laka"})
        answer = self.act("accept", self.report, htmx=False, suggestion=f"{finding.pk} 0")
        self.assertEqual(answer.status_code, 302)

    def test_several_messages_are_one_suggestion(self) -> None:
        self.suggest(Enricher.CATEGORY, {"slug": "macet"}, best=0.6)
        later = people.message(samples.text("Ada korban", by=samples.JOKO))
        later.report_id = self.report.pk
        later.save(update_fields=["report"])
        self.suggest(Enricher.CATEGORY, {"slug": "laka"}, {"slug": "macet"}, message=later)
        self.assertEqual([o.value["slug"] for o in self.shown().categories], ["laka", "macet"])

    def test_once_set_it_is_suggested_no_more(self) -> None:
        self.suggest(Enricher.CATEGORY, {"slug": "laka"})
        describing.categorise(self.report, Category.objects.get(slug="konvoi"), by=self.rina)
        self.assertEqual(self.shown().categories, [])

    def test_later_words_may_speak_for_another_one(self) -> None:
        describing.categorise(self.report, Category.objects.get(slug="konvoi"), by=self.rina)
        self.suggest(Enricher.CATEGORY, {"slug": "konvoi"})
        self.assertEqual(self.shown().categories, [])
        Finding.objects.all().delete()
        self.suggest(Enricher.CATEGORY, {"slug": "laka"})
        self.assertEqual([offer.label for offer in self.shown().categories], ["Laka lantas"])

    def test_a_category_that_is_gone_is_not_offered(self) -> None:
        self.suggest(Enricher.CATEGORY, {"slug": "forgotten"}, {"slug": "laka"})
        self.assertEqual([offer.key for offer in self.shown().categories], ["1"])

    def test_a_reserved_one_says_so(self) -> None:
        people.category("anggota-polri", label="Anggota", reserved_for="propam")
        self.suggest(Enricher.CATEGORY, {"slug": "anggota-polri"})
        self.assertIn("setelah itu hanya yang berwenang melihatnya", self.page())

    def test_what_makes_no_sense_is_refused(self) -> None:
        for form in ({}, {"suggestion": "nonsense"}, {"suggestion": f"{'-' * 36} 0"}):
            self.assertEqual(self.act("accept", self.report, **form).status_code, 422)
        finding = self.suggest(Enricher.CATEGORY, {"slug": "laka"})
        self.act("accept", self.report, suggestion=f"{finding.pk} 0")
        refused = self.act("accept", self.report, suggestion=f"{finding.pk} 0")
        self.assertEqual(refused.status_code, 409)
        self.assertIn("sudah diputuskan", words(refused))


class UrgencyTests(HintsTestCase):
    def test_raised_by_itself_it_says_why_and_goes_back_with_one_key(self) -> None:
        self.suggest(Enricher.URGENCY, {"urgency": "darurat"})
        describing.raise_urgency(self.report, Urgency.EMERGENCY, reason="rules")
        self.report.refresh_from_db()
        page = self.open(self.report)
        self.assertIn("Dinaikkan otomatis. Alasan 1. Kembalikan ke Biasa", words(page))
        self.assertIn('data-shortcut="z"', page.text)
        answer = self.act("urgency", self.report, urgency="biasa")
        self.assertNotIn("Dinaikkan otomatis.", words(answer))

    def test_what_a_person_has_set_is_not_said_to_be_raised(self) -> None:
        self.suggest(Enricher.URGENCY, {"urgency": "darurat"})
        describing.set_urgency(self.report, Urgency.EMERGENCY, by=self.rina)
        self.assertIsNone(self.shown().raised)

    def test_a_higher_one_is_offered_and_a_lower_one_never(self) -> None:
        self.suggest(Enricher.URGENCY, {"urgency": "segera"}, best=0.4)
        self.assertIn("y Segera baru dugaan", self.page())
        Report.objects.filter(pk=self.report.pk).update(urgency=Urgency.EMERGENCY)
        self.assertIsNone(self.shown().urgency)


class PlaceTests(HintsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.area = village(self.station, "33.14.10.1002", "Sragen Kulon", (-7.43, 111.02))

    def test_candidates_say_where_they_lie_and_the_nearest_polsek(self) -> None:
        self.suggest(
            Enricher.PLACE,
            {"area": self.area.code, "name": "Sragen Kulon", "within": True, "polsek": "Polsek A"},
            {"name": "Ngawi", "within": False, "latitude": -7.4, "longitude": 111.44},
        )
        page = self.page()
        self.assertIn("4 Sragen Kulon cukup yakin Alasan 1. Terdekat: Polsek A", page)
        self.assertIn("5 Ngawi mungkin Alasan 2. Di luar wilayah", page)

    def test_the_reporters_own_position_is_no_suggestion(self) -> None:
        pin = {"name": "Sragen Kulon", "latitude": -7.43, "longitude": 111.02, "within": True}
        self.suggest(Enricher.PLACE, pin, source="pin")
        self.assertEqual(self.shown().places, [])

    def test_a_shared_position_is_taken_with_one_key_and_says_what_lies_there(self) -> None:
        self.report = people.report(samples.place(by=samples.JOKO))
        pin = {"name": "Sragen Kulon", "latitude": -7.4264, "longitude": 111.0223, "within": True}
        self.suggest(Enricher.PLACE, pin, source="pin")
        page = self.open(self.report)
        self.assertIn("Posisi pelapor -7.42640, 111.02230 Sragen Kulon", words(page))
        self.assertIn('data-shortcut="l"', page.text)
        self.report.refresh_from_db()
        self.assertIsNone(self.report.latitude)

    def test_once_set_only_another_sure_place_is_offered(self) -> None:
        describing.place(self.report, area=self.area, by=self.rina)
        self.suggest(Enricher.PLACE, {"area": self.area.code, "name": "Sragen Kulon"})
        self.assertEqual(self.shown().places, [])
        Finding.objects.all().delete()
        self.suggest(Enricher.PLACE, {"area": "33.14.01.2001", "name": "Banaran"})
        self.assertEqual([offer.label for offer in self.shown().places], ["Banaran"])

    def test_a_landmark_named_twice_is_offered_once(self) -> None:
        landmark = Landmark.objects.create(
            station=self.station, name="Stasiun", area=self.area, latitude=-7.4, longitude=111.0
        )
        value = {"landmark": landmark.pk, "name": "Stasiun"}
        self.suggest(Enricher.PLACE, value, value)
        self.assertEqual(len(self.shown().places), 1)

    def test_the_camera_says_where_and_when(self) -> None:
        note = {
            "latitude": -7.43, "longitude": 111.02, "taken_at": "2026-11-21T14:05:00+07:00",
            "name": "Sragen Kulon",
        }  # fmt: skip
        finding = self.suggest(Enricher.CAMERA, note, source="exif")
        page = self.open(self.report)
        self.assertIn("Catatan kamera · difoto 21 Nov 14.05 Sragen Kulon", words(page))
        self.assertIn('data-shortcut="d"', page.text)
        self.act("accept", self.report, suggestion=f"{finding.pk} 0")
        self.report.refresh_from_db()
        self.assertEqual((self.report.area, self.report.latitude), (self.area, -7.43))


class KindTests(HintsTestCase):
    def test_a_report_is_nothing_to_speak_of(self) -> None:
        self.suggest(Enricher.KIND, {"kind": "laporan"})
        self.assertIsNone(self.shown().kind)

    def test_a_prank_is_a_hint_and_says_that_nothing_was_filtered(self) -> None:
        self.suggest(Enricher.KIND, {"kind": "iseng", "never_filter": None})
        page = self.page()
        self.assertIn("Tampaknya iseng atau uji coba.", page)
        self.assertIn("Tidak ada yang disaring.", page)

    def test_what_must_never_be_set_aside_warns(self) -> None:
        self.suggest(Enricher.KIND, {"kind": "curhat", "never_filter": "suicide"})
        self.assertIn("Jangan dikesampingkan tanpa dibaca. Alasan 1.", self.page())

    def test_the_first_message_says_which_kind_it_is_and_a_later_one_may_warn(self) -> None:
        later = people.message(samples.text("Kapan datang?", by=samples.JOKO))
        later.report = self.report
        later.save(update_fields=["report"])
        self.suggest(Enricher.KIND, {"kind": "pertanyaan"})
        second = self.suggest(Enricher.KIND, {"kind": "tindak lanjut"}, message=later)
        self.assertIn("Tampaknya pertanyaan.", self.page())
        second.delete()
        self.suggest(Enricher.KIND, {"kind": "curhat", "never_filter": "threat"}, message=later)
        self.assertIn("Tampaknya curhat.", self.page())

    def test_it_can_be_called_wrong(self) -> None:
        finding = self.suggest(Enricher.KIND, {"kind": "iseng"})
        answer = self.act("dismiss", self.report, enricher="kind")
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("Tampaknya", words(answer))
        finding.refresh_from_db()
        self.assertEqual(finding.decision, Decision.DISMISSED)
        self.assertEqual(self.act("dismiss", self.report, enricher="x").status_code, 422)
