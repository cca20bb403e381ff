"""The pretend Twilio, asked by the SDK that the program uses: each way of ending looks like the real one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings

from reports.channels.base import ChannelError, OutboundMessage
from reports.channels.twilio.client import TwilioGateway, gateway
from tests.pretend_twilio import Answer, PretendTwilio

MESSAGE = OutboundMessage(
    sender="whatsapp:+628877000110",
    recipient="whatsapp:+6281299900001",
    body="Terima kasih",
    callback_url="https://polreswa.example/twilio/status/?m=1",
)


@pytest.fixture
def twilio() -> Iterator[PretendTwilio]:
    with PretendTwilio() as pretend:
        yield pretend


@pytest.fixture
def real_gateway(twilio: PretendTwilio) -> Iterator[TwilioGateway]:
    with override_settings(TWILIO_API_URL=twilio.url, TWILIO_TIMEOUT=timedelta(seconds=0.5)):
        gateway.cache_clear()
        yield gateway()
    gateway.cache_clear()


def test_it_takes_a_message(twilio: PretendTwilio, real_gateway: TwilioGateway) -> None:
    taken = real_gateway.send(MESSAGE)
    assert taken.status == "queued"
    assert twilio.find(taken.provider_sid).callback == MESSAGE.callback_url
    assert twilio.counts() == {(MESSAGE.recipient, MESSAGE.body): 1}


@pytest.mark.parametrize(
    ("answer", "uncertain", "made"),
    [
        (Answer.RATE_LIMITED, False, 0),
        (Answer.REFUSED, False, 0),
        (Answer.ERROR_BEFORE, True, 0),
        (Answer.ERROR_AFTER, True, 1),
        (Answer.SILENCE_BEFORE, True, 0),
        (Answer.SILENCE_AFTER, True, 1),
        (Answer.CUT_AFTER, True, 1),
    ],
)
def test_it_fails_as_told(
    twilio: PretendTwilio,
    real_gateway: TwilioGateway,
    answer: Answer,
    uncertain: bool,
    made: int,
) -> None:
    twilio.will(answer)
    with pytest.raises(ChannelError) as caught:
        real_gateway.send(MESSAGE)
    assert caught.value.uncertain is uncertain
    assert (len(twilio.attempts), len(twilio.sent)) == (1, made)


def test_it_shows_what_was_made_although_the_answer_was_lost(
    twilio: PretendTwilio, real_gateway: TwilioGateway
) -> None:
    twilio.will(Answer.ERROR_AFTER)
    with pytest.raises(ChannelError):
        real_gateway.send(MESSAGE)
    since = datetime.now(UTC) - timedelta(seconds=5)
    found = real_gateway.find(MESSAGE, since=since, known=set())
    assert found.provider_sid == twilio.sent[0].sid


def test_it_refuses_connections_and_comes_back(
    twilio: PretendTwilio, real_gateway: TwilioGateway
) -> None:
    twilio.refuse()
    with pytest.raises(ChannelError):
        real_gateway.send(MESSAGE)
    twilio.listen()
    assert real_gateway.send(MESSAGE).provider_sid


def test_it_is_strict(twilio: PretendTwilio, real_gateway: TwilioGateway) -> None:
    without_prefix = OutboundMessage(**{**vars(MESSAGE), "recipient": "+6281299900001"})
    with pytest.raises(ChannelError) as caught:
        real_gateway.send(without_prefix)
    assert caught.value.code == "63007"
    assert twilio.sent == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"content_sid": "HX12"}, "21655"),
        ({"content_sid": f"SM{'0' * 32}"}, "21655"),
        ({"content_sid": f"HX{'0' * 32}", "variables": {"1": 1}}, "21656"),
    ],
)
def test_it_takes_no_template_that_is_none(
    real_gateway: TwilioGateway, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(ChannelError) as caught:
        real_gateway.send(replace(MESSAGE, **changes))
    assert caught.value.code == code


def test_a_template_reads_as_what_it_was_filled_with(
    twilio: PretendTwilio, real_gateway: TwilioGateway
) -> None:
    sid = f"HX{'a' * 32}"
    real_gateway.send(replace(MESSAGE, content_sid=sid, variables={"1": "SRG-1"}))
    assert twilio.counts() == {(MESSAGE.recipient, f"{sid} SRG-1"): 1}
