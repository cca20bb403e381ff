"""Number plates of vehicles in a text, in one spelling: "ad1234xx", "AD 1234 XX", "ad-1234-xx" are all AD1234XX."""

import re

AREAS = (
    "A|AA|AB|AD|AE|AG|B|BA|BB|BD|BE|BG|BH|BK|BL|BM|BN|BP|D|DA|DB|DC|DD|DE|DG|DH|DK|DL|DM|DN|DP|DR|DS|DT|E|EA|EB|ED|F|G|H|K|"
    "KB|KH|KT|KU|L|M|N|P|PA|PB|R|S|T|W|Z"
)
"""Letters of the areas of registration in Indonesia."""
PLATE = re.compile(
    # A gap may be a blank, a dot or a hyphen, one at a time: a number in a sentence is not glued to the next word.
    rf"(?<![A-Z0-9])({AREAS})[ .\-]?([1-9][0-9]{{1,3}})[ .\-]?([A-Z]{{2,3}})(?![A-Z0-9])"
)
NOT_LETTERS = frozenset(
    # Words of two or three letters that follow a number in a sentence ("d 12 km", "b 200 rb").
    "RB JT KM CM MM KG JAM HR TH THN RT RW GR ML LT ORG DAN DI KE YG PM AM WIB".split()
)


def plates_in(text: str) -> frozenset[str]:
    """Those that are whole: area, number and letters."""
    return frozenset(
        f"{area}{number}{letters}"
        for area, number, letters in PLATE.findall(text.upper())
        if letters not in NOT_LETTERS
    )
