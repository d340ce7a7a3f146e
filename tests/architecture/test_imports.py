"""The import directions of the house, as pyproject.toml declares them, imports inside functions included."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings


def test_every_import_goes_in_an_allowed_direction() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
