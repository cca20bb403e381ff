"""Indonesian dates and figures as the desk writes them: 21 Nov 14.05, 1.234."""

DATETIME_FORMAT = "j M Y H.i"
SHORT_DATETIME_FORMAT = "j M H.i"
DATE_FORMAT = "j M Y"
SHORT_DATE_FORMAT = "j M"
TIME_FORMAT = "H.i"
THOUSAND_SEPARATOR = "."
DECIMAL_SEPARATOR = ","
NUMBER_GROUPING = 3
