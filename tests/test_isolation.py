"""What a unit, a chief, an administrator or an auditor can get hold of: every address, with ids that are really there, after
the whole life of a report. Nothing of the citizen comes back: not in a body, a header, a redirect or an error.
"""

import ast
import re
from collections.abc import Iterator
from unittest import mock

from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from operators.models import Operator
from operators.permissions import Role
from polreswa.catalogue import ROOT
from reports import assignment, briefs
from reports.models import (
    Assignment,
    DispatchPicture,
    MediaFile,
    Message,
)
from tests import people, samples
from tests.addresses import Address, arguments_for, every_address
from tests.canaries import scan
from tests.cases import BehindProxy, PolresTestCase
from tests.whole_life import BRIEF, CANARIES, PHONE, PHRASE, WholeLifeTestCase

NEVER = ("whatsapp", "sms", "pelapor", "kenari-")
"""On no page of a unit: the channel, and what a reporter is called."""
READ = {
    *("reports_assignment", "reports_dispatchpicture", "reports_datakey"),
    *("reports_area", "reports_landmark", "reports_station"),
    *("operators_operator", "operators_unit"),
}
"""The tables that pages of a unit read, and no others of ours."""
NAMED = re.compile(r"\b(?:reports|operators)_\w+")


def everything_of(answer: HttpResponse) -> dict[str, bytes]:
    """All that a browser is given: content, headers, cookies."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return {"body": content, "headers": headers.encode(), "cookies": str(answer.cookies).encode()}


class EveryAddressTests(WholeLifeTestCase):
    def paths(self) -> Iterator[tuple[str, str]]:
        """Every address with arguments that exist, each task and each picture and file of them included."""
        for address in every_address():
            for path in dict.fromkeys(self.filled(address)):
                yield address.key, path

    def filled(self, address: Address) -> Iterator[str]:
        if not address.name.startswith("unit:"):
            values = arguments_for(address, self.report, self.parked)
            yield address.with_arguments(values)
            if "file_id" in address.route or "P<pk>" in address.route:
                for file in MediaFile.objects.all():
                    yield address.with_arguments(values | {"file_id": file.pk, "pk": file.pk})
            return
        for task in (self.task, self.back, self.off, self.running):
            for picture in DispatchPicture.objects.all():
                yield address.with_arguments(
                    {"dispatch_number": task.number, "dispatch_picture_id": picture.pk}
                )

    def test_nothing_of_the_citizen_comes_back_to_whoever_works_no_desk(self) -> None:
        others = {
            name: self.people[name] for name in ("unit", "kasat", "chief", "admin", "auditor")
        }
        paths = list(self.paths())
        for name, operator in (others | {"another unit": self.lukas}).items():
            browser = self.browser_of(operator)
            for key, path in paths:
                for method in ("get", "post"):
                    with self.subTest(who=name, address=key, method=method):
                        self.assertSilent(browser, method, path)
                        if browser.session.get("_auth_user_id") is None:
                            browser.force_login(operator)

    def assertSilent(self, browser: BehindProxy, method: str, path: str) -> None:
        with transaction.atomic():
            form = {"data": "", "content_type": samples.FORM} if method == "post" else {}
            answer = getattr(browser, method)(path, **form)
            told = everything_of(answer)
            transaction.set_rollback(True)
        self.assertLess(answer.status_code, 500)
        self.assertEqual(list(map(str, scan(CANARIES, told))), [])

    def test_the_walk_would_find_what_the_desk_reads(self) -> None:
        told = everything_of(self.browser_of(self.rina).get(self.report.get_absolute_url()))
        self.assertTrue(scan(CANARIES, told))

    def test_exports_and_formats_give_no_more(self) -> None:
        for name in ("unit", "kasat", "chief", "admin", "auditor"):
            browser = self.browser_of(self.people[name])
            for path in (
                "/api/v1/reports/",
                f"/api/v1/reports/{self.report.number}/",
                "/api/schema/",
            ):
                for asked in (
                    "?format=json",
                    "?format=csv",
                    "?ordering=-received_at&page_size=500",
                ):
                    with self.subTest(who=name, path=path + asked):
                        told = everything_of(browser.get(path + asked))
                        self.assertEqual(scan(CANARIES, told), [])


class PagesOfTheUnitTests(WholeLifeTestCase):
    def pages(self) -> Iterator[str]:
        yield from (reverse(f"unit:{name}") for name in ("tasks", "feed", "more"))
        for task in (self.task, self.running):
            for name in ("task", "work", "around"):
                yield reverse(f"unit:{name}", args=[task.number])
        for picture in DispatchPicture.objects.all():
            for name in ("picture", "thumbnail"):
                yield reverse(f"unit:{name}", args=[picture.pk])

    def members(self) -> list[Operator]:
        both = people.operator(
            self.station,
            Role.KASAT,
            Role.OPERATOR,
            username="both",
            unit=people.unit(self.station),
        )
        return [self.sari, self.people["kasat"], both]

    def test_their_queries_touch_the_copy_and_no_table_of_citizens(self) -> None:
        for member in self.members():
            browser = self.browser_of(member)
            for page in self.pages():
                with CaptureQueriesContext(connection) as asked:
                    self.assertIn(browser.get(page).status_code, {200, 205}, page)
                said = " ".join(query["sql"] for query in asked.captured_queries)
                with self.subTest(who=member.username, page=page):
                    self.assertLessEqual(set(NAMED.findall(said)), READ)
                    # Not even which report it is.
                    self.assertNotIn("report_id", said)

    def test_they_name_neither_report_nor_channel_nor_reporter(self) -> None:
        report = self.report
        ids = [str(report.pk), str(report.reporter_id), report.number]
        ids += map(str, Message.objects.values_list("pk", flat=True))
        ids += filter(None, Message.objects.values_list("provider_sid", flat=True))
        for member in self.members()[:2]:
            browser = self.browser_of(member)
            for page in self.pages():
                told = everything_of(browser.get(page))
                text = told["body"].decode(errors="replace").lower() + str(told["headers"])
                with self.subTest(who=member.username, page=page):
                    for never in (*NEVER, *ids):
                        if "image/jpeg" not in str(told["headers"]):
                            self.assertNotIn(never.lower(), text)

    def test_what_another_unit_has_does_not_show_by_any_count(self) -> None:
        browser = self.browser_of(self.lukas)
        Assignment.objects.filter(unit=self.lukas.unit).update(station=self.station)

        def drawn() -> list[str]:
            pages = [
                browser.get(reverse(f"unit:{name}")).text for name in ("tasks", "feed", "more")
            ]
            return [re.sub(r'(csrfmiddlewaretoken" value|data-now)="[^"]*"', "", p) for p in pages]

        before = drawn()
        dispatch = {"to": people.unit(self.station), "brief": BRIEF, "by": self.rina}
        fresh = people.report(samples.text("Ada lagi", by=samples.Citizen("X", "+6281277000001")))
        task = assignment.assign(fresh, **dispatch)
        assignment.accept(task, by=self.sari)
        self.assertEqual(drawn(), before)

    def test_of_another_units_task_the_answer_is_that_of_none(self) -> None:
        browser = self.browser_of(self.lukas)
        for name in ("task", "work", "around"):
            theirs = browser.get(reverse(f"unit:{name}", args=[self.task.number]))
            none = browser.get(reverse(f"unit:{name}", args=["T-2222222"]))
            self.assertEqual((theirs.status_code, theirs.content), (404, none.content))

    def test_of_what_was_given_back_or_called_off_there_is_nothing_to_read(self) -> None:
        browser = self.browser_of(self.lukas)
        listed = browser.get(reverse("unit:tasks")).text
        for task in (self.back, self.off):
            shown = browser.get(reverse("unit:task", args=[task.number])).text
            self.assertIn(task.number, listed)
            for gone in (BRIEF, "Sisi utara.", "Kroyo", "geo:"):
                self.assertNotIn(gone, shown + listed)

    def test_errors_say_nothing(self) -> None:
        browser = self.browser_of(self.sari)
        page = reverse("unit:task", args=[self.task.number])
        wrong = {
            403: browser.get(reverse("desk:queue")),
            404: browser.get(f"{page}{self.report.number}/"),
            405: browser.get(f"{page}accept/"),
        }
        broken = mock.patch.object(
            briefs, "for_unit", side_effect=RuntimeError(f"{PHONE} {PHRASE}")
        )
        with broken, self.assertLogs("polreswa.errors", "ERROR"):
            wrong[500] = browser.get(page)
        for status, answer in wrong.items():
            with self.subTest(status=status):
                self.assertEqual(answer.status_code, status)
                self.assertEqual(scan(CANARIES, everything_of(answer)), [])
                self.assertNotIn(BRIEF, answer.text)


class SourceTests(PolresTestCase):
    def test_no_page_of_a_unit_knows_another_row_than_the_copies(self) -> None:
        known = set()
        for path in (ROOT / "operators" / "unit").glob("*.py"):
            tree = ast.parse(path.read_text())
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom) and node.module == "reports.models":
                    known |= {name.name for name in node.names}
                if isinstance(node, ast.Attribute):
                    with self.subTest(file=path.name):
                        self.assertNotIn(node.attr, {"report", "report_id"})
        self.assertEqual(known, {"Assignment", "DispatchPicture"})
