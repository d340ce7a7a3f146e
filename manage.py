#!/usr/bin/env python
"""Django's commands. While DATABASE_URL is unset they use the embedded servers of this checkout, started and stopped as needed."""

import os
import sys

from config import services


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    services.prepare_environment(sys.argv[1:])
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
