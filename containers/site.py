"""The site that compose brings up, in a copy of the checkout and a project of its own."""

from __future__ import annotations

import re
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from containers import pip_settings
from containers.engine import Engine
from containers.steps import Failed, check
from containers.weeks import Numbers

CHECKOUT = Path(__file__).resolve().parent.parent
PROJECT = "unified-catalog-try"
TAG = "try"
SERVERS = ("postgres", "redis")
ONCE = "migrate"
TRIED_SECRETS = ("SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD")
RESULT = """
    SELECT status, total_rows, new_items, changed_items, failed_rows, missing_items, message
    FROM ingestion_ingestionrun ORDER BY id DESC LIMIT 1
"""


class Site:
    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.folder, self.port = engine, folder, free_port()
        self.address = f"http://localhost:{self.port}/"
        engine.environment["COMPOSE_PROJECT_NAME"] = PROJECT

    def copy_checkout(self) -> None:
        """What git would clone, with changes that are not committed yet."""
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=True).stdout
        for name in filter(None, listed.decode().split("\0")):
            source, target = CHECKOUT / name, self.folder / name
            if source.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, target)

    def write_settings(self) -> None:
        """As the quickstart says: a copy of the example, filled in, for plain http on this machine."""
        text = (self.folder / ".env.example").read_text(encoding="utf-8")
        given = {name: secrets.token_hex(25) for name in TRIED_SECRETS}
        given |= {"ALLOWED_HOSTS": "localhost", "SECURE_SSL_REDIRECT": "false", "WEB_PORT": str(self.port)}
        given |= {"BEHIND_PROXY": "false", "CSRF_TRUSTED_ORIGINS": ""}
        for name, value in given.items():
            text, found = re.subn(rf"^{name}=.*$", f"{name}={value}", text, flags=re.MULTILINE)
            check(found == 1, f".env.example has {found} lines {name}=")
        (self.folder / ".env").write_text(f"{text}\nVERSION={TAG}\n", encoding="utf-8")

    def images(self) -> list[str]:
        """Of others: what the files name and nobody builds here."""
        text = (self.folder / "Dockerfile").read_text() + (self.folder / "docker-compose.yml").read_text()
        found = re.findall(r"^(?:FROM|\s+image:) ([a-z/.-]+:[\w.-]+)", text, re.MULTILINE)
        return sorted(set(found) - {f"unified-catalog:{TAG}"})

    def services(self) -> list[str]:
        text = (self.folder / "docker-compose.yml").read_text()
        return re.findall(r"^  ([a-z]+):$", text.partition("\nservices:\n")[2].partition("\nvolumes:")[0], re.MULTILINE)

    def build(self) -> None:
        if self.engine.program == "podman":
            # Once, and not by each service that shares the image: podman-compose would build it for every one.
            options = pip_settings.build_options(self.folder)
            self.engine.run(
                "build", "--tag", f"localhost/unified-catalog:{TAG}", *options, str(self.folder), seconds=2400
            )
            return
        self.engine.compose(self.folder, "build", seconds=2400)

    def up(self) -> None:
        """As people do it. Where compose cannot wait for health, as podman's cannot before podman 5, in its order."""
        if self.engine.program == "docker":
            self.engine.compose(self.folder, "up", "--detach", seconds=900)
            return
        self._up(*SERVERS)
        for name in SERVERS:
            self.engine.wait_until_healthy(self.container(name))
        self._up(ONCE)
        self.engine.run("wait", self.container(ONCE), seconds=300)
        self._up(*(name for name in self.services() if name not in (*SERVERS, ONCE)))

    def _up(self, *services: str) -> None:
        self.engine.compose(self.folder, "up", "--detach", "--no-deps", *services, seconds=600)

    def down(self) -> None:
        self.engine.compose(self.folder, "down", "--volumes", "--timeout", "60")

    def container(self, service: str) -> str:
        return self.engine.container(PROJECT, service)

    def restart(self, service: str) -> None:
        self.engine.run("restart", self.container(service), seconds=300)

    def facts(self, service: str) -> Mapping[str, Any]:
        return self.engine.inspect(self.container(service))

    def execute(self, service: str, *words: str, **environment: str) -> str:
        given = [f"--env={name}={value}" for name, value in environment.items()]
        return self.engine.run("exec", *given, self.container(service), *words)

    def query(self, sql: str) -> str:
        return self.execute("postgres", "psql", "-U", "catalog", "-d", "catalog", "-Atc", sql).strip()

    def last_run(self) -> tuple[str, Numbers, str]:
        status, *figures, message = self.query(RESULT).split("|", 6)
        return status, Numbers(*map(int, figures)), message

    def log_lines(self, service: str) -> Iterator[tuple[datetime, str]]:
        for line in self.engine.logs(self.container(service)).splitlines():
            moment, _space, text = line.partition(" ")
            if (when := moment_of(moment)) is not None:
                yield when, text


def moment_of(text: str) -> datetime | None:
    """Nanoseconds are more than Python reads."""
    try:
        return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text)).astimezone()
    except ValueError:
        return None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def slow_senders(address: tuple[str, int], *, number: int) -> Iterator[None]:
    """So many who send the beginning of an upload and then nothing."""
    head = (
        b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\nContent-Type: text/plain\r\n\r\n"
    )
    connections = []
    try:
        for _each in range(number):
            connection = socket.create_connection(address, timeout=10)
            connections.append(connection)
            connection.sendall(head + b"x" * 2000)
        yield
    except OSError as error:
        raise Failed(f"the proxy takes no slow senders: {error}") from error
    finally:
        for connection in connections:
            connection.close()
