"""A new account, from the command line: the first administrator of an installation has no other way in."""

import getpass
import secrets
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from operators.models import Operator, Unit
from operators.models.operator import RANKS
from operators.permissions import Role
from reports.models import Station

RANDOM_BYTES = 15
"""120 bits, written as 20 characters."""


class Command(BaseCommand):
    help = (
        "Make an account. Without --password it is asked for on a terminal; elsewhere a strong one is made and "
        "printed, once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument(
            "--role",
            action="append",
            required=True,
            dest="roles",
            metavar="ROLE",
            help=f"May be given several times: {', '.join(Role.values)}.",
        )
        parser.add_argument("--station", required=True, metavar="SLUG")
        parser.add_argument("--unit", default="", metavar="SLUG")
        parser.add_argument("--password", help="Others on this machine can see it while this runs.")
        parser.add_argument("--name", default="", help="The user name where nothing is given.")
        parser.add_argument("--nrp", default="")
        parser.add_argument("--rank", default="", help=f"One of {', '.join(RANKS)}.")

    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"]
        if Operator.objects.filter(username=username).exists():
            raise CommandError(f"an account called {username} exists already")
        station = _station(options["station"])
        unit = _unit(station, options["unit"]) if options["unit"] else None
        roles = _roles(options["roles"])
        fields = {
            "name": options["name"] or username,
            "nrp": options["nrp"],
            "rank": options["rank"],
            "unit": unit,
        }
        is_made_up = options["password"] is None and not sys.stdin.isatty()
        password = secrets.token_urlsafe(RANDOM_BYTES) if is_made_up else options["password"]
        if password is None:
            password = _asked_for()
        if not password:
            raise CommandError("the password is empty")
        if not settings.DEMO:
            _refuse_weak(password, Operator(username=username))
        try:
            Operator.objects.create_operator(
                username, password=password, station=station, roles=roles, **fields
            )
        except ValidationError as problem:
            raise CommandError(_in_words(problem)) from problem
        except IntegrityError as problem:
            raise CommandError(f"an account called {username} exists already") from problem
        self.stdout.write(f"account made: {username} ({', '.join(roles)}) at {station}")
        if is_made_up:
            self.stdout.write(f"password: {password}")


def _station(slug: str) -> Station:
    station = Station.objects.filter(slug=slug).first()
    if station is None:
        known = ", ".join(Station.objects.values_list("slug", flat=True))
        raise CommandError(
            f"no station is called {slug}; there are: {known or 'none, run seed_reference'}"
        )
    return station


def _unit(station: Station, slug: str) -> Unit:
    unit = Unit.objects.filter(station=station, slug=slug).first()
    if unit is None:
        known = ", ".join(station.units.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"{station} has no unit called {slug}; it has: {known or 'none'}")
    return unit


def _roles(given: list[str]) -> list[str]:
    """Each role once, in the order given."""
    if unknown := [role for role in given if role not in Role.values]:
        raise CommandError(
            f"no role is called {', '.join(unknown)}; there are: {', '.join(Role.values)}"
        )
    return list(dict.fromkeys(given))


def _asked_for() -> str:
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Password, again: "):
        raise CommandError("the two passwords differ")
    return password


def _refuse_weak(password: str, operator: Operator) -> None:
    try:
        validate_password(password, operator)
    except ValidationError as problem:
        raise CommandError(" ".join(problem.messages)) from problem


def _in_words(problem: ValidationError) -> str:
    return "; ".join(
        f"{field}: {' '.join(messages)}" for field, messages in problem.message_dict.items()
    )
