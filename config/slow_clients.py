"""gunicorn's threaded worker, in which a request gets a thread when all of it has arrived.

gthread gives a thread to whoever has sent one byte: two dozen half-sent uploads hold all of them. Here the main loop
takes what arrives, into memory and then into a temporary file, and whoever sends too little in time is let go. A proxy
that does the same may stand before it (deploy/nginx.conf); without one this is what keeps the site open.
"""

from __future__ import annotations

import errno
import re
import selectors
import socket
import struct
import tempfile
import time
from functools import partial
from typing import IO, Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from config import settings

READ_BYTES = 64 * 1024
HEAD_BYTES = 32 * 1024
HEAD_SECONDS = 10.0
SLOWEST = 8 * 1024  # bytes a second, on the whole
GRACE_SECONDS = 30.0  # to begin with
SEND_SECONDS = 30  # for whoever does not take the answer
LEAVE_SECONDS = 5.0  # for whoever has the answer to hang up
MEMORY_BYTES = 256 * 1024  # of one request; the rest lies on the disk
UNKNOWN_BYTES = 64 * 1024  # without a session: the form for signing in
LARGEST_BYTES = settings.PRICE_LIST_MAX_BYTES + 1024 * 1024
ALL_BYTES = 3 * LARGEST_BYTES  # arriving at once

END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length[ \t]*:[ \t]*([^\r\n]*)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
EXPECT = re.compile(rb"\r\nexpect[ \t]*:[^\r\n]*", re.IGNORECASE)
SESSION = re.compile(rb"\r\ncookie[ \t]*:[^\r\n]*sessionid=", re.IGNORECASE)


TOO_LARGE = "413 Content Too Large"
WORDS = {  # for whoever sees nothing else: here no language is known, and no template
    TOO_LARGE: "This is more than the site takes (PRICE_LIST_MAX_MB, and little before signing in). Split the file.",
    "411 Length Required": "Send the length of the body (Content-Length): it is not taken in pieces.",
    "503 Service Unavailable": "Too many uploads are arriving. Try again in a minute.",
    "507 Insufficient Storage": "The disk for uploads is full. Tell an administrator.",
}


class Refused(Exception):
    """A request that is answered by one line, without a thread."""


class Connection:
    """A socket, in front of which stands the request that has arrived in whole."""

    def __init__(self, real: socket.socket) -> None:
        self.real = real
        self.arrived: IO[bytes] | None = None
        self.rest = b""  # of the next request

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def recv(self, size: int, *flags: int) -> bytes:
        if self.arrived is not None:
            if data := self.arrived.read(size):
                return data
            self.let_go()
        return self.real.recv(size, *flags)

    def let_go(self) -> None:
        if self.arrived is not None:
            self.arrived.close()
            self.arrived = None


class Incoming:
    """One request while it arrives."""

    def __init__(self) -> None:
        self.head = b""
        self.body: IO[bytes] | None = None
        self.needed = 0  # bytes of the body that have not come yet
        self.size = 0
        self.rest = b""
        self.begun = time.monotonic()

    @property
    def deadline(self) -> float:
        """Later with every byte of the body: who announces much and sends nothing is let go as soon as anybody."""
        if self.body is None:
            return self.begun + HEAD_SECONDS
        return self.begun + GRACE_SECONDS + (self.size - self.needed) / SLOWEST

    def take(self, data: bytes) -> bool:
        """Whether the request is whole now; raises Refused."""
        if self.body is None:
            self.head += data
            end = self.head.find(END)
            if (end if end >= 0 else len(self.head)) > HEAD_BYTES:
                raise Refused("431 Request Header Fields Too Large")
            if end < 0:
                return False
            data, self.head = self.head[end + len(END) :], self.head[: end + len(END)]
            self.begin_body()
        assert self.body is not None
        self.body.write(data[: self.needed])
        self.rest = data[self.needed :]
        self.needed -= min(self.needed, len(data))
        return self.needed == 0

    def begin_body(self) -> None:
        if CHUNKED.search(self.head):
            raise Refused("411 Length Required")
        lengths = {each.strip() for each in LENGTH.findall(self.head)}
        if len(lengths) > 1 or any(not each.isdigit() or len(each) > 15 for each in lengths):
            raise Refused("400 Bad Request")
        self.size = self.needed = int(lengths.pop()) if lengths else 0
        if self.size > (LARGEST_BYTES if SESSION.search(self.head) else UNKNOWN_BYTES):
            raise Refused(TOO_LARGE)
        self.begun = time.monotonic()
        self.body = tempfile.SpooledTemporaryFile(MEMORY_BYTES)  # noqa: SIM115 - the connection closes it
        self.body.write(EXPECT.sub(b"", self.head))

    def close(self) -> None:
        if self.body is not None:
            self.body.close()


class PatientWorker(ThreadWorker):  # type: ignore[misc, unused-ignore]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.incoming: dict[Any, Incoming] = {}
        self.leaving: dict[Any, float] = {}  # answered for the last time; until when they may hang up

    def accept(self, listener: Any) -> None:
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        for side in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
            client.setsockopt(socket.SOL_SOCKET, side, struct.pack("ll", SEND_SECONDS, 0))
        self.receive(TConn(self.cfg, Connection(client), address, listener.getsockname()))

    def on_client_socket_readable(self, conn: Any, client: Any) -> None:
        """The next request of a kept connection."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self.receive(conn)

    def receive(self, conn: Any) -> None:
        conn.sock.settimeout(0)
        conn.sock.let_go()
        self.incoming[conn] = Incoming()
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_bytes, conn))
        if conn.sock.rest:
            data, conn.sock.rest = conn.sock.rest, b""
            self.take(conn, data)

    def on_bytes(self, conn: Any, sock: Connection) -> None:
        data = self.arriving(sock)
        if data:
            self.take(conn, data)
        elif data is not None:
            self.drop(conn)

    def arriving(self, sock: Connection) -> bytes | None:
        """None where nothing is there yet; empty where the client has gone."""
        try:
            return sock.real.recv(READ_BYTES)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def take(self, conn: Any, data: bytes) -> None:
        request = self.incoming[conn]
        begun = request.body is not None
        try:
            whole = request.take(data)
            if not begun:
                self.check_room(request)
        except (Refused, OSError) as error:  # OSError: the disk is full
            self.drop(conn, str(error) if isinstance(error, Refused) else "507 Insufficient Storage")
            return
        if whole:
            self.hand_on(conn)
        elif not begun and request.body is not None and EXPECT.search(request.head):
            self.say(conn, b"HTTP/1.1 100 Continue\r\n\r\n")

    def check_room(self, request: Incoming) -> None:
        """For what is large: whoever signs in or presses a button is never refused over others' uploads."""
        if request.size > UNKNOWN_BYTES and sum(each.size for each in self.incoming.values()) > ALL_BYTES:
            raise Refused("503 Service Unavailable")

    def hand_on(self, conn: Any) -> None:
        """A thread is taken now: all of the request is here."""
        self.poller.unregister(conn.sock)
        request = self.incoming.pop(conn)
        assert request.body is not None
        request.body.seek(0)
        conn.sock.arrived, conn.sock.rest, conn.data_ready = request.body, request.rest, True
        self.enqueue_req(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """gunicorn's own waits for two seconds for whoever is to hang up, and nobody else is served meanwhile."""
        if fs.cancelled() or fs.exception() is not None or not fs.result():
            conn.sock.let_go()
            self.leave(conn)
            return
        super().finish_request(conn, fs)
        if conn.sock.rest and conn in self.keepalived_conns:
            self.on_client_socket_readable(conn, conn.sock)

    def drop(self, conn: Any, status: str = "") -> None:
        self.poller.unregister(conn.sock)
        request = self.incoming.pop(conn)
        request.close()
        if not status or not request.head:  # a browser opens connections that it may never use
            self.close(conn)
            return
        self.log.warning("request refused: %s", status)
        words = WORDS.get(status, "").encode()
        head = f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: text/plain\r\n"
        self.say(conn, f"{head}Content-Length: {len(words)}\r\n\r\n".encode() + words)
        self.leave(conn)

    def say(self, conn: Any, words: bytes) -> None:
        try:
            conn.sock.real.send(words)
        except OSError:
            self.log.debug("the client has gone")

    def leave(self, conn: Any) -> None:
        """Closed while it is still sending, a client would lose the answer: what comes is taken, for a while."""
        try:
            conn.sock.settimeout(0)
            conn.sock.real.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_leftover, conn))
        except (OSError, ValueError):  # it has gone, or was closed after an error
            self.close(conn)
        else:
            self.leaving[conn] = time.monotonic() + LEAVE_SECONDS

    def on_leftover(self, conn: Any, sock: Connection) -> None:
        if self.arriving(sock) == b"":
            self.left(conn)

    def left(self, conn: Any) -> None:
        del self.leaving[conn]
        self.poller.unregister(conn.sock)
        self.close(conn)

    def close(self, conn: Any) -> None:
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """Called every second: whoever has not sent enough by now is let go, and whoever has not hung up."""
        super().murder_pending()
        now = time.monotonic()
        for conn in [conn for conn, request in self.incoming.items() if request.deadline < now]:
            self.drop(conn, "408 Request Timeout")
        for conn in [conn for conn, until in self.leaving.items() if until < now]:
            self.left(conn)
