"""The processes of the demo: the web server, one worker, and one for what people look at."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from config.processes import spawn, stop

HOST = "127.0.0.1"
READY_SECONDS = 60


class Child(NamedTuple):
    name: str
    process: subprocess.Popen[bytes]
    log: Path


class ChildEndedError(Exception):
    """A process of the demo ended by itself."""


def is_occupied(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


@contextmanager
def running(port: int) -> Iterator[list[Child]]:
    """The web server and the workers, up and answering; stopped at the end."""
    web = ["-m", "gunicorn", "config.wsgi", "--config=config/gunicorn.py"]
    web += [f"--bind={HOST}:{port}", "--workers=1"]
    worker = ["manage.py", "rqworker", *settings.RQ_QUEUES]
    previews = ["manage.py", "rqworker", "previews"]  # nobody who looks at a list waits for the lists that are loaded
    children: list[Child] = []
    try:
        for name, words in (("web", web), ("worker", worker), ("previews", previews)):
            children.append(_start(name, words))
        _wait_until_healthy(port, children)
        yield children
    finally:
        for child in reversed(children):
            stop(child.process, signal.SIGTERM)


def _start(name: str, words: list[str]) -> Child:
    log = settings.BASE_DIR / ".local" / f"demo-{name}.log"
    with log.open("wb") as output:
        process = spawn([sys.executable, *words], cwd=settings.BASE_DIR, env=_environment(), output=output)
    return Child(name, process, log)


def _environment() -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONUNBUFFERED": "1"}


def check_alive(children: list[Child]) -> None:
    for child in children:
        if child.process.poll() is not None:
            last = child.log.read_text(errors="replace").splitlines()[-15:]
            raise ChildEndedError("\n".join([f"The {child.name} ended by itself. The end of {child.log}:", *last]))


def _wait_until_healthy(port: int, children: list[Child]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _is_healthy(port):
        check_alive(children)
        if time.monotonic() > deadline:
            raise ChildEndedError(
                f"The web server and the worker are not ready after {READY_SECONDS} s: see {children[0].log}"
            )
        time.sleep(0.1)


def _is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/health/", timeout=5) as answer:
            return bool(json.load(answer)["status"] == "ok")
    except (OSError, urllib.error.URLError, ValueError):
        return False
