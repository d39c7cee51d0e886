"""A server that says what a test makes it say, byte by byte, and notes when each request came and ended."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

ROBOTS = "/robots.txt"


@dataclass
class Asked:
    """One request, as the server saw it. Times are seconds since 1970, so that processes can be compared."""

    host: str
    path: str
    head: str
    came: float
    ended: float | None = None
    """Just before the answer left; None where it never did."""


class Line:
    """The connection as an answer sees it."""

    def __init__(self, connection: socket.socket, asked: Asked, closing: threading.Event) -> None:
        self._connection = connection
        self._closing = closing
        self.asked = asked
        self.kept_open = False

    def send(self, data: bytes) -> None:
        self._connection.sendall(data)

    def says(self, body: bytes = b"", status: str = "200 OK", **headers: str) -> None:
        """A sound answer, after which the connection stays open."""
        given = {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items())
        self.asked.ended = time.time()
        self.send(f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body)
        self.kept_open = True

    def waits(self, seconds: float) -> bool:
        """Let time pass; false once the test is over."""
        return not self._closing.wait(seconds)

    def resets(self) -> None:
        """End the connection in a way that the other side notices as an error."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Answer = Callable[[Line], None]


class RawSite:
    """Answers by host and path; robots.txt allows everything unless told, and anything else is 404."""

    def __init__(self, answers: dict[tuple[str, str], Answer] | None = None, address: str = "127.0.0.1") -> None:
        self.answers = answers or {}
        self.asked: list[Asked] = []
        self._address = address
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []
        self._connections: list[socket.socket] = []

    def __enter__(self) -> Self:
        self._listener = socket.create_server((self._address, 0))
        self.place = f"{self._address}:{self._listener.getsockname()[1]}"
        self._start(self._accept)
        return self

    def __exit__(self, *error: object) -> None:
        self._closing.set()
        for connection in (self._listener, *self._connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for connection in (self._listener, *self._connections):
            connection.close()

    def hosts(self, *names: str) -> dict[str, str]:
        return dict.fromkeys(names, self.place)

    def paths(self, host: str) -> list[str]:
        """What was asked of a host, but for robots.txt."""
        return [asked.path for asked in self.asked if asked.host == host and asked.path != ROBOTS]

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections.append(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while (line := self._next(connection)) is not None:
                self._answer(line)
                if not line.kept_open:
                    break
        connection.close()

    def _next(self, connection: socket.socket) -> Line | None:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(65536)
            if not piece:
                return None
            head += piece
        came = time.time()
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines if line)
        asked = Asked(headers["Host"], first.split(" ")[1], head.decode("latin-1"), came)
        self.asked.append(asked)
        return Line(connection, asked, self._closing)

    def _answer(self, line: Line) -> None:
        key = (line.asked.host, line.asked.path)
        if key in self.answers:
            self.answers[key](line)
        elif line.asked.path == ROBOTS:
            line.says(b"User-agent: *\nDisallow:\n")
        else:
            line.says(b"nothing here", "404 Not Found")


def says(body: bytes = b"", status: str = "200 OK", **headers: str) -> Answer:
    """A sound answer."""
    return lambda line: line.says(body, status, **headers)


def sends(*pieces: bytes, pause: float = 0.0, again: bool = False) -> Answer:
    """These bytes as they are, a pause after each, over and over if `again`; then the connection is closed."""

    def answer(line: Line) -> None:
        while True:
            for piece in pieces:
                line.send(piece)
                if pause and not line.waits(pause):
                    return
            if not again:
                return

    return answer
