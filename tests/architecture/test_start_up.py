"""What every process pays before it does anything."""

import subprocess
import sys

HEAVY = ("scipy", "sklearn", "sparse_dot_topn", "pandas")


def test_start_up_loads_no_library_that_only_some_jobs_need():
    code = "import django, sys; django.setup(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {name.partition(".")[0] for name in done.stdout.split()} & set(HEAVY)
