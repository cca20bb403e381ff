"""Danger in words. May only raise attention, never lower it."""

import re

DANGER = re.compile(
    r"\b(tolong|tulung|bunuh|bacok\w*|tusuk\w*|senjata|celurit|clurit|pistol|tembak\w*|bom|darah|berdarah|kebakaran|"
    r"kobong|terbakar|terjebak|sekarat|mati|meninggal|culik|diculik|perkosa\w*|diperkosa|rampok|begal|dibegal|"
    r"dikeroyok|tawuran|kecelakaan|tabrakan|bunuh diri|gantung diri|darurat)\b",
    re.IGNORECASE,
)


def sounds_dangerous(text: str) -> bool:
    """Whether the words speak of danger to somebody. Errs towards yes."""
    return bool(DANGER.search(text))
