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
# Reading messages for hints: how often one that breaks is tried, when one that a killed worker had is read again, and how
# long areas and categories are remembered.
ENRICH_TRIES = 4
ENRICH_LEASE = timedelta(seconds=60)
ENRICHMENT_REMEMBERED = timedelta(seconds=60)
CHANGES_KEEP = timedelta(days=2)
DATABASE_PATIENCE = timedelta(seconds=4)
DATABASE_PAUSE = timedelta(seconds=2)
BELL_PAUSE = timedelta(milliseconds=100)
CLOCK_TICK = timedelta(seconds=1)
OVERDUE_AFTER = timedelta(seconds=5)
INBOX_AGE_LIMIT = timedelta(minutes=2)
# The first answer of a person, where the category sets no other time.
RESPOND_WITHIN = {
    "darurat": timedelta(minutes=5),
    "segera": timedelta(minutes=15),
    "biasa": timedelta(minutes=60),
}
# A point further than this from the centre of every village of the station lies outside its area.
AREA_NEAREST_KM = 6.0
# How many places the search for one offers, and out of how many of the latest reports the usual categories are read.
PLACES_OFFERED = 12
# How long a browser keeps what the small map is drawn from.
MAP_KEPT = timedelta(hours=1)
USUAL_CATEGORIES = 5
USUAL_OUT_OF = 300
# How long an answer stays on the desk before it goes out.
UNDO_WITHIN = timedelta(seconds=10)
# In how many hours a question can be put again by itself; never after WhatsApp's window.
ASK_LATER_HOURS = (1, 3, 6)
# Pictures to reporters. Twilio takes 5 MB; what an operator may choose is made smaller.
PICTURE_BYTES_TAKEN = 16 * 1024**2
PICTURE_BYTES_SENT = 5 * 1024**2
PICTURE_BYTES_CANNED = 1024**2
PICTURE_PIXELS = 40_000_000
PICTURE_SIDE = 2560
# Twilio fetches a picture when it sends it: longer than its own queue (four hours for WhatsApp) and its retries.
PICTURE_LINK_LASTS = timedelta(hours=6)
PICTURE_UNUSED_KEEP = timedelta(days=1)
# How often one person may have a typed number looked up, and search; every look-up and search is in the audit chain.
LOOKUPS_AN_HOUR = 30
SEARCHES_AN_HOUR = 300
# When a search through the words gives its answer so far: this many reports found, messages read, seconds gone.
SEARCH_HITS = 50
SEARCH_MESSAGES = 200_000
SEARCH_SECONDS = 1.5
# A mark of who looks at a report; open pages renew it every second. After the cache has failed, it gets a rest.
PRESENCE_LIFE = timedelta(seconds=6)
CACHE_PAUSE = timedelta(seconds=30)
# The desk knows whether it hears. The clock marks that it goes, and rings for a sign of life of worker and sender; who
# gives none for this long is said to stand still (a page asks every 15 s, and it is to be said within a minute).
CLOCK_BEATS_EVERY = timedelta(seconds=5)
SIGN_OF_LIFE_EVERY = timedelta(seconds=15)
STANDS_STILL_AFTER = timedelta(seconds=40)
# All desks of a station ask the same, with each page and every few seconds.
HEARING_REMEMBERED = timedelta(seconds=3)
# What a report's forms offer: the categories, and whom a note can call.
CHOICES_REMEMBERED = timedelta(seconds=10)
# Messages that are not understood for this long: nobody seems to be reading. Nights are quiet: no message for hours is
# said, and worth a look only after half a day.
UNREAD_AFTER = timedelta(minutes=1)
QUIET_AFTER = timedelta(hours=12)
# A duty telephone is not called more often than this, however many reports escalate at once: the call has no content.
SUMMONS_PAUSE = timedelta(minutes=3)
SUMMONS_TRIES = 6
SUMMONS_SHOWN = timedelta(hours=24)
SUMMONS_KEEP = timedelta(days=30)
# How long a page may go on asking how many reports ring after its session has ended: longer than a session and a shift.
ALARM_LASTS = timedelta(hours=13)
# One verb on many reports at once, and kept views of the queue a person.
BULK_MOST = 100
SAVED_VIEWS_MOST = 20
# A reporter who does not say where is asked so long after the message, by itself; not about these categories or groups.
ASK_PLACE_AFTER = timedelta(seconds=90)
ASK_PLACE_IN_DANGER = timedelta(seconds=20)
PLACE_DOES_NOT_MATTER = frozenset(
    {"layanan", "nonlaporan", "apresiasi-saran", "judi-online", "penipuan"}
)
# How long to wait for an address server, where the station has set one.
NOMINATIM_TIMEOUT = timedelta(seconds=2)
# Files of citizens. WhatsApp's own limit is 16 MB; what tells us nothing of its size is cut off here.
MEDIA_BYTES = 20 * 1024**2
# For all of one file, redirects included, and for each wait on the line: slow lines are common, endless ones are hostile.
MEDIA_SECONDS = timedelta(minutes=3)
MEDIA_READ_TIMEOUT = timedelta(seconds=15)
# Whoever claimed a file and has not renewed that by then is dead. Fetching and converting a film end long before LONGEST.
MEDIA_LEASE = timedelta(seconds=60)
MEDIA_RENEWED_EVERY = timedelta(seconds=20)
MEDIA_LONGEST = timedelta(minutes=15)
# With pauses of a quarter of an hour at the end, about twelve hours. "Not there" often means "not yet", for a moment.
MEDIA_TRIES = 55
MEDIA_TRIES_NOT_THERE = 7
MEDIA_RETRY_FIRST = timedelta(seconds=2)
MEDIA_RETRY_LONGEST = timedelta(minutes=15)
# A file that takes its worker down with it is not prepared for the screen a third time.
MEDIA_PREPARED_TRIES = 3
# Files that are fetched at the same time in one process; reading messages goes on beside it.
MEDIA_AT_ONCE = 2
# Deleting at the provider: with pauses of six hours at the end, about ten days.
MEDIA_DELETE_TRIES = 50
MEDIA_DELETE_LONGEST = timedelta(hours=6)
# What decoding one picture may take: with everything else, a worker stays below half a gigabyte.
PICTURE_MEMORY = 256 * 1024**2
# What is made of files that citizens send: pages of a document and their longest side, film, and how much of a recording
# is converted; the original is kept whole.
MEDIA_PAGES = 10
MEDIA_PAGE_SIDE = 1600
MEDIA_FILM_SIDES = (1280, 720)
MEDIA_SOUND_LONGEST = timedelta(minutes=30)
MEDIA_FILM_LONGEST = timedelta(minutes=10)
MEDIA_CONTACTS = 20
# Tasks of units: how long one that has ended can still be read by the unit, how far around it its map reaches, and how
# many pictures a unit may add to one.
TASK_ENDED_SHOWN = timedelta(days=7)
TASK_MAP_KM = 8
TASK_PICTURES_MOST = 10
# How many of the latest reports a new one is laid beside to see whether it is of the same incident.
DUPLICATES_LOOKED_AT = 120
# The category is learned from operators' decisions in this hour of the night: out of the latest so many; not before there
# are enough in all, and not a category with fewer than these; the newest share is held back to measure on.
TRAINS_AT_HOUR = 3
TRAINED_ON_LATEST = 6_000
TRAINED_FROM = 200
TRAINED_A_CATEGORY = 5
HELD_BACK = 0.2
MODELS_KEPT = 30
# How good hints are is counted over this long; of the decisions on categories, which have to be opened, the latest so many.
HINTS_COUNTED_OVER = timedelta(days=90)
HINT_DECISIONS = 1_000
# How long a reporter's "1" or "2" is taken as the answer to the question whether the matter is settled.
FEEDBACK_STANDS = timedelta(days=7)
# What was proven against a reporter counts for so long; a block has one of these lengths, in days.
STRIKE_LASTS = timedelta(days=180)
BLOCK_DAYS = (7, 30, 90)
# How often reports turned out to be true is counted over this long, out of the latest so many, and remembered for a while.
# Whoever has few reports is taken for the station's average, as if so many of that kind had been theirs.
RELIABILITY_WINDOW = timedelta(days=180)
RELIABILITY_LATEST = 5_000
RELIABILITY_REMEMBERED = timedelta(minutes=10)
RELIABILITY_AS_IF = 8
# The months of which the figures about blocks are shown.
BLOCK_MONTHS = 12
# What the choices of the API are called in its schema, where a field's name alone would not tell them apart.
ENUM_NAMES = {
    "ChannelEnum": "reports.models.service_number.Channel",
    "StatusEnum": "reports.workflow.Status",
    "StatusByHandEnum": ["triage", "acting"],
}
