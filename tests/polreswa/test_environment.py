from pathlib import Path

import pytest

from polreswa import environment


def test_a_variable_is_read_without_the_blanks_around_it(monkeypatch):
    monkeypatch.setenv("THING", "  value \n")
    assert environment.text("THING") == "value"


def test_a_file_is_read_when_the_variable_is_missing_or_empty(monkeypatch, tmp_path: Path):
    (tmp_path / "thing").write_text("from a file\n")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "thing"))
    assert environment.text("THING") == "from a file"
    monkeypatch.setenv("THING", "")
    assert environment.text("THING") == "from a file"


def test_the_variable_comes_before_the_file(monkeypatch, tmp_path: Path):
    (tmp_path / "thing").write_text("from a file")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "thing"))
    monkeypatch.setenv("THING", "from the variable")
    assert environment.text("THING") == "from the variable"


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_variable_is_one_that_is_not_set(monkeypatch, value):
    monkeypatch.setenv("THING", value)
    assert environment.text("THING", "default") == "default"
    assert environment.number("THING", 7) == 7
    assert environment.flag("THING", default=True) is True
    assert environment.several("THING") == []


def test_a_file_that_cannot_be_read_is_named_by_its_variable(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("THING_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(ValueError, match="THING_FILE"):
        environment.text("THING")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("yes", True), ("On", True), ("TRUE", True), ("0", False), ("no", False)],
)
def test_flags(monkeypatch, value, expected):
    monkeypatch.setenv("THING", value)
    assert environment.flag("THING") is expected


def test_a_number_that_is_none_is_named_by_its_variable_and_not_shown(monkeypatch):
    monkeypatch.setenv("THING", "seven")
    with pytest.raises(ValueError, match="THING must be a whole number") as caught:
        environment.number("THING", 1)
    assert "seven" not in str(caught.value)


def test_several_values_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("THING", " one, ,two,")
    assert environment.several("THING") == ["one", "two"]
