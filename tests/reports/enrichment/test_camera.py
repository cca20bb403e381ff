"""What a camera noted, as a hint: where it was in words of the desk, and when."""

from datetime import UTC, datetime

from reports.camera import CameraNote
from reports.enrichment import camera, surroundings
from reports.models.finding import Enricher
from tests.reports.cases import StationTestCase
from tests.reports.test_describing import village

AT = datetime(2026, 11, 21, 7, 5, tzinfo=UTC)


class CameraTests(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        village(self.station, "33.14.10.1002", "Sragen Kulon", (-7.43, 111.02))
        surroundings.forget()
        self.addCleanup(surroundings.forget)
        self.around = surroundings.of(self.station.pk)

    def test_it_says_in_which_village_and_when(self) -> None:
        hint = camera.hint_of(CameraNote(-7.4301, 111.0201, AT), self.around)
        assert hint and hint.best
        self.assertEqual(hint.enricher, Enricher.CAMERA)
        value = hint.best.value
        self.assertEqual(
            (value["name"], value["area"], value["within"], value["taken_at"]),
            ("Sragen Kulon", "33.14.10.1002", True, "2026-11-21T07:05:00+00:00"),
        )
        self.assertEqual((value["latitude"], value["longitude"]), (-7.4301, 111.0201))

    def test_far_away_it_lies_outside(self) -> None:
        hint = camera.hint_of(CameraNote(-6.2, 106.8, None), self.around)
        assert hint and hint.best
        self.assertFalse(hint.best.value["within"])
        self.assertNotIn("taken_at", hint.best.value)

    def test_a_time_alone_is_a_hint_and_nothing_is_none(self) -> None:
        hint = camera.hint_of(CameraNote(None, None, AT), self.around)
        assert hint and hint.best
        self.assertEqual(dict(hint.best.value), {"taken_at": "2026-11-21T07:05:00+00:00"})
        for note in (None, CameraNote()):
            self.assertIsNone(camera.hint_of(note, self.around))
