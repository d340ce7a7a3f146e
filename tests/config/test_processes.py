import os
import signal
import sys
import time

from config.processes import command_line, spawn, stop

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
)


def test_a_child_has_a_process_group_of_its_own() -> None:
    child = spawn([sys.executable, "-c", "import time; time.sleep(60)"])
    assert os.getpgid(child.pid) == child.pid != os.getpgid(0)
    stop(child)
    assert child.returncode == -signal.SIGTERM


def test_who_does_not_end_is_killed() -> None:
    child = spawn([sys.executable, "-c", STUBBORN], output=-1)
    assert child.stdout
    assert child.stdout.readline() == b"ready\n"
    began = time.monotonic()
    stop(child, within=0.2)
    assert child.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 5
    child.stdout.close()


def test_who_has_ended_is_left_alone() -> None:
    child = spawn([sys.executable, "-c", ""])
    child.wait()
    stop(child)
    assert child.returncode == 0


def test_the_command_of_a_process() -> None:
    assert "python" in command_line(os.getpid())
    assert command_line(2**22 + 1) == ""
