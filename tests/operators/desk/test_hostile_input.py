"""What an attacker, a broken browser or a cat on the keyboard sends to the desk: an answer, never an error of ours."""

from urllib.parse import quote

from django.http import HttpResponse
from django.urls import reverse

from tests.operators.desk.cases import DeskTestCase

NUL = "a\0b"
LONG = "x" * 200_000
ODD = (
    NUL,
    LONG,
    "' OR 1=1 --",
    "{{ 7*7 }}",
    "<script>alert(1)</script>",
    "١٢٣",
    "-1",
    "9" * 40,
)
VERBS = {
    "claim": (),
    "release": (),
    "reply": ("text", "seen", "asks", "picture", "by_sms"),
    "close": ("outcome", "note", "seen"),
    "categorise": ("category",),
    "urgency": ("urgency",),
    "place": ("sought", "choice", "coordinates", "note"),
    "summarise": ("summary",),
    "reopen": ("reason",),
    "note": ("note",),
    "ask": ("ask", "seen"),
    "template": ("template", "seen"),
    "draft": ("kind", "text"),
}


class HostileTests(DeskTestCase):
    def answered(self, response: HttpResponse) -> None:
        self.assertLess(response.status_code, 500)

    def test_no_number_of_a_report_breaks_a_page(self) -> None:
        for odd in ("\0", "SRG\0", "%", "x" * 300, "'", "../../etc/passwd", "٣"):
            for name in ("report", "conversation", *VERBS):
                with self.subTest(name=name, odd=odd[:12]):
                    address = reverse("desk:report", args=["NUMBER"]).replace(
                        "NUMBER", quote(odd, safe="")
                    )
                    self.assertIn(self.client.get(address).status_code, (404,))
            api = f"/api/v1/reports/{quote(odd, safe='')}/"
            self.assertEqual(self.client.get(api).status_code, 404)

    def test_no_value_of_a_field_breaks_a_verb(self) -> None:
        report = self.arrive()
        for verb, fields in VERBS.items():
            for field in fields:
                for odd in ODD:
                    with self.subTest(verb=verb, field=field, odd=odd[:12]):
                        self.answered(self.act(verb, report, **{field: odd}))

    def test_no_half_of_a_character_breaks_the_api(self) -> None:
        report = self.arrive()
        for verb, field in (("reply", "text"), ("note", "text"), ("summarise", "text")):
            with self.subTest(verb):
                half = f'{{"{field}": "a\\ud83db"}}'
                answer = self.client.post(
                    f"/api/v1/reports/{report.number}/{verb}/",
                    half,
                    content_type="application/json",
                )
                self.assertEqual(answer.status_code, 400)

    def test_no_filter_breaks_the_queue_the_feed_or_the_list_of_the_api(self) -> None:
        names = (
            *("view", "status", "category", "urgency", "unit", "channel", "place", "holder"),
            *(
                "received_after",
                "received_before",
                "after",
                "from",
                "shown",
                "ordering",
                "cursor",
                "outcome",
            ),
        )
        for name in names:
            for odd in ODD:
                for address in (
                    reverse("desk:queue"),
                    reverse("desk:feed"),
                    reverse("desk:rows"),
                    "/api/v1/reports/",
                ):
                    with self.subTest(address=address, name=name, odd=odd[:12]):
                        self.answered(self.client.get(address, {name: odd[:5000]}))

    def test_no_search_call_or_bulk_breaks(self) -> None:
        report = self.arrive()
        for odd in ODD:
            for name, fields in (
                ("desk:search", ("words", "after", "before", "category", "place", "status")),
                (
                    "desk:type-in",
                    ("channel", "text", "number", "name", "category", "urgency", "place", "key"),
                ),
                ("desk:bulk", ("numbers", "verb", "category", "text", "to", "outcome", "note")),
                ("desk:saved-views", ("name", "query")),
            ):
                for field in fields:
                    form = {
                        "verb": "claim",
                        "numbers": report.number,
                        "text": "Halo",
                        "channel": "voice",
                    }
                    with self.subTest(name=name, field=field, odd=odd[:12]):
                        self.answered(self.client.post(reverse(name), form | {field: odd}))
            with self.subTest(places=odd[:12]):
                self.answered(self.client.get(reverse("desk:places"), {"sought": odd[:5000]}))

    def test_no_token_opens_or_breaks_anything(self) -> None:
        for odd in ("x", "a:b:c", "\0", "x" * 3000, "٣", "eyJ9:1:2"):
            with self.subTest(odd[:12]):
                self.assertEqual(self.client.get(f"/m/{quote(odd, safe='')}/").status_code, 404)
                answer = self.client.get(f"/desk/alarm/{quote(odd, safe='')}/")
                self.assertIn(answer.status_code, (403, 404))
