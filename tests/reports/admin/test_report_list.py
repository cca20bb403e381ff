"""The list of reports in the administration: plain columns, one's own station, and the desk's verbs for many at once."""

from datetime import timedelta

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from operators.permissions import Role
from reports.admin import report_list
from reports.models import Report
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.cases import PolresTestCase

LIST = "admin:reports_report_changelist"
TOLD = "burung-kenari-7731"
HERE, THERE = "+628877000110", "+628877000112"
SENTENCE = "Hanya mencoba nomor."


class ReportListTestCase(PolresTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.station = people.station()
        self.elsewhere = people.station("lain", "LAN")
        self.pamapta = people.operator(self.station, Role.PAMAPTA, name="Pama Contoh")
        self.admin = people.operator(self.station, Role.ADMIN)
        self.client.force_login(self.pamapta)

    def report(self, at: str = HERE, by: samples.Citizen = samples.WATI) -> Report:
        return people.report(samples.text(TOLD, by=by, To=f"whatsapp:{at}"))

    def shown(self, **params: str) -> list[str]:
        answer = self.client.get(reverse(LIST), params)
        self.assertEqual(answer.status_code, 200)
        return [report.number for report in answer.context["cl"].result_list]

    def act(self, action: str, *reports: Report, **fields: str) -> HttpResponse:
        ticked = {ACTION_CHECKBOX_NAME: [str(report.pk) for report in reports]}
        return self.client.post(reverse(LIST), {"action": action, **ticked, **fields})

    def said(self, answer: HttpResponse) -> list[str]:
        return [str(message) for message in get_messages(answer.wsgi_request)]


class WhatIsShownTests(ReportListTestCase):
    def test_the_pamapta_sees_the_reports_of_their_station_only(self) -> None:
        mine, other = self.report(), self.report(THERE)
        self.assertEqual(self.shown(), [mine.number])
        page = reverse("admin:reports_report_change", args=[other.pk])
        self.assertEqual(self.client.get(page).status_code, 302)

    def test_the_administrator_sees_every_station_and_can_choose_one(self) -> None:
        mine, other = self.report(), self.report(THERE)
        self.client.force_login(self.admin)
        self.assertEqual(set(self.shown()), {mine.number, other.number})
        self.assertEqual(self.shown(station="lain"), [other.number])

    def test_neither_list_nor_page_tells_who_wrote_or_what(self) -> None:
        report = self.report()
        for account in (self.pamapta, self.admin):
            self.client.force_login(account)
            for page in (reverse(LIST), reverse("admin:reports_report_change", args=[report.pk])):
                answer = self.client.get(page)
                self.assertContains(answer, report.number)
                for secret in (TOLD, "1299900001", samples.WATI.name, report.reporter.alias):
                    self.assertNotContains(answer, secret)

    def test_the_page_of_a_report_shows_when_it_was_closed_as_the_desk_writes_it(self) -> None:
        report = self.report()
        page = reverse("admin:reports_report_change", args=[report.pk])
        self.assertNotContains(self.client.get(page), "None")
        self.act("close", report, confirmed="1", outcome=Outcome.SILENT, note=SENTENCE)
        report.refresh_from_db()
        closed = date_format(timezone.localtime(report.closed_at), "j M Y H.i")
        self.assertContains(self.client.get(page), closed)

    def test_a_report_that_is_reserved_for_a_unit_stays_with_it(self) -> None:
        report = self.report()
        reserved = people.category("anggota-polri", reserved_for="propam")
        Report.objects.filter(pk=report.pk).update(category=reserved)
        self.assertEqual(self.shown(), [])
        self.client.force_login(self.admin)
        self.assertEqual(self.shown(), [])
        propam = people.unit(self.station, "propam")
        self.client.force_login(
            people.operator(self.station, Role.ADMIN, username="propam", unit=propam)
        )
        self.assertEqual(self.shown(), [report.number])

    def test_a_report_is_found_by_its_number_and_not_by_words(self) -> None:
        report = self.report()
        self.report(by=samples.JOKO)
        self.assertEqual(self.shown(q=report.number[-5:]), [report.number])
        self.assertEqual(self.shown(q=TOLD), [])
        self.assertEqual(self.shown(q=report.reporter.alias), [])

    def test_the_list_can_be_narrowed(self) -> None:
        report = self.report()
        group = people.category("lalin")
        people.category("layanan")
        category = people.category(parent=group)
        unit = people.unit(self.station)
        people.unit(self.station, "lantas")
        Report.objects.filter(pk=report.pk).update(category=category, unit=unit)
        self.report(by=samples.JOKO)
        for name, row in (("category__parent__id__exact", group), ("unit__id__exact", unit)):
            self.assertEqual(self.shown(**{name: str(row.pk)}), [report.number])
        for params in ({"status": "new"}, {"urgency": "1"}, {"channel": "whatsapp"}):
            self.assertEqual(len(self.shown(**params)), 2)
        year = timezone.localtime().year
        self.assertEqual(len(self.shown(received_at__year=str(year))), 2)

    def test_an_address_cannot_ask_which_reports_are_one_persons(self) -> None:
        report = self.report()
        for name, value in (("contact", report.contact_id), ("reporter__id", report.reporter_id)):
            answer = self.client.get(reverse(LIST), {name: str(value)})
            self.assertEqual(answer.status_code, 400)

    def test_a_filter_that_makes_no_sense_breaks_nothing(self) -> None:
        self.client.force_login(self.admin)
        for params in ({"unit__id__exact": "x"}, {"station": "x"}, {"status": "x"}):
            answer = self.client.get(reverse(LIST), params)
            self.assertLess(answer.status_code, 400)

    def test_nothing_can_be_added_changed_or_deleted(self) -> None:
        report = self.report()
        for account in (self.pamapta, self.admin):
            self.client.force_login(account)
            for page in ("add", "change", "delete"):
                args = [] if page == "add" else [report.pk]
                answer = self.client.post(reverse(f"admin:reports_report_{page}", args=args), {})
                self.assertEqual(answer.status_code, 403)

    def test_the_number_of_queries_does_not_grow_with_the_list(self) -> None:
        def queries() -> int:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                self.shown()
            return len(asked)

        first = self.report()
        queries()
        before = queries()
        for place in range(1, 8):
            later = first.received_at + timedelta(seconds=place)
            copied = Report.objects.get(pk=first.pk)
            copied.pk, copied.number, copied.received_at = None, f"X{place}", later
            copied.save(force_insert=True)
        self.assertEqual(queries(), before)


class VerbTests(ReportListTestCase):
    def test_whoever_may_not_work_the_desk_is_offered_no_verb(self) -> None:
        report = self.report()
        self.client.force_login(self.admin)
        self.assertNotContains(self.client.get(reverse(LIST)), 'name="action"')
        self.act("claim", report)
        report.refresh_from_db()
        self.assertIsNone(report.holder)

    def test_several_reports_are_claimed_at_once(self) -> None:
        reports = [self.report(), self.report(by=samples.JOKO)]
        self.act("claim", *reports)
        held = Report.objects.filter(holder=self.pamapta, status=Status.TRIAGE)
        self.assertEqual(held.count(), 2)

    def test_every_failure_is_named_and_the_rest_is_done(self) -> None:
        reports = [self.report(), self.report(by=samples.JOKO)]
        rival = people.operator(self.station, Role.OPERATOR, name="Rina Contoh")
        Report.objects.filter(pk=reports[0].pk).update(holder=rival)
        said = self.said(self.act("claim", *reports))
        self.assertEqual(len(said), 2)
        self.assertTrue(
            any(reports[0].number in words and "Rina Contoh" in words for words in said)
        )
        self.assertTrue(Report.objects.filter(pk=reports[1].pk, holder=self.pamapta).exists())

    def test_closing_first_asks_for_outcome_and_sentence(self) -> None:
        report = self.report()
        answer = self.act("close", report)
        self.assertContains(answer, report.number)
        self.assertContains(answer, 'name="outcome"')
        report.refresh_from_db()
        self.assertTrue(report.is_open)

    def test_closing_without_a_sentence_asks_again(self) -> None:
        report = self.report()
        answer = self.act("close", report, confirmed="1", outcome=Outcome.NUMBER_TEST, note=" ")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("note", answer.context["form"].errors)
        report.refresh_from_db()
        self.assertTrue(report.is_open)

    def test_several_reports_are_closed_with_outcome_and_sentence(self) -> None:
        reports = [self.report(), self.report(by=samples.JOKO)]
        answer = self.act(
            "close", *reports, confirmed="1", outcome=Outcome.NUMBER_TEST, note=SENTENCE
        )
        self.assertEqual(answer.status_code, 302)
        closed = Report.objects.filter(status=Status.DONE, outcome=Outcome.NUMBER_TEST)
        self.assertEqual(closed.count(), 2)
        self.assertEqual(len(self.said(answer)), 1)

    def test_a_report_that_is_already_closed_is_named(self) -> None:
        report = self.report()
        fields = {"confirmed": "1", "outcome": Outcome.SILENT, "note": SENTENCE}
        self.act("close", report, **fields)
        said = self.said(self.act("close", report, **fields))
        self.assertTrue(any(words.startswith(f"{report.number}: ") for words in said))

    def test_nobody_is_judged_from_a_list(self) -> None:
        report = self.report()
        for outcome in (Outcome.PRANK, Outcome.FALSE_REPORT):
            self.act("close", report, confirmed="1", outcome=outcome, note=SENTENCE)
            report.refresh_from_db()
            self.assertTrue(report.is_open)

    def test_more_than_a_page_at_once_is_refused(self) -> None:
        reports = [self.report(), self.report(by=samples.JOKO)]
        self.addCleanup(setattr, report_list, "AT_ONCE", report_list.AT_ONCE)
        report_list.AT_ONCE = 1
        said = self.said(self.act("claim", *reports))
        self.assertEqual(len(said), 1)
        self.assertFalse(Report.objects.exclude(holder=None).exists())
