"""Points and names become places: where they lie, whose they are, how sure it is and why."""

from reports.enrichment import location
from reports.models.area import Point
from tests.reports.enrichment.places import PlacesTestCase

KRIKILAN = Point(-7.45455, 110.83852)
"""In the middle of the village in Kalijambe."""
JAKARTA = Point(-6.2, 106.8)


class PointsInTheTextTests(PlacesTestCase):
    station_slug = "sragen"

    def test_coordinates_are_found_in_the_spellings_of_people(self) -> None:
        for text in (
            "kejadian di -7.45455, 110.83852 pak",
            "-7.45455,110.83852",
            "-7,45455, 110,83852",
            "-7,45455 110,83852",
            "7.45455 S 110.83852 E",
            "lat -7.45455 long 110.83852",
            "7.45455 LS, 110.83852 BT",
            "S7.45455 E110.83852",
            "110.83852, -7.45455",
            "7.45455, 110.83852",
            "koordinat: -7.45455;110.83852.",
            "7°27'16.4\"S 110°50'18.7\"E",
            "7°27'16,4\" LS dan 110°50'18,7\" BT",
            "-7.45455° 110.83852°",
        ):
            with self.subTest(text):
                best = self.best(text)
                self.assertEqual((best.source, best.value["district"]), ("coordinates", "33.14.01"))
                self.assertAlmostEqual(best.value["latitude"], KRIKILAN.latitude, places=3)
                self.assertAlmostEqual(best.value["longitude"], KRIKILAN.longitude, places=3)
                self.assertGreaterEqual(best.confidence, 0.8)

    def test_prices_telephones_and_dates_are_no_coordinates(self) -> None:
        for text in (
            "ditipu 7.500.000 lewat 110.838.000",
            "harga 7.500 dan 110.000 rupiah",
            "tgl 7.12.2026 jam 11.30",
            "no hp 0812.3456.7890",
            "uang 7,500 110,838",
            "NIK 3314010101900001",
        ):
            with self.subTest(text):
                self.assertEqual(self.read(text).candidates, ())

    def test_a_point_far_away_is_no_place_of_ours(self) -> None:
        self.assertEqual(self.read("51.50735, -0.12776").candidates, ())
        best = self.best(f"{JAKARTA.latitude:.5f}, {JAKARTA.longitude:.5f}")
        self.assertEqual((best.value["area"], best.value["within"]), (None, False))
        self.assertIn("luar", best.reason)

    def test_links_to_maps_are_read_and_not_followed(self) -> None:
        for text in (
            "pak di https://maps.google.com/?q=-7.45455,110.83852 ada",
            "https://www.google.com/maps?q=-7.45455,110.83852&z=17",
            "https://www.google.com/maps/@-7.45455,110.83852,17z",
            "https://www.google.com/maps/place/Toko+Anu/@-7.4,110.8,17z/data=!3m1!4b1!8m2!3d-7.45455!4d110.83852",
            "https://www.google.co.id/maps/search/?api=1&query=-7.45455%2C110.83852",
            "https://www.google.com/maps/search/-7.45455,+110.83852",
            "https://www.google.com/maps/dir/?api=1&destination=-7.45455,110.83852",
            "https://maps.google.com/maps?ll=-7.45455,110.83852",
            "www.google.com/maps/place/-7.45455,110.83852.",
            "google.com/maps?q=-7.45455,110.83852",
            "https://maps.apple.com/?ll=-7.45455,110.83852&q=Pin",
            "https://www.openstreetmap.org/?mlat=-7.45455&mlon=110.83852#map=17/-7.4/110.8",
            "https://www.openstreetmap.org/#map=17/-7.45455/110.83852",
            "https://waze.com/ul?ll=-7.45455,110.83852&navigate=yes",
            "geo:-7.45455,110.83852?z=17",
            "geo:0,0?q=-7.45455,110.83852",
        ):
            with self.subTest(text):
                best = self.best(text)
                self.assertEqual((best.source, best.value["district"]), ("link", "33.14.01"))

    def test_a_link_that_asks_by_name_is_read_like_a_name(self) -> None:
        for text in (
            "https://www.google.com/maps/search/?api=1&query=Kantor+Desa+Cepoko",
            "https://www.google.com/maps/place/Balai+Desa+Cepoko",
        ):
            with self.subTest(text):
                self.assertEqual(self.best(text).value["area"], "33.14.15.2004")

    def test_a_short_link_is_noticed_and_gives_no_place(self) -> None:
        for link in ("https://maps.app.goo.gl/AbC123xyz", "https://goo.gl/maps/AbC123"):
            with self.subTest(link):
                hint = self.read(f"lokasinya {link} pak")
                self.assertEqual((hint.candidates, hint.noticed), ((), location.SHORT_LINK))

    def test_names_inside_other_links_are_not_places(self) -> None:
        self.assertEqual(self.read("https://contoh.test/berita/gemolong-tanon").candidates, ())

    def test_plus_codes(self) -> None:
        self.assertEqual(self.best("6P4GGRWQ+5C").value["district"], "33.14.01")
        for text in ("GRWQ+5C Kalijambe", "GRWQ+5C, Kabupaten Sragen", "di grwq+5c pak"):
            with self.subTest(text):
                best = self.best(text)
                self.assertEqual((best.source, best.value["area"]), ("plus_code", "33.14.01.2005"))

    def test_sums_are_no_plus_codes(self) -> None:
        for text in ("2345+22", "saya+anak", "WA+62"):
            with self.subTest(text):
                self.assertEqual(self.read(text).candidates, ())


class PinTests(PlacesTestCase):
    station_slug = "sragen"
    place = {"latitude": KRIKILAN.latitude, "longitude": KRIKILAN.longitude}

    def test_a_pin_is_the_reporters_own_position_and_says_so(self) -> None:
        best = self.best("", place=self.place)
        self.assertEqual((best.source, best.value["area"]), ("pin", "33.14.01.2005"))
        self.assertIn("Posisi pelapor sendiri", best.reason)
        self.assertLess(best.confidence, 0.7)

    def test_a_place_that_was_chosen_has_its_name(self) -> None:
        best = self.best("", place={**self.place, "label": "Museum"})
        self.assertEqual((best.source, best.value["name"]), ("named_place", "Museum"))

    def test_what_the_text_names_goes_before_the_pin(self) -> None:
        hint = self.read("kejadiannya di Desa Slogo, Tanon", place=self.place)
        self.assertEqual([one.source for one in hint.candidates], ["text", "pin"])


class ValueTests(PlacesTestCase):
    station_slug = "sragen"

    def test_a_village_with_all_that_is_known_of_it(self) -> None:
        best = self.best("kebakaran di desa Slogo kec Tanon")
        self.assertEqual(
            best.value,
            {
                "area": "33.14.12.2002",
                "district": "33.14.12",
                "landmark": None,
                "name": "Slogo",
                "latitude": -7.3961,
                "longitude": 110.90284,
                "within": True,
                "station": "sragen",
                "polsek": "Polsek Tanon",
                "precision_km": 1.01,
            },
        )
        self.assertEqual(best.confidence, 0.95)
        self.assertIn("Slogo", best.reason)

    def test_another_stations_place_is_not_within(self) -> None:
        best = self.best("tawuran di kelurahan Nusukan")
        self.assertEqual((best.value["within"], best.value["station"]), (False, "surakarta"))

    def test_a_landmark_has_its_key_and_its_district(self) -> None:
        best = self.best("depan Pasar Bunder")
        self.assertEqual((best.source, best.value["district"]), ("landmark", "33.14.10"))
        self.assertIsNotNone(best.value["landmark"])

    def test_a_neighbouring_regency_is_outside_and_has_no_area(self) -> None:
        best = self.best("kecelakaan di Boyolali")
        self.assertEqual((best.value["area"], best.value["within"]), (None, False))

    def test_where_one_village_of_a_name_is_ours_the_others_are_offered_after_it(self) -> None:
        best = self.best("ribut di Karangasem")
        self.assertEqual(best.value["district"], "33.14.12")

    def test_a_place_beside_it_tells_more_than_whose_number_it_is(self) -> None:
        self.assertEqual(self.district("gerombolan motor di jl ahmad yani Manahan"), "Banjarsari")
        self.assertEqual(self.district("kadipiro dekat nusukan"), "Banjarsari")

    def test_two_of_ours_of_one_name_are_both_a_guess(self) -> None:
        hint = self.read("sabung ayam di Gebang")
        self.assertEqual(
            {one.value["district"] for one in hint.candidates}, {"33.14.03", "33.14.17"}
        )
        self.assertTrue(all(one.confidence < 0.5 for one in hint.candidates))

    def test_a_slip_of_the_pen_is_a_guess_and_says_so(self) -> None:
        best = self.best("ada tabrakan di gmolong")
        self.assertEqual(best.value["district"], "33.14.13")
        self.assertLess(best.confidence, 0.6)
        self.assertIn("salah ketik", best.reason)

    def test_what_was_meant_goes_before_where_somebody_comes_from(self) -> None:
        hint = self.read("saya orang Gemolong tapi kejadiannya di Miri")
        self.assertEqual([one.value["name"] for one in hint.candidates], ["Miri", "Gemolong"])

    def test_what_is_denied_is_no_place(self) -> None:
        self.assertEqual(self.district("bukan di Gemolong tapi di Kalijambe"), "Kalijambe")

    def test_the_village_is_read_too(self) -> None:
        for text, village in (
            ("ds. Blangu, Gesi", "Blangu"),
            ("Desa: Ngandul Kec: Sumberlawang", "Ngandul"),
            ("neng Sragen Kulon", "Sragen Kulon"),
            ("kedung waduk karangmalang", "Kedungwaduk"),
            ("di Gemolong", "Gemolong"),
            ("ds karanganyar sambungmacan", "Karanganyar"),
        ):
            with self.subTest(text):
                self.assertEqual(self.village(text), village)


class NothingKnownTests(PlacesTestCase):
    def test_without_a_station_nothing_is_within_or_outside(self) -> None:
        self.assertIsNone(self.best("di Gemolong").value["within"])

    def test_an_empty_message_has_no_place(self) -> None:
        self.assertEqual(self.read("").candidates, ())
