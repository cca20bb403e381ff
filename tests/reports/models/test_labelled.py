"""The words of a choice are what Django would say, in the language that is spoken just then."""

from django.db import models
from django.test import SimpleTestCase
from django.utils.translation import override

from reports.models import Message, Report, ServiceNumber
from reports.workflow import Status


class LabelledTests(SimpleTestCase):
    def test_every_choice_is_called_as_django_calls_it(self) -> None:
        for model in (Message, Report, ServiceNumber):
            fields = [field for field in model._meta.concrete_fields if field.choices]
            self.assertTrue(fields)
            for field in fields:
                for value, _ in [*field.flatchoices, ("", "")]:
                    with self.subTest(model=model.__name__, field=field.name, value=value):
                        row = model(**{field.attname: value})
                        theirs = models.Model._get_FIELD_display(row, field)
                        self.assertEqual(getattr(row, f"get_{field.name}_display")(), theirs)

    def test_it_is_said_in_the_language_of_the_moment(self) -> None:
        report = Report(status=Status.ACTING)
        self.assertEqual(report.get_status_display(), "Ditindak")
        with override("en"):
            self.assertEqual(report.get_status_display(), "Being acted on")
