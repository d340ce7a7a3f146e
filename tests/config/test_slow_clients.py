"""A real gunicorn, and clients that send slowly, too much, or nonsense."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator

import pytest
from django.conf import settings

from config.processes import spawn, stop
from config.slow_clients import GRACE_SECONDS, LARGEST_BYTES, SLOWEST, Incoming

HALF = 60
UPLOAD = (
    b"POST /admin/ingestion/pricelist/add/ HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid=x\r\n"
    b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 900000\r\n\r\n--x\r\n"
)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        free: int = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("web") / "log"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DEVELOPMENT": "1", "WEB_THREADS": "2"}
    words = ["-m", "gunicorn", "config.wsgi", "--config=config/gunicorn.py", f"--bind=127.0.0.1:{free}", "--workers=1"]
    with log.open("wb") as output:
        process = spawn([sys.executable, *words], cwd=settings.BASE_DIR, env=environment, output=output)
    for _ in range(300):
        if connected(free):
            break
        time.sleep(0.2)
    yield free
    stop(process, signal.SIGTERM)


def connected(port: int) -> bool:
    try:
        return "200" in ask(port, b"GET /admin/login/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
    except OSError:
        return False


def ask(port: int, *pieces: bytes, seconds: float = 60) -> str:
    """The first line of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as client:
        for piece in pieces:
            client.sendall(piece)
        return client.makefile("rb").readline().decode()


def test_half_sent_uploads_hold_nobody_up(port: int) -> None:
    held = [socket.create_connection(("127.0.0.1", port)) for _ in range(HALF)]
    for number, client in enumerate(held):
        client.sendall(UPLOAD if number % 2 else UPLOAD[:40])
    for _ in range(3):
        assert "200" in ask(port, b"GET /admin/login/ HTTP/1.1\r\nHost: localhost\r\n\r\n", seconds=9)
    for client in held:
        client.close()


def test_whoever_does_not_hang_up_after_the_last_answer_holds_nobody_up(port: int) -> None:
    held = [socket.create_connection(("127.0.0.1", port)) for _ in range(10)]
    for client in held:
        client.sendall(b"GET /favicon.ico HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    for client in held:
        assert client.recv(100)
    assert "200" in ask(port, b"GET /admin/login/ HTTP/1.1\r\nHost: localhost\r\n\r\n", seconds=9)
    for client in held:
        client.close()


def test_announced_uploads_keep_nobody_from_signing_in(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid=x\r\nContent-Length: %d\r\n\r\n" % LARGEST_BYTES
    held = [socket.create_connection(("127.0.0.1", port)) for _ in range(4)]
    for client in held:
        client.sendall(head)
    assert held[-1].recv(100).startswith(b"HTTP/1.1 503")  # there is no room for the fourth
    login = b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\na=b"
    assert "403" in ask(port, login)  # no CSRF token: it was read
    for client in held:
        client.close()


def test_an_upload_of_which_nothing_comes_is_let_go_soon() -> None:
    request = Incoming()
    assert not request.take(b"POST / HTTP/1.1\r\nCookie: sessionid=x\r\nContent-Length: 90000000\r\n\r\n")
    first = request.deadline
    assert first - time.monotonic() <= GRACE_SECONDS
    request.take(b"x" * 10 * SLOWEST)
    assert request.deadline == pytest.approx(first + 10)
    request.close()


def test_an_answer_to_somebody_who_goes_on_sending_arrives(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid=x\r\nContent-Length: 900000000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        client.sendall(head)
        for _ in range(40):
            client.sendall(b"x" * 100_000)
            time.sleep(0.01)
        answer = client.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"PRICE_LIST_MAX_MB" in answer


def test_a_connection_that_was_opened_and_not_used_is_closed_without_a_word(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=40) as client:
        assert client.recv(100) == b""


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 70000\r\n\r\n", "413"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid=x\r\nContent-Length: 900000000000\r\n\r\n", "413"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n", "411"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "400"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", "400"),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 40_000, "431"),
        (b"nonsense\r\n\r\n", "400"),
        (b"GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"),
        (b"GET /admin/login/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", "400"),
    ],
)
def test_what_is_refused(port: int, sent: bytes, status: str) -> None:
    assert ask(port, sent).split()[1] == status


def test_a_body_in_many_pieces_arrives_whole(port: int) -> None:
    body = b"username=x&password=" + b"y" * 60_000
    head = b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n" % len(body)
    head += b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    pieces = [head[:30], head[30:], *(body[at : at + 7000] for at in range(0, len(body), 7000))]
    assert "403" in ask(port, *pieces)  # no CSRF token: all of it was read


def test_requests_on_one_connection_are_answered_in_turn(port: int) -> None:
    one = b"GET /favicon.ico HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = b"GET /favicon.ico HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        client.sendall(one + one + last[:20])
        time.sleep(0.1)
        client.sendall(last[20:])
        assert client.makefile("rb").read().count(b"HTTP/1.1 302") == 3


def test_whoever_waits_for_leave_to_send_gets_it(port: int) -> None:
    head = b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        client.sendall(head)
        lines = client.makefile("rb")
        assert lines.readline() == b"HTTP/1.1 100 Continue\r\n"
        lines.readline()
        client.sendall(b"a=b")
        assert b"403" in lines.readline()


def test_whoever_sends_no_whole_head_is_let_go(port: int) -> None:
    assert "408" in ask(port, b"GET / HTTP/1.1\r\nHost: lo", seconds=40)
