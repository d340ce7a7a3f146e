"""Child processes that do not outlive their parent."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
IS_LINUX = sys.platform == "linux"
_libc = ctypes.CDLL(None) if IS_LINUX else None


def spawn(
    command: Sequence[str | Path],
    *,
    user: str | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    output: int | IO[bytes] | None = None,
    when_orphaned: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own; on Linux the kernel stops it when we are killed."""
    account = pwd.getpwnam(user) if user else None
    return subprocess.Popen(
        command,
        stdin=stdin,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        cwd=cwd,
        env=env,
        process_group=0,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        preexec_fn=_dies_with(os.getpid(), when_orphaned) if _libc else None,  # noqa: PLW1509
    )


def _dies_with(parent: int, when_orphaned: signal.Signals) -> Callable[[], None]:
    def in_child() -> None:
        if _libc:
            _libc.prctl(PR_SET_PDEATHSIG, int(when_orphaned))
        if os.getppid() != parent:  # killed before we could ask the kernel
            os._exit(1)

    return in_child


def stop(process: subprocess.Popen[bytes], by: signal.Signals = signal.SIGTERM, *, within: float = 5) -> None:
    """Ask the process to end; ask again after `within` seconds (RQ then leaves its job); at last kill its group."""
    for _attempt in range(2):
        if process.poll() is not None:
            return
        process.send_signal(by)
        try:
            process.wait(within)
        except subprocess.TimeoutExpired:
            continue
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def command_line(pid: int) -> str:
    """The command of a running process, empty when there is none."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        if IS_LINUX:
            return ""
    listed = subprocess.run(["ps", "-p", str(pid), "-o", "args="], capture_output=True, text=True, check=False)
    return listed.stdout.strip()
