"""From the names in a message to places, with how sure each is and why. Ambiguous names by what stands beside them, then by
whose number was written to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from reports.enrichment.cues import Cue, Part
from reports.enrichment.gazetteer import Entry, Gazetteer, Kind
from reports.enrichment.mentions import Mention, Reader
from reports.enrichment.phrases import tokens
from reports.models import Station

WEIGHTS = {
    Part.HAPPENED: 1.1,
    Part.THERE: 1.0,
    Part.TO: 0.9,
    Part.OF_A_PERSON: 0.85,
    Part.FROM: 0.75,
    Part.TOWARDS: 0.6,
}
BESIDE_ANOTHER = 0.7
"""What is only somebody's origin or direction weighs so much less when the text says where it happened."""
OF_SEVERAL = 0.45
"""Each of several places of one name, when nothing tells which is meant: below "likely"."""
STREET = 0.65
LARGER = 0.55
"""A kelurahan of the city against a village far away: it has many times the people."""
MOST_WORDS = 500
"""Of a text that are looked at: a flood of names must not hold up the others."""
MOST_CERTAIN = 0.97
STEPS = 20
"""Confidences closer than one of so many steps are about the same."""
ORDER = (Kind.LANDMARK, Kind.VILLAGE, Kind.DISTRICT, Kind.REGENCY, Kind.ELSEWHERE)


@dataclass(frozen=True)
class Named:
    """A place that a text names."""

    entry: Entry
    confidence: float
    reason: str = field(repr=False)
    at: int = 0


def places(text: str, gazetteer: Gazetteer, station: Station | None) -> list[Named]:
    """The places in a text, the most likely first; `station` is whose number was written to."""
    words = tokens(text)[:MOST_WORDS]
    mentions = _without_strangers(Reader(words, gazetteer).mentions(), words)
    mentions = _without_generic(mentions)
    found: list[Named] = []
    for mention in mentions:
        found += _meant(mention, mentions, station)
    found = _weighed(found, mentions)
    return _merged(found)


def _without_strangers(mentions: list[Mention], words: Sequence[object]) -> list[Mention]:
    """A village whose town elsewhere stands right after it ("Sambi Boyolali") is that town's."""
    kept = []
    followings: list[Mention | None] = [*mentions[1:], None]
    for mention, following in zip(mentions, followings[: len(mentions)], strict=True):
        is_theirs = (
            following is not None
            and following.kinds == {Kind.ELSEWHERE}
            and following.span.start == mention.span.end
            and mention.kinds <= {Kind.VILLAGE, Kind.DISTRICT}
            and following.part not in {Part.TOWARDS, Part.FROM}
            and not getattr(words[following.span.start], "is_hyphened", False)
        )
        if not is_theirs:
            kept.append(mention)
    return kept


def _without_generic(mentions: list[Mention]) -> list[Mention]:
    """A "terminal" or a "stasiun" with a name of its own after it is that place's, not the town's."""
    finer = {Kind.VILLAGE, Kind.DISTRICT, Kind.ELSEWHERE}
    named = {m.span.start for m in mentions if m.kinds & finer}
    return [m for m in mentions if not (m.is_generic and m.span.end in named)]


def _meant(mention: Mention, every: Sequence[Mention], station: Station | None) -> list[Named]:
    """What one mention means: one place for certain, or several with how likely each is."""
    entries, why = mention.entries, ""
    if len(entries) > 1:
        entries, why = _told_apart(mention, every, station)
    sure = mention.confidence
    if len(entries) > 1:
        sure = OF_SEVERAL
        larger = [e for e in entries if station is None and _is_urban(e)]
        if len(larger) == 1 and mention.cue != Cue.VILLAGE:
            others = [e for e in entries if e not in larger]
            why = _("There are several places of this name; this is the largest.")
            least = min(LARGER, mention.confidence)
            return [
                *(Named(e, least, why, mention.span.start) for e in larger),
                *(Named(e, 0.3, why, mention.span.start) for e in others),
            ]
        why = _("There are several places of this name.")
    elif why:
        sure = min(sure, 0.7) if mention.confidence < 0.85 else 0.75
    if any(entry.kind == Kind.LANDMARK and entry.district is None for entry in entries):
        # A street through several districts says less than any place on it.
        sure = min(sure, STREET)
    return [
        Named(entry, sure, _reason(mention, entry, why), mention.span.start) for entry in entries
    ]


def _told_apart(
    mention: Mention, every: Sequence[Mention], station: Station | None
) -> tuple[tuple[Entry, ...], str]:
    """Those of several places of one name that fit best: by desa or kelurahan, by district, by town, by place nearby, by
    whose number it is."""
    entries = mention.entries
    others = [m for m in every if m is not mention]
    certain = [m.entries[0] for m in others if len(m.entries) == 1]
    districts = {e.district.pk for e in certain if e.district}
    if fitting := tuple(e for e in entries if e.district and e.district.pk in districts):
        return fitting, ""
    towns = {e.station_id for e in certain if e.kind == Kind.REGENCY}
    if fitting := tuple(e for e in entries if e.station_id in towns):
        entries = fitting
    if len(entries) == 1:
        return entries, ""
    near = {
        m.entries[0].station_id
        for m in others
        if len(m.entries) == 1 and m.entries[0].district and m.part in {Part.HAPPENED, Part.THERE}
    }
    if len(near) == 1 and (fitting := tuple(e for e in entries if e.station_id in near)):
        entries = fitting
    if len(entries) > 1 and station is not None:
        ours = tuple(e for e in entries if e.station_id == station.pk)
        if ours and len(ours) < len(entries):
            return ours, _("There are several places of this name; this one is in our area.")
    return entries, ""


def _weighed(found: Iterable[Named], mentions: Sequence[Mention]) -> list[Named]:
    parts = {mention.span.start: mention.part for mention in mentions}
    goes_on = {
        mention.span.start
        for mention, following in zip(mentions, mentions[1:], strict=False)
        if mention.part == Part.FROM and following.part in {Part.TO, Part.TOWARDS}
    }
    says_where = any(
        m.part in {Part.HAPPENED, Part.THERE} and m.confidence >= 0.5 and not m.is_generic
        for m in mentions
    )
    weighed = []
    for one in found:
        part = parts[one.at]
        # From one place to another: on the road between them, and seen first where it began.
        sure = one.confidence * (WEIGHTS[Part.TO] + 0.02 if one.at in goes_on else WEIGHTS[part])
        if says_where and part not in {Part.HAPPENED, Part.THERE}:
            sure *= BESIDE_ANOTHER
        weighed.append(replace(one, confidence=min(MOST_CERTAIN, sure)))
    return weighed


def _merged(found: list[Named]) -> list[Named]:
    """Each place once; a district goes into its village or landmark, a town says nothing beside a place in it."""
    best: dict[tuple[object, ...], Named] = {}
    for one in found:
        landmark, area = one.entry.landmark, one.entry.area
        key = (
            one.entry.kind,
            landmark.pk if landmark else None,
            area.pk if area else one.entry.name,
        )
        if key not in best or best[key].confidence < one.confidence:
            best[key] = one
    rows = list(best.values())
    finer = {
        one.entry.district.pk
        for one in rows
        if one.entry.district and one.entry.kind in {Kind.LANDMARK, Kind.VILLAGE}
        and one.confidence >= OF_SEVERAL
    }  # fmt: skip
    inside = any(one.entry.district and one.confidence >= OF_SEVERAL for one in rows)
    kept = []
    for one in rows:
        district = one.entry.district
        if one.entry.kind == Kind.DISTRICT and district and district.pk in finer:
            continue
        if one.entry.kind == Kind.REGENCY and inside:
            continue
        if one.entry.kind == Kind.ELSEWHERE and inside:
            one = replace(one, confidence=one.confidence * BESIDE_ANOTHER)
        kept.append(one)
    told = {
        one.entry.district.pk: one.confidence
        for one in rows
        if one.entry.kind == Kind.DISTRICT and one.entry.district
    }
    kept = [_as_sure_as_its_district(one, told) for one in kept]
    return sorted(kept, key=_order)


def _order(one: Named) -> tuple[int, bool, int, int]:
    """The most certain first; of two that are about as certain what lies in one district, then what is named first."""
    no_district = one.entry.district is None
    return (-round(one.confidence * STEPS), no_district, one.at, ORDER.index(one.entry.kind))


def _as_sure_as_its_district(one: Named, told: dict[int, float]) -> Named:
    district = one.entry.district
    if district is None or one.entry.kind == Kind.DISTRICT:
        return one
    return replace(one, confidence=max(one.confidence, told.get(district.pk, 0.0)))


def _is_urban(entry: Entry) -> bool:
    """Villages of a city have a code whose last part begins with 1 (kelurahan); of several regencies, the city's."""
    area = entry.area
    return (
        area is not None and area.level == area.Level.VILLAGE and _number(area.code).startswith("1")
    )


def _number(code: str) -> str:
    return code.rpartition(".")[2]


def _reason(mention: Mention, entry: Entry, why: str) -> str:
    named = {"name": entry.name}
    if mention.span.is_slip:
        said = (
            _("The text has a word that is almost “%(name)s”: perhaps a slip of the pen.") % named
        )
    elif entry.kind == Kind.ELSEWHERE:
        said = _("The text names %(name)s, which lies outside.") % named
    elif entry.kind == Kind.REGENCY:
        said = _("The text names only the town or regency: %(name)s.") % named
    elif mention.part == Part.TOWARDS:
        said = _("The text names %(name)s as a direction.") % named
    elif mention.part in {Part.FROM, Part.OF_A_PERSON}:
        said = _("The text names %(name)s as where somebody comes from.") % named
    elif mention.cue == Cue.VILLAGE:
        said = _("The text names the village %(name)s.") % named
    elif entry.kind == Kind.DISTRICT:
        said = _("The text names the district %(name)s.") % named
    else:
        said = _("The text names %(name)s.") % named
    return f"{said} {why}".strip()
