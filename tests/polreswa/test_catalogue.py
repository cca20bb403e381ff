"""The tool for translations, on a small program of its own. Whether ours is complete is asked in tests/test_project.py."""

import gettext
from pathlib import Path

import pytest

from polreswa import catalogue

SOURCE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy

LABEL = _("Report")
KIND = pgettext_lazy("channel", "Telephone")
def counted(n):
    return ngettext("%(count)d report", "%(count)d reports", n) % {"count": n}
"""
PAGE = """{% load i18n %}
<div>
      <p>{% translate "Queue" %}</p>
   <p title="{% translate 'Open' context 'verb' %}">
   {% blocktranslate trimmed count n=n %}{{ n }} minute{% plural %}
     {{ n }} minutes{% endblocktranslate %}</p>
  {% blocktranslate trimmed with name=report.holder %}
      {{ name }} has
      this report.
  {% endblocktranslate %}
</div>
"""
TRANSLATED = {
    "Report": "Laporan",
    "Telephone": "Telepon",
    "%(count)d report": "%(count)d laporan",
    "Queue": "Antrean",
    "Open": "Buka",
    "%(n)s minute": "%(n)s menit",
    "%(name)s has this report.": "Laporan ini dipegang %(name)s.",
}


@pytest.fixture
def program(tmp_path: Path, monkeypatch) -> Path:
    for folder in catalogue.PYTHON_IN + catalogue.TEMPLATES_IN:
        (tmp_path / folder).mkdir()
    (tmp_path / "reports" / "words.py").write_text(SOURCE)
    (tmp_path / "templates" / "page.html").write_text(PAGE)
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    monkeypatch.setattr(catalogue, "CATALOGUE", tmp_path / "locale/id/LC_MESSAGES/django.po")
    return tmp_path


def translate(words: dict[str, str]) -> None:
    """Write these translations into the catalogue, by the singular of the English."""
    entries = catalogue.update()
    for entry in entries:
        singular = entry.id if isinstance(entry.id, str) else entry.id[0]
        if singular in words:
            given = words[singular]
            entry.string = given if isinstance(entry.id, str) else (given,)
    with catalogue.CATALOGUE.open("wb") as file:
        catalogue.write_po(file, entries)


def test_it_finds_what_is_marked_in_sources_and_templates(program):
    catalogue.update()
    found = {str(problem) for problem in catalogue.problems()}
    assert found == {
        "missing: Report",
        "missing: [channel] Telephone",
        "missing: %(count)d report | %(count)d reports",
        "missing: Queue",
        "missing: [verb] Open",
        "missing: %(n)s minute | %(n)s minutes",
        "missing: %(name)s has this report.",
    }


def test_a_complete_catalogue_has_no_problems(program):
    translate(TRANSLATED)
    assert catalogue.problems() == []


def test_what_is_new_in_the_sources_is_missing_before_it_is_merged_too(program):
    translate(TRANSLATED)
    (program / "reports" / "more.py").write_text('_("Something new")')
    assert [str(problem) for problem in catalogue.problems()] == ["missing: Something new"]


def test_update_keeps_translations_and_guesses_none(program):
    translate(TRANSLATED)
    source = program / "reports" / "words.py"
    source.write_text(source.read_text().replace('_("Report")', '_("Reports")'))
    catalogue.update()
    assert {str(problem) for problem in catalogue.problems()} == {
        "missing: Reports",
        "obsolete: Report",
    }


def test_update_twice_changes_nothing(program):
    translate(TRANSLATED)
    catalogue.update()
    first = catalogue.CATALOGUE.read_bytes()
    catalogue.update()
    assert catalogue.CATALOGUE.read_bytes() == first


def test_a_fuzzy_entry_is_named(program):
    translate(TRANSLATED)
    text = catalogue.CATALOGUE.read_text()
    catalogue.CATALOGUE.write_text(text.replace('msgid "Queue"', '#, fuzzy\nmsgid "Queue"'))
    assert [str(problem) for problem in catalogue.problems()] == ["fuzzy: Queue"]


@pytest.mark.parametrize("wrong", ["Laporan ini dipegang.", "Dipegang %(nama)s.", "Dipegang %s."])
def test_a_placeholder_that_does_not_fit_is_named(program, wrong):
    translate(TRANSLATED | {"%(name)s has this report.": wrong})
    assert [problem.kind for problem in catalogue.problems()] == ["placeholders"]


def test_indonesian_has_one_form_for_all_numbers(program):
    translate(TRANSLATED)
    assert catalogue.read().num_plurals == 1


def test_what_is_compiled_is_what_django_reads(program):

    translate(TRANSLATED)
    with catalogue.write_compiled().open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("Queue") == "Antrean"
    assert words.pgettext("verb", "Open") == "Buka"
    assert words.ngettext("%(n)s minute", "%(n)s minutes", 5) == "%(n)s menit"


def test_the_command_line_refuses_what_it_does_not_know(program):
    with pytest.raises(ValueError, match="translate"):
        catalogue.run("translate")
