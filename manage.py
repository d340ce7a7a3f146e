#!/usr/bin/env python
"""Django's commands. While DATABASE_URL is unset they use the embedded servers of this checkout."""

import os
import sys

from django.core.management import execute_from_command_line

from config import services


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    services.prepare_environment(sys.argv[1:])
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
