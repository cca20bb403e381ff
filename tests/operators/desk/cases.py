"""The test case of the desk: Rina is logged in, Bambang has the same shift, and reports come in by the real way."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from itertools import count
from typing import Any
from unittest import mock

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from operators.desk import cursor
from operators.models import Operator
from reports import targets
from reports.models import Change, Report
from reports.statements import Statement
from tests import people, samples
from tests.reports.cases import StationTestCase
from tests.samples import Citizen

_citizens = count(1)


def citizen() -> Citizen:
    """Somebody who has not written before."""
    number = next(_citizens)
    return Citizen(f"Warga {number}", f"+62812888{number:05d}")


def words(response: HttpResponse) -> str:
    """What a person reads of a page: no markup, single blanks."""
    markup = re.sub(
        r"<(script|style|title|dl id=\"words\").*?</\1>", " ", response.text, flags=re.S
    )
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


@contextmanager
def committed_at_once() -> Iterator[None]:
    """As if whatever a test does were committed at once: a test is one transaction, which on PostgreSQL is never over before
    its end. What the desk asks for its cursor is made anew, because it is made only once a process."""
    last = Statement(cursor.LAST._build)
    with (
        mock.patch.object(cursor, "_settled", Change.objects.all),
        mock.patch.object(cursor, "LAST", last),
    ):
        yield


class DeskTestCase(StationTestCase):
    bambang: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.bambang = people.operator(cls.station, username="bambang", name="Bambang Sutrisno")

    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.rina)

    def arrive(
        self, body: str = "Ada balap liar", *, minutes_ago: float = 0, **changes: Any
    ) -> Report:
        """A report of somebody new, so many minutes old; `changes` are columns of it, and when it is due follows."""
        at = timezone.now() - timedelta(minutes=minutes_ago)
        report = people.report(samples.text(body, by=citizen()), at=at)
        if changes:
            Report.objects.filter(pk=report.pk).update(**changes)
            report.refresh_from_db()
            if "due_at" not in changes:
                targets.renew(report)
                report.save(update_fields=["due_at"])
        return report

    def queue(self, view: str = "station", **query: Any) -> HttpResponse:
        return self.client.get(reverse("desk:queue"), {"view": view, **query})

    def rows(self, view: str = "station") -> list[str]:
        """The numbers on a view of the queue, from the top."""
        return [row.report.number for row in self.queue(view).context["queue"].rows]

    def feed(self, after: str, view: str = "station", **query: Any) -> HttpResponse:
        return self.client.get(reverse("desk:feed"), {"after": after, "view": view, **query})

    def cursor(self) -> str:
        """That of somebody who has just opened the queue."""
        return str(self.queue().context["queue"].cursor)

    def open(self, report: Report, **query: Any) -> HttpResponse:
        return self.client.get(report.get_absolute_url(), query)

    def act(self, verb: str, report: Report, htmx: bool = True, **form: Any) -> HttpResponse:
        """Send one of the desk's forms, as the page does by htmx or as a browser does without scripts."""
        headers = {"HX-Request": "true", "HX-Target": "work"} if htmx else {}
        return self.client.post(
            reverse(f"desk:{verb}", args=[report.number]), form, headers=headers
        )
