"""What stands in a check in plain clothes is for those named in it: everybody else's whole program is searched for it.

Canaries are put into the brief, the notes, the result, and the names of the officers. They must be with those who are named,
and in no page, list, count, search, program's answer, feed, export, log, job or row that anybody else can get at.
"""

import io
import logging
import re
from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from operators.models import Operator
from operators.permissions import Role
from polreswa.logging import JsonLines
from reports import claims, triage, verification
from reports.models import Report, Verification
from reports.models.verification import Result
from reports.workflow import Outcome
from tests import checks, people, photos, test_access
from tests.addresses import Address, arguments_for, every_address
from tests.canaries import Canary, legible, scan
from tests.cases import BehindProxy
from tests.reports.cases import StationTestCase

BRIEF, PLACE, NOTE, FOUND = (
    "kenari-perintah-zamrud7731",
    "kenari-pagar-zamrud5512",
    "kenari-catatan-zamrud9043",
    "kenari-temuan-zamrud6620",
)
WORDS = [Canary.words(word) for word in (BRIEF, PLACE, NOTE, FOUND)]
NAMES = [Canary.words("Kanari Pengintai"), Canary.words("kanari.pengintai")]
OF_ACCOUNTS = (
    *("admin:operators_", "admin:autocomplete", "admin/operators"),
    *("desk:ask-check", "desk:filters"),
)
"""Here people choose among all accounts, or administer them: that says nothing of who is named in a check."""
SEARCHED = ("kenari", "perintah", "pagar", "temuan", "pengintai")
TAILS = (b"zamrud", b"Kanari Pengintai")
"""What a hit would show of it beside the word that was looked for, which the answer repeats."""


class CovertTestCase(StationTestCase):
    others: dict[str, Operator]
    kanari: Operator
    report: Report
    check: Verification

    @classmethod
    def setUpTestData(cls) -> None:
        # All that the walk of every address needs.
        test_access.AccessTests.setUpTestData.__func__(cls)
        checks.checked_first(cls.report)
        home = people.unit(cls.station)
        cls.rina = cls.report.holder or people.operator(cls.station, username="rina")
        cls.others = {role: one for role, one in cls.people.items() if one != cls.rina}
        cls.others["another operator"] = people.operator(cls.station, username="rekan-spkt")
        cls.others["same unit"] = people.operator(
            cls.station, Role.UNIT, username="rekan", unit=home
        )
        cls.kanari = people.operator(
            cls.station,
            Role.UNIT,
            username="kanari.pengintai",
            name="Kanari Pengintai",
            unit=home,
        )

    def setUp(self) -> None:
        super().setUp()
        self.written = io.StringIO()
        handler = logging.StreamHandler(self.written)
        handler.setFormatter(JsonLines())
        root = logging.getLogger()
        level = root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        self.addCleanup(root.removeHandler, handler)
        self.addCleanup(root.setLevel, level)
        self.check = checks.asked(
            self.report, [self.kanari], by=self.rina, brief=BRIEF, place_note=PLACE
        )
        verification.begin(self.check, by=self.kanari)
        verification.note(self.check, NOTE, by=self.kanari)
        self.photo = verification.photo(self.check, photos.jpeg(), by=self.kanari)

    def finish(self, result: Result = Result.FALSE) -> None:
        verification.finish(self.check, result=result, note=FOUND, by=self.kanari)

    @property
    def secrets(self) -> list[Canary]:
        keys = [Canary.words(str(self.check.pk)), Canary.words(str(self.photo.pk))]
        return [*WORDS, *NAMES, *keys]

    def addresses(self) -> Iterator[tuple[Address, str]]:
        """All that is not a check's own page; those answer 404 here (tests/operators/checks)."""
        for address in every_address():
            if "check_id>" in address.route or address.key == "logout":
                continue
            values = arguments_for(address, self.report, self.parked)
            yield address, address.with_arguments(values)

    def everything(self, who: Operator) -> dict[str, bytes]:
        """Headers and body of every address, and of the list of reports with each outcome."""
        browser = BehindProxy(raise_request_exception=False)
        browser.force_login(who)
        answers = {}
        for address, path in self.addresses():
            answers[f"{address.key} {path}"] = self.ask(browser, path)
        for outcome in Outcome:
            path = f"/api/v1/reports/?outcome={outcome}"
            answers[f"report-list {path}"] = self.ask(browser, path)
        return answers

    def hits(self, who: Operator) -> list[bytes]:
        """What the searches of the desk, the API and the administration answer to words of it."""
        browser = BehindProxy(raise_request_exception=False)
        browser.force_login(who)
        return [
            answer
            for word in SEARCHED
            for answer in (
                self.ask(browser, "/desk/search/", {"words": word}),
                self.ask(browser, f"/desk/search/?words={word}"),
                self.ask(browser, f"/api/v1/reports/?search={word}"),
                self.ask(browser, f"/admin/reports/report/?q={word}"),
            )
        ]

    def ask(self, browser: BehindProxy, path: str, form: dict[str, str] | None = None) -> bytes:
        with transaction.atomic():
            answer = browser.get(path) if form is None else browser.post(path, form)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        return str(answer.headers).encode() + body


class OthersTests(CovertTestCase):
    def test_nobody_who_is_not_named_finds_anything_of_it(self) -> None:
        self.finish()
        self.search_everything(*self.others)

    def test_nor_do_their_nearest_while_it_runs(self) -> None:
        self.search_everything("pamapta", "same unit")

    def test_nor_when_the_report_has_been_closed_and_taken_over(self) -> None:
        self.finish()
        claims.take_over(self.report, "Ganti jaga", by=self.others["pamapta"])
        triage.close(self.report, Outcome.REFERRED, "Diteruskan", by=self.others["pamapta"])
        self.search_everything("pamapta", "same unit")

    def search_everything(self, *roles: str) -> None:
        for role in roles:
            who = self.others[role]
            answers = self.everything(who)
            self.assertGreater(len(answers), 100)
            anywhere = [one for one in self.secrets if one not in NAMES]
            self.assertEqual(scan(anywhere, answers), [], role)
            elsewhere = {
                where: content
                for where, content in answers.items()
                if not where.startswith(OF_ACCOUNTS)
            }
            self.assertEqual(scan(NAMES, elsewhere), [], role)
            for answer in self.hits(who):
                for tail in TAILS:
                    self.assertNotIn(tail, answer, role)

    def test_whatever_was_found_everybody_else_s_pages_are_the_same(self) -> None:
        self.travel(timedelta(minutes=1))
        pamapta = self.others["pamapta"]
        for is_taken_over in (False, True):
            pages = set()
            for result in Result:
                with transaction.atomic():
                    self.finish(result)
                    if is_taken_over:
                        claims.take_over(self.report, "Ganti jaga", by=pamapta)
                    pages.add("".join(self.pages_of(pamapta)))
                    transaction.set_rollback(True)
            with self.subTest(is_taken_over=is_taken_over):
                self.assertEqual(len(pages), 1)

    def pages_of(self, who: Operator) -> Iterator[str]:
        browser = BehindProxy()
        browser.force_login(who)
        number = self.report.number
        for path in (
            f"/desk/reports/{number}/",
            f"/desk/reports/{number}/conversation/",
            "/desk/quality/",
            f"/api/v1/reports/{number}/",
            f"/api/v1/reports/{number}/messages/",
            "/api/v1/reports/?status=triage",
            "/api/v1/reports/?outcome=false_report",
        ):
            text = browser.get(path).text
            self.assertNotEqual(text, "")
            # Tokens of forms and ids of notes are new each time.
            text = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken[^:]*:|nonce=)\S+', "", text)
            yield re.sub(
                r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w-]+:[\w-]{6,}:[\w-]{20,}|e-\d+",
                "",
                text,
            )


class NamedTests(CovertTestCase):
    def test_those_named_find_all_of_it(self) -> None:
        self.finish()
        for who in (self.kanari, self.rina):
            self.client.force_login(who)
            page = self.client.get(f"/unit/checks/{self.check.pk}/")
            for canary in self.secrets:
                with self.subTest(who=who, canary=canary.name):
                    # A user name is on no page.
                    if canary.name != "kanari.pengintai":
                        self.assertContains(page, canary.name)

    def test_at_the_desk_too(self) -> None:
        self.finish()
        self.client.force_login(self.rina)
        page = self.client.get(self.report.get_absolute_url())
        shown = self.client.get(f"/api/v1/reports/{self.report.number}/check/").content
        for word in (BRIEF, PLACE, NOTE, FOUND):
            self.assertContains(page, word)
            self.assertIn(word.encode(), shown)


class LyingAroundTests(CovertTestCase):
    def test_nothing_of_it_is_logged_or_rung(self) -> None:
        self.finish()
        for who in (self.kanari, self.others["another operator"]):
            self.everything(who)
        with override_settings(DEBUG=False):
            self.client.force_login(self.kanari)
            self.client.get(f"/unit/checks/{self.check.pk}/")
            self.client.post(f"/unit/checks/{self.check.pk}/note/", {"text": NOTE})
        written = self.written.getvalue()
        self.assertGreater(written.count("\n"), 0)
        self.assertEqual(scan([*WORDS, *NAMES], written.encode()), [])
        self.assertEqual(scan(self.secrets, repr(self.rings).encode()), [])

    def test_no_row_holds_its_words(self) -> None:
        self.finish()
        rows = {}
        for model in apps.get_models():
            values = [
                bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
                for row in model._default_manager.values_list()
                for value in row
            ]
            rows[model._meta.label] = b"\n".join(values)
        self.assertIn("reports.VerificationNote", rows)
        self.assertEqual(scan(WORDS, rows), [])
        # Who is named stands in the rows of the check alone; not on the timeline, and not in what desks are told.
        told = {label: rows[label] for label in ("reports.Event", "reports.Change")}
        self.assertEqual(scan([*NAMES, Canary.words(str(self.check.pk))], told), [])

    def test_no_file_is_legible(self) -> None:
        found = [path for path in settings.MEDIA_DIR.rglob(str(self.photo.pk)) if path.is_file()]
        self.assertEqual(len(found), 1)
        self.assertEqual(legible(found), [])
