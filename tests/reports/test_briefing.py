"""The brief begins with the reporter's words less what gives them away, and is looked at once more before it goes."""

from datetime import timedelta

from reports import assignment, briefing, describing
from reports.actors import NotAllowed
from reports.briefing import GivesAway
from reports.models import Assignment
from reports.workflow import Status
from tests import people, samples
from tests.reports.test_assignment import AssignmentTestCase
from tests.samples import Citizen

BUDI = Citizen("Budi Gesi", "+6281255500001")


class BeginTests(AssignmentTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.report = people.report(
            samples.text("Saya budi, hp 081234567890. Depan rumah saya ada balap liar", by=BUDI),
            at=self.now - timedelta(minutes=1),
        )
        people.message(samples.text("Mereka 20 orang, AD 1234 XY", by=BUDI))

    def test_the_words_in_their_order_without_name_and_number(self) -> None:
        found = briefing.begin(self.now_is(), at_most=2000, by=self.rina)
        self.assertEqual(
            found.text,
            "Saya [nama], hp [nomor telepon]. Depan rumah saya ada balap liar\n"
            "Mereka 20 orang, AD 1234 XY",
        )
        self.assertEqual([doubt.words for doubt in found.doubts], ["Depan rumah saya"])

    def test_the_desks_own_summary_goes_before_them_and_is_redacted_too(self) -> None:
        describing.summarise(self.report, "Balap liar, lapor: Budi", by=self.rina)
        found = briefing.begin(self.now_is(), at_most=2000, by=self.rina)
        self.assertEqual(found.text, "Balap liar, lapor: [nama]")

    def test_it_fits_and_no_doubt_lies_beyond_its_end(self) -> None:
        found = briefing.begin(self.now_is(), at_most=20, by=self.rina)
        self.assertEqual((len(found.text), found.doubts), (20, []))

    def test_only_for_readers(self) -> None:
        with self.assertRaises(NotAllowed):
            briefing.begin(self.now_is(), at_most=2000, by=self.sari)


class SendingTests(AssignmentTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.report = people.report(samples.text("Ada balap liar", by=BUDI))

    def test_what_may_give_the_reporter_away_does_not_go_out(self) -> None:
        for words in (
            {"brief": "Hubungi 0812 3456 7890"},
            {"brief": "Menurut Budi ada balap liar"},
            {"brief": "Balap liar", "place_note": "depan rumah saya"},
        ):
            with self.subTest(**words), self.assertRaises(GivesAway):
                self.assign(**words)
        self.assertFalse(Assignment.objects.exists())
        self.assertEqual(self.now_is().status, Status.NEW)

    def test_each_doubt_is_confirmed_in_its_words(self) -> None:
        brief = "Pak Tarno jual miras di sebelah toko saya"
        with self.assertRaisesMessage(GivesAway, "1 bagian"):
            self.assign(brief=brief, confirmed=["Pak Tarno"])
        made = self.assign(brief=brief, confirmed=["Pak Tarno", "di sebelah toko saya"])
        self.assertEqual(made.unit, self.samapta)

    def test_a_refusal_holds_no_word_of_the_brief(self) -> None:
        with self.assertRaises(GivesAway) as refused:
            assignment.assign(self.report, to=self.samapta, brief="telp 081234567890", by=self.rina)
        self.assertNotIn("0812", str(refused.exception))
