"""What the pretend Twilio objects to, in a message that it is to send and in a picture that it fetches for one."""

import json
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import requests

KNOWN = frozenset(
    {"To", "From", "Body", "MediaUrl", "StatusCallback", "ContentSid", "ContentVariables"}
)
CONTENT_SID = re.compile(r"HX[0-9a-fA-F]{32}")
TEXT_LIMIT = 1600
MEDIA_LIMIT = 5 * 1024**2


def fetched(url: str) -> bytes:
    """Raises RequestException or ValueError for what Twilio would not take for a picture."""
    with requests.Session() as session:
        session.trust_env = False
        session.headers["X-Forwarded-Proto"] = "https"
        for method in ("HEAD", "GET"):
            answer = session.request(method, url, timeout=10, allow_redirects=False)
            answer.raise_for_status()
            kind = answer.headers.get("Content-Type", "")
            length = int(answer.headers.get("Content-Length", 0))
            if answer.status_code != 200 or kind != "image/jpeg" or not 0 < length <= MEDIA_LIMIT:
                raise ValueError(kind)
            if answer.cookies:
                raise ValueError("a cookie for Twilio")
    if len(answer.content) != length or not answer.content.startswith(b"\xff\xd8\xff"):
        raise ValueError("not what was promised")
    return answer.content


def worded(params: Mapping[str, str]) -> str:
    """How a message reads at Twilio's. Of a template not its own words are known here, but what it was filled with."""
    if "ContentSid" not in params:
        return params.get("Body", "")
    filled = json.loads(params.get("ContentVariables") or "{}")
    return " ".join([params["ContentSid"], *filled.values()])


def _template_problem(params: Mapping[str, str], media: list[str]) -> tuple[int, str] | None:
    if params.get("Body") or media:
        return 63016, "A template goes without a Body and without media"
    if not CONTENT_SID.fullmatch(params.get("ContentSid", "")):
        return 21655, "The ContentSid is Invalid"
    try:
        variables = json.loads(params.get("ContentVariables") or "{}")
    except ValueError:
        variables = None
    if not isinstance(variables, dict) or not all(isinstance(v, str) for v in variables.values()):
        return 21656, "The ContentVariables Parameter is invalid"
    return None


def problem(params: Mapping[str, str], media: list[str]) -> tuple[int, str] | None:
    """What Twilio would object to: its code and words."""
    sender, recipient, body = (params.get(name, "") for name in ("From", "To", "Body"))
    if unknown := set(params) - KNOWN:
        return 20001, f"Unknown parameters: {', '.join(sorted(unknown))}"
    if not re.fullmatch(r"(whatsapp:)?\+\d{6,15}|whatsapp:[A-Z]{2}\.\w{1,128}", recipient):
        return 21211, "The 'To' number is not a valid phone number."
    if not re.fullmatch(r"(whatsapp:)?\+\d{6,15}|[\w ]{1,11}", sender):
        return 21212, "The 'From' number is not a valid phone number."
    if sender.startswith("whatsapp:") != recipient.startswith("whatsapp:"):
        return 63007, "Twilio could not find a Channel with the specified From address"
    if "ContentSid" in params or "ContentVariables" in params:
        if wrong := _template_problem(params, media):
            return wrong
    elif not body and not media:
        return 21619, "A text message body or media urls must be specified."
    if len(media) > 1 and recipient.startswith("whatsapp:"):
        return 21623, "Number of media exceeds the maximum of the channel"
    if len(body) > TEXT_LIMIT:
        return 21617, "The concatenated message body exceeds the 1600 character limit"
    callback = urlsplit(params.get("StatusCallback", "https://nobody.example/"))
    if (
        callback.scheme not in {"http", "https"}
        or not callback.hostname
        or "_" in callback.hostname
    ):
        return 21609, "Invalid StatusCallback"
    return None
