"""What is shown when something is wrong: in Indonesian, without a word of what was asked for."""

import logging
from unittest import mock

from tests import people
from tests.cases import BehindProxy, PolresTestCase

ASKED = "rahasia-7731"


class ErrorPagesTests(PolresTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.operator = people.operator(people.station())

    def setUp(self):
        super().setUp()
        self.client = BehindProxy(raise_request_exception=False)
        self.client.force_login(self.operator)

    def failing(self):
        return mock.patch("operators.desk.queue.load", side_effect=ValueError(ASKED))

    def test_a_page_that_is_not_there(self):
        answer = self.client.get(f"/{ASKED}/", {"q": ASKED})
        self.assertEqual(answer.status_code, 404)
        self.assertNotContains(answer, ASKED, status_code=404)
        self.assertContains(answer, 'lang="id"', status_code=404)

    def test_a_page_that_one_may_not_see(self):
        auditor = people.operator(self.operator.station, "auditor")
        self.client.force_login(auditor)
        self.assertEqual(self.client.get("/desk/").status_code, 403)

    def test_a_page_that_fails_shows_a_number_that_stands_in_the_log_with_the_reason(self):
        with self.failing(), self.assertLogs("polreswa.errors", logging.ERROR) as logs:
            answer = self.client.get("/desk/", {"q": ASKED})
        (record,) = logs.records
        self.assertContains(answer, record.event, status_code=500)
        self.assertNotContains(answer, ASKED, status_code=500)
        self.assertEqual(record.path, "/desk/")
        self.assertIs(record.exc_info[0], ValueError)

    def test_a_failing_page_is_drawn_without_the_database(self):
        with self.failing(), self.assertLogs("polreswa.errors"), self.assertNumQueries(2):
            # The session and the account; nothing for the page itself.
            self.client.get("/desk/")

    def test_a_forged_form_is_refused_with_a_page_that_says_what_to_do(self):
        browser = BehindProxy(enforce_csrf_checks=True)
        browser.force_login(self.operator)
        answer = browser.post("/accounts/logout/")
        self.assertEqual(answer.status_code, 403)
        self.assertTemplateUsed(answer, "errors/csrf.html")
