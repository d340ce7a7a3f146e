"""Every hostile file ends in items or in one clear refusal, within the limits that its process has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.attack.hostile_files import BUILDERS

MEGABYTES = 512


@pytest.mark.parametrize("name", BUILDERS)
def test_a_hostile_file_does_no_harm(tmp_path: Path, name: str) -> None:
    """Its process may use 20 seconds and a gigabyte of addresses; what went wrong beyond that has no words."""
    path = BUILDERS[name](tmp_path)
    before = set(tmp_path.iterdir())
    command = [sys.executable, "-m", "tests.attack.read_file", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=unmeasured())
    assert done.returncode == 0, done.stderr[-2_000:]
    found = json.loads(done.stdout)
    assert found["megabytes"] <= MEGABYTES
    assert set(tmp_path.iterdir()) == before
    if "refused" in found:
        assert found["refused"].strip()
    else:
        assert found["records"] > 0


def unmeasured() -> dict[str, str]:
    """The environment without what starts the measuring of coverage, which takes as much time again."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
