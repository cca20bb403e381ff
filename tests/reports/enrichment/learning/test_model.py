"""What was learned tells texts apart, survives being packed, and holds numbers only."""

from io import BytesIO

import numpy as np
from django.test import SimpleTestCase

from reports.enrichment.learning.fitting import fit
from reports.enrichment.learning.model import Model, unpacked

WHERE = ("pasar", "terminal", "sawah", "stasiun", "jembatan", "lapangan")
SAID = {
    "kebakaran": ("api besar di {}", "rumah kobong dekat {}", "asap tebal dan api di {}"),
    "curanmor": ("motor hilang di {}", "motor dicuri dekat {}", "vario hilang parkir {}"),
    "miras": ("pemuda mabuk di {}", "botol ciu dekat {}", "pesta mabuk ciu di {}"),
}
TEXTS = [
    (text.format(where), slug) for where in WHERE for slug, said in SAID.items() for text in said
]


def learned(of: int = 3) -> Model:
    known = [(text, slug) for text, slug in TEXTS if slug in list(SAID)[:of]]
    return fit([text for text, _slug in known], [slug for _text, slug in known])


class ModelTests(SimpleTestCase):
    def test_new_words_around_what_was_learned_are_told_apart(self) -> None:
        for model in (learned(), learned(of=2)):
            for text, slug in (("api di kandang", "kebakaran"), ("motor hilang tadi", "curanmor")):
                with self.subTest(categories=len(model.slugs), text=text):
                    found = model.probabilities(text)
                    self.assertEqual(found[0][0], slug)
                    self.assertAlmostEqual(sum(share for _slug, share in found), 1.0, places=4)

    def test_a_text_of_which_nothing_is_known_gives_nothing(self) -> None:
        self.assertEqual(learned().probabilities("zzz qqq"), [])
        self.assertEqual(learned().probabilities(""), [])

    def test_the_same_decisions_give_the_same_model(self) -> None:
        self.assertEqual(learned().packed(), learned().packed())

    def test_what_one_person_alone_has_said_is_not_in_it(self) -> None:
        texts = [*TEXTS, ("nama saya rahasiaku", "miras")]
        model = fit([text for text, _slug in texts], [slug for _text, slug in texts])
        self.assertEqual(model.probabilities("rahasiaku"), [])

    def test_packed_it_holds_no_words_and_answers_the_same(self) -> None:
        model = learned()
        packed = model.packed()
        for word in (b"motor", b"kobong", b"pasar"):
            self.assertNotIn(word, packed)
        again = unpacked(packed, model.slugs, 0.8)
        self.assertEqual(again.accuracy, 0.8)
        one, other = model.probabilities("api di pasar"), again.probabilities("api di pasar")
        self.assertEqual([slug for slug, _share in one], [slug for slug, _share in other])
        self.assertAlmostEqual(one[0][1], other[0][1], places=2)

    def test_an_object_in_it_is_refused_and_not_run(self) -> None:
        file = BytesIO()
        np.savez(file, weights=np.array([print], dtype=object))
        with self.assertRaises(ValueError):
            unpacked(file.getvalue(), ("miras",), 0.0)
