"""How people write, made comparable: small letters, whole words, our own list of spellings, slang and Javanese.

Pure: text in, words out. `slang.json` is ours, written by hand: words and phrases to the Indonesian that the other
modules read. Affixes are not cut off for good, because cutting goes wrong often (tabrak, tipu): `forms` gives every root a
word may have, and only those that a lexicon knows count.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from reports.folding import fold

LONGEST = 5000
"""Characters that are read: three times a long SMS, more than WhatsApp lets through; the rest is not looked at."""
STOP = "."
"""Stands for the end of a sentence or of a part of one: words on both sides of it do not belong together."""

PIECE = re.compile(r"[a-z0-9]+|[.,;!?\n]+")
MASKED = re.compile(r"\b[a-z]{1,3}\*{1,4}[a-z]{1,3}\b")
"""A word of abuse with its letters starred out."""
REPEATED = re.compile(r"([a-z])\1{2,}")
DOUBLE_END = re.compile(r"([a-z])\1$")
TWICE = re.compile(r"^([a-z]{2,})2(an|nya|ne|e|in|kan|i|n)?$")
LEET = re.compile(r"(?<=[a-z])[013457](?=[a-z])")
LETTERS = str.maketrans("013457", "oieast")
SIGNS = {
    "🆘": " tolong ",
    "🩸": " darah ",
    "🔪": " pisau ",
    "🔫": " pistol ",
    "💣": " bom ",
    "🚑": " ambulan ",
    "🖕": " kasar ",
    "²": "2",
}
_slang = json.loads((Path(__file__).parent / "slang.json").read_text(encoding="utf-8"))
WORDS: Mapping[str, tuple[str, ...]] = {k: tuple(v.split()) for k, v in _slang["words"].items()}

WHOLE = frozenset(_slang["whole"])
"""Words that no affix was put on, though they look it: melati, a flower, is no belati, a dagger."""
PASSIVE = "dipun"
"""The polite Javanese "di-", written apart: "dipun ajar" is "diajar"."""
APART = frozenset(_slang["written_apart"])
"""Verbs that "di" is written apart from in haste: no place is called by them."""
SUFFIXES = "nya ne e lah kah ku mu kan ake aken ke i in an en ipun".split()
PREFIXES = "di ke ter ber per pe se tak me".split()
NASALS = {
    "meny": ("s", "c"),
    "meng": ("", "k"),
    "mem": ("", "p"),
    "men": ("", "t"),
    "peny": ("s", "c"),
    "peng": ("", "k"),
    "pem": ("", "p"),
    "pen": ("", "t"),
    "nge": ("", "ke"),
    "ny": ("s", "c"),
    "ng": ("", "k"),
    "m": ("p", "", "b"),
    "n": ("t", ""),
}
BEFALLEN = {"ke": "ter", "ter": "ke"}
"""Javanese and spoken "ke-", Indonesian "ter-": what befell somebody is written both ways, ketimpa and tertimpa."""
ENDINGS = ("nya", "ipun", "ne", "e", "ku", "mu")
"""What stands behind a thing to say whose or which, Indonesian and Javanese."""
DONE = "di"
VERB_ENDINGS = ("aken", "ake", "ono", "ana", "ne", "ke", "no", "na")
"""What stands behind a Javanese verb to say that it is done for somebody, or that it shall be done."""
SHORTEST_WITH_ENDING = 3
SHORTEST_ROOT = 4
VOWEL = re.compile(r"[aeiou]")
CONSONANTS = 4
"""A word of fewer makes other words when its vowels are saved."""
OF_SHORT_ROOTS = {"nya", "ne", "e", "ku", "mu", "lah"}
"""What may follow a root of three letters (api, sim): the others make too many words out of nothing."""


def normalise(text: str) -> list[str]:
    """The words of a text, and STOP between parts of it. At most LONGEST characters are read."""
    for sign, word in SIGNS.items():
        if sign in text:
            text = text.replace(sign, word)
    tokens: list[str] = []
    plain = MASKED.sub(" makian ", fold(text[:LONGEST].replace("'", "").replace("’", "")))
    for piece in PIECE.findall(plain):
        if not piece[0].isalnum():
            if tokens and tokens[-1] != STOP:
                tokens.append(STOP)
            continue
        words = _words(piece)
        if tokens and (tokens[-1] == PASSIVE or (tokens[-1] == "di" and piece in APART)):
            tokens.pop()
            words = _words("di" + piece)
        tokens += words
    return _replaced(tokens)


def _mistyped() -> Mapping[str, str]:
    """Each word of danger with a letter left out, two of them changed about, or its vowels saved, as in an SMS.

    Another letter for a right one is not looked for: it makes other words (tawuran, tawaran).
    """
    found: dict[str, str] = {}
    for word in _slang["often_mistyped"]:
        for at in range(len(word)):
            found[word[:at] + word[at + 1 :]] = word
            found[word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]] = word
        if len(word) - len(VOWEL.findall(word)) >= CONSONANTS:
            found |= dict.fromkeys(_without_vowels(word), word)
    return {typed: word for typed, word in found.items() if typed not in WORDS}


def _without_vowels(word: str) -> Iterable[str]:
    """The word with any of its vowels left out but a first one."""
    written = [word[:1]]
    for letter in word[1:]:
        without = written if VOWEL.match(letter) else []
        written = [start + letter for start in written] + without
    return written


MISTYPED = _mistyped()


@lru_cache(maxsize=20_000)
def _words(piece: str) -> tuple[str, ...]:
    word = DOUBLE_END.sub(r"\1", REPEATED.sub(r"\1", piece))
    if twice := TWICE.match(word):
        once = WORDS.get(twice[1], (twice[1],))
        # A plural of what stands for several words is still those words once.
        return once if len(once) > 1 else (*once, once[0] + (twice[2] or ""))
    if not word.isdigit():
        word = LEET.sub(lambda digit: digit[0].translate(LETTERS), word)
    return WORDS.get(word) or _with_ending(word) or _done(word) or (MISTYPED.get(word, word),)


def _with_ending(word: str) -> tuple[str, ...]:
    """A word of the list with "his, my, your, the" behind it: getihe is darah; empty when it is none."""
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST_WITH_ENDING and stem in WORDS:
            return WORDS[stem]
    return ()


def _done(word: str) -> tuple[str, ...]:
    """The passive or the command of a verb of the list: dijupuki is diambil, jupukno ambil; empty when it is none."""
    is_passive = word.startswith(DONE)
    stem = word.removeprefix(DONE)
    for end in (*VERB_ENDINGS, *(("i", "") if is_passive else ())):
        root = stem.removesuffix(end)
        if (end and root == stem) or len(root) < SHORTEST_ROOT:
            continue
        meant = WORDS.get(root, ())
        if len(meant) == 1:
            return (DONE + meant[0],) if is_passive and not meant[0].startswith(DONE) else meant
    return ()


def _phrases() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """By their first word, longest first; both sides in the words that stand after the single ones were replaced."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for written, meant in _slang["phrases"].items():
        words = tuple(word for piece in written.split() for word in _words(piece))
        found.setdefault(words[0], []).append((words, tuple(meant.split())))
    return {first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in found.items()}


PHRASES = _phrases()


def _replaced(tokens: Sequence[str]) -> list[str]:
    words: list[str] = []
    at = 0
    while at < len(tokens):
        for phrase, meant in PHRASES.get(tokens[at], ()):
            if tuple(tokens[at : at + len(phrase)]) == phrase:
                words += meant
                at += len(phrase)
                break
        else:
            words.append(tokens[at])
            at += 1
    return words


@lru_cache(maxsize=20_000)
def forms(word: str) -> tuple[str, ...]:
    """The word itself and every root it may have been made of, Indonesian and Javanese affixes taken off."""
    if word in WHOLE:
        return (word,)
    ends = [word]
    for _twice in range(2):
        ends += [
            end[: -len(suffix)]
            for end in ends
            for suffix in SUFFIXES
            if end.endswith(suffix) and _is_root(len(end) - len(suffix), suffix)
        ]
    found = dict.fromkeys(ends)
    for end in ends:
        found |= dict.fromkeys(_unprefixed(end))
    return tuple(found)


def _is_root(length: int, suffix: str) -> bool:
    return length >= SHORTEST_ROOT or (length == SHORTEST_ROOT - 1 and suffix in OF_SHORT_ROOTS)


def _unprefixed(word: str) -> list[str]:
    found = [
        word[len(prefix) :]
        for prefix in PREFIXES
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_ROOT
    ]
    found += [
        other + word.removeprefix(prefix)
        for prefix, other in BEFALLEN.items()
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_ROOT
    ]
    for nasal, replaced in NASALS.items():
        if word.startswith(nasal) and len(word) - len(nasal) >= SHORTEST_ROOT - 1:
            rest = word[len(nasal) :]
            found += [root + rest for root in replaced if len(root + rest) >= SHORTEST_ROOT]
    return found
