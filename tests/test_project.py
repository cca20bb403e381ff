"""What holds for the project as a whole, whoever adds to it."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from importlinter import cli as import_linter

from polreswa import catalogue
from polreswa.catalogue import ROOT

LONGEST = 300
CODE = ("polreswa", "operators", "reports", "simulator", "tests", "bench")
PAGES = ("templates", "simulator/templates")
LOOKS = ("static", "simulator/static")
NAMES_NOT_ADDRESSES = ("http://www.w3.org/",)
"""Namespaces of SVG and XML: nobody fetches them."""


def files(folders: tuple[str, ...], *endings: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in endings and "migrations" not in path.parts
    ]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_arrows_go_down_only(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    broken = import_linter.lint_imports(no_cache=True)
    assert not broken, capsys.readouterr().out


def test_no_module_is_longer_than_a_person_can_keep_in_mind():
    lengths = {named(path): len(path.read_text().splitlines()) for path in files(CODE, ".py")}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_every_word_on_the_screens_is_translated():
    problems = [str(problem) for problem in catalogue.problems() if problem.kind != "obsolete"]
    assert problems == []


class TestPages:
    """The strict policy of the browser's side: what it would refuse must not be written in the first place."""

    @pytest.mark.parametrize(
        ("what", "pattern"),
        [
            ("script in the page", r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"))"),
            ("style in the page", r"<style\b|\sstyle="),
            ("script in an attribute", r"\son[a-z]+=|\bhx-on\b|javascript:"),
            ("htmx that evaluates", r"hx-(?:vals|headers)=['\"]js:|hx-trigger=['\"][^'\"]*\["),
        ],
    )
    def test_nothing_inline(self, what, pattern):
        found = {named(p): re.findall(pattern, p.read_text()) for p in files(PAGES, ".html")}
        assert {name: hits for name, hits in found.items() if hits} == {}, what

    def test_nothing_from_elsewhere(self):
        found = {
            named(path): [
                url
                for url in re.findall(r"(?:https?:)?//[\w.-]+\.\w+/?[^\s\"')]*", path.read_text())
                if not url.startswith(NAMES_NOT_ADDRESSES)
            ]
            for path in [*files(PAGES, ".html"), *files(LOOKS, ".css", ".js", ".svg", ".json")]
        }
        assert {name: urls for name, urls in found.items() if urls} == {}

    def test_nothing_is_marked_safe(self):
        """But help texts: Django's own, of its password rules, are written in HTML."""
        found = {
            named(path): hits
            for path in files(PAGES, ".html")
            if (hits := re.findall(r"(?<!help_text)\|\s*safe\b|autoescape off", path.read_text()))
        }
        assert found == {}


class TestRequirements:
    FILES = ("requirements.txt", "requirements-dev.txt")

    def pinned(self, name: str) -> dict[str, str]:
        """Each requirement of a file with its lines, by name."""
        text = (ROOT / name).read_text()
        blocks = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^\s*#.*\n?", "", text).strip())
        return {re.split(r"[=<>\[ ;]", block)[0].lower(): block for block in blocks}

    @pytest.mark.parametrize("name", FILES)
    def test_every_requirement_is_pinned_with_hashes(self, name):
        loose = [
            requirement
            for requirement, block in self.pinned(name).items()
            if "==" not in block.splitlines()[0] or "--hash=sha256:" not in block
        ]
        assert loose == []

    @pytest.mark.parametrize("name", FILES)
    def test_they_come_from_wherever_the_installation_gets_its_packages(self, name):
        text = (ROOT / name).read_text()
        assert not re.search(r"--(?:extra-)?index-url|--find-links|https?://| @ ", text)

    @pytest.mark.parametrize(
        ("source", "name"), [("requirements.in", FILES[0]), ("requirements-dev.in", FILES[1])]
    )
    def test_they_were_made_from_what_is_asked_for(self, source, name):
        asked = re.findall(r"(?m)^([A-Za-z][\w.-]*)", (ROOT / source).read_text())
        known = {re.sub(r"[-_.]+", "-", requirement) for requirement in self.pinned(name)}
        assert {re.sub(r"[-_.]+", "-", one.lower()) for one in asked} - known == set()

    def test_both_files_agree(self):
        first, second = (self.pinned(name) for name in self.FILES)
        for requirement in first.keys() & second.keys():
            versions = (block.split()[0] for block in (first[requirement], second[requirement]))
            assert len(set(versions)) == 1, requirement

    def test_they_hold_for_the_oldest_python_that_we_promise(self):
        # redis needs it below 3.11.3; a resolution on a newer Python would leave it out.
        assert "python_full_version < '3.11.3'" in self.pinned("requirements.txt")["async-timeout"]
