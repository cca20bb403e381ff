"""Who may open what of checks in plain clothes. Of these accounts nobody is named in the one that there is."""

from tests.access import DESK, Expected, api, changing, reading

CHECKING = (*DESK, "unit", "kasat")

OF_CHECKS: dict[str, Expected] = {
    "report-ask-check": api(403, 400),
    "report-check": Expected((404,), (403,), CHECKING, nobody=((401,), (401,))),
    "desk:ask-check": Expected((200,), (422,), DESK),
    "desk:call-off-check": changing(*DESK, post=409),
    "checks:checks": reading(*CHECKING),
    "checks:check": reading(*CHECKING, get=404),
    "checks:around": reading(*CHECKING, get=404),
    "checks:begin": changing(*CHECKING, post=404),
    "checks:note": changing(*CHECKING, post=404),
    "checks:take-photo": changing(*CHECKING, post=404),
    "checks:finish": changing(*CHECKING, post=404),
    "checks:add-officer": changing(*CHECKING, post=404),
    "checks:remove-officer": changing(*CHECKING, post=404),
    "checks:photo": reading(*CHECKING, get=404),
    "checks:thumbnail": reading(*CHECKING, get=404),
}
