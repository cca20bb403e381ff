from django.apps import AppConfig


class Wiring(AppConfig):
    """Installed for its system checks only."""

    name = "polreswa"

    def ready(self) -> None:
        from polreswa import checks  # noqa: F401  (registers them)
