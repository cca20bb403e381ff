"""Times in the desk's words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase

from operators.desk import times

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=ZoneInfo("Asia/Jakarta"))


class TimesTests(SimpleTestCase):
    def test_durations(self) -> None:
        for seconds, words in (
            (-5, "< 1 mnt"),
            (59, "< 1 mnt"),
            (180, "3 mnt"),
            (3600, "1 j"),
            (4800, "1 j 20 mnt"),
            (86399, "23 j 59 mnt"),
        ):
            with self.subTest(seconds):
                self.assertEqual(times.duration(timedelta(seconds=seconds)), words)

    def test_from_a_day_on_it_is_the_day_and_the_time(self) -> None:
        self.assertIn(">21 Nov 14.05</time>", times.since(NOW, NOW + timedelta(days=1)))
        self.assertIn(">23 j 59 mnt</time>", times.since(NOW, NOW + timedelta(minutes=1439)))

    def test_the_page_can_go_on_by_itself(self) -> None:
        element = times.since(NOW, NOW)
        self.assertIn('datetime="2026-11-21T14:05:00+07:00"', element)
        self.assertIn('data-then="21 Nov 14.05"', element)
