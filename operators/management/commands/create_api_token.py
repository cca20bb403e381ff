"""A key to the API for an account. It is shown here, once, and kept nowhere in clear."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from operators.models import ApiToken, Operator


class Command(BaseCommand):
    help = "Make an API token for an account and print it, and nothing else, on standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        operator = Operator.objects.filter(username=username).first()
        if operator is None:
            raise CommandError(f"no account is called {username}")
        if not operator.is_active:
            raise CommandError(f"the account {username} is switched off")
        self.stdout.write(ApiToken.objects.issue(operator))
