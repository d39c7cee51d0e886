"""A local newsroom for demonstrations and tests: ten news sites on 127.0.0.x, crawled over real HTTP.

    with Newsroom() as newsroom:
        newsroom.hosts["www.granma.cu"]  # "127.0.0.9:40123"
        newsroom.turn(2)  # one article has been corrected since

All text is invented. The bytes of a response depend on the edition alone, so there is not even a Date header.
"""

from __future__ import annotations

import socket
import sys
from contextlib import ExitStack, suppress
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import MappingProxyType
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from storage.errors import TriwireError
from triwire.demo.edition import EDITIONS, HTML, Answer, print_edition
from triwire.demo.outlets import OUTLETS
from triwire.demo.pages import missing_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from types import TracebackType
    from typing import Any

FIRST_ADDRESS = 2
"""127.0.0.1 is left to others."""


class UnknownEdition(TriwireError):
    """The newsroom has prints of its editions only."""

    def __init__(self, edition: int) -> None:
        super().__init__(f"the demo newsroom has the editions {EDITIONS}, not {edition}")
        self.edition = edition


class Newsroom:
    """Serves its sites from entering to leaving the context, each on an address of its own."""

    def __init__(self, edition: int = 1) -> None:
        self._editions = {number: print_edition(number) for number in EDITIONS}
        self._missing = {outlet.host: Answer(404, HTML, missing_page(outlet)) for outlet in OUTLETS}
        self.turn(edition)
        self._requests: list[tuple[str, str, int]] = []
        self._lock = Lock()
        self._sites: list[_Site] = []
        self._open = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            for number, outlet in enumerate(OUTLETS, start=FIRST_ADDRESS):
                site = _Site(self, outlet.host, f"127.0.0.{number}")
                opening.callback(site.close)
                self._sites.append(site)
            self._open = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._sites.clear()
        self._open.close()

    @property
    def hosts(self) -> Mapping[str, str]:
        """The address that plays each real host, as "127.0.0.9:40123", while the newsroom is open."""
        return MappingProxyType({site.host: site.address for site in self._sites})

    @property
    def requests(self) -> list[tuple[str, str, int]]:
        """The (host, path with query, status) of every request so far, in the order of the answers."""
        with self._lock:
            return list(self._requests)

    def turn(self, edition: int) -> None:
        """Shows the sites as they are in another edition, from the next request on. Raises UnknownEdition."""
        if edition not in self._editions:
            raise UnknownEdition(edition)
        self._answers = self._editions[edition]

    def answer(self, host: str, target: str) -> Answer:
        """What a site answers for a path with query; a query that it does not know makes no difference."""
        path = urlsplit(target).path
        answers = self._answers
        return answers.get((host, target)) or answers.get((host, path)) or self._missing[host]

    def record(self, host: str, target: str, status: int) -> None:
        """Notes a request that has been answered."""
        with self._lock:
            self._requests.append((host, target, status))


class _Site(ThreadingHTTPServer):
    """The server of one host, on an address of its own, which answers as soon as it is made."""

    # Left behind, the threads of open connections would outlive the newsroom: they are ended and awaited.
    daemon_threads = False

    def __init__(self, newsroom: Newsroom, host: str, address: str) -> None:
        self.newsroom = newsroom
        self.host = host
        self._connections: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__((address, 0), _Desk)
        self.address = f"{address}:{self.server_port}"
        # A short poll, because closing ten sites waits for ten of them.
        self._thread = Thread(target=self.serve_forever, args=(0.02,), name=f"newsroom {host}")
        self._thread.start()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A crawler that dies in the middle of an answer is no fault of the newsroom."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def close(self) -> None:
        """Ends the listening, the open connections and their threads."""
        self.shutdown()
        with self._lock:
            for connection in self._connections:
                with suppress(OSError):  # The client may have hung up first.
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()
        self._thread.join()


class _Desk(BaseHTTPRequestHandler):
    """Answers GET and HEAD over connections that stay open."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    # Buffered, so that head and body of an answer leave together.
    wbufsize = 1 << 16
    server: _Site

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def log_message(self, *args: object, **kwargs: object) -> None:
        """Requests are recorded, not printed."""

    def _send(self, *, with_body: bool) -> None:
        site = self.server
        answer = self._answer()
        status = 304 if answer.status == 200 and self._is_known(answer) else answer.status
        site.newsroom.record(site.host, self.path, status)
        self.send_response_only(status)
        if answer.changed:
            self.send_header("ETag", answer.etag)
            self.send_header("Last-Modified", format_datetime(_utc(answer.changed), usegmt=True))
        if answer.location:
            self.send_header("Location", answer.location)
        if status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if with_body and status != 304:
            self.wfile.write(answer.body)

    def _answer(self) -> Answer:
        site = self.server
        if self.headers.get("Host", "").partition(":")[0].lower() != site.host:
            return Answer(421, "text/plain; charset=utf-8", f"This address is {site.host}.\n".encode())
        return site.newsroom.answer(site.host, self.path)

    def _is_known(self, answer: Answer) -> bool:
        """Whether the client's condition says that it has this; a hash outweighs a date (RFC 9110)."""
        if answer.changed is None:
            return False
        if known := self.headers.get("If-None-Match"):
            return answer.etag in known
        if since := self.headers.get("If-Modified-Since"):
            return _utc(answer.changed) <= parsedate_to_datetime(since)
        return False


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
