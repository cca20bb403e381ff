"""For which words nobody is ever reminded or blocked, and which are heard whoever wrote them."""

from collections.abc import Iterable, Mapping

from django.test import SimpleTestCase

from reports.channels.base import Kind
from reports.enrichment.reading import Words
from reports.enrichment.sparing import Spared, may_be_about_a_life, spared
from tests.reports.enrichment.sentences import AT, surroundings

NEVER: Mapping[Spared, Iterable[str]] = {
    Spared.SUICIDE: (
        "pak saya capek hidup, lebih baik saya mati saja",
        "curhat ya pak, saya sudah tidak kuat, pengen mengakhiri semuanya",
        "bu polisi temani saya ngobrol, rasanya mau bunuh diri saja malam ini",
    ),
    Spared.THREAT: (
        "wkwk saya pasang bom di pasar bunder lho pak bercanda",
        "haha awas nanti saya culik anak kepala sekolah, becanda kok",
        "ada bom di stasiun balapan hahaha kena prank",
    ),
    Spared.EMPTY: ("", " ", "...", "👍"),
    Spared.NUMBER_TEST: ("tes", "test nomor aktif gak", "cek cek 123 tes nomor", "ping"),
    Spared.FOLLOW_UP: (
        "bagaimana kelanjutan laporan saya yang kemarin pak?",
        "laporan saya tadi malam sudah ditindak belum",
    ),
    Spared.QUESTION: (
        "syarat bikin SKCK apa saja pak?",
        "perpanjang SIM buka hari sabtu tidak ya",
        "kantor buka jam berapa pak",
    ),
}
PRANKS = (
    "pak polisi ganteng boleh kenalan gak",
    "mau pesan bakso dua porsi antar ke sini ya",
    "haha iseng aja pak gabut",
    "promo pinjaman online cair 5 menit klik bit.ly/contoh diskon murah",
)
FALSE_REPORTS = ("ada balap liar di jalan sukowati depan pasar bunder sekarang pak ramai sekali",)
ANGRY = (
    "percuma lapor polisi goblok kemarin saya lapor tidak ada yang datang",
    "dasar polisi bangsat tidak becus laporan saya tidak pernah ditanggapi",
)
ABUSE = ("polisi anjing bangsat goblok",)


def why(text: str, kind: str = Kind.TEXT, *, is_unanswered: bool = False) -> Spared | None:
    words = Words(text=text, at=AT)
    return spared(words, kind, surroundings(), is_unanswered=is_unanswered)


class NeverTests(SimpleTestCase):
    def test_these_words_are_never_a_strike(self) -> None:
        for case, sentences in NEVER.items():
            for sentence in sentences:
                with self.subTest(case=case, sentence=sentence):
                    self.assertEqual(why(sentence), case)

    def test_pranks_and_false_reports_can_be(self) -> None:
        for sentence in (*PRANKS, *FALSE_REPORTS):
            with self.subTest(sentence=sentence):
                self.assertIsNone(why(sentence))

    def test_anger_about_no_answer_has_a_reason(self) -> None:
        for sentence in ANGRY:
            with self.subTest(sentence=sentence):
                self.assertEqual(why(sentence), Spared.UNANSWERED)

    def test_abuse_has_one_where_the_station_owes_an_answer(self) -> None:
        for sentence in ABUSE:
            with self.subTest(sentence=sentence):
                self.assertIsNone(why(sentence))
                self.assertEqual(why(sentence, is_unanswered=True), Spared.UNANSWERED)

    def test_that_an_answer_is_owed_makes_no_prank_a_follow_up(self) -> None:
        for sentence in (*PRANKS, *FALSE_REPORTS):
            with self.subTest(sentence=sentence):
                self.assertIsNone(why(sentence, is_unanswered=True))

    def test_a_picture_without_words_is_not_empty(self) -> None:
        self.assertIsNone(why("", Kind.IMAGE))
        self.assertIsNone(why("", Kind.STICKER))


class AboutALifeTests(SimpleTestCase):
    HEARD = (
        "tolong ada orang dibacok di depan rumah saya",
        "kebakaran pak, ada anak di dalam",
        "saya mau mati saja pak, sudah tidak kuat",
        "haha ada bom di pasar",
        "anak saya diculik",
        "bapak saya jatuh tidak sadar dan tidak bernapas",
        "rem blong truk nabrak warung banyak korban",
    )
    NOT_HEARD = (*PRANKS, "tes", "KEBERATAN pak saya tidak iseng", "maaf pak saya khilaf")

    def test_whatever_may_be_about_a_life_is_heard(self) -> None:
        for sentence in self.HEARD:
            with self.subTest(sentence=sentence):
                self.assertTrue(may_be_about_a_life(Words(text=sentence, at=AT), surroundings()))

    def test_pranks_and_excuses_are_not(self) -> None:
        for sentence in self.NOT_HEARD:
            with self.subTest(sentence=sentence):
                self.assertFalse(may_be_about_a_life(Words(text=sentence, at=AT), surroundings()))
