"""One stack, and the waves of faults that it is told to bear: `python -m tests.chaos.lane FOLDER SEED`.

`tests.chaos` starts it, writes one wave a line to its input ({"kind": ..., "numbers": [...]}), and reads one outcome a
line, then a line "done".
"""

from __future__ import annotations

import ctypes
import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from random import Random

import django

from tests.chaos.lanes import DONE
from tests.stack.servers import Servers, environment

CLONE_NEWNS = 0x00020000
PARENT = os.getppid()
FOLDER, SEED = Path(sys.argv[1]), sys.argv[2]
with (FOLDER / "lane.log").open("ab") as log:
    os.dup2(log.fileno(), sys.stderr.fileno())  # the output is for outcomes only
SERVERS = Servers(FOLDER)
os.environ.update(environment(FOLDER) | SERVERS.addresses)
django.setup()  # from here on the models can be imported

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests.chaos.arena import Arena  # noqa: E402
from tests.chaos.engine import wave_of  # noqa: E402
from tests.chaos.faults.register import FAULTS  # noqa: E402
from tests.stack.client import Client  # noqa: E402
from tests.stack.processes import adopt_orphans, end_all, leave_on_sigterm  # noqa: E402
from tests.stack.site import Site  # noqa: E402


def own_mounts() -> None:
    """What root mounts from here on is gone with these processes, however they end."""
    if os.geteuid() == 0 and ctypes.CDLL(None).unshare(CLONE_NEWNS) == 0:
        subprocess.run(["mount", "--make-rprivate", "/"], check=False, capture_output=True)


def signed_in(address: str) -> Client:
    password = secrets.token_urlsafe(12)
    User.objects.create_superuser("chaos", password=password)
    client = Client(address)
    client.sign_in("chaos", password)
    return client


def waves() -> Iterator[tuple[str, list[int]]]:
    for line in sys.stdin:
        told = json.loads(line)
        yield told["kind"], told["numbers"]


def log_slow_statements() -> None:
    """For whoever has to find out why a run took so long (`--logs`)."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET log_min_duration_statement = '3s'")
        cursor.execute("SELECT pg_reload_conf()")


def bear(site: Site) -> None:
    call_command("migrate", verbosity=0)
    log_slow_statements()
    site.heal()
    arena = Arena(FOLDER, SERVERS, site, signed_in(site.address))
    for kind, numbers in waves():
        arena.random = Random(f"{SEED} {kind} {numbers[0]}")
        for outcome in wave_of(FAULTS[kind](arena), numbers):
            print(json.dumps(asdict(outcome)), flush=True)
        print(DONE, flush=True)


def main() -> None:
    leave_on_sigterm()
    adopt_orphans()
    own_mounts()
    site = Site(FOLDER, os.environ)
    try:
        SERVERS.start()
        bear(site)
    finally:
        site.stop()
        SERVERS.stop()
        end_all()
        if os.getppid() != PARENT:  # it was killed, and cannot remove what it has made for us
            shutil.rmtree(FOLDER, ignore_errors=True)


if __name__ == "__main__":
    main()
