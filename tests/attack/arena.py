"""A real site on loopback, with PostgreSQL, Valkey, web server and workers, and people of every role signed in."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
import requests
import rq
from django.core.management import call_command

from tests.ingestion.parsers.google.server import Google, serving
from tests.stack.client import Client
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
    google: Google
    own: ExitStack
    numbers: dict[str, Any]
    people: dict[str, Client]

    @classmethod
    def build(cls, folder: Path) -> Arena:
        servers = Servers(folder)
        os.environ.update(environment(folder))
        os.environ.update(servers.addresses)
        with ExitStack() as started:  # its thread would keep this process alive if the rest failed
            google = started.enter_context(serving(Google(tabs={})))
            arena = cls.with_google(folder, servers, google)
            arena.own = started.pop_all()
        return arena

    @classmethod
    def with_google(cls, folder: Path, servers: Servers, google: Google) -> Arena:
        os.environ.update(suite_settings(google))
        servers.start()
        django.setup()
        call_command("migrate", verbosity=0)
        site = Attacked(folder, dict(os.environ), workers=2)
        arena = cls(folder, servers, site, google, ExitStack(), {}, {})
        arena.populate()
        site.heal()
        assert arena.has_workers(), "no worker has come up"
        from ingestion.runs import queue  # noqa: PLC0415

        arena.numbers["worker"] = next(iter(rq.Worker.all(queue.redis()))).key
        for role in ("", "clerk", *ROLES, "root"):
            arena.people[role] = Client(site.address)
            arena.people[role].sign_in(role.lower() or "nobody", PASSWORD)
        arena.people["anonymous"] = Client(site.address)
        arena.people["anonymous"].session.get(f"{site.address}/admin/login/", timeout=10)  # brings the token
        return arena

    def populate(self) -> None:
        from django.contrib.auth.models import Group, Permission, User  # noqa: PLC0415 - Django is set up by now

        from tests.attack.world import build, keep_job  # noqa: PLC0415

        for role in ("", "clerk", *ROLES, "root"):
            user = User.objects.create_user(role.lower() or "nobody", password=PASSWORD, is_staff=True)
            user.is_superuser = role == "root"
            user.save()
            user.groups.set(Group.objects.filter(name=role))
            if role == "clerk":
                user.user_permissions.set(Permission.objects.filter(codename="view_supplier"))
        self.numbers = build()
        keep_job()

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
        self.own.close()


def suite_settings(google: Google) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "tests.attack.settings",
        "INGESTION_PARSERS": "tests.attack.plug_in.SlowParser,tests.attack.plug_in.FetchingParser",
        "ATTACK_GOOGLE": google.url,
        "GOOGLE_SERVICE_ACCOUNT_JSON": google.key(),
    }


def wait_until(condition: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
