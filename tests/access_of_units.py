"""Who may open what of the pages of units. Of these accounts one is a member of the unit that has the task, one its head."""

from tests.access import Expected, changing, reading

UNIT = ("unit", "kasat")

OF_UNITS: dict[str, Expected] = {
    "unit:tasks": reading(*UNIT),
    "unit:feed": reading(*UNIT),
    "unit:more": reading(*UNIT),
    "unit:picture": reading(*UNIT),
    "unit:thumbnail": reading(*UNIT),
    "unit:task": reading(*UNIT),
    "unit:work": reading(*UNIT),
    "unit:around": reading(*UNIT),
    "unit:accept": changing(*UNIT, post=302),
    "unit:set-out": changing(*UNIT, post=302),
    "unit:arrive": changing(*UNIT, post=302),
    "unit:finish": changing(*UNIT, post=422),
    "unit:give-back": changing(*UNIT, post=422),
    "unit:add-photos": changing(*UNIT, post=302),
    "unit:remove-photo": changing(*UNIT, post=302),
}
