"""A mould is drawn once, and nothing of what it was filled with stays in it."""

from typing import Any
from unittest import mock

from django import forms
from django.template import Context, Engine, Template
from django.test import SimpleTestCase
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from operators.desk import moulds

LIBRARIES = {"i18n": "django.templatetags.i18n", "moulds": "operators.templatetags.moulds"}


class OneField(forms.Form):
    words = forms.CharField()


class MouldTests(SimpleTestCase):
    def setUp(self) -> None:
        moulds._cut.cache_clear()
        self.addCleanup(moulds._cut.cache_clear)

    def template(self, source: str) -> Template:
        """One that a page can draw by {% mould "one.html" %}."""
        template = Engine(
            libraries={
                "i18n": "django.templatetags.i18n",
                "moulds": "operators.templatetags.moulds",
            }
        ).from_string("{% load i18n moulds %}" + source)
        patched = mock.patch.object(Engine, "get_template", return_value=template)
        patched.start()
        self.addCleanup(patched.stop)
        return template

    def draw(self, **values: Any) -> str:
        page = Engine(libraries=LIBRARIES).from_string('{% load moulds %}{% mould "one.html" %}')
        return page.render(Context(values))

    def test_it_is_filled_with_the_values_of_each_page(self) -> None:
        self.template(
            "{% moulded may.close fill report.number %}{% if may.close %}shut{% endif %} {{ report.number }}"
        )
        one = self.draw(report={"number": "A-1"}, may={"close": True})
        other = self.draw(report={"number": "B-2"}, may={"close": True})
        without = self.draw(report={"number": "B-2"}, may={"close": False})
        self.assertEqual((one, other, without), ("shut A-1", "shut B-2", " B-2"))

    def test_it_is_drawn_once_for_what_turns_it_on(self) -> None:
        template = self.template("{% moulded step fill number %}{{ step }}{{ number }}")
        with mock.patch.object(template, "render", wraps=template.render) as render:
            drawn = [self.draw(step=step, number=n) for n in (1, 2) for step in "ab"]
        self.assertEqual((drawn, render.call_count), (["a1", "b1", "a2", "b2"], 2))

    def test_what_is_filled_in_is_escaped(self) -> None:
        self.template("{% moulded fill words %}<p>{{ words }}</p>")
        self.assertEqual(self.draw(words="<b>"), "<p>&lt;b&gt;</p>")
        self.assertEqual(self.draw(words=mark_safe("<b>")), "<p><b></p>")  # noqa: S308

    def test_what_turns_it_on_is_escaped_whatever_was_safe_before(self) -> None:
        self.template("{% moulded words %}{{ words }}")
        self.assertEqual(self.draw(words=mark_safe("<b>")), "<b>")  # noqa: S308
        self.assertEqual(self.draw(words="<b>"), "&lt;b&gt;")

    def test_yes_and_one_are_two_things(self) -> None:
        self.template("{% moulded it %}{{ it }}")
        self.assertEqual((self.draw(it=True), self.draw(it=1)), ("True", "1"))

    def test_what_is_not_named_is_not_known(self) -> None:
        for asks in (
            "{{ report.alias }}",
            "{{ user }}",
            "{% if report.alias or report.number %}x{% endif %}",
        ):
            with self.subTest(asks):
                self.template("{% moulded fill report.number %}" + asks)
                with self.assertRaises(moulds.NotNamed):
                    self.draw(report={"number": "A-1", "alias": "Kenari-1"}, user="rina")

    def test_a_filter_cannot_change_what_is_filled_in(self) -> None:
        self.template("{% moulded fill words %}{{ words|lower }}")
        with self.assertRaises(moulds.NotNamed):
            self.draw(words="Satu")

    def test_only_plain_values_turn_something_on(self) -> None:
        self.template("{% moulded rows %}{{ rows }}")
        with self.assertRaises(TypeError):
            self.draw(rows=[1])

    def test_what_is_not_needed_is_not_asked_for(self) -> None:
        self.template("{% moulded is_open fill costly %}{% if is_open %}{{ costly }}{% endif %}")
        costly = mock.Mock(return_value="dear", spec=[])
        self.assertEqual(self.draw(is_open=False, costly=costly), "")
        costly.assert_not_called()
        self.assertEqual(self.draw(is_open=True, costly=costly), "dear")

    def test_each_language_has_its_own(self) -> None:
        self.template("{% moulded label %}{{ label }} {% translate 'Answer' context 'button' %}")
        drawn = {}
        for language in ("en", "id"):
            with translation.override(language):
                drawn[language] = self.draw(label=gettext_lazy("Facts"))
        self.assertEqual(drawn["en"], "Facts Answer")
        self.assertNotIn("Facts", drawn["id"])

    def test_a_form_that_somebody_filled_in_is_theirs_alone(self) -> None:
        self.template("{% moulded form %}{{ form.words.value|default_if_none:'' }}")
        self.assertEqual(self.draw(form=OneField()), "")
        self.assertEqual(self.draw(form=OneField({"words": "rahasia"})), "rahasia")
        self.assertEqual(self.draw(form=OneField()), "")
        self.assertEqual(moulds._cut.cache_info().currsize, 1)

    def test_nothing_that_was_filled_in_is_kept(self) -> None:
        self.template("{% moulded fill words %}{{ words }}")
        self.draw(words="rahasia")
        kept = moulds._cut.cache_info()
        self.assertEqual((kept.currsize, kept.hits), (1, 0))
        self.assertEqual(self.draw(words="lain"), "lain")
        self.assertEqual(moulds._cut.cache_info().hits, 1)
