"""Years of closed reports, written by the database itself: what lies in the archive must not slow the desk down.

Every row is a copy of one that came in by the real way, under an id, a number, a reporter and a time of its own. The
words are sealed for the report they were copied from, so they take their room and open nowhere; no page of the desk
shows them.
"""

from bench.installation import Installation

A_REPORTER = 5
"""Reports of one person in the archive; the reporters of the open reports have as many."""
YEARS = 3
MODELS = """
    CREATE TEMPORARY TABLE model AS
    SELECT report.id AS report_id, contact.service_number_id, report.station_id,
        (SELECT id FROM reports_message WHERE report_id = report.id AND direction = 'inbound' LIMIT 1) AS asked,
        (SELECT id FROM reports_message WHERE report_id = report.id AND direction = 'outbound' LIMIT 1) AS answered,
        (SELECT id FROM reports_event WHERE report_id = report.id LIMIT 1) AS happened,
        (SELECT max(id) FROM reports_category WHERE parent_id IS NOT NULL) AS category_id
    FROM reports_report report JOIN reports_contact contact ON contact.id = report.contact_id
    ORDER BY report.received_at LIMIT 1
"""
REPORTERS = """
    WITH wanted AS (SELECT generate_series(%(first)s::int / %(each)s::int, %(last)s::int / %(each)s::int) AS n),
    identity AS (
        INSERT INTO reports_identity (id, scope, profile_name_sealed, created_at)
        SELECT md5('identity' || n)::uuid, 'sragen', '', now() FROM wanted ON CONFLICT DO NOTHING
    ),
    reporter AS (
        INSERT INTO reports_reporter (id, station_id, identity_id, alias, created_at)
        SELECT md5('reporter' || n)::uuid, model.station_id, md5('identity' || n)::uuid, 'Arsip-' || n, now()
        FROM wanted, model ON CONFLICT DO NOTHING
    )
    INSERT INTO reports_contact (reporter_id, service_number_id, handle_id, last_inbound_at)
    SELECT md5('reporter' || n)::uuid, model.service_number_id, NULL, now() FROM wanted, model ON CONFLICT DO NOTHING
"""
REPORTS = """
    INSERT INTO reports_report
    SELECT (jsonb_populate_record(report, jsonb_build_object(
        'id', md5('report' || n)::uuid, 'number', 'SRG-ARSIP-' || n, 'status', 'done', 'outcome', 'answered',
        'reporter_id', owner.reporter_id, 'contact_id', owner.id, 'category_id', model.category_id,
        'received_at', day.at, 'last_inbound_at', day.at, 'opening_at', day.at, 'answered_at', day.at,
        'closed_at', day.at, 'waiting_since', NULL, 'due_at', NULL, 'unread_count', 0
    ))).*
    FROM generate_series(%(first)s::int, %(last)s::int) AS n
    CROSS JOIN model
    JOIN reports_report report ON report.id = model.report_id
    JOIN reports_contact owner ON owner.reporter_id = md5('reporter' || n / %(each)s::int)::uuid
    CROSS JOIN LATERAL (SELECT now() - interval '2 days' - n * (%(years)s * interval '1 year') / 1000000 AS at) AS day
"""
MESSAGES = """
    INSERT INTO reports_message
    SELECT (jsonb_populate_record(message, jsonb_build_object(
        'id', md5(message.direction || n)::uuid, 'report_id', report.id, 'reporter_id', report.reporter_id,
        'contact_id', report.contact_id, 'provider_sid', 'ARSIP' || message.direction || n, 'at', report.received_at
    ))).*
    FROM generate_series(%(first)s::int, %(last)s::int) AS n
    CROSS JOIN model
    JOIN reports_message message ON message.id IN (model.asked, model.answered)
    JOIN reports_report report ON report.id = md5('report' || n)::uuid
"""
EVENTS = """
    INSERT INTO reports_event (report_id, kind, at, by_id, data)
    SELECT md5('report' || n)::uuid, kind, now() - interval '2 days', NULL, '{}'
    FROM generate_series(%(first)s::int, %(last)s::int) AS n CROSS JOIN unnest(ARRAY['opened', 'claimed', 'closed']) AS kind
"""
OWN = """
    UPDATE reports_report SET reporter_id = mine.reporter_id, contact_id = mine.contact_id
    FROM (
        SELECT reporter_id, contact_id, row_number() OVER (ORDER BY received_at) - 1 AS place
        FROM reports_report WHERE status <> 'done'
    ) AS mine CROSS JOIN generate_series(1, %(each)s::int) AS k
    WHERE number = 'SRG-ARSIP-' || mine.place * %(each)s::int + k
"""


def fill(program: Installation, *, first: int, last: int) -> None:
    """Archive the reports numbered `first` to `last`, with their messages, events and reporters."""
    values = {"first": first, "last": last, "each": A_REPORTER, "years": YEARS}
    program.database.execute("DROP TABLE IF EXISTS model")
    program.database.execute(MODELS)
    for statement in (REPORTERS, REPORTS, MESSAGES, EVENTS, OWN):
        program.database.execute(statement, values)
    program.database.execute("VACUUM ANALYZE")
