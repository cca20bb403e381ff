"""The last net: nothing that looks like an address of a person gets into a log, and what only looks like one stays."""

import io
import json
import logging

import pytest

from polreswa.logging import HIDDEN, JsonLines, LastNet, NothingOfTheRequest, configure, scrub


@pytest.fixture
def log():
    """A logger of the test's own behind the net; calling the second value gives the lines written so far."""
    logger, written = logging.Logger("tests", logging.DEBUG), io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(LastNet())
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    return logger, lambda: [json.loads(line) for line in written.getvalue().splitlines()]


SPELLINGS = [
    "+6281199990001",
    "6281199990001",
    "081199990001",
    "+62 811-9999-0001",
    "+62 811 9999 0001",
    "0811-9999-0001",
    "0811.9999.0001",
    "0811/9999/0001",
    "(0811) 9999-0001",
    "+62 (811) 9999 0001",
    "0811 - 9999 - 0001",
    "0811\u20119999\u20110001",
    "0811\u00a09999\u00a00001",
    "0811\u200b9999\u200b0001",
    "+1 (415) 523-8886",
    "%2B6281199990001",
    "whatsapp:+6281199990001",
    "whatsapp%3A%2B6281199990001",
    "whatsapp:ID.1000000000000001",
    "ID.1000000000000001",
    "3174059901900001",
    "62811999900010000000000001",
]


@pytest.mark.parametrize("address", SPELLINGS)
@pytest.mark.parametrize(
    "around",
    ["{}", "telepon {} ya", "'{}'", "From={}&To=x", "Halo\\n{}", "Lapor.{}", "{}\nTolong", "-{}-"],
)
def test_every_spelling_of_an_address_is_hidden(address, around):
    scrubbed = scrub(around.format(address))
    assert HIDDEN in scrubbed
    assert not any(part in scrubbed for part in ("0001", "9999", "523", "1000000"))


@pytest.mark.parametrize("text", ["nomor081199990001", "081199990001ya", "_081199990001_"])
def test_letters_next_to_a_number_do_not_save_it(text):
    assert "081199990001" not in scrub(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21T19:04:11.123456+00:00",
        "2026-11-21 19:04:11,123",
        "2026-11-21 19:04",
        "2026-11-21",
        "[21/Nov/2026 19:04:11]",
        "19:04:11.123",
        "SM0123456789abcdef0123456789abcdef",
        "MM00000000000000000000000000000012",
        "0b1d3c4e-1234-5678-9012-345678901234",
        "SRG-2611-00042",
        "SKA-2611-12345 and SRG-2611-00001",
        "127.0.0.1:8000",
        "took 0.0123 s, 200 12345 bytes",
        "polreswa.E001",
    ],
)
def test_times_ids_and_report_numbers_stay(text):
    assert scrub(text) == text


def test_the_number_after_a_time_or_an_id_is_hidden_all_the_same():
    scrubbed = scrub("2026-11-21 19:04:11 SRG-2611-00042 081199990001")
    assert scrubbed == f"2026-11-21 19:04:11 SRG-2611-00042 {HIDDEN}"


def test_a_number_that_begins_like_a_date_is_hidden():
    assert HIDDEN in scrub("2026-11-21-0001-99")
    assert HIDDEN in scrub("0811-99-99-0001")


def test_arguments_are_hidden(log):
    logger, lines = log
    logger.info("a message from %s", "+6281199990001")
    assert lines()[0]["message"] == f"a message from {HIDDEN}"


def test_extras_are_hidden_and_numbers_stay_numbers(log):
    logger, lines = log
    extras = {"sender": "+6281199990001", "status": 200, "number": 6281199990001}
    logger.info("something", extra={**extras, "params": {"From": "whatsapp:+6281199990001"}})
    (line,) = lines()
    assert "811" not in json.dumps(line)
    assert line["status"] == 200


def test_tracebacks_are_hidden(log):
    logger, lines = log
    try:
        raise ValueError("no such number: +62 811-9999-0001")
    except ValueError:
        logger.exception("failed")
    (line,) = lines()
    assert "ValueError" in line["traceback"]
    assert "9999" not in line["traceback"]


def test_causes_of_exceptions_are_hidden(log):
    logger, lines = log
    try:
        try:
            raise KeyError("whatsapp:+6281199990001")
        except KeyError as error:
            raise RuntimeError("081199990001") from error
    except RuntimeError:
        logger.exception("failed")
    assert "9999" not in lines()[0]["traceback"]


def test_a_line_that_does_not_fit_its_arguments_harms_nobody(log):
    logger, lines = log
    logger.info("%d messages", "+6281199990001")
    assert "does not fit" in lines()[0]["message"]
    assert "811" not in json.dumps(lines())


def test_the_request_is_not_written(log, rf):
    logger, lines = log
    logger.error("failed", extra={"request": rf.get("/?q=081199990001"), "status_code": 500})
    assert "request" not in lines()[0]
    assert lines()[0]["status_code"] == 500


def test_every_logger_ends_in_the_net(capsys):
    root, before = logging.getLogger(), list(logging.getLogger().handlers)
    try:
        configure({"level": "DEBUG"})
        logging.getLogger("somebody.elses.library").warning("to whatsapp:+6281199990001")
        logging.getLogger("twilio.http_client").info("POST To=whatsapp:+6281199990001")
    finally:
        root.handlers[:] = before
    written = capsys.readouterr().err
    assert json.loads(written)["logger"] == "somebody.elses.library"
    assert "9999" not in written


def test_an_error_report_says_where_and_never_what(rf):
    reports = NothingOfTheRequest()
    request = rf.post("/", {"text": "rahasia"}, HTTP_COOKIE="session=rahasia")
    assert reports.get_post_parameters(request) == {}
    assert reports.get_safe_request_meta(request) == {}
    assert reports.get_safe_cookies(request) == {}
    assert reports.get_safe_settings() == {}
    assert list(reports.get_traceback_frame_variables(request, None)) == []
