"""What all channels have in common: files, places, buttons, lists, and parameters that nobody announced."""

from typing import Any

from django.test import SimpleTestCase

from reports.channels.base import Media
from reports.channels.payload import MEDIA_LIMIT, details_of, media_of
from tests import samples
from tests.samples import Params


def details(params: Params) -> dict[str, Any]:
    return details_of(params)


class MediaTests(SimpleTestCase):
    def test_num_media_is_not_believed(self) -> None:
        for claimed in (None, "", "0", "3", "99999999999", "-1", "satu"):
            with self.subTest(NumMedia=claimed):
                self.assertEqual(len(media_of(samples.picture(NumMedia=claimed))), 1)

    def test_no_file_is_made_up(self) -> None:
        self.assertEqual(media_of(samples.text(NumMedia="4")), ())

    def test_a_gap_between_files_loses_none(self) -> None:
        params = samples.mms(MediaUrl1=None)
        self.assertEqual([m.declared_type for m in media_of(params)], ["image/jpeg", "video/3gpp"])

    def test_a_file_without_a_type_is_kept(self) -> None:
        params = samples.picture(MediaContentType0=None)
        self.assertEqual(media_of(params), (Media(params["MediaUrl0"], ""),))

    def test_a_type_is_cut_to_what_its_column_holds(self) -> None:
        (media,) = media_of(samples.picture(MediaContentType0="image/" + "x" * 500))
        self.assertEqual(len(media.declared_type), 100)

    def test_signs_that_no_database_takes_are_left_out_of_a_type(self) -> None:
        (media,) = media_of(samples.picture(MediaContentType0="image/\0jp\neg"))
        self.assertEqual(media.declared_type, "image/jpeg")

    def test_there_is_an_end_to_them(self) -> None:
        urls = {f"MediaUrl{n}": f"https://media.example/{n}" for n in range(MEDIA_LIMIT + 5)}
        self.assertEqual(len(media_of(samples.mms(**urls))), MEDIA_LIMIT)

    def test_files_are_not_repeated_among_the_unknown(self) -> None:
        self.assertEqual(details(samples.mms()), {})


class PlaceTests(SimpleTestCase):
    def test_a_pin_has_coordinates(self) -> None:
        self.assertEqual(
            details(samples.place())["place"], {"latitude": -7.4264, "longitude": 111.0223}
        )

    def test_a_named_place_has_its_name_and_address_too(self) -> None:
        place = details(samples.named_place())["place"]
        self.assertEqual(
            (place["label"], place["address"]), ("Pasar Bunder", "Jl. Contoh No. 1, Sragen")
        )

    def test_coordinates_of_no_place_on_earth_are_left_out(self) -> None:
        wrong = ["91", "-90.1", "nan", "inf", "-inf", "7,4264", "utara", "1e9", " "]
        for latitude in wrong:
            with self.subTest(latitude=latitude):
                self.assertNotIn("place", details(samples.place(Latitude=latitude)))
        for longitude in ("180.5", "-181", "NaN", "timur"):
            with self.subTest(longitude=longitude):
                self.assertNotIn("place", details(samples.place(Longitude=longitude)))

    def test_of_a_place_that_is_nowhere_the_name_is_kept(self) -> None:
        for wrong in ({"Latitude": "utara"}, {"Longitude": "181"}, {"Latitude": None}):
            with self.subTest(**wrong):
                place = details(samples.named_place(**wrong))["place"]
                self.assertEqual(
                    place, {"label": "Pasar Bunder", "address": "Jl. Contoh No. 1, Sragen"}
                )

    def test_the_edges_of_the_earth_are_places(self) -> None:
        place = details(samples.place(Latitude="-90", Longitude="180"))["place"]
        self.assertEqual(place, {"latitude": -90.0, "longitude": 180.0})

    def test_the_equator_is_a_place(self) -> None:
        place = details(samples.place(Latitude="0", Longitude="0.0"))["place"]
        self.assertEqual(place, {"latitude": 0.0, "longitude": 0.0})

    def test_half_a_place_is_none(self) -> None:
        self.assertNotIn("place", details(samples.place(Longitude=None)))


class AnswerTests(SimpleTestCase):
    def test_a_button_says_what_was_pressed(self) -> None:
        pressed = details(samples.button("Ya, benar", ButtonType="QUICK_REPLY"))["button"]
        self.assertEqual(pressed, {"text": "Ya, benar", "payload": "benar", "type": "QUICK_REPLY"})

    def test_a_list_says_what_was_chosen(self) -> None:
        chosen = details(samples.choice("Laka lantas", ListDescription="Tabrakan"))["list"]
        self.assertEqual(
            chosen, {"id": "kategori:laka", "title": "Laka lantas", "description": "Tabrakan"}
        )

    def test_an_advertisement_is_kept_together(self) -> None:
        referral = details(samples.from_advertisement(ReferralNew="x"))["referral"]
        self.assertEqual(referral["ReferralSourceType"], "post")
        self.assertEqual(referral["ReferralNew"], "x")
        self.assertNotIn("ReferralNumMedia", referral)

    def test_a_word_that_the_provider_took_for_opting_out_is_noted(self) -> None:
        self.assertEqual(details(samples.sms("STOP", OptOutType="STOP"))["opt_out"], "STOP")


class UnknownParameterTests(SimpleTestCase):
    def test_they_are_kept_as_they_came(self) -> None:
        extra = details(samples.text(NewIn2027="nilai", Latitude2="1"))["extra"]
        self.assertEqual(extra, {"NewIn2027": "nilai", "Latitude2": "1"})

    def test_empty_ones_say_nothing(self) -> None:
        self.assertEqual(details(samples.text(NewIn2027="")), {})

    def test_the_samples_have_none(self) -> None:
        for name, sample in samples.SAMPLES.items():
            with self.subTest(sample=name):
                self.assertNotIn("extra", details(sample()))

    def test_what_a_fallback_adds_is_known(self) -> None:
        self.assertNotIn("extra", details(samples.fallback()))
