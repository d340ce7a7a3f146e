"""What a reading process may, what it may not, and what its caller hears of it. Real processes throughout."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from ingestion.errors import IngestionError
from ingestion.pricegrid import ListRefused
from ingestion.reader import ProcessLimits, apart, limits_for, read_apart, refusals, sandbox
from ingestion.reader.limits import MEGABYTE
from suppliers.models import Supplier

LIMITS = ProcessLimits(memory=128 * MEGABYTE, cpu_seconds=5)
FOREVER = 3600
ON_LINUX = pytest.mark.skipif(not sandbox.is_available(), reason="the kernel has no such filter")


class Stop(Exception):
    pass


def burn():
    while True:
        pass


def take_memory():
    taken = []
    while True:
        taken.append(bytearray(MEGABYTE))


def refusal_of(function, limits=LIMITS) -> ListRefused:
    with pytest.raises(ListRefused) as refused:
        read_apart(function, limits=limits)
    return refused.value


def is_alive(pid: int) -> bool:
    """A process that has ended but was not waited for yet is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_result_comes_back() -> None:
    assert read_apart(lambda: {"rows": [1, "два", None], "lone": "\ud800"}) == {
        "rows": [1, "два", None],
        "lone": "\ud800",
    }


def test_messages_come_in_their_order_and_blocks_whole_up_to_a_megabyte() -> None:
    def work():
        yield {"rows": 1}
        yield b"a" * MEGABYTE
        yield b"b" * (2 * MEGABYTE + 1)
        yield b""
        yield {"rows": 2}

    with apart(work) as messages:
        got = list(messages)
    assert got[:2] == [{"rows": 1}, b"a" * MEGABYTE]
    assert b"".join(part for part in got[2:-1] if isinstance(part, bytes)) == b"b" * (2 * MEGABYTE + 1)
    assert got[-1] == {"rows": 2}


def test_it_is_another_process_of_the_same_group() -> None:
    pid, group = read_apart(lambda: [os.getpid(), os.getpgrp()])
    assert pid != os.getpid()
    assert group == os.getpgrp()


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at /proc")
def test_what_was_open_is_not_open_there() -> None:
    def opened():
        links = [Path("/proc/self/fd", str(number)) for number in range(50)]
        return {link.name: str(link.readlink()) for link in links if link.is_symlink()}

    with socket.socket(), Path(__file__).open():
        found = read_apart(opened)
    assert found["0"] == os.devnull
    assert found["3"].startswith("pipe:")
    assert set(found) == set("0123")


def test_too_much_memory_is_a_refusal_that_names_the_limit() -> None:
    refusal = refusal_of(take_memory)
    assert refusal.message.code == refusals.MEMORY.code
    assert refusal.message.params == {"limit": 128}


def test_memory_that_a_reader_takes_for_damage_is_told_as_memory() -> None:
    def work():
        try:
            take_memory()
        except Exception as error:
            raise ListRefused(refusals.garbled(error).message) from error

    assert refusal_of(work).message.code == refusals.MEMORY.code


def test_memory_that_does_not_even_suffice_to_say_so_is_told_as_memory(monkeypatch) -> None:
    def nothing_left(*args: object) -> None:
        raise MemoryError

    monkeypatch.setattr(ProcessLimits, "loosen", nothing_left)
    assert refusal_of(take_memory).message.code == refusals.MEMORY.code


def test_too_much_computing_is_a_refusal_that_names_the_limit() -> None:
    refusal = refusal_of(burn, ProcessLimits(memory=128 * MEGABYTE, cpu_seconds=1))
    assert refusal.message.code == refusals.TIME.code
    assert refusal.message.params == {"limit": 1}


def test_who_only_keeps_one_waiting_is_left() -> None:
    refusal = refusal_of(lambda: time.sleep(FOREVER), replace(LIMITS, waiting_seconds=1))
    assert refusal.message.code == refusals.WAITING.code


@ON_LINUX
@pytest.mark.parametrize(
    "attempt",
    [
        socket.socket,
        socket.socketpair,
        lambda: socket.create_connection(("127.0.0.1", 9)),
        lambda: subprocess.run(["true"], check=True),
        lambda: os.execv("/bin/true", ["true"]),  # noqa: S606
        os.fork,
        lambda: os.kill(os.getppid(), signal.SIGTERM),
        lambda: os.pidfd_open(os.getppid()),
    ],
    ids=["socket", "pair", "connect", "program", "exec", "fork", "kill", "pidfd"],
)
def test_neither_network_nor_other_processes(attempt) -> None:
    with pytest.raises(IngestionError, match=r"PermissionError: .*Operation not permitted"):
        read_apart(attempt)


@ON_LINUX
@pytest.mark.parametrize(
    "attempt",
    [
        lambda path: path.write_text("other"),
        lambda path: path.open("ab"),
        lambda path: os.open(path, os.O_RDWR),
        lambda path: path.with_name("new").touch(),
        Path.unlink,
        lambda path: path.rename(path.with_name("new")),
        lambda path: os.truncate(path, 0),
        lambda path: path.with_name("new").mkdir(),
        lambda path: path.with_name("new").symlink_to(path),
        lambda path: path.with_name("new").hardlink_to(path),
        lambda path: path.chmod(0o600),
        os.utime,
    ],
)
def test_no_file_is_changed(tmp_path, attempt) -> None:
    """Whatever a hostile file makes of its reader: the stored lists, which belong to the same user, stay."""
    path = tmp_path / "list.csv"
    path.write_text("as it was")
    with pytest.raises(IngestionError, match=r"PermissionError: .*Operation not permitted"):
        read_apart(lambda: str(attempt(path)), limits=LIMITS)
    assert [found.name for found in tmp_path.iterdir()] == ["list.csv"]
    assert path.read_text() == "as it was"


@ON_LINUX
def test_who_may_write_does(tmp_path) -> None:
    path = tmp_path / "errors.xlsx"
    assert read_apart(lambda: path.write_text("new"), limits=replace(LIMITS, may_write=True)) == 3
    assert path.read_text() == "new"


@ON_LINUX
def test_threads_are_allowed() -> None:
    def work():
        found = []
        thread = threading.Thread(target=lambda: found.append(1))
        thread.start()
        thread.join()
        return found

    assert read_apart(work) == [1]


@pytest.mark.django_db
def test_no_database_and_that_of_the_caller_is_unharmed() -> None:
    Supplier.objects.create(name="Before")
    with pytest.raises(IngestionError, match="has no database"):
        read_apart(Supplier.objects.count)
    assert Supplier.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@pytest.mark.parametrize(
    ("number", "problem", "error"),
    [
        (signal.SIGKILL, refusals.KILLED, refusals.Killed),
        (signal.SIGTERM, refusals.KILLED, refusals.Killed),
        (signal.SIGHUP, refusals.KILLED, refusals.Killed),
        (signal.SIGSEGV, refusals.CRASHED, ListRefused),
        (signal.SIGABRT, refusals.CRASHED, ListRefused),
        (signal.SIGXCPU, refusals.TIME, ListRefused),
    ],
)
def test_who_dies_has_not_succeeded(number, problem, error) -> None:
    def work():
        if number != signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)  # under nohup it is ignored
        yield {"pid": os.getpid()}
        yield b"half"
        time.sleep(FOREVER)

    with apart(work) as messages:
        first = next(messages)
        assert isinstance(first, dict)
        assert next(messages) == b"half"
        os.kill(first["pid"], number)
        with pytest.raises(error) as refused:
            next(messages)
    assert refused.value.message.code == problem.code


def test_the_kernels_last_word_on_computing_is_no_kill_from_outside() -> None:
    """SIGKILL comes from the hard limit, where something keeps the signal of the soft one from its effect."""

    def work():
        signal.signal(signal.SIGXCPU, signal.SIG_IGN)
        burn()

    refusal = refusal_of(work, ProcessLimits(memory=128 * MEGABYTE, cpu_seconds=1))
    assert refusal.message.code == refusals.TIME.code


def test_an_end_without_a_word_is_no_success() -> None:
    def work():
        yield b"all of it, it seems"
        os._exit(0)

    with apart(work) as messages, pytest.raises(ListRefused) as refused:
        list(messages)
    assert refused.value.message.code == refusals.ENDED.code


def test_what_is_no_message_is_no_success() -> None:
    def work():
        os.write(3, b"nonsense on the pipe")
        yield b"block"

    with apart(work) as messages, pytest.raises(ListRefused) as refused:
        list(messages)
    assert refused.value.message.code == refusals.GARBLED.code


def test_more_than_can_be_kept_is_refused_at_the_source() -> None:
    assert refusal_of(lambda: "x" * 17 * MEGABYTE).message.code == refusals.TOO_MUCH_SAID.code


@pytest.mark.parametrize("work", [burn, lambda: time.sleep(FOREVER)], ids=["computing", "sleeping"])
def test_leaving_kills_it_whatever_it_does(work) -> None:
    def messages_of():
        yield {"pid": os.getpid()}
        work()

    with apart(messages_of) as messages:
        first = next(messages)
        assert isinstance(first, dict)
        assert is_alive(first["pid"])
    assert not is_alive(first["pid"])


def test_what_on_wait_raises_ends_it() -> None:
    calls = []

    def on_wait():
        calls.append(time.monotonic())
        if len(calls) == 3:
            raise Stop

    with pytest.raises(Stop):
        read_apart(burn, on_wait=on_wait)
    assert len(calls) == 3


def test_on_wait_is_called_while_messages_keep_coming() -> None:
    def work():
        while True:
            yield b"more"

    calls = []

    def on_wait():
        calls.append(1)
        if len(calls) == 3:
            raise Stop

    with pytest.raises(Stop), apart(work, on_wait=on_wait) as messages:
        for _message in messages:
            pass


def test_who_loses_its_caller_dies(tmp_path) -> None:
    """Also where the caller is killed and can do nothing for it."""
    program = """
import os, time
import django
django.setup()
from ingestion.reader import apart
def work():
    yield {"pid": os.getpid()}
    while True:
        pass
with apart(work) as messages:
    print(next(messages)["pid"], flush=True)
    time.sleep(3600)
"""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    caller = subprocess.Popen(
        [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    with caller:
        assert caller.stdout is not None
        reader = int(caller.stdout.readline())
        assert is_alive(reader)
        caller.kill()
    deadline = time.monotonic() + 30
    while is_alive(reader):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_log_lines_reach_the_callers_log(caplog) -> None:
    def work():
        logging.getLogger("a.parser").warning("Row %s is odd", 7)
        return 1

    assert read_apart(work) == 1
    assert ("a.parser", 30, "Row 7 is odd") in caplog.record_tuples


def test_what_a_reader_took_is_logged_when_it_has_ended(caplog) -> None:
    with caplog.at_level(logging.DEBUG, "ingestion.reader.apart"):
        read_apart(lambda: len(b"x" * (64 * MEGABYTE)))
    (line,) = (text for text in caplog.messages if text.startswith("A reader ended"))
    assert int(line.split()[-5]) > 64 * 1024


def test_a_mistake_is_logged_with_its_place(caplog) -> None:
    def work():
        raise KeyError("forgotten")

    with pytest.raises(refusals.Unexpected, match="KeyError: 'forgotten'"):
        read_apart(work)
    assert "in work" in caplog.text


def test_large_files_may_take_more_time(tmp_path, settings) -> None:
    settings.READER_CPU_SECONDS, settings.READER_CPU_SECONDS_PER_MB = 7, 3
    path = tmp_path / "list.csv"
    path.write_bytes(b"x" * 2 * MEGABYTE)
    assert limits_for(path).cpu_seconds == 13
