"""Of what kind two reports together are: how their categories go together, and how what they tell of goes."""

from datetime import timedelta
from functools import lru_cache
from itertools import product

from reports.enrichment import incidents
from reports.enrichment.told import Told

UNLIKE = -3.0
KEPT = 10_000
"""Of the possibilities of two, names of categories only: every report is laid beside a hundred."""


def categories(a: Told, b: Told) -> tuple[float, bool]:
    """The points for what both are called, and whether it is the same."""
    return _categories(a.happenings, b.happenings)


@lru_cache(maxsize=KEPT)
def _categories(ones: tuple[str, ...], others: tuple[str, ...]) -> tuple[float, bool]:
    if not ones or not others:
        return 0.25, False
    if ones[0] == others[0]:
        return 2.0, True
    both = set(ones) & set(others)
    if ones[0] in both or others[0] in both:
        return 1.25 if len(both) == 1 else 1.5, False
    if incidents.are_alike(ones[0], others[0]):
        return 1.25 if both else 1.0, False
    if both:
        return 0.75, False
    if any(incidents.are_alike(ones[0], other) for other in others) or any(
        incidents.are_alike(one, others[0]) for one in ones
    ):
        return 0.0, False
    if any(incidents.are_alike(one, other) for one, other in product(ones, others)):
        return -1.5, False
    return UNLIKE, False


def manner(a: Told, b: Told) -> incidents.Manner:
    """Of the two together: a jam goes on when the accident is over, a brawl is where the convoy stopped."""
    # A thief in the hands of a crowd is seen by everybody.
    return _manner(a.happenings, b.happenings, a.is_caught and b.is_caught)


@lru_cache(maxsize=KEPT)
def _manner(ones: tuple[str, ...], others: tuple[str, ...], is_public: bool) -> incidents.Manner:
    manners = [incidents.manner_of(all_of[0]) for all_of in (ones, others) if all_of]
    if not manners:
        return incidents.ORDINARY
    shared = map(incidents.manner_of, set(ones) & set(others))
    manners += [its for its in shared if its.leads_far]
    is_one_kind = len(set(map(id, manners))) == 1
    goes_along = any(one.leads_far and (is_one_kind or not one.is_private) for one in manners)
    return incidents.Manner(
        lasts=max(one.lasts for one in manners),
        speed_kmh=(max if goes_along else min)(one.speed_kmh for one in manners),
        leads_far=goes_along,
        is_private=all(one.is_private for one in manners) and not is_public,
        is_rare=any(one.is_rare for one in manners) or is_public,
        seen_km=max(one.seen_km for one in manners),
    )


CROSSING = timedelta(minutes=10)
"""So much later than its jam a crash may be told of: two people write at about the same time."""


def led_to(a: Told, b: Told) -> bool:
    """Whether the one may well be the jam that the other made: told without a cause of its own, and not before it."""
    for jam, cause in ((a, b), (b, a)):
        if jam.happenings[:1] == (incidents.JAM,) and cause.happenings:
            is_cause = cause.happenings[0] in incidents.JAMMING and cause.at <= jam.at + CROSSING
            return is_cause and jam.word_set.isdisjoint(incidents.OTHER_CAUSES)
    return False
