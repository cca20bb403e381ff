"""The words on the screens: English in the sources, Indonesian in locale/id. Works without GNU gettext, by Babel.

`python -m polreswa.catalogue update | compile | check`, or the same through manage.py: what is in the sources is merged
into the catalogue, the catalogue made into what Django reads, and everything named that is not in order.
"""

import io
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "id" / "LC_MESSAGES" / "django.po"
PYTHON_IN = ("polreswa", "operators", "reports")
TEMPLATES_IN = ("templates",)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDERS = re.compile(r"%\(\w+\)\w|%[sd]\b|\{\w+\}")
Identity = str | tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """One entry that is not in order: `kind` is missing, fuzzy, obsolete or placeholders."""

    kind: str
    words: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.words}"


def sources() -> Catalog:
    """Everything in the program and its templates that is marked for translation."""
    found = Catalog(charset="utf-8")
    for path, words, comments, context in _marked():
        place = str(path.relative_to(ROOT))
        found.add(words, locations=[(place, 0)], auto_comments=comments, context=context)
    return found


def read() -> Catalog:
    """The catalogue as it is, an empty one when there is none."""
    if not CATALOGUE.exists():
        return _empty()
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="id")


def update() -> Catalog:
    """Merge the sources into the catalogue and write it. Translations stay; those no longer used go to its end."""
    catalogue = read()
    # No guessing: a similar old sentence is not a translation.
    catalogue.update(sources(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.header_comment = "# The words on the screens of polreswa, in Indonesian."
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    write_po(written, catalogue, width=100, include_lineno=False, sort_output=True)
    CATALOGUE.write_bytes(written.getvalue())
    return catalogue


def write_compiled() -> Path:
    """Write django.mo beside the catalogue, for Django to read; what is fuzzy or missing stays English."""
    compiled = CATALOGUE.with_suffix(".mo")
    written = io.BytesIO()
    write_mo(written, read())
    compiled.parent.mkdir(parents=True, exist_ok=True)
    # In one step: another process may be reading it.
    fresh = compiled.with_suffix(f".{os.getpid()}.new")
    fresh.write_bytes(written.getvalue())
    fresh.replace(compiled)
    return compiled


def problems() -> list[Problem]:
    """What is in the sources and not translated, translated by guess, translated and not used, or filled in wrongly."""
    catalogue = read()
    found = [Problem("obsolete", _shown(message)) for message in catalogue.obsolete.values()]
    wanted = {_key(message): message for message in sources() if message.id}
    known = {_key(message): message for message in catalogue if message.id}
    for key, message in wanted.items():
        entry = known.get(key)
        if entry is None or not all(_parts(entry.string)):
            found.append(Problem("missing", _shown(message)))
        elif entry.fuzzy:
            found.append(Problem("fuzzy", _shown(message)))
        elif not _same_placeholders(entry):
            found.append(Problem("placeholders", _shown(message)))
    found += [Problem("obsolete", _shown(known[key])) for key in known.keys() - wanted.keys()]
    return sorted(found, key=str)


def _empty() -> Catalog:
    made = Catalog(
        locale="id",
        project="polreswa",
        version="1",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="Indonesian",
        creation_date=datetime(2026, 11, 21, tzinfo=UTC),
        revision_date=datetime(2026, 11, 21, tzinfo=UTC),
        fuzzy=False,
        charset="utf-8",
    )
    # Indonesian counts with one form; Babel says two.
    made.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]
    return made


def _marked() -> Iterator[tuple[Path, Identity, list[str], str | None]]:
    for path in _files(PYTHON_IN, "*.py"):
        yield from _extracted(path, path.read_bytes())
    for path in _files(TEMPLATES_IN, "*.html", "*.txt", "*.xml"):
        code = templatize(path.read_text(encoding="utf-8"))
        # The blanks at the beginning of a template's lines would be indentation to whoever reads it as Python.
        yield from _extracted(path, "\n".join(line.lstrip() for line in code.splitlines()).encode())


def _files(folders: tuple[str, ...], *patterns: str) -> Iterator[Path]:
    for folder in folders:
        for pattern in patterns:
            yield from sorted(
                path for path in (ROOT / folder).rglob(pattern) if "migrations" not in path.parts
            )


def _extracted(path: Path, code: bytes) -> Iterator[tuple[Path, Identity, list[str], str | None]]:
    options = {"encoding": "utf-8"}
    for _, words, comments, context in extract(
        "python", io.BytesIO(code), KEYWORDS, ["Translators:"], options
    ):
        yield path, words, comments, context


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, _parts(message.id)[0]


def _parts(words: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """The forms of an entry, singular first; one empty form when there is nothing."""
    return (words or "",) if isinstance(words, str | None) else tuple(words)


def _shown(message: Message) -> str:
    words = " | ".join(_parts(message.id))
    return f"[{message.context}] {words}" if message.context else words


def _same_placeholders(message: Message) -> bool:
    """Whether every form of the translation fills in exactly what the longest form of the source does."""
    wanted = max((sorted(PLACEHOLDERS.findall(part)) for part in _parts(message.id)), key=len)
    return all(sorted(PLACEHOLDERS.findall(part)) == wanted for part in _parts(message.string))


def run(what: str) -> list[str]:
    """Do one of update, compile, check; the lines to print. Raises ValueError for anything else."""
    match what:
        case "update":
            return [f"{CATALOGUE.relative_to(ROOT)}: {len(update())} entries"]
        case "compile":
            return [f"{write_compiled().relative_to(ROOT)} compiled"]
        case "check":
            return [str(problem) for problem in problems()]
    raise ValueError(what)


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) == 2 else ""
    if chosen not in {"update", "compile", "check"}:
        sys.exit("usage: python -m polreswa.catalogue update | compile | check")
    lines = run(chosen)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.exit(1 if chosen == "check" and lines else 0)
