"""A telephone number as somebody says it, in the one form that numbers are kept and compared in."""

import re

import phonenumbers

REGION = "ID"
WRITTEN = re.compile(r"[+(\d][\d\s().\-–/]*")
"""A number may be written with signs between its figures; letters belong to none."""


def normalised(text: str) -> str | None:
    """E.164 (+62812...) of 0812..., 62812..., +62 812-..., a landline with its area code, a number from abroad.

    None for anything that cannot be somebody's number.
    """
    text = text.strip()
    if not WRITTEN.fullmatch(text):
        return None
    figures = re.sub(r"[^\d+]", "", text)
    # Some write 0062 as they would abroad.
    figures = f"+{figures[2:]}" if figures.startswith("00") else figures
    try:
        number = phonenumbers.parse(figures, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
