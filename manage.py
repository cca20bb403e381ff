#!/usr/bin/env python3
"""Django's command line for polreswa."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polreswa.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    try:
        settings.DEBUG  # noqa: B018  (the first question reads them all)
    except ValueError as problem:
        sys.exit(f"Not started: {problem}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
