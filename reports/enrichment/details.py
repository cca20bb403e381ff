"""What two witnesses of one thing would not tell differently: which vehicle in which colour, what was stolen, what burns,
who is missing, in which lane. Only what is said clearly on both sides speaks against; what is left out says nothing.

Pure: words in, values out. `details.json` is ours, written by hand.
"""

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise, product
from pathlib import Path

from rapidfuzz import fuzz

from reports.enrichment import vehicles
from reports.enrichment.incidents import TAKEN
from reports.enrichment.language import ENDINGS, STOP
from reports.enrichment.vehicles import AGAINST, COLOURS, HARDLY, WITHIN, Vehicle

LIKE_NAME = 75
CHILD_UNTIL, OLD_FROM = 15, 60

TRAFFIC = frozenset("laka-lantas pelanggaran-lalin kemacetan".split())
ROBBERY = frozenset("begal-jambret".split())
FIRE = frozenset({"kebakaran"})
PLAIN = frozenset("bencana judi kemacetan penemuan-mayat penipuan premanisme-pungli".split())
"""Of these everybody can tell which sort it is: a snake is no flood."""
OF_ONE = frozenset("orang-hilang penemuan-mayat".split())
"""About one person, who is described; of the others somebody saw something in passing."""
OF_A_PERSON = OF_ONE | frozenset("odgj krisis-diri".split())

_lists = json.loads((Path(__file__).parent / "details.json").read_text(encoding="utf-8"))


def _set(name: str) -> frozenset[str]:
    return frozenset(_lists[name].split())


def _by_word(name: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group, words in _lists[name].items():
        for word in words.split():
            found.setdefault(word, set()).add(group)
    return {word: frozenset(groups) for word, groups in found.items()}


def _sorts() -> dict[str, frozenset[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for kind, groups in _lists["sorts"].items():
        for group, words in groups.items():
            for word in words.split():
                found.setdefault(word, set()).add((kind, group))
    return {word: frozenset(sorts) for word, sorts in found.items()}


STOLEN, BROKEN_INTO, BURNS = _by_word("stolen"), _by_word("broken_into"), _by_word("burns")
THINGS = (STOLEN.keys() | BROKEN_INTO.keys() | BURNS.keys()) - _set("everyday")
HEADS = _by_word("heads")
COMMON_HEADS = frozenset("crossing mosque works office water pump".split())
"""Of these there are several in a district."""
SORTS = _sorts()
SPREADS = _set("spreads")
MEN, WOMEN, AGES = _set("men"), _set("women"), _by_word("ages")
GARMENTS, HAMLETS, NO_NAMES = _set("garments"), _by_word("hamlets"), _set("no_names")
KNOWN = vehicles.KNOWN.union(STOLEN, BROKEN_INTO, BURNS, HEADS, SORTS)


@dataclass(frozen=True)
class Details:
    """What stands in one message that another one can contradict."""

    vehicles: tuple[Vehicle, ...] = ()
    stolen: frozenset[str] = field(default=frozenset())
    broken_into: frozenset[str] = field(default=frozenset())
    burns: frozenset[str] = field(default=frozenset())
    sexes: frozenset[str] = field(default=frozenset())
    ages: frozenset[str] = field(default=frozenset())
    sorts: frozenset[tuple[str, str]] = field(default=frozenset())
    """Of a kind of happening, which: a tree fell, or a river rose."""
    clothes: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)
    things: frozenset[str] = field(default=frozenset())
    """What was stolen, broken into or burns, as far as not everybody has it."""
    heads: frozenset[str] = field(default=frozenset())
    """What kind of spot is named: a market, a station, a crossroads."""
    names: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)
    """Of lanes, hamlets and estates, each with which of these it is."""


def read(tokens: Sequence[str]) -> Details:
    """The details of a message; `tokens` as `language.normalise` gives them."""
    tokens = [_plain(word) for word in tokens]
    return Details(
        vehicles=tuple(vehicles.read(tokens)),
        stolen=_groups(tokens, STOLEN),
        broken_into=_groups(tokens, BROKEN_INTO),
        burns=_groups(_before_it_spreads(tokens), BURNS),
        sexes=frozenset(
            sex for sex, words in (("m", MEN), ("f", WOMEN)) if not words.isdisjoint(tokens)
        ),
        ages=_ages(tokens),
        sorts=frozenset().union(*(SORTS[word] for word in tokens if word in SORTS)),
        clothes=frozenset(_clothes(tokens)),
        things=frozenset(THINGS.intersection(tokens)),
        heads=_groups(tokens, HEADS),
        names=frozenset(_names(tokens)),
    )


def against(a: Details, b: Details, ones: Set[str], others: Set[str]) -> float:
    """What the two contradict each other in, as points; `ones` and `others` are their kinds of happening."""
    points = AGAINST if _differ_in_names(a.names, b.names) else 0.0

    def both(kinds: frozenset[str]) -> bool:
        return bool(ones & kinds and others & kinds)

    if both(TRAFFIC):
        points = max(points, vehicles.against(a.vehicles, b.vehicles, by_model=False))
    if both(TAKEN | ROBBERY):
        points = max(points, _of_theft(a, b, is_robbery=not both(TAKEN)))
    if both(FIRE) and _are_apart(a.burns, b.burns):
        points = max(points, HARDLY)
    for kind in ones & others:
        if _are_apart(_of_kind(a.sorts, kind), _of_kind(b.sorts, kind)):
            points = max(points, AGAINST if kind in PLAIN else HARDLY)
    if both(OF_A_PERSON):
        of_person = _of_person(a, b)
        points = max(points, of_person if both(OF_ONE) else min(of_person, HARDLY))
    return points


def agree(a: Details, b: Details) -> bool:
    """Whether both tell of something that not every message of the kind tells of: a bus, a red motorbike, a lane."""
    if a.names & b.names or a.clothes & b.clothes or a.things & b.things:
        return True
    return any(
        one.fits(other, by_model=True) and one.is_special and other.is_special
        for one, other in product(a.vehicles, b.vehicles)
    )


def are_at_one(a: Details, b: Details) -> bool:
    """Whether both name a spot of one kind of which a district has hardly two: the market, the station."""
    return bool(a.heads & b.heads - COMMON_HEADS)


def are_elsewhere(a: Details, b: Details) -> bool:
    """Whether both name a spot, and of different kinds: the market, the station."""
    return _are_apart(a.heads, b.heads)


def _of_kind(sorts: Set[tuple[str, str]], kind: str) -> Set[str]:
    return {group for of, group in sorts if of == kind}


def _of_theft(a: Details, b: Details, is_robbery: bool) -> float:
    points = 0.0
    for is_ridden in (False, True):
        of_a, of_b = ([v for v in one.vehicles if v.is_ridden == is_ridden] for one in (a, b))
        points = max(points, vehicles.against(of_a, of_b, by_model=True))
    if is_robbery:
        # Victims ride as well: which vehicle was whose is seldom clear, unless it was taken.
        of_a, of_b = ([v for v in one.vehicles if not v.is_taken] for one in (a, b))
        return max(min(points, HARDLY), vehicles.against(of_a, of_b, by_model=True))
    if _are_apart(a.stolen, b.stolen) or _are_apart(a.broken_into, b.broken_into):
        points = AGAINST
    return points


def _of_person(a: Details, b: Details) -> float:
    if len(a.sexes) == len(b.sexes) == 1 and a.sexes != b.sexes:
        return AGAINST
    if len(a.ages) == len(b.ages) == 1 and a.ages != b.ages:
        return AGAINST
    worn, other = dict(a.clothes), dict(b.clothes)
    if any(vehicles.differ(colour, other.get(garment, "")) for garment, colour in worn.items()):
        return HARDLY
    return 0.0


def _are_apart(ones: Set[str], others: Set[str]) -> bool:
    return bool(ones and others) and not ones & others


def _differ_in_names(ones: Iterable[tuple[str, str]], others: Iterable[tuple[str, str]]) -> bool:
    """Whether both name a lane, say, and no name of the one is any of the other's."""
    alike = [
        fuzz.ratio(name, other) >= LIKE_NAME
        for (of, name), (of_other, other) in product(ones, others)
        if of == of_other
    ]
    return bool(alike) and not any(alike)


def _plain(word: str) -> str:
    """Without "his, my, the", where that leaves a word that is known here: "busnya", "sekolahe"."""
    if word in KNOWN:
        return word
    return next((stem for end in ENDINGS if (stem := word.removesuffix(end)) in KNOWN), word)


def _groups(tokens: Iterable[str], of: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(of[word] for word in tokens if word in of))


def _before_it_spreads(tokens: Sequence[str]) -> Sequence[str]:
    """What burns is said first; what it comes near to afterwards."""
    end = next((n for n, word in enumerate(tokens) if n > 1 and word in SPREADS), len(tokens))
    return tokens[:end]


def _ages(tokens: Sequence[str]) -> frozenset[str]:
    found = set(_groups(tokens, AGES))
    for number, word in pairwise(tokens):
        if word in ("tahun", "th", "thn") and number.isdigit():
            found -= {"child", "old"}
            years = int(number)
            found.add("child" if years <= CHILD_UNTIL else "old" if years >= OLD_FROM else "adult")
    return frozenset(found)


def _clothes(tokens: Sequence[str]) -> Iterable[tuple[str, str]]:
    for at, word in enumerate(tokens):
        if word in GARMENTS:
            near = (COLOURS[w] for w in tokens[at + 1 : at + WITHIN] if w in COLOURS)
            if colour := next(near, ""):
                yield word, colour


def _names(tokens: Sequence[str]) -> Iterable[tuple[str, str]]:
    words = [word for word in tokens if word != STOP]
    for word, name in pairwise(words):
        if word in HAMLETS and name.isalpha() and len(name) > 2 and name not in NO_NAMES:
            (of,) = HAMLETS[word]
            # Javanese writes one sound in two ways: kenanga, kenongo.
            yield of, name.replace("o", "a")
