"""What the kernel of Linux takes from a reading process: the network, other programs, other processes, its own life.

A filter of system calls (seccomp) answers them with "not permitted"; it cannot be taken off again. On other systems
there is none of this, and on processors that are not in ARCHITECTURES no filter.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
from collections.abc import Iterator
from typing import NamedTuple

IS_LINUX = sys.platform == "linux"
LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 22, 38
SECCOMP_MODE_FILTER = 2
FIRST_OUT_OF_MEMORY = b"1000"  # by the kernel's score: the worker survives

# Instructions of the filter: load a word of the call's data, jump where it is equal (or at least so much), answer
LOAD, IF_EQUAL, IF_AT_LEAST, IF_BITS, ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, ARCHITECTURE, FIRST_ARGUMENT, ARGUMENT = 0, 4, 16, 8  # where they stand in the call's data, and how far apart
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
NOT_PERMITTED, UNKNOWN_CALL = REFUSE | errno.EPERM, REFUSE | errno.ENOSYS
CLONE_THREAD = 0x00010000
X32 = 0x40000000  # the numbers of x86-64's second set of calls start here


class Architecture(NamedTuple):
    """How the kernel calls it, and the numbers of its system calls.

    `changing` are those that change files by their names; `opening` those that open one, with the place of the flags.
    """

    audit: int
    refused: tuple[int, ...]
    changing: tuple[int, ...]
    opening: tuple[tuple[int, int], ...]
    clone: int
    tgkill: int
    prlimit64: int


CLONE3, OPENAT2 = 435, 437  # their flags are out of the filter's sight: who misses them takes clone and openat
TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
EVERYWHERE = (
    424, 425, 426, 427, 434, 438,  # pidfd_send_signal, io_uring_setup, _enter, _register, pidfd_open, pidfd_getfd
)  # fmt: skip
ARCHITECTURES = {
    "x86_64": Architecture(
        0xC000003E,
        (
            41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 53,  # socket, connect, accept, sendto ... listen, socketpair
            288, 299, 307,  # accept4, recvmmsg, sendmmsg
            57, 58, 59, 322,  # fork, vfork, execve, execveat
            62, 101, 129, 200, 297,  # kill, ptrace, rt_sigqueueinfo, tkill, rt_tgsigqueueinfo
            310, 311, 298, 321, 323,  # process_vm_readv, process_vm_writev, perf_event_open, bpf, userfaultfd
            155, 161, 165, 166, 272, 304, 308,  # pivot_root, chroot, mount, umount2, unshare, open_by_handle_at, setns
            175, 313, 246, 248, 249, 250,  # init_module, finit_module, kexec_load, add_key, request_key, keyctl
            *EVERYWHERE,
        ),
        (
            76, 77, 82, 83, 84, 85, 86, 87, 88,  # truncate, ftruncate, rename, mkdir, rmdir, creat, (un)link, symlink
            90, 91, 92, 93, 94, 132, 133, 235,  # chmod, fchmod, chown, fchown, lchown, utime, mknod, utimes
            188, 189, 190, 197, 198, 199,  # setxattr, removexattr and their like
            258, 259, 260, 261, 263, 264, 265, 266, 268,  # mkdirat, mknodat, fchownat, futimesat, unlinkat ... fchmodat
            280, 285, 316, 452,  # utimensat, fallocate, renameat2, fchmodat2
        ),
        ((2, 1), (257, 2)),  # open, openat
        clone=56, tgkill=234, prlimit64=302,
    ),
    "aarch64": Architecture(
        0xC00000B7,
        (
            198, 199, 200, 201, 202, 203, 206, 207, 210, 211, 212,
            242, 243, 269,
            221, 281,
            129, 117, 138, 130, 240,
            270, 271, 241, 280, 282,
            41, 51, 40, 39, 97, 265, 268,
            105, 273, 104, 217, 218, 219,
            *EVERYWHERE,
        ),
        (
            45, 46, 38, 34, 33, 35, 36, 37, 276, 452,
            52, 53, 54, 55, 88, 47,
            5, 6, 7, 14, 15, 16,
        ),
        ((56, 2),),
        clone=220, tgkill=131, prlimit64=261,
    ),
}  # fmt: skip


class Program(ctypes.Structure):
    """The kernel's `struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def die_with(parent: int) -> None:
    """The kernel kills this process when its parent dies, however that happens."""
    if IS_LINUX:
        prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != parent:  # it died before we could ask
        os._exit(1)


def be_first_out_of_memory() -> None:
    if IS_LINUX:
        score = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(score, FIRST_OUT_OF_MEMORY)
        os.close(score)


def is_available() -> bool:
    return IS_LINUX and platform.machine() in ARCHITECTURES


def shut_in(*, may_write: bool = False) -> None:
    """From here on: no network, no other program, no other process, no change to a file unless it `may_write`.

    Raises OSError where the kernel has no filters.
    """
    if not is_available():
        return
    instructions = b"".join(filter_of(ARCHITECTURES[platform.machine()], os.getpid(), may_write=may_write))
    program = Program(len(instructions) // 8, instructions)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program))


def filter_of(architecture: Architecture, pid: int, *, may_write: bool) -> Iterator[bytes]:
    """Classic BPF: each refused call is compared and answered; what is not compared is allowed."""
    yield instruction(LOAD, ARCHITECTURE)
    yield from unless(IF_EQUAL, architecture.audit, NOT_PERMITTED)
    yield instruction(LOAD, _NUMBER)
    yield from when(IF_AT_LEAST, X32, NOT_PERMITTED)
    for number in architecture.refused:
        yield from when(IF_EQUAL, number, NOT_PERMITTED)
    yield from when(IF_EQUAL, CLONE3, UNKNOWN_CALL)
    if not may_write:
        yield from no_changes(architecture)
    yield from only_with(architecture.clone, IF_BITS, CLONE_THREAD)  # threads, no processes
    yield from only_with(architecture.tgkill, IF_EQUAL, pid)  # how a process ends itself
    yield from only_with(architecture.prlimit64, IF_EQUAL, 0)  # its own limits, which only ever shrink
    yield instruction(ANSWER, ALLOW)


def no_changes(architecture: Architecture) -> Iterator[bytes]:
    """Of files: none is opened for that, made, renamed, cut or removed."""
    for number in architecture.changing:
        yield from when(IF_EQUAL, number, NOT_PERMITTED)
    yield from when(IF_EQUAL, OPENAT2, UNKNOWN_CALL)
    for number, place in architecture.opening:
        yield instruction(IF_EQUAL, number, if_not=4)
        yield instruction(LOAD, FIRST_ARGUMENT + ARGUMENT * place)
        yield instruction(IF_BITS, TO_WRITE, if_not=1)
        yield instruction(ANSWER, NOT_PERMITTED)
        yield instruction(ANSWER, ALLOW)


def when(test: int, value: int, answer: int) -> Iterator[bytes]:
    yield instruction(test, value, if_not=1)
    yield instruction(ANSWER, answer)


def unless(test: int, value: int, answer: int) -> Iterator[bytes]:
    yield instruction(test, value, if_so=1)
    yield instruction(ANSWER, answer)


def only_with(number: int, test: int, argument: int) -> Iterator[bytes]:
    """A call that is allowed where its first argument passes the test."""
    yield instruction(IF_EQUAL, number, if_not=4)
    yield instruction(LOAD, FIRST_ARGUMENT)
    yield instruction(test, argument, if_not=1)
    yield instruction(ANSWER, ALLOW)
    yield instruction(ANSWER, NOT_PERMITTED)


def instruction(code: int, value: int, *, if_so: int = 0, if_not: int = 0) -> bytes:
    """The kernel's `struct sock_filter`; the jumps say how many instructions are passed over."""
    return struct.pack("=HBBI", code, if_so, if_not, value)


def prctl(option: int, *arguments: object) -> None:
    padded = [ctypes.c_ulong(each) if isinstance(each, int) else each for each in (*arguments, 0, 0, 0, 0)][:4]
    if LIBC.prctl(ctypes.c_int(option), *padded):
        number = ctypes.get_errno()
        raise OSError(number, f"prctl({option}): {os.strerror(number)}")
