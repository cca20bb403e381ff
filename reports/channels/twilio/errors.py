"""What Twilio's codes mean for a person at the desk, and whether another try can help."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Meaning(NamedTuple):
    reason: str | Promise
    permanent: bool = True


@dataclass(frozen=True)
class _Words:
    not_reachable: str | Promise = _("The telephone cannot be reached. Try again later.")
    no_such_number: str | Promise = _("The number cannot be reached on this channel.")
    our_settings: str | Promise = _("Our number is not set up for this. Tell IT.")
    blocked: str | Promise = _("The reporter has blocked our number or asked for no more messages.")
    window_closed: str | Promise = _(
        "More than 24 hours since the reporter's last message: WhatsApp takes no free text any more."
    )
    busy: str | Promise = _("Twilio or WhatsApp is overloaded.")
    bad_content: str | Promise = _("WhatsApp did not accept the content.")
    media: str | Promise = _("The attached file could not be fetched or is too large.")


_W = _Words()

LOCAL_WINDOW = "window"
LOCAL_GAVE_UP = "gave_up"
LOCAL_NETWORK = "network"
LOCAL_UNREADABLE = "unreadable"
LOCAL_NO_ADDRESS = "no_address"
LOCAL_NO_WAY = "no_way"

MEANINGS: Mapping[str, Meaning] = {
    "20003": Meaning(_("Twilio refuses our credentials. Tell IT."), permanent=False),
    "20404": Meaning(_W.our_settings),
    "20429": Meaning(_W.busy, permanent=False),
    "21211": Meaning(_W.no_such_number),
    "21212": Meaning(_W.our_settings),
    "21408": Meaning(_("Sending to this country is not enabled at Twilio. Tell IT.")),
    "21610": Meaning(_W.blocked),
    "21611": Meaning(_W.busy, permanent=False),
    "21612": Meaning(_W.our_settings),
    "21614": Meaning(_("The number is not a mobile number and takes no SMS.")),
    "21619": Meaning(_("The message was empty.")),
    "30001": Meaning(_W.busy),
    "30003": Meaning(_W.not_reachable),
    "30005": Meaning(_W.no_such_number),
    "30006": Meaning(_("The number is not a mobile number and takes no SMS.")),
    "30007": Meaning(_("The network operator filtered the message.")),
    "30008": Meaning(_("The network gave no reason.")),
    "63003": Meaning(_W.no_such_number),
    "63005": Meaning(_W.bad_content),
    "63007": Meaning(_W.our_settings),
    "63014": Meaning(_W.blocked),
    "63016": Meaning(_W.window_closed),
    "63017": Meaning(_W.busy, permanent=False),
    "63018": Meaning(_W.busy, permanent=False),
    "63019": Meaning(_W.media),
    "63021": Meaning(_W.bad_content),
    "63024": Meaning(_W.no_such_number),
    "63030": Meaning(_W.bad_content),
    "63032": Meaning(_("WhatsApp does not allow messages to this person.")),
    "63033": Meaning(_("WhatsApp does not allow messages to this person.")),
    "63034": Meaning(_W.media),
    "63049": Meaning(_("WhatsApp chose not to deliver the message.")),
    LOCAL_WINDOW: Meaning(_W.window_closed),
    LOCAL_GAVE_UP: Meaning(_("Twilio could not be reached after many tries.")),
    LOCAL_NETWORK: Meaning(_("No connection to Twilio."), permanent=False),
    LOCAL_UNREADABLE: Meaning(_("The message or the address can no longer be read. Tell IT.")),
    LOCAL_NO_ADDRESS: Meaning(_("The reporter's number has another owner now.")),
    LOCAL_NO_WAY: Meaning(
        _(
            "The station has no SMS number and no template that WhatsApp has approved for such calls. Tell IT."
        )
    ),
}
UNKNOWN = Meaning(_("The provider did not deliver the message."))


def meaning_of(code: str) -> Meaning:
    """A code we have never seen is a failure without a better word: Twilio adds codes and changes texts."""
    return MEANINGS.get(code, UNKNOWN)
