"""Who may open what of reminders and blocks."""

from tests.access import DESK, Expected, api, changing, reading

OF_BLOCKS: dict[str, Expected] = {
    "report-warn": api(403, 400),
    "report-ask-block": api(403, 400),
    "block-list": api(200, 403),
    "desk:warn": changing(*DESK, post=422),
    "desk:lift-strike": changing(*DESK, post=302),
    "desk:ask-block": changing(*DESK, post=422),
    "desk:blocks": reading(*DESK),
    "desk:block": reading(*DESK),
    "desk:confirm-block": changing("pamapta", post=422),
    "desk:refuse-block": changing("pamapta", post=422),
    "desk:lift-block": changing("pamapta", post=422),
    "desk:take-in": changing(*DESK, post=302),
    "desk:reliability": reading(*DESK),
}
