"""Who may open what: every address of the urlconf, for every role and for nobody. One without a line here fails.

The walk asks each address with GET and with an empty POST, as everybody; what a POST changes is rolled back.
"""

import re
from urllib.parse import urlencode

from django.db import transaction

from operators.models import ApiToken
from operators.permissions import Role
from reports import dispatch_pictures, incident_answers, incidents, pictures, verification
from reports.models import Area, Landmark
from tests import checks, files, people, photos, samples
from tests.access import (
    CONFIGURE,
    DESK,
    LISTING,
    LOOKING,
    NEVER,
    NOBODY,
    STAFF,
    WHO,
    WORDING,
    Administration,
    Expected,
    api,
    changing,
    model,
    reading,
    staff,
)
from tests.access_of_blocks import OF_BLOCKS
from tests.access_of_checks import OF_CHECKS
from tests.access_of_incidents import OF_INCIDENTS
from tests.access_of_units import OF_UNITS, UNIT
from tests.addresses import Address, arguments_for, every_address
from tests.cases import BehindProxy, PolresTestCase

EXPECTED: dict[str, Expected] = {
    **OF_UNITS,
    # For machines: Twilio's calls are refused here because nothing is signed, the probes because of the proxy.
    "healthz": Expected((200,), (405,)),
    "readyz": Expected((403,), (405,)),
    "metrics": Expected((403,), (405,)),
    "twilio-messages": Expected((405,), (403,)),
    "twilio-fallback": Expected((405,), (403,)),
    "twilio-status": Expected((405,), (403,)),
    "picture-out": Expected((200,), (405,)),
    # The API.
    "report-list": api(200, 400),
    "report-detail": api(200, 403),
    "report-messages": api(200, 403),
    "report-claim": api(403, 200),
    "report-release": api(403, 200),
    "report-take-over": Expected((403,), (400,), ("pamapta",), nobody=((401,), (401,))),
    "report-assign": Expected((403,), (400,), ("pamapta",), nobody=((401,), (401,))),
    "report-reply": api(403, 400),
    "report-close": api(403, 400),
    "report-ask": api(403, 400),
    "report-send-template": api(403, 400),
    "report-withdraw": api(403, 409),
    "report-send-again": api(403, 409),
    "report-split-off": api(403, 409),
    "report-categorise": api(403, 400),
    "report-urgency": api(403, 400),
    "report-place": api(403, 409),
    "report-summarise": api(403, 400),
    "report-reopen": api(403, 400),
    "report-findings": api(200, 403),
    "report-accept": api(403, 400),
    "report-dismiss": api(403, 400),
    "report-note": api(403, 400),
    "report-proofs": api(200, 403),
    "report-proof": api(403, 400),
    "report-settled": api(403, 201),
    "report-notes": api(200, 403),
    "report-dispatch": api(403, 400),
    "report-assignments": api(200, 403),
    "report-call-off": api(403, 400),
    "report-routing": api(200, 403),
    "report-status": api(403, 400),
    "media-detail": api(200, 403),
    "category-list": api(200, 403),
    "api-schema": Expected((200,), (405,), tuple(Role.values), nobody=((401,), (401,))),
    # The way in and out.
    "home": Expected((302,), (302,), (*DESK, *UNIT, "admin"), ((200,), (200, 405))),
    "login": Expected((302,), (302,), tuple(Role.values), nobody=((200,), (200,))),
    "logout": Expected((405,), (302,), tuple(Role.values)),
    # The desk.
    "desk:queue": reading(*DESK),
    "desk:rows": reading(*DESK),
    "desk:filters": reading(*DESK),
    "desk:saved-views": Expected((200,), (302,), DESK),
    "desk:rename-view": changing(*DESK, post=404),
    "desk:delete-view": changing(*DESK, post=404),
    "desk:bulk": Expected((200,), (422,), DESK),
    "desk:feed": reading(*DESK, get=205),
    # With a ticket that the page was drawn with, not with the session: the alarm goes on when that has ended.
    "desk:alarm": Expected((200,), (405,)),
    "desk:escalated": reading("pamapta", "chief"),
    "desk:hearing": reading(*DESK),
    "desk:quality": reading("pamapta"),
    "desk:shifts": reading("operator", "pamapta", "kasat", "chief"),
    "desk:start-shift": changing("pamapta", post=422),
    "desk:join-duty": changing(*DESK, post=302),
    "desk:leave-duty": changing(*DESK, post=302),
    "desk:hand-over": reading("pamapta", get=302),
    "desk:give-shift": changing("pamapta", post=302),
    "desk:take-shift": changing("pamapta", post=302),
    "desk:shift": reading("operator", "pamapta", "kasat", "chief"),
    "desk:shift-pdf": reading(*DESK, get=404),
    "duty-phone": Expected((200,), (422,), ("pamapta", "chief")),
    "remove-duty-phone": changing("pamapta", "chief", post=302),
    "desk:parked": reading(*DESK),
    "desk:retry-parked": changing("pamapta", post=302),
    "desk:type-in": Expected((200,), (422,), DESK),
    "desk:search": Expected((200,), (200,), DESK),
    "desk:media": reading(*DESK),
    "desk:report": reading(*DESK),
    "desk:conversation": reading(*DESK),
    "desk:claim": changing(*DESK, post=302),
    "desk:release": changing(*DESK, post=302),
    "desk:take_over": changing("pamapta", post=422),
    "desk:assign": changing("pamapta", post=422),
    "desk:draft": changing(*DESK, post=422),
    "desk:reply": changing(*DESK, post=422),
    "desk:attach-picture": changing(*DESK, post=409),
    "desk:attach-canned-picture": changing(*DESK, post=404),
    "desk:picture": reading(*DESK),
    "desk:picture-thumbnail": reading(*DESK),
    "desk:remove-picture": changing(*DESK, post=409),
    "desk:close": changing(*DESK, post=422),
    "desk:words": reading(*DESK),
    "desk:ask": changing(*DESK, post=422),
    "desk:template": changing(*DESK, post=422),
    "desk:withdraw": changing(*DESK, post=409),
    "desk:send-again": changing(*DESK, post=409),
    "desk:split-off": changing(*DESK, post=409),
    "desk:categorise": changing(*DESK, post=422),
    "desk:urgency": changing(*DESK, post=422),
    "desk:place": changing(*DESK, post=422),
    "desk:summarise": changing(*DESK, post=302),
    "desk:accept": changing(*DESK, post=422),
    "desk:dismiss": changing(*DESK, post=422),
    "desk:reopen": changing(*DESK, post=422),
    "desk:places": reading(*DESK),
    "desk:outlines": reading(*DESK),
    "desk:note": changing(*DESK, post=422),
    "desk:mentions": reading(*DESK),
    **OF_CHECKS,
    "desk:dispatch": Expected((200,), (422,), DESK),
    "desk:call-off": changing(*DESK, post=422),
    "desk:dispatch-picture": reading(*DESK),
    "desk:dispatch-picture-thumbnail": reading(*DESK),
    "desk:status": changing(*DESK, post=422),
    "desk:proof": Expected((200,), (422,), DESK),
    "desk:settled": changing(*DESK, post=302),
    **OF_INCIDENTS,
    **OF_BLOCKS,
    # The administration.
    "admin:index": staff(),
    "admin:login": Expected((302,), (302,), STAFF),
    "admin:logout": Expected((405,), (302,), STAFF, ((302,), (302,))),
    "admin:password_change": staff(),
    "admin:password_change_done": staff(200, 405),
    "admin:autocomplete": staff(403, 405),
    "admin:jsi18n": staff(200, 405),
    "admin:view_on_site": staff(404, 404),
    "admin:app_list": staff(),
    "admin/(?P<url>.*)$": staff(404, 404),
    "admin:auth_user_password_change": CONFIGURE,
    **model("reports_station"),
    **model("reports_servicenumber"),
    **model("reports_category"),
    **model("reports_area", add=NEVER, delete=NEVER),
    **model("reports_landmark"),
    **model("reports_routingrule"),
    "admin:reports_replytemplate_picture": staff(404, 405),
    **model("reports_replytemplate", changelist=WORDING, change=WORDING, history=WORDING),
    **model(
        "reports_report",
        changelist=LISTING,
        change=LOOKING,
        history=LISTING,
        add=NEVER,
        delete=NEVER,
    ),
    **model("operators_operator", delete=NEVER),
    **model("operators_unit"),
    **model("operators_regu", delete=NEVER),
    **model("operators_shiftpattern"),
    **model("operators_apitoken", add=NEVER, change=Administration((200,), (403,), ("admin",))),
}


class AccessTests(PolresTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.station = people.station()
        cls.people = people.everybody(cls.station)
        people.category()
        cls.report = people.report()
        pictures.attach(cls.report, photos.jpeg(), by=cls.people["operator"])
        cls.report.pictures.update(message=cls.report.messages.get(direction="outbound"))
        files.stored(cls.report, role="view")
        cls.parked = people.parked_entry()
        joko = people.report(samples.text(by=samples.JOKO))
        incident = incidents.link(cls.report, joko, by=cls.people["operator"])
        incident_answers.answer(incident, "Contoh", by=cls.people["operator"])
        cls.report.refresh_from_db()
        cls.satu, asker = checks.officer_and_asker(cls.station)
        other = people.report(samples.text(by=samples.Citizen("Lain", "+628128880091")))
        cls.check = checks.asked(other, [cls.satu], by=asker)
        verification.photo(cls.check, photos.jpeg(), by=cls.satu)
        where = {"station": cls.station, "latitude": -7, "longitude": 111}
        Area.objects.create(code="33.14", level="regency", name="Contoh", **where)
        Landmark.objects.create(name="Pasar", **where)
        people.kept_message(cls.report)
        ApiToken.objects.issue(cls.people["admin"])
        people.shift_that_is_over(cls.people["pamapta"])
        task = people.task(cls.report, by=cls.people["operator"])
        dispatch_pictures.add(task, photos.jpeg(), by=cls.people["unit"])

    def setUp(self):
        super().setUp()
        self.cookies = {NOBODY: {}}
        for role, operator in self.people.items():
            browser = BehindProxy()
            browser.force_login(operator)
            self.cookies[role] = {name: morsel.value for name, morsel in browser.cookies.items()}

    def ask(self, who: str, method: str, path: str) -> int:
        """The status of one request, with nothing of what it changed left behind."""
        browser = BehindProxy(raise_request_exception=False)
        for name, value in self.cookies[who].items():
            browser.cookies[name] = value
        with transaction.atomic():
            content = {} if method == "get" else {"data": "", "content_type": samples.FORM}
            answer = getattr(browser, method)(path, **content)
            if answer.streaming:
                # Read to its end, it closes what it was read from.
                b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        status: int = answer.status_code
        return status

    def test_every_address_has_a_declared_expectation(self):
        declared, present = set(EXPECTED), {address.key for address in every_address()}
        self.assertEqual(present - declared, set(), "addresses without an expectation")
        self.assertEqual(declared - present, set(), "expectations without an address")

    def test_every_address_answers_everybody_as_declared(self):
        for address in every_address():
            if (expected := EXPECTED.get(address.key)) is not None:
                self.walk(address, expected)

    def walk(self, address: Address, expected: Expected) -> None:
        path = address.with_arguments(arguments_for(address, self.report, self.parked))
        for who in WHO:
            for method in ("get", "post"):
                with self.subTest(address=address.key, who=who, method=method):
                    status = self.ask(who, method, path)
                    self.assertIn(status, expected.of(who, method))

    def test_who_is_named_in_a_check_finds_what_is_not_there_for_others(self):
        self.client.force_login(self.satu)
        for address in every_address():
            if "check_id>" not in address.route:
                continue
            path = address.with_arguments(arguments_for(address, self.report, self.parked))
            with self.subTest(address=address.key):
                self.assertIn(self.client.get(path).status_code, {200, 405})
                with transaction.atomic():
                    posted = self.client.post(path, "", content_type=samples.FORM)
                    transaction.set_rollback(True)
                self.assertIn(posted.status_code, {302, 405, 409, 422})

    def test_the_station_next_door_sees_nothing_of_ours(self):
        neighbour = people.operator(people.station("tetangga", "TTG"), username="tetangga")
        self.client.force_login(neighbour)
        everything = urlencode({"text": "Halo", "outcome": "answered", "note": "Contoh"})
        for address in every_address():
            named = r"number>|incident>|file_id>|check_id>|dispatch_picture_id>|block_id>|kept_id>|P<pk>"
            if not re.search(named, address.route):
                continue
            path = address.with_arguments(arguments_for(address, self.report, self.parked))
            answers = {
                "get": self.client.get(path),
                "post": self.client.post(path, everything, content_type=samples.FORM),
            }
            for method, answer in answers.items():
                with self.subTest(address=address.key, method=method):
                    self.assertIn(answer.status_code, {403, 404, 405})
        self.assertEqual(self.report.messages.count(), 2)
        self.assertNotContains(self.client.get("/api/v1/reports/"), self.report.number)
