"""Jobs that verbs start: an id in, one call."""

from unittest import mock

from django.test import SimpleTestCase

from reports import delivery, tasks


class TaskTests(SimpleTestCase):
    def test_each_does_what_it_is_called(self) -> None:
        for task, name in ((tasks.deliver, "deliver"), (tasks.settle, "settle")):
            with self.subTest(task=name), mock.patch.object(delivery, name) as called:
                called.return_value = True
                self.assertTrue(task("an-id"))
                called.assert_called_once_with("an-id")
