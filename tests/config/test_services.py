import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from config import services
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
