"""Who may open what of incidents. One answer of the incident that there is waits to go out."""

from tests.access import DESK, Expected, api, changing, reading

OF_INCIDENTS: dict[str, Expected] = {
    "report-link": api(403, 400),
    "report-unlink": api(403, 200),
    "report-follow": api(403, 409),
    "incident-list": api(200, 403),
    "incident-detail": api(200, 403),
    "desk:link": changing(*DESK, post=422),
    "desk:unlink": changing(*DESK, post=302),
    "desk:follow": changing(*DESK, post=409),
    "desk:incidents": reading(*DESK),
    # Of two reports that the address does not name.
    "desk:compare": reading(*DESK, get=404),
    "desk:link-compared": changing(*DESK, post=404),
    "desk:incident": reading(*DESK),
    "desk:ledger": reading(*DESK),
    "desk:incident-status": changing(*DESK, post=422),
    "desk:close-incident": changing(*DESK, post=422),
    "desk:follow-incident": changing(*DESK, post=409),
    "desk:answer-incident": changing(*DESK, post=422),
    "desk:split-incident": changing(*DESK, post=409),
    "desk:withdraw-answer": changing(*DESK, post=302),
    "desk:stop-standing": changing(*DESK, post=302),
    "desk:deliver-again": changing(*DESK, post=409),
}
