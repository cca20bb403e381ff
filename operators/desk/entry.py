"""What every line of the conversation has, be it a message, a note or something that happened."""

from abc import ABC, abstractmethod
from datetime import datetime

from django.utils.safestring import SafeString

from operators.desk import times


class Entry(ABC):
    """A line with its time, said in two ways."""

    @property
    @abstractmethod
    def at(self) -> datetime: ...

    @property
    def time(self) -> SafeString:
        return times.at_time(self.at)

    @property
    def day_and_time(self) -> SafeString:
        return times.at_day_and_time(self.at)
