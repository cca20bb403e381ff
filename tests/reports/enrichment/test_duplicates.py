"""Two reports of one incident are found however they are worded; two incidents of a kind are kept apart."""

from dataclasses import replace

from django.test import SimpleTestCase

from reports.enrichment import duplicates
from reports.enrichment.told import Told
from tests.reports.enrichment import days
from tests.reports.enrichment.telling import day, one

GEMOLONG, TANON, SIDOHARJO, JEBRES, PASAR_KLIWON = (
    *("33.14.13", "33.14.12", "33.14.11"),
    *("33.72.04", "33.72.03"),
)
TARAMAN, SANGKRAH, MOJOSONGO = "33.14.11.2008", "33.72.03.1008", "33.72.04.1011"


class DuplicatesCase(SimpleTestCase):
    def assertTogether(self, a: Told, b: Told, strength: str = "") -> None:
        for first, second in ((a, b), (b, a)):
            match = duplicates.score(first, second)
            self.assertIsNotNone(match)
            if match and strength:
                self.assertEqual(match.strength, strength)

    def assertApart(self, a: Told, b: Told) -> None:
        self.assertIsNone(duplicates.score(a, b))


class OneIncidentTests(DuplicatesCase):
    def test_the_same_accident_in_other_words(self) -> None:
        a = one(
            "laka mobil box lawan motor, pengendara kejepit", "06:40", "laka-lantas", at=GEMOLONG
        )
        b = one(
            "kecelakaan prapatan gemolong wonge kecepit mobil box",
            "06:45",
            "laka-lantas",
            at=GEMOLONG,
        )
        self.assertTogether(a, b, "strong")

    def test_the_jam_that_an_accident_makes(self) -> None:
        a = one("Bus menabrak truk gandeng di jalan raya", "05:12", "laka-lantas", at="33.14.07")
        b = one(
            "macet total gara2 bus nabrak truk", "05:40", "kemacetan", "laka-lantas", at="33.14.07"
        )
        self.assertTogether(a, b)

    def test_a_convoy_on_its_way_through_three_districts(self) -> None:
        here = one("konvoi pesilat bawa bendera", "16:00", "konvoi-massa", at=GEMOLONG)
        there = one("rombongan perguruan geber geber", "16:20", "konvoi-massa", at=TANON)
        further = one("iring-iringan silat ratusan motor", "16:40", "konvoi-massa", at=SIDOHARJO)
        self.assertTogether(here, there)
        self.assertTogether(there, further)
        self.assertTogether(here, further)

    def test_a_message_without_a_place_that_shares_rare_words(self) -> None:
        a = one(
            "truk tangki pertamina terguling solar tumpah di jalan",
            "09:00",
            "laka-lantas",
            at=TANON,
        )
        b = one("solar tumpah kemana2 pak, truk tangki terguling", "09:25", "laka-lantas")
        self.assertTogether(a, b, "suggest")

    def test_a_place_known_finely_and_one_known_coarsely(self) -> None:
        a = one("mayat mengambang di bengawan", "15:00", "penemuan-mayat", at=SANGKRAH)
        b = one("warga nemu jasad pinggir kali", "15:10", "penemuan-mayat", at=PASAR_KLIWON)
        self.assertTogether(a, b)

    def test_what_stays_for_days_is_told_for_days(self) -> None:
        a = one("sawah dipasangi setrum tikus", "09:00", "jebakan-tikus-listrik", at=TARAMAN, day=3)
        b = one("jebakan tikus masih nyala", "10:00", "jebakan-tikus-listrik", at=TARAMAN, day=5)
        self.assertTogether(a, b)

    def test_the_same_number_plate(self) -> None:
        a = one("Xenia AD 1234 XX ugal-ugalan", "10:00", "pelanggaran-lalin", at=GEMOLONG)
        b = one("mobil ad1234xx nabrak gerobak lalu kabur", "10:20", "laka-lantas", at=TANON)
        plain = one("mobil xenia nabrak gerobak lalu kabur", "10:20", "laka-lantas", at=TANON)
        self.assertTogether(a, b)
        self.assertApart(a, plain)

    def test_the_same_picture_passed_on(self) -> None:
        a = one("", "10:00", pictures=[0x0F0F_3C3C_AAAA_5555])
        b = one("", "11:00", pictures=[0x0F0F_3C3C_AAAA_5557])
        other = one("", "11:00", pictures=[0xF0F0_C3C3_5555_AAAA])
        self.assertTogether(a, b)
        self.assertApart(a, other)


class TwoIncidentsTests(DuplicatesCase):
    def test_the_same_nuisance_in_two_districts(self) -> None:
        a = one("knalpot brong lagi", "22:00", "knalpot-brong", at=JEBRES)
        b = one("brong berisik", "22:05", "knalpot-brong", at=PASAR_KLIWON)
        self.assertApart(a, b)

    def test_the_same_place_on_the_next_day(self) -> None:
        a = one("balap liar ring road utara", "23:00", "balap-liar", at=MOJOSONGO, day=3)
        b = one("balap liar ring road utara", "23:00", "balap-liar", at=MOJOSONGO, day=4)
        self.assertApart(a, b)

    def test_an_accident_of_yesterday_is_not_the_one_of_this_morning(self) -> None:
        a = one("kecelakaan di perempatan, motor lawan mobil", "06:40", "laka-lantas", at=TANON)
        b = one("kemarin sore ada tabrak lari motor lawan mobil", "07:20", "laka-lantas", at=TANON)
        self.assertApart(a, b)

    def test_two_who_were_robbed_in_one_village(self) -> None:
        a = one("motor beat hitam hilang di teras", "06:05", "curanmor", at=TARAMAN)
        b = one("vario putih saya dicolong di sawah", "13:00", "curanmor", at=TARAMAN)
        self.assertApart(a, b)

    def test_a_convoy_that_would_have_had_to_fly(self) -> None:
        a = one("konvoi pesilat", "16:00", "konvoi-massa", at="33.14.01")
        b = one("rombongan perguruan silat", "16:05", "konvoi-massa", at="33.14.20")
        self.assertApart(a, b)

    def test_another_kind_of_thing_in_the_same_village(self) -> None:
        a = one("rumah kebakaran", "12:00", "kebakaran", at=MOJOSONGO)
        b = one("adu ayam di kebun", "12:10", "judi", at=MOJOSONGO)
        self.assertApart(a, b)


class NeverTests(DuplicatesCase):
    def test_two_questions_are_not_two_witnesses(self) -> None:
        a = one("syarat bikin skck apa saja", "08:00", "skck", kind="pertanyaan")
        b = one("syarat bikin skck apa saja", "08:01", "skck", kind="pertanyaan")
        self.assertApart(a, b)

    def test_nor_are_services_that_nobody_called_a_question(self) -> None:
        a, b = (one("mau perpanjang sim", clock, "sim") for clock in ("08:00", "08:01"))
        self.assertApart(a, b)

    def test_nor_pranks(self) -> None:
        a, b = (one("halo pak lagi apa", c, "iseng", kind="iseng") for c in ("08:00", "08:01"))
        self.assertApart(a, b)

    def test_the_same_person_goes_on_telling(self) -> None:
        a = one("kebakaran gudang kayu", "11:20", "kebakaran", at=TANON, who="wati")
        b = one("api gudang kayu makin besar", "11:30", "kebakaran", at=TANON, who="wati")
        self.assertApart(a, b)
        self.assertTogether(a, replace(b, person="joko"))

    def test_nor_is_a_report_like_itself(self) -> None:
        a = one("kebakaran gudang kayu", "11:20", "kebakaran", at=TANON, report="r1")
        self.assertApart(a, replace(a, person="somebody else"))


class StrengthTests(DuplicatesCase):
    def test_short_texts_are_only_suggested(self) -> None:
        a = one("knalpot brong lagi", "22:00", "knalpot-brong", at=MOJOSONGO)
        b = one("knalpot brong lagi pak", "22:02", "knalpot-brong", at=MOJOSONGO)
        self.assertTogether(a, b, "suggest")

    def test_without_a_place_it_is_only_suggested(self) -> None:
        text = "truk tangki terguling solar tumpah sopir lari meninggalkan kendaraan"
        a, b = one(text, "09:00", "laka-lantas"), one(text, "09:05", "laka-lantas")
        self.assertTogether(a, b, "suggest")

    def test_more_that_fits_makes_it_surer(self) -> None:
        a = one("gudang kayu terbakar api besar", "11:20", "kebakaran", at=TANON)
        near = one("kebakaran gudang kayu api besar", "11:25", "kebakaran", at=TANON)
        loose = one("asap tebal kelihatan", "11:35", "kebakaran", at=TANON)
        sure, unsure = duplicates.score(a, near), duplicates.score(a, loose)
        assert sure and unsure
        self.assertGreater(sure.confidence, unsure.confidence)
        self.assertLessEqual(sure.confidence, 0.95)


class ManyTests(DuplicatesCase):
    def test_what_almost_fits_comes_along_with_what_fits(self) -> None:
        brawl = one("orkes ricuh kursi dilempar", "20:00", "tawuran", at=TANON)
        drinkers = one("panggung orkes botol dibanting", "20:10", "keributan", "miras", at=TANON)
        drunk = one("botol dibanting berserakan", "20:15", "miras", at=TANON)
        self.assertApart(brawl, drunk)
        found = duplicates.matches(drunk, [brawl, drinkers])
        self.assertEqual({n for n, _match in found}, {0, 1})
        shares = {n: match.shares for n, match in found}
        self.assertIn("company", shares[0])

    def test_no_more_are_offered_than_anybody_reads(self) -> None:
        fires = [one("gudang kayu terbakar", "11:20", "kebakaran", at=TANON) for _ in range(30)]
        new = one("gudang kayu terbakar", "11:25", "kebakaran", at=TANON)
        self.assertEqual(len(duplicates.matches(new, fires)), duplicates.MOST)

    def test_the_order_in_which_a_list_stands_does_not_matter(self) -> None:
        told, _pairs = day(days.SOLO)
        there = duplicates.pairs(told)
        back = duplicates.pairs(told[::-1])
        last = len(told) - 1
        self.assertEqual(there, {frozenset(last - n for n in pair) for pair in back})

    def test_whole_days_come_apart_into_their_incidents(self) -> None:
        for name, lines in (("sragen", days.SRAGEN), ("solo", days.SOLO), ("night", days.NIGHT)):
            with self.subTest(day=name):
                told, pairs = day(lines)
                found = duplicates.pairs(told)
                self.assertGreaterEqual(len(found & pairs) / len(pairs), 0.9)
                self.assertGreaterEqual(len(found & pairs) / len(found), 0.7)
