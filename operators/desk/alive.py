"""What the desk calls the parts of the program that must be alive, and what it means when one is not."""

from django.utils.translation import pgettext_lazy

from reports import heartbeats

WORDS = {
    heartbeats.CLOCK: (
        pgettext_lazy("part of the program", "Clock, last sign of life"),
        pgettext_lazy("part of the program", "Clock stopped"),
    ),
    heartbeats.WORKER: (
        pgettext_lazy("part of the program", "Reader of messages, last sign of life"),
        pgettext_lazy("part of the program", "Reader stopped"),
    ),
    heartbeats.SENDER: (
        pgettext_lazy("part of the program", "Sender of answers, last sign of life"),
        pgettext_lazy("part of the program", "Sender stopped"),
    ),
    heartbeats.ENRICHER: (
        pgettext_lazy("part of the program", "Reader of hints, last sign of life"),
        pgettext_lazy("part of the program", "Hints stopped"),
    ),
}
MEANS = {
    heartbeats.CLOCK: pgettext_lazy(
        "part of the program",
        "The program's clock stands still: nobody is called, and what was missed is not found. Tell IT.",
    ),
    heartbeats.WORKER: pgettext_lazy(
        "part of the program",
        "Messages are read late or not at all: this part of the program stands still. Tell IT.",
    ),
    heartbeats.SENDER: pgettext_lazy(
        "part of the program",
        "Answers go out late or not at all: this part of the program stands still. Tell IT.",
    ),
    heartbeats.ENRICHER: pgettext_lazy(
        "part of the program",
        "Pictures are not fetched and nothing is suggested: this part of the program stands still. Read the messages "
        "yourself, danger is not raised by itself. Tell IT.",
    ),
}
