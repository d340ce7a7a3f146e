"""A real site on loopback, with PostgreSQL, Valkey, web server and workers, and people of every role signed in."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import django
import psutil
import requests
from django.core.management import call_command

from tests.stack.client import Client
from tests.stack.processes import tree
from tests.stack.servers import Servers, environment
from tests.stack.site import Site

PASSWORD = "attacked-only-here"
ROLES = ("Viewer", "Staff", "Reviewer", "Administrator")


class Attacked(Site):
    def _words(self, name: str) -> list[str]:
        words = super()._words(name)
        if "rqworker" in words and "previews" not in words:
            words.insert(words.index("rqworker") + 1, "previews")
        return words


@dataclass
class Tally:
    """What came of one kind of attack."""

    kind: str
    tried: int = 0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def expect(self, holds: object, problem: str) -> None:
        self.tried += 1
        if not holds:
            self.problems.append(problem)
            print(f"{self.kind}: {problem}", flush=True)


@dataclass
class Arena:
    folder: Path
    servers: Servers
    site: Attacked
    numbers: dict[str, int]
    people: dict[str, Client]

    @classmethod
    def build(cls, folder: Path) -> Arena:
        servers = Servers(folder)
        os.environ.update(environment(folder))
        os.environ.update(servers.addresses)
        servers.start()
        django.setup()
        call_command("migrate", verbosity=0)
        site = Attacked(folder, dict(os.environ), workers=2)
        arena = cls(folder, servers, site, {}, {})
        arena.populate()
        site.heal()
        assert arena.has_workers(), "no worker has come up"
        for role in ("", *ROLES, "root"):
            arena.people[role] = Client(site.address)
            arena.people[role].sign_in(role.lower() or "nobody", PASSWORD)
        arena.people["anonymous"] = Client(site.address)
        return arena

    def populate(self) -> None:
        from django.contrib.auth.models import Group, User  # noqa: PLC0415 - Django is set up by now

        from tests.attack.world import build  # noqa: PLC0415

        for role in ("", *ROLES, "root"):
            user = User.objects.create_user(role.lower() or "nobody", password=PASSWORD, is_staff=True)
            user.is_superuser = role == "root"
            user.save()
            user.groups.set(Group.objects.filter(name=role))
        self.numbers = build()

    def has_workers(self) -> bool:
        """Waits until the health page knows of one."""
        address = f"{self.site.address}/health/"
        return wait_until(lambda: '"worker": "ok"' in requests.get(address, timeout=10).text, 60)

    def alive(self) -> bool:
        """Whether the site answers and no process of it has ended."""
        answer = self.people["anonymous"].session.get(f"{self.site.address}/health/", timeout=10)
        dead = [name for name, process in self.site.processes.items() if process.poll() is not None]
        return answer.status_code < 500 and not dead

    def stop(self) -> None:
        self.site.stop()
        self.servers.stop()


def peak_megabytes(pids: list[int]) -> float:
    """The most that one of these processes, or a child of theirs, has taken at once."""
    return max([high_water(process) for pid in pids for process in tree(pid)] or [0.0])


def high_water(process: psutil.Process) -> float:
    try:
        text = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    found = [line.split()[1] for line in text.splitlines() if line.startswith("VmHWM")]
    return int(found[0]) / 1024 if found else 0.0


def wait_until(condition: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
