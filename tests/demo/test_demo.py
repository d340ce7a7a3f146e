"""The demo as a person starts it: a process of its own, on a database of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from config import services
from config.processes import command_line

SECONDS = 120
LISTS = 13
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module")
def environment(services_folder: Path) -> Iterator[dict[str, str]]:
    """Embedded servers for this module alone, as a fresh checkout has them."""
    leases = {name: services.Lease(name, services_folder, throw_away=True) for name in services.VARIABLES}
    urls = {services.VARIABLES[name]: lease.url for name, lease in leases.items()}
    yield {**os.environ, **urls, "MEDIA_ROOT": str(services_folder / "media"), "DEVELOPMENT": "1"}
    for lease in leases.values():
        lease.release()


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def command(*words: str, **changed: str) -> subprocess.Popen[str]:
        demo = subprocess.Popen(
            [sys.executable, "manage.py", "demo", *words],
            cwd=settings.BASE_DIR,
            env={**buffered(environment), **changed},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(demo)
        return demo

    yield command
    for demo in started:
        demo.terminate()
        demo.communicate(timeout=30)


def buffered(environment: dict[str, str]) -> dict[str, str]:
    """As Python buffers by itself: what is written into a pipe comes in one piece, unless the demo sees to it."""
    return {name: value for name, value in environment.items() if name != "PYTHONUNBUFFERED"}


def read_until(process: subprocess.Popen[str], wanted: str) -> str:
    assert process.stdout is not None
    seen = ""
    for line in process.stdout:
        seen += line
        if wanted in line:
            return seen
    raise AssertionError(seen)


def of_this_demo(port: int) -> list[str]:
    """Processes that serve the port, or work for its queue."""
    return [line for pid in Path("/proc").glob("[0-9]*") if f":{port} " in (line := command_line(int(pid.name)) + " ")]


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_once_every_list_gives_what_it_must(start: Start, port: int) -> None:
    demo = start("--once", "--port", str(port))
    output, _none = demo.communicate(timeout=SECONDS)
    assert demo.returncode == 0, output
    assert output.count("as declared") == LISTS
    assert not of_this_demo(port)


def test_it_stays_up_keeps_its_data_and_leaves_nothing_behind(
    start: Start, environment: dict[str, str], port: int
) -> None:
    began = time.monotonic()
    demo = start("--port", str(port))
    output = read_until(demo, "Ctrl-C")
    assert time.monotonic() - began < 30
    assert output.count("as declared") == LISTS
    children = children_of(demo.pid)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/admin/login/") as page:
        assert page.status == 200
    demo.send_signal(signal.SIGINT)
    rest, _none = demo.communicate(timeout=30)
    assert "Stopped." in rest
    assert demo.returncode == 0
    assert len(children) == 3
    assert not [pid for pid in children if command_line(pid)]
    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT count(*) FROM ingestion_ingestionrun").fetchone() == (LISTS,)


@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")
def test_killed_it_takes_its_processes_along(start: Start, port: int) -> None:
    demo = start("--port", str(port))
    read_until(demo, "Ctrl-C")
    children = children_of(demo.pid)
    demo.kill()
    demo.communicate()
    deadline = time.monotonic() + 15
    while any(command_line(pid) for pid in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in children if command_line(pid)]


def test_an_occupied_port_gets_a_clear_message(start: Start) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        output, _none = (demo := start("--port", str(port))).communicate(timeout=SECONDS)
    assert demo.returncode == 1
    assert re.search(rf"Port {port} is occupied .* PORT={port + 1} make demo", output)
    assert "Traceback" not in output


def test_it_refuses_a_server_that_is_not_for_development(start: Start) -> None:
    output, _none = (demo := start(DEVELOPMENT="0")).communicate(timeout=SECONDS)
    assert demo.returncode == 1
    assert "Set DEVELOPMENT=1 to allow it" in output
