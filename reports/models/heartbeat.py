"""When a part of the program last showed that it is alive: the desk must know whether it hears."""

from django.db import models


class Heartbeat(models.Model):
    name = models.CharField(max_length=20, primary_key=True)
    """"clock", "worker" or "sender"."""
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
