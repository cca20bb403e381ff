"""What tests of places are read against: the stations' own reference data, made once for a class."""

from datetime import UTC, datetime
from typing import Any

from reports.enrichment import location, surroundings
from reports.enrichment.hints import Candidate, Hint
from reports.enrichment.reading import Words
from reports.models import Area, Station
from reports.reference.creation import create_missing
from tests.cases import PolresTestCase

AT = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
LIKELY = 0.5


class PlacesTestCase(PolresTestCase):
    """`around` is what the desk of `station_slug` knows; no station's in particular when there is none."""

    station_slug = ""

    @classmethod
    def setUpTestData(cls) -> None:
        create_missing()
        surroundings.forget()
        own = Station.objects.filter(slug=cls.station_slug).first()
        cls.around = surroundings.of(own.pk if own else None)
        cls.names = dict(Area.objects.values_list("code", "name"))

    @classmethod
    def tearDownClass(cls) -> None:
        super().tearDownClass()
        surroundings.forget()

    def read(self, text: str, **details: Any) -> Hint:
        return location.read(Words(text, AT, details), self.around)

    def best(self, text: str, **details: Any) -> Candidate:
        best = self.read(text, **details).best
        assert best is not None, text
        return best

    def district(self, text: str) -> str:
        """Of the best candidate that is likely; empty without one."""
        best = self.read(text).best
        if best is None or best.confidence < LIKELY:
            return ""
        return self.names.get(best.value["district"] or "", "")

    def village(self, text: str) -> str:
        return self.names.get(self.best(text).value["area"] or "", "")

    def check(self, table: str) -> None:
        """Lines of "sentence -> district", nothing behind the arrow for none."""
        for line in table.strip().splitlines():
            text, _, expected = line.rpartition("->")
            with self.subTest(text.strip()):
                self.assertEqual(self.district(text.strip()), expected.strip())
