"""Invented days read whole, as the desk reads them: which reports are found to be of one incident."""

import json
from datetime import datetime
from pathlib import Path

from reports.enrichment import duplicates, evaluation
from reports.enrichment.reading import Words, read
from reports.enrichment.told import Told, told
from tests.reports.enrichment.places import PlacesTestCase
from tests.reports.enrichment.telling import JAKARTA

HERE = Path(__file__).parent
DAYS, OTHER_DAYS, PAIRS = (
    HERE / name for name in ("witnesses.txt", "witnesses_kept_back.txt", "pairs.txt")
)


class WitnessesTests(PlacesTestCase):
    def told(self, line: str, day: int = 3) -> Told:
        """Of "05:10 text"."""
        clock, _, text = line.strip().partition(" ")
        hour, minute = map(int, clock.split(":"))
        at = datetime(2026, 11, day, hour, minute, tzinfo=JAKARTA)
        return told(
            text, at, read(Words(text, at), self.around), self.around, person=f"{day} {line}"
        )

    def assert_together(self, lines: str) -> None:
        """Pairs of lines, an empty one between them."""
        for pair in lines.strip().split("\n\n"):
            a, b = map(self.told, pair.strip().splitlines())
            with self.subTest(pair):
                self.assertEqual(duplicates.pairs([a, b]), {frozenset((0, 1))})

    def assert_apart(self, lines: str) -> None:
        for pair in lines.strip().split("\n\n"):
            a, b = map(self.told, pair.strip().splitlines())
            with self.subTest(pair):
                self.assertEqual(duplicates.pairs([a, b]), set())

    def figures(self, days: Path) -> dict[str, evaluation.Share]:
        rows = []
        for line in days.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            time, group, text = line.split("|", 2)
            day, clock = time.split()
            at = f"2026-11-{int(day):02}T{clock}:00+07:00"
            rows.append({"teks": text, "waktu": at, "grup_duplikat": group.strip("-")})
        return evaluation.evaluate(evaluation.parse(map(json.dumps, rows)), self.around)

    def are_together(self, pair: str) -> bool:
        """Of two lines "7 05:10 text", the day before the time."""
        told_of = []
        for line in pair.splitlines():
            day, said = line.split(" ", 1)
            told_of.append(self.told(said, int(day)))
        return bool(duplicates.pairs(told_of))

    def test_pairs_that_are_one_incident_and_pairs_that_only_look_it(self) -> None:
        _, same, apart = PAIRS.read_text(encoding="utf-8").split("# = ")
        for name, expected in (("same", same), ("apart", apart)):
            pairs = expected.removeprefix(f"{name}\n").strip().split("\n\n")
            wrong = [pair for pair in pairs if self.are_together(pair) != (name == "same")]
            self.assertLessEqual(len(wrong) / len(pairs), 0.1, "\n\n".join(wrong))

    def test_days_with_something_like_each_incident_near_by(self) -> None:
        figures = self.figures(OTHER_DAYS)
        self.assertGreaterEqual(figures["duplicate_recall"].value or 0, 0.85)
        self.assertGreaterEqual(figures["duplicate_precision"].value or 0, 0.7)

    def test_four_days(self) -> None:
        figures = self.figures(DAYS)
        self.assertGreaterEqual(figures["duplicate_recall"].value or 0, 0.75)
        self.assertGreaterEqual(figures["duplicate_precision"].value or 0, 0.85)

    def test_who_names_no_place_but_writes_in_the_same_minutes(self) -> None:
        self.assert_together(
            """
            05:21 kecelakaan di Kedawung, truk tepung lawan pick up, sopir terjepit
            05:34 Mohon petugas segera, sayuran berserakan di aspal, mobilnya ringsek habis tabrakan

            11:15 Kebakaran warung bakso dekat stasiun Masaran
            11:21 apinya nyamber warung sebelahnya pak, dua orang kena luka bakar

            01:15 Tawuran di pasar Gabugan Tanon, saling lempar batu
            01:24 gegeran neng ngarep pasar pak, ono sing nggowo clurit

            22:40 balapan liar di jalan lingkar selatan Karangmalang
            23:00 trek-trekan motor pak, dalane ditutup, ora iso liwat

            19:20 orkes dangdut di lapangan Gesi ricuh, penonton saling pukul
            19:33 ada yang bawa pisau di depan panggung, satu orang sudah berdarah
        """.replace("            ", "")
        )

    def test_a_thief_in_the_hands_of_a_crowd(self) -> None:
        self.assert_together(
            """
            18:02 maling motor kecekel wong neng wonokerso kedawung, digebuki rame2
            18:40 motor saya nyaris dibawa kabur, pelakunya dua, satu dimassa

            10:20 pencuri sepeda motor tertangkap warga di Kroyo, mohon segera dijemput
            10:41 malingnya bisa mati pak, dihajar massa terus, motornya sudah ketemu
        """.replace("            ", "")
        )

    def test_as_usual_and_as_yesterday_are_said_of_now(self) -> None:
        self.assert_together(
            """
            23:18 balap liar di ring road utara Sragen, sudah kumpul
            23:41 setingan lagi min kayak biasanya, tempat yg kmrn itu dpn pabrik

            23:18 balap liar di ring road utara Sragen, sudah kumpul
            23:30 balapan motor maneh pak koyo wingi, brisik banget
        """.replace("            ", "")
        )

    def test_who_asks_about_what_all_can_see(self) -> None:
        self.assert_together(
            """
            13:08 gudang kain terbakar di Sondakan Laweyan, api sampai atap
            13:31 pak itu kebakaran apa ya di laweyan? asapnya kelihatan sampai sini

            16:00 pohon tumbang menutup jalan raya Masaran
            16:20 kok macet total di masaran ada apa ya pak? katanya pohon roboh
        """.replace("            ", "")
        )

    def test_a_name_that_was_not_taken_for_the_place(self) -> None:
        self.assert_together(
            """
            05:10 kecelakaan bus masuk sawah di Sambungmacan timur pasar
            05:14 bis nyemplung sawah pak sambungmacan ndang ambulan
        """.replace("            ", "")
        )

    def test_polite_beginnings_are_no_thanks_for_what_was_done(self) -> None:
        self.assert_together(
            """
            05:10 nuwun sewu pak, wonten tiyang kecelakaan ing Kedawung, sampun pingsan
            05:16 kecelakaan di Kedawung pak, pengendara tidak sadar

            05:10 terima kasih sebelumnya pak, ada kecelakaan di Kedawung, korban sudah pingsan
            05:16 laka kedawung butuh ambulan
        """.replace("            ", "")
        )

    def test_what_is_not_one_incident(self) -> None:
        self.assert_apart(
            """
            05:21 kecelakaan di Kedawung, truk lawan pick up
            05:40 kecelakaan motor lawan becak depan pasar Gemolong

            12:00 kebakaran rumah di Masaran
            12:10 ada orang gila telanjang di Masaran

            09:00 pak syarat bikin skck apa saja
            09:05 mau tanya skck bisa online apa tidak

            09:00 terima kasih pak laka tadi pagi cepat ditangani
            09:10 kecelakaan motor di Kedawung

            22:00 knalpot brong di Jebres
            22:05 knalpot brong di Gemolong

            13:00 motor saya hilang di parkiran pasar Masaran
            13:20 saya ditipu jual beli online
        """.replace("            ", "")
        )
        a, b = map(
            self.told,
            ("20:00 ada ribut di pasar Nusukan orang mabuk", "02:00 ada ribut di pasar Nusukan"),
        )
        self.assertEqual(duplicates.pairs([a, b]), set())

    def test_one_without_a_place_belongs_to_the_incident_that_fits_better(self) -> None:
        lines = (
            "11:15 kebakaran warung bakso dekat stasiun Masaran, tabung gas meledak",
            "11:17 kobongan masaran pak, geni gedhe, warung bakso",
            "11:21 tabung gas meledak pak, api nyamber warung sebelahnya",
            "11:30 kebun tebu kebakaran di Plupuh, warga coba padamkan",
        )
        found = duplicates.pairs([self.told(line) for line in lines])
        self.assertEqual(found, {frozenset(pair) for pair in ((0, 1), (0, 2), (1, 2))})
