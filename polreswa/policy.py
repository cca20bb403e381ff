"""Every number that a station may want to change. Part of the settings, in a file of its own to be found at once."""

from datetime import timedelta

INBOX_TRIES = 6
INBOX_RETRY_FIRST = timedelta(seconds=5)
INBOX_KEEP = timedelta(days=30)
ORPHAN_STATUS_KEEP = timedelta(hours=48)
FOLLOW_UP_WINDOW = timedelta(hours=24)
WHATSAPP_WINDOW = timedelta(hours=24)
# With pauses of ten minutes at the end, about twelve hours: an outage of Twilio costs time, not answers.
DELIVERY_TRIES = 80
DELIVERY_RETRY_FIRST = timedelta(seconds=2)
DELIVERY_RETRY_LONGEST = timedelta(minutes=10)
DELIVERY_DOUBT_AFTER = timedelta(seconds=30)
DELIVERY_DOUBT_GIVES_UP = timedelta(hours=4)
CHANGES_KEEP = timedelta(days=2)
DATABASE_PATIENCE = timedelta(seconds=4)
DATABASE_PAUSE = timedelta(seconds=2)
BELL_PAUSE = timedelta(milliseconds=100)
CLOCK_TICK = timedelta(seconds=1)
OVERDUE_AFTER = timedelta(seconds=5)
INBOX_AGE_LIMIT = timedelta(minutes=2)
# The first answer of a person, where the category sets no other time (DOMAIN: the stations' own norms are minutes).
RESPOND_WITHIN = {
    "darurat": timedelta(minutes=5),
    "segera": timedelta(minutes=15),
    "biasa": timedelta(minutes=60),
}
# How long an answer stays on the desk before it goes out.
UNDO_WITHIN = timedelta(seconds=10)
