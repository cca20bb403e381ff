"""Who is a witness of something that happens, so that two of them may have seen the same; and who is none."""

from reports.enrichment import incidents
from reports.enrichment.told import FOLLOW_UP, PRANK, QUESTION, REPORT, Told


def is_no_witness(told: Told) -> bool:
    """Whether nothing that happens is told: a prank, thanks, a matter of services, a question about what to do."""
    if told.kind == PRANK or (told.categories and not told.happenings):
        return True
    if (told.kind != REPORT or incidents.PRAISE in told.categories) and told.is_thanks:
        return True
    is_service = bool(told.categories) and told.categories[0] in incidents.NEVER
    if told.kind == QUESTION:
        # "What is that smoke over there?" is asked by a witness; what to do about a debt is not.
        is_rumour = told.categories[:1] == (incidents.RUMOUR,)
        is_of_services = told.asks_how or told.is_hearsay or (is_service and not is_rumour)
        return is_of_services or not set(told.happenings[:1]) & incidents.SEEN_BY_ALL
    if told.kind == FOLLOW_UP and told.asks_how:
        return True
    return is_service and told.kind != REPORT
