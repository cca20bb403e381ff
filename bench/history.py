"""Years of closed reports, written by the database itself: what lies in the archive must not slow the desk down.

Every row is a copy of one that came in by the real way, under an id, a number, a reporter and a time of its own. The
words are sealed for the report they were copied from, so they take their room and open nowhere; no page of the desk
shows them.
"""

from collections.abc import Mapping

from bench.installation import Installation

A_REPORTER = 5
"""Reports of one person in the archive; the reporters of the open reports have as many."""
YEARS = 3
MODEL = """
    CREATE TEMPORARY TABLE model AS
    SELECT report.id AS report_id, contact.service_number_id, report.station_id,
        (SELECT id FROM reports_message WHERE report_id = report.id AND direction = 'inbound' LIMIT 1) AS asked,
        (SELECT id FROM reports_message WHERE report_id = report.id AND direction = 'outbound' LIMIT 1) AS answered,
        (SELECT max(id) FROM reports_category WHERE parent_id IS NOT NULL) AS category_id
    FROM reports_report report JOIN reports_contact contact ON contact.id = report.contact_id
    ORDER BY report.received_at LIMIT 1
"""
OWNERS = """
    CREATE TEMPORARY TABLE owner AS
    SELECT reporter_id, contact_id, row_number() OVER (ORDER BY received_at) - 1 AS place
    FROM reports_report WHERE status <> 'done'
"""
"""The reporters of the open reports: the first of the archive are theirs."""
PEOPLE = "generate_series(%(first)s::int / %(each)s::int, %(last)s::int / %(each)s::int) AS n"
IDENTITIES = f"""
    INSERT INTO reports_identity (id, scope, profile_name_sealed, created_at)
    SELECT md5('identity' || n)::uuid, 'sragen', '', now() FROM {PEOPLE} ON CONFLICT DO NOTHING
"""  # noqa: S608
REPORTERS = f"""
    INSERT INTO reports_reporter (id, station_id, identity_id, alias, created_at)
    SELECT md5('reporter' || n)::uuid, model.station_id, md5('identity' || n)::uuid, 'Arsip-' || n, now()
    FROM {PEOPLE}, model ON CONFLICT DO NOTHING
"""  # noqa: S608
CONTACTS = f"""
    INSERT INTO reports_contact (reporter_id, service_number_id, handle_id, last_inbound_at)
    SELECT md5('reporter' || n)::uuid, model.service_number_id, NULL, now() FROM {PEOPLE}, model ON CONFLICT DO NOTHING
"""  # noqa: S608
NUMBERED = "generate_series(%(first)s::int, %(last)s::int) AS n"
A_DAY_OF = "now() - interval '2 days' - n * (%(years)s * interval '1 year') / 1000000"
REPORT: Mapping[str, str] = {
    "id": "md5('report' || n)::uuid",
    "number": "'SRG-ARSIP-' || n",
    "status": "'done'",
    "outcome": "'answered'",
    "reporter_id": "coalesce(owner.reporter_id, contact.reporter_id)",
    "contact_id": "coalesce(owner.contact_id, contact.id)",
    "category_id": "model.category_id",
    **dict.fromkeys(
        ("received_at", "last_inbound_at", "opening_at", "answered_at", "closed_at"), "day"
    ),
    **dict.fromkeys(("waiting_since", "due_at", "failed_at", "holder_id"), "NULL"),
    "unread_count": "0",
}
REPORTS = f"""
    FROM {NUMBERED}
    CROSS JOIN LATERAL (SELECT {A_DAY_OF} AS day) AS calendar
    CROSS JOIN model
    JOIN reports_report copied ON copied.id = model.report_id
    JOIN reports_contact contact ON contact.reporter_id = md5('reporter' || n / %(each)s::int)::uuid
    LEFT JOIN owner ON owner.place = (n - 1) / %(each)s::int
"""  # noqa: S608
MESSAGE: Mapping[str, str] = {
    "id": "md5(copied.direction || n)::uuid",
    "report_id": "report.id",
    "reporter_id": "report.reporter_id",
    "contact_id": "report.contact_id",
    "provider_sid": "'ARSIP' || copied.direction || n",
    "at": "report.received_at",
}
MESSAGES = f"""
    FROM {NUMBERED}
    CROSS JOIN model
    JOIN reports_message copied ON copied.id IN (model.asked, model.answered)
    JOIN reports_report report ON report.id = md5('report' || n)::uuid
"""
EVENTS = f"""
    INSERT INTO reports_event (report_id, kind, at, by_id, data)
    SELECT md5('report' || n)::uuid, kind, {A_DAY_OF}, NULL, '{{}}'
    FROM {NUMBERED} CROSS JOIN unnest(ARRAY['opened', 'claimed', 'closed']) AS kind
"""  # noqa: S608


def fill(program: Installation, *, first: int, last: int) -> None:
    """Archive the reports numbered `first` to `last`, with their messages, events and reporters."""
    database = program.database
    values = {"first": first, "last": last, "each": A_REPORTER, "years": YEARS}
    # What is copied refers to nothing that is missing: without asking that again for each row it is done in half the time.
    database.execute("SET session_replication_role = replica")
    database.execute("DROP TABLE IF EXISTS model, owner")
    for statement in (MODEL, OWNERS):
        database.execute(statement)
    for statement in (
        *(IDENTITIES, REPORTERS, CONTACTS),
        _copies(program, "reports_report", REPORT) + REPORTS,
        _copies(program, "reports_message", MESSAGE) + MESSAGES,
        EVENTS,
    ):
        database.execute(statement.encode(), values)
    database.execute("SET session_replication_role = DEFAULT")
    database.execute("VACUUM ANALYZE")


def _copies(program: Installation, table: str, instead: Mapping[str, str]) -> str:
    """The beginning of a statement that copies rows of `table`, called "copied", with other values in some columns."""
    named = program.ask(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
        table,
    )
    columns = [str(column) for (column,) in named]
    values = (instead.get(column, f"copied.{column}") for column in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"  # noqa: S608
