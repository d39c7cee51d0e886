"""A web server on this machine that answers what a test tells it to, under the names of real hosts."""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping

ROBOTS = b"User-agent: *\nDisallow:\n"


@dataclass(frozen=True)
class Says:
    """One answer."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def html(body: str, encoding: str = "utf-8") -> Says:
    return Says(body.encode(encoding, "xmlcharrefreplace"), headers={"Content-Type": "text/html"})


def feed(*links: str, encoding: str = "utf-8", declared: str | None = None, title: str = "Título") -> Says:
    items = "".join(f"<item><title>{title}</title><link>{link.replace('&', '&amp;')}</link></item>" for link in links)
    text = f'<?xml version="1.0" encoding="{declared or encoding}"?><rss version="2.0"><channel>{items}</channel></rss>'
    return Says(text.encode(encoding), headers={"Content-Type": "application/rss+xml"})


class Deadly(dict[tuple[str, str], Says]):
    """Answers of a site, one of which kills whoever asks for it."""

    _child: subprocess.Popen[str]
    _at = ""

    def kill(self, child: subprocess.Popen[str], *, at: str) -> None:
        """Wait until the child has asked for this path and died of it; from then on it is an answer like any other."""
        self._child, self._at = child, at
        child.communicate()
        assert child.returncode == -signal.SIGKILL, f"{at} was never asked for"

    def get(self, key: Any, default: Any = None) -> Any:
        if self._at and key[1] == self._at:
            self._at = ""
            os.kill(self._child.pid, signal.SIGKILL)
        return super().get(key, default)


class Site:
    """Answers by host and path with query; anything else is 404, and robots.txt allows everything unless told."""

    def __init__(self, answers: Mapping[tuple[str, str], Says]) -> None:
        self.answers = dict(answers)
        self.asked: list[tuple[str, str]] = []
        self.conditions: list[str | None] = []
        """If-None-Match of each request, in the order of `asked`; an answer with that ETag is 304."""

    def __enter__(self) -> Self:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                host = self.headers["Host"]
                site.asked.append((host, self.path))
                condition = self.headers["If-None-Match"]
                site.conditions.append(condition)
                robots = Says(ROBOTS) if self.path == "/robots.txt" else Says(b"nothing here", 404)
                answer = site.answers.get((host, self.path), robots)
                if condition and condition == answer.headers.get("ETag"):
                    answer = Says(status=304, headers={"ETag": condition})
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                try:
                    self.wfile.write(answer.body)
                except OSError:
                    # The crawler hangs up on what is too large.
                    self.close_connection = True

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self.place = f"127.0.0.1:{self._server.server_port}"
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def hosts(self, *names: str) -> dict[str, str]:
        return dict.fromkeys(names, self.place)
