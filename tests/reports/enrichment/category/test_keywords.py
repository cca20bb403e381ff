"""Which category words speak for: combinations, denials, order, abstaining, and what is said as the reason."""

from django.test import SimpleTestCase

from reports.enrichment.category import keywords
from reports.enrichment.language import normalise
from reports.enrichment.reading import Words, read
from reports.enrichment.said import said
from reports.models import Category
from reports.models.finding import Enricher
from tests.reports.enrichment.sentences import AT, meant, surroundings


class CategoryTests(SimpleTestCase):
    def test_words_together_say_what_single_ones_do_not(self) -> None:
        for text, slug in (
            ("motor saya hilang di parkiran", "curanmor"),
            ("stnk motor saya hilang", "surat-kehilangan"),
            ("suami memukul istrinya", "kdrt"),
            ("uang sudah ditransfer ternyata ditipu", "penipuan"),
            ("suara motor keras sekali", "knalpot-brong"),
            ("pohon besar roboh di jalan", "bencana"),
            ("petani pasang kabel listrik di sawah untuk tikus", "jebakan-tikus-listrik"),
            ("oknum polisi minta uang", "anggota-polri"),
            ("saya mau bunuh diri", "krisis-diri"),
            ("anak sma bonceng tiga tanpa helm ngebut", "pelanggaran-lalin"),
            ("anak saya belum pulang, tadi naik sepeda", "orang-hilang"),
            ("anak hilang tas sekolah pink di sukodono", "orang-hilang"),
            ("anak saya hilang sepedanya", "pencurian"),
            ("jago2 pada diadu, motore akeh parkir", "judi"),
            ("motor saya hilang, jago saya juga", "curanmor"),
            ("hp simbah ditarik orang naik motor, simbah jatuh", "begal-jambret"),
            ("beli sepatu lewat fb, isinya sandal bekas", "penipuan"),
            ("pelajar bawa gir nyari lawan di lapangan", "tawuran"),
            ("lagi syuting film, adegannya nodong pistol, perlu izin?", "izin-keramaian"),
            ("hatiku kebakar pak, polwan cantik tolong padamkan", "iseng"),
            ("truk gas guling di tikungan, tabungnya tumpah", "laka-lantas"),
            ("sapi saya digondol maling lewat kandang belakang", "pencurian"),
        ):
            with self.subTest(text=text):
                self.assertEqual(meant(text).categories[0], slug)

    def test_what_is_denied_does_not_count(self) -> None:
        self.assertNotIn("begal-jambret", meant("di sini aman, tidak ada begal").categories)
        self.assertNotIn("tawuran", meant("itu bukan tawuran, hanya latihan drumband").categories)

    def test_a_word_inside_another_is_not_it(self) -> None:
        for text in ("simpati", "pilihan", "sabuk", "girang"):
            with self.subTest(text=text):
                self.assertEqual(meant(text).categories, [])

    def test_the_name_of_a_place_is_no_word(self) -> None:
        self.assertEqual(meant("saya orang nusukan").categories, [])
        self.assertEqual(meant("saya di nusukan").urgency, "biasa")

    def test_it_abstains_when_nothing_speaks_for_any(self) -> None:
        for text in ("", "🙏", "baik bapak", "begini ceritanya"):
            with self.subTest(text=text):
                self.assertEqual(meant(text).categories, [])

    def test_at_most_three_the_best_first_and_together_not_more_than_certain(self) -> None:
        text = "motor hilang, rumah kemalingan, ada tawuran, judi, miras, begal dan kebakaran"
        (hint,) = [h for h in read(Words(text, AT), surroundings()) if h.enricher == "category"]
        sure = [candidate.confidence for candidate in hint.candidates]
        self.assertEqual(len(sure), 3)
        self.assertEqual(sure, sorted(sure, reverse=True))
        self.assertLess(sum(sure), 1)

    def test_the_reason_names_the_words(self) -> None:
        hints = read(Words("ada sabung ayam di kebun", AT), surroundings())
        (hint,) = [h for h in hints if h.enricher == Enricher.CATEGORY]
        best = hint.candidates[0]
        self.assertEqual(
            best.value, {"slug": "judi", "label": "Perjudian (sabung ayam, kartu, dadu, togel)"}
        )
        self.assertEqual(best.source, "keywords")
        self.assertIn("sabung, ayam", best.reason)

    def test_a_polite_ending_is_no_thanks_for_something(self) -> None:
        text = "ada pesta miras di pos ronda mohon ditindak, terima kasih"
        self.assertEqual(meant(text).categories[0], "miras")

    def test_scores_are_given_for_tokens_too(self) -> None:
        rows = keywords.scores(normalise("tawuran pelajar"), surroundings())
        self.assertEqual(rows[0].slug, "tawuran")
        self.assertIn("tawuran", rows[0].words)

    def test_each_station_is_read_by_its_own_words(self) -> None:
        group = Category(slug="kamtibmas")
        for word in ("satu", "dua", "tiga", "empat", "lima", "enam"):
            only = (Category(slug="judi", parent=group, keywords=[word]),)
            rows = keywords.ranked(said([word]), only)
            self.assertEqual([row.slug for row in rows], ["judi"])
            self.assertEqual(keywords.ranked(said(["tujuh"]), only), [])
