"""The stations' own words: filled in completely, or not sent."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import SimpleTestCase

from reports import replies
from reports.identity import vault
from reports.models import Contact, Message, ReplyTemplate, Report
from reports.models.message import Delivery
from reports.models.reply_template import VARIABLES_OF_PEOPLE, ReplyKey, known_variables
from tests import people
from tests.reports.cases import StationTestCase

ACKNOWLEDGEMENT, NEW_NUMBER = ReplyKey.ACKNOWLEDGEMENT, ReplyKey.NEW_NUMBER


class FillTests(SimpleTestCase):
    def fill(self, text: str, **values: str) -> str:
        return ReplyTemplate(text=text).fill(**values)

    def test_variables_are_filled_in(self) -> None:
        filled = self.fill("{polres}: {nomor_laporan}", polres="Sragen", nomor_laporan="SRG-1")
        self.assertEqual(filled, "Sragen: SRG-1")

    def test_one_without_a_value_stops_it(self) -> None:
        with self.assertRaises(KeyError):
            self.fill("Nomor {nomor_laporan} di {polres}", polres="Sragen")

    def test_a_value_is_not_filled_in_again(self) -> None:
        self.assertEqual(self.fill("{polres}", polres="{nomor_laporan}"), "{nomor_laporan}")

    def test_what_is_no_variable_stays(self) -> None:
        text = "100% { satu { dua} %s $polres {{"
        self.assertEqual(self.fill(text.replace("{ dua}", "")), text.replace("{ dua}", ""))

    def test_values_that_nothing_asks_for_do_no_harm(self) -> None:
        self.assertEqual(self.fill("Diterima.", polres="x"), "Diterima.")


class TemplateTests(StationTestCase):
    def refused(self, text: str, key: ReplyKey = ACKNOWLEDGEMENT) -> str:
        template = ReplyTemplate.objects.get(station=self.station, key=key)
        template.text = text
        with self.assertRaises(ValidationError) as caught:
            template.full_clean()
        self.assertEqual(set(caught.exception.message_dict), {"text"})
        return str(caught.exception)

    def test_an_unknown_variable_is_refused_by_name(self) -> None:
        self.assertIn("{nama}", self.refused("Halo {nama}"))
        for odd in ("{}", "{ polres }", "{0}", "{polres!r}", "{polres.x}"):
            with self.subTest(text=odd):
                self.refused(f"Halo {odd}")

    def test_the_refusal_says_what_is_known(self) -> None:
        for key in (ACKNOWLEDGEMENT, NEW_NUMBER):
            words = self.refused("{nama}", key)
            for variable in known_variables(key):
                self.assertIn(f"{{{variable}}}", words)

    def test_what_is_said_by_itself_names_no_officer_and_no_category(self) -> None:
        for variable in set(VARIABLES_OF_PEOPLE) - set(known_variables(ACKNOWLEDGEMENT)):
            self.refused(f"{{{variable}}}")

    def test_an_answer_that_people_choose_may_name_them(self) -> None:
        text = " ".join(f"{{{variable}}}" for variable in VARIABLES_OF_PEOPLE)
        ReplyTemplate(station=self.station, key="petugas", text=text).full_clean()

    def test_a_content_sid_has_its_form(self) -> None:
        template = ReplyTemplate(station=self.station, key="kabar", text="Ada kabar.")
        for wrong in ("kabar", "HX12", f"SM{'0' * 32}"):
            template.content_sid = wrong
            with self.subTest(sid=wrong), self.assertRaises(ValidationError):
                template.full_clean()
        template.content_sid = f"HX{'0' * 32}"
        template.full_clean()

    def test_a_new_number_is_told_in_its_own_words_only(self) -> None:
        self.refused("Nomor kami {nomor_baru}")
        template = ReplyTemplate.objects.get(station=self.station, key=NEW_NUMBER)
        template.text = "Nomor {polres} sekarang {nomor_baru}, laporan {nomor_laporan}."
        template.full_clean()

    def test_a_station_has_one_wording_for_each_use(self) -> None:
        with self.assertRaises(IntegrityError), transaction.atomic():
            ReplyTemplate.objects.create(station=self.station, key=ACKNOWLEDGEMENT, text="x")


class SaidTests(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.report = Report.objects.select_related("station", "contact__service_number").get(
            pk=people.report().pk
        )
        self.box = vault.box_of("content", self.report.pk)

    def test_words_of_several_stations_cost_one_query(self) -> None:
        other = people.station("lain", "LAN")
        with self.assertNumQueries(1):
            words = replies.words_of([self.station.pk, other.pk])
        self.assertEqual(len(words), 2 * len(people.WORDS))

    def test_words_that_were_put_away_are_not_said(self) -> None:
        self.station.reply_templates.update(is_active=False)
        self.assertEqual(replies.words_of([self.station.pk]), {})

    def test_an_acknowledgement_is_not_written_by_itself(self) -> None:
        before = Message.objects.count()
        words = replies.words_of([self.station.pk])
        message = replies.acknowledgement(self.report, words, self.box)
        self.assertEqual(Message.objects.count(), before)
        assert message is not None
        self.assertEqual((message.status, message.template_key), (Delivery.QUEUED, ACKNOWLEDGEMENT))

    def test_another_stations_words_are_not_borrowed(self) -> None:
        other = people.station("lain", "LAN")
        words = replies.words_of([other.pk])
        self.assertIsNone(replies.acknowledgement(self.report, words, self.box))

    def test_a_notice_is_remembered_only_when_it_was_made(self) -> None:
        number = self.report.contact.service_number
        number.is_active = False
        number.successor = self.station.numbers.get(channel="sms")
        self.assertIsNone(replies.successor_notice(self.report, {}, self.box))
        self.assertIsNone(Contact.objects.get().told_successor_at)
        words = replies.words_of([self.station.pk])
        self.assertIsNotNone(replies.successor_notice(self.report, words, self.box))
        self.assertIsNotNone(Contact.objects.get().told_successor_at)
