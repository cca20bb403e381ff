"""Finding a place: by name, by point, by the reporter's own pin; and what the small map is drawn from."""

from typing import Any

from django.http import HttpResponse
from django.test import override_settings
from django.urls import reverse

from operators.desk import places
from operators.desk.forms import PlaceForm
from reports import describing
from reports.models import Area, Landmark
from tests import people, samples
from tests.operators.desk.cases import DeskTestCase, citizen


class PlacesTestCase(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.district = self.area("33.14.13", "Gemolong", level="district")
        self.village = self.area("33.14.13.1009", "Gemolong", parent=self.district)
        self.baru = self.area("33.14.13.1010", "Kampungbaru", parent=self.district)
        self.terminal = Landmark.objects.create(
            station=self.station,
            name="Terminal Gemolong",
            aliases=["Terminál lama"],
            area=self.village,
            latitude=-7.4,
            longitude=110.82,
        )

    def area(self, code: str, name: str, level: str = "village", **more: Any) -> Area:
        more = {"station": self.station, "latitude": -7.4, "longitude": 110.8} | more
        return Area.objects.create(code=code, name=name, level=level, **more)

    def found(self, text: str) -> list[str]:
        return [place.choice for place in places.search(text, self.rina)]


class SearchTests(PlacesTestCase):
    def test_areas_and_landmarks_the_best_first(self) -> None:
        self.assertEqual(
            self.found("gemolong"),
            ["area:33.14.13", "area:33.14.13.1009", f"landmark:{self.terminal.pk}"],
        )

    def test_case_accents_and_what_stands_before_a_name_do_not_matter(self) -> None:
        for text in ("GEMOLONG", "Desa Gemolong", "kel. gemolong", "Kec.Gemolong", "gémolong"):
            with self.subTest(text):
                self.assertIn("area:33.14.13", self.found(text))
        self.assertEqual(self.found("kampung baru"), ["area:33.14.13.1010"])
        self.assertEqual(self.found("terminal lama"), [f"landmark:{self.terminal.pk}"])

    def test_nothing_typed_finds_nothing(self) -> None:
        for text in ("", "  ", "desa", "kec."):
            with self.subTest(text):
                self.assertEqual(self.found(text), [])

    def test_no_more_than_a_dozen(self) -> None:
        for n in range(20):
            self.area(f"33.14.14.{n}", f"Sumber {n}")
        self.assertEqual(len(self.found("sumber")), 12)

    def test_another_stations_places_are_not_ours(self) -> None:
        other = people.station("lain", "LAN")
        self.area("99.01", "Gemolong Lain", station=other)
        Landmark.objects.create(station=other, name="Gemolong Jauh", latitude=-7, longitude=110)
        self.assertEqual(len(self.found("gemolong")), 3)

    def test_the_page_asks_for_options(self) -> None:
        self.client.get(reverse("desk:places"))
        with self.assertNumQueries(4):
            answer = self.client.get(reverse("desk:places"), {"sought": "terminal"})
        self.assertContains(answer, f'value="landmark:{self.terminal.pk}"')
        self.assertEqual(self.client.get(reverse("desk:places")).text.strip(), "")


class PlaceTests(PlacesTestCase):
    def place(self, **form: Any) -> HttpResponse:
        self.report = self.arrive()
        answer = self.act("place", self.report, **form)
        self.report.refresh_from_db()
        return answer

    def test_a_pressed_option_counts(self) -> None:
        self.assertEqual(self.place(choice="area:33.14.13", sought="gemo").status_code, 200)
        self.assertEqual(self.report.area, self.district)

    def test_a_landmark_brings_its_point(self) -> None:
        answer = self.place(choice=f"landmark:{self.terminal.pk}")
        self.assertEqual((self.report.landmark, self.report.latitude), (self.terminal, -7.4))
        self.assertIn('data-point="-7.40000, 110.82000"', answer.text)

    def test_typed_without_a_script_it_counts_when_only_one_is_called_so(self) -> None:
        self.assertEqual(self.place(sought="Kampungbaru").status_code, 200)
        self.assertEqual(self.report.area, self.baru)

    def test_several_are_offered(self) -> None:
        answer = self.place(sought="Gemolong", note="Sisi utara")
        self.assertEqual(answer.status_code, 422)
        self.assertIn('value="area:33.14.13.1009"', answer.text)
        self.assertIn("Sisi utara</textarea>", answer.text)
        self.assertIsNone(self.report.area)

    def test_what_is_no_place_of_ours_is_refused(self) -> None:
        foreign = self.area("99.01", "Jauh", station=people.station("lain", "LAN"))
        for form in (
            {},
            {"sought": "Atlantis"},
            {"choice": f"area:{foreign.code}"},
            {"choice": "landmark:999999999999999999999999"},
            {"choice": "landmark:²"},
            {"choice": "report:1"},
            {"coordinates": "di sana"},
        ):
            with self.subTest(form):
                self.assertEqual(self.place(**form).status_code, 422)

    def test_a_point_abroad_is_refused_in_words(self) -> None:
        answer = self.place(coordinates="52.5, 13.4")
        self.assertEqual(answer.status_code, 409)
        self.assertIn("52.5, 13.4", answer.text)

    def test_coordinates_are_read_as_people_write_them(self) -> None:
        for text in (
            "-7.4264, 111.0223",
            "-7.4264,111.0223",
            "-7.4264 111.0223",
            "-7,4264; 111,0223",
            " -7,4264, 111,0223 ",
        ):
            with self.subTest(text):
                form = PlaceForm({"coordinates": text})
                self.assertTrue(form.is_valid(), form.errors)
                self.assertEqual(form.cleaned_data["coordinates"], (-7.4264, 111.0223))


class ReportersPositionTests(PlacesTestCase):
    def test_it_is_offered_and_not_taken(self) -> None:
        report = people.report(samples.place(by=citizen()))
        page = self.open(report)
        self.assertIn('data-reporter="-7.42640, 111.02230" ', page.text.replace(">", " "))
        self.assertIn('data-point=""', page.text)
        report.refresh_from_db()
        self.assertIsNone(report.latitude)

    def test_one_press_makes_it_the_place(self) -> None:
        report = people.report(samples.place(by=citizen()))
        answer = self.act("place", report, coordinates="-7.42640, 111.02230")
        report.refresh_from_db()
        self.assertEqual((report.latitude, report.longitude), (-7.4264, 111.0223))
        self.assertNotIn('name="coordinates" value="-7.42640', answer.text)

    def test_an_answer_of_ours_with_a_place_is_not_the_reporter(self) -> None:
        self.assertIn('data-reporter=""', self.open(self.arrive()).text)


class OutlinesTests(PlacesTestCase):
    def test_villages_with_outline_or_size_and_landmarks(self) -> None:
        Area.objects.filter(pk=self.village.pk).update(outline=[[[110, -7]]], square_km=3.1416)
        self.client.get(reverse("desk:places"))
        with self.assertNumQueries(4):
            answer = self.client.get(reverse("desk:outlines"))
        drawn = answer.json()
        self.assertEqual([area["code"] for area in drawn["areas"]], [
            "33.14.13.1009", "33.14.13.1010",
        ])  # fmt: skip
        self.assertEqual(drawn["areas"][0]["radius"], 1000)
        self.assertEqual(drawn["areas"][0]["outline"], [[[110, -7]]])
        self.assertEqual(drawn["landmarks"], [{"name": "Terminal Gemolong", "at": [-7.4, 110.82]}])

    def test_a_browser_keeps_it_and_no_proxy_does(self) -> None:
        answer = self.client.get(reverse("desk:outlines"))
        self.assertIn("private", answer.headers["Cache-Control"])
        self.assertIn("max-age=3600", answer.headers["Cache-Control"])


class MapTests(PlacesTestCase):
    def test_without_a_tile_server_the_page_may_load_pictures_of_its_own_only(self) -> None:
        page = self.open(self.arrive())
        self.assertIn("img-src 'self'", page.headers["Content-Security-Policy"])
        self.assertNotIn("img-src 'self' http", page.headers["Content-Security-Policy"])
        self.assertIn('data-tiles=""', page.text)

    @override_settings(MAP_TILES_URL="https://tiles.example/{z}/{x}/{y}.png")
    def test_with_one_the_map_is_told(self) -> None:
        self.assertIn(
            'data-tiles="https://tiles.example/{z}/{x}/{y}.png"', self.open(self.arrive()).text
        )

    def test_the_place_set_stands_in_words_too(self) -> None:
        report = self.arrive()
        describing.place(report, landmark=self.terminal, note="Pintu barat", by=self.rina)
        page = self.open(report).text
        for words in ("Terminal Gemolong", "Gemolong, Gemolong", "Pintu barat"):
            self.assertIn(words, page)
