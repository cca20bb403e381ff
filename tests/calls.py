"""What Twilio posts about telephone calls: beside tests.samples, with the same people."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.environment import ACCOUNT_SID
from tests.samples import SMS_NUMBER, WATI, Citizen, Params, sid

WITHHELD = Citizen("", "+266696687")
"""How a caller without a number is shown: the word ANONYMOUS on a keypad."""


def call(state: str = "ringing", *, by: Citizen = WATI, **changes: Any) -> Params:
    """A call; give CallSid to go on with one."""
    ends = {"From": by.phone, "Caller": by.phone, "To": SMS_NUMBER, "Called": SMS_NUMBER}
    around = {
        f"{end}{part}": ""
        for end in ("From", "Caller", "To", "Called")
        for part in ("City", "State", "Zip", "Country")
    }
    params = {
        "CallSid": sid("CA"),
        "AccountSid": ACCOUNT_SID,
        "ApiVersion": "2010-04-01",
        "CallStatus": state,
        "Direction": "inbound",
    }
    return params | around | ends | changes


def recording(state: str = "completed", seconds: str = "21", **changes: Any) -> Params:
    named = sid("RE")
    folder = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT_SID}/Recordings"
    return {
        "RecordingSource": "RecordVerb",
        "RecordingSid": named,
        "RecordingUrl": f"{folder}/{named}",
        "RecordingStatus": state,
        "RecordingChannels": "1",
        "RecordingDuration": seconds,
        "ErrorCode": "0",
        "CallSid": sid("CA"),
        "AccountSid": ACCOUNT_SID,
        **changes,
    }


CALLS: Mapping[str, Callable[[], Params]] = {
    "incoming": call,
    "withheld": lambda: call(by=WITHHELD),
    "digits": lambda: call("in-progress", Digits="1", msg="Gather End", FinishedOnKey=""),
    "speech": lambda: call("in-progress", SpeechResult="mau lapor kehilangan", Confidence="0.91"),
    "recorded": lambda: call("in-progress", RecordingDuration="21", Digits="hangup"),
    "recording_done": recording,
    "recording_absent": lambda: recording("absent", "-1"),
    "no_answer": lambda: call("in-progress", DialCallStatus="no-answer", DialBridged="false"),
    "completed": lambda: call("completed", CallDuration="49", Duration="1"),
}
