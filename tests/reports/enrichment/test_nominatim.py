"""An address server of the station's own: what it is asked, what becomes of its answer, that nobody waits for it long."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.test import SimpleTestCase, override_settings
from django.utils import timezone

from reports import findings, jobs
from reports.enrichment import nominatim, surroundings
from reports.jobs import asking
from reports.models import Area, Finding, Message
from reports.models.finding import Enricher
from tests import people, samples
from tests.reports.cases import StationTestCase
from tests.reports.test_asking import A_REPORT, ABOUT, NOTHING

KENANGA = {"lat": "-7.401", "lon": "110.901", "display_name": "Jalan Kenanga"}
BOX = (110.0, -8.0, 112.0, -6.0)


@contextmanager
def server(*places: dict[str, Any], status: int = 200) -> Iterator[list[dict[str, str]]]:
    """Answers every search with these places; what it was asked."""
    asked: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append({k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()})
            body = json.dumps(places).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None: ...

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    try:
        with override_settings(NOMINATIM_URL=f"http://127.0.0.1:{listening.server_port}"):
            yield asked
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()


class NamesTests(SimpleTestCase):
    def test_only_the_words_of_the_place_are_ever_sent(self) -> None:
        for text, names in (
            ("saya Budi, dipukul pak RT di jl. Kenanga no 5 tadi malam", ["jl kenanga"]),
            ("neng dukuh Ngasem ono maling", ["dukuh ngasem"]),
            ("jalan Anggrek Raya, depan rumah bu Siti", ["jalan anggrek raya"]),
            ("tolong pak suami saya memukul", []),
            ("di jalan ada yang ribut", []),
            ("", []),
        ):
            with self.subTest(text):
                self.assertEqual(nominatim.names_in(text), names)


class FindTests(SimpleTestCase):
    def setUp(self) -> None:
        cache.clear()
        nominatim._rests_until = 0.0
        self.addCleanup(setattr, nominatim, "_rests_until", 0.0)

    def test_a_place_inside_the_box(self) -> None:
        with server(KENANGA) as asked:
            self.assertEqual(nominatim.find("jl kenanga", *BOX), (-7.401, 110.901))
        self.assertEqual((asked[0]["q"], asked[0]["bounded"]), ("jl kenanga", "1"))
        self.assertEqual(asked[0]["countrycodes"], "id")

    def test_the_same_is_asked_once(self) -> None:
        for places in ((KENANGA,), ()):
            with self.subTest(places=len(places)), server(*places) as asked:
                cache.clear()
                nominatim.find("jl kenanga", *BOX)
                nominatim.find("jl kenanga", *BOX)
                self.assertEqual(len(asked), 1)

    def test_one_that_fails_rests_and_is_not_asked_again_at_once(self) -> None:
        with server(status=500) as asked, self.assertLogs("reports.enrichment.nominatim"):
            self.assertIsNone(nominatim.find("jl kenanga", *BOX))
            self.assertIsNone(nominatim.find("jl melati", *BOX))
        self.assertEqual(len(asked), 1)

    def test_the_words_stand_in_no_log(self) -> None:
        with server(KENANGA), self.assertNoLogs(level="DEBUG"):
            nominatim.find("jl kenanga", *BOX)
        with server(status=500), self.assertLogs(level="DEBUG") as logs:
            nominatim.find("jl melati", *BOX)
        self.assertNotIn("melati", str(logs.output))


class LookedUpTests(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        cache.clear()
        nominatim._rests_until = 0.0
        surroundings.forget()
        self.addCleanup(surroundings.forget)
        self.travel(timezone.now())
        self.village = Area.objects.create(
            station=self.station, code="1.1", level="village", name="Slogo",
            latitude=-7.4, longitude=110.9, square_km=3,
        )  # fmt: skip
        people.category("keributan")
        self.message = people.message(samples.text("ada maling di jl kenanga"))
        jobs.enrich()
        asking.plan([(self.message, (A_REPORT, NOTHING, ABOUT))])
        self.travel(settings.ASK_PLACE_AFTER + timedelta(seconds=1))

    def finding(self) -> Finding:
        return Finding.objects.get(message=self.message, enricher=Enricher.PLACE)

    def test_what_the_server_knows_is_a_guess_on_the_desk(self) -> None:
        with server(KENANGA):
            jobs.ask_places()
        found = [
            f for f in findings.of(self.message.report, by=self.rina) if f.finding == self.finding()
        ]
        (best,) = found[0].candidates
        self.assertEqual((best.source, best.value["area"]), ("nominatim", "1.1"))
        self.assertLess(best.confidence, 0.5)
        self.assertNotIn("kenanga", str(vars(self.finding())))

    def test_nobody_is_asked_without_a_server(self) -> None:
        with server(KENANGA) as asked, override_settings(NOMINATIM_URL=""):
            jobs.ask_places()
        self.assertEqual((asked, self.finding().source), ([], ""))

    def test_a_place_outside_of_the_known_areas_is_none(self) -> None:
        with server(KENANGA | {"lat": "-6.9"}):
            jobs.ask_places()
        self.assertEqual(self.finding().source, "")

    def test_the_clock_itself_does_not_wait_for_it(self) -> None:
        self.travel(settings.OVERDUE_AFTER + timedelta(seconds=1))
        with server(KENANGA) as asked:
            jobs.tick()
        self.assertEqual(asked, [])
        self.assertFalse(Message.objects.filter(report__ask_place_due_at__isnull=False).exists())
