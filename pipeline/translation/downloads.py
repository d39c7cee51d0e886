"""Files from an index, bounded in size and time."""

from __future__ import annotations

import hashlib
import http.client
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipeline.errors import IndexUnreachable

Progress = Callable[[int, int | None], None]
"""Called with the bytes that have come and the bytes to come, None where the server does not say."""

LARGEST_PACKAGE = 1_000_000_000
"""Bytes. The largest package of the public index has 285 MB."""
LARGEST_INDEX = 20_000_000
TIMEOUT = 30.0
"""Seconds without an answer, or without a further byte."""

_SCHEMES = ("http", "https", "file")
_BLOCK = 1 << 16


def as_url(place: str) -> str:
    """A URL of `place`, which may be a path."""
    scheme = urllib.parse.urlsplit(place).scheme
    return place if len(scheme) > 1 else Path(place).absolute().as_uri()


def fetch_bytes(url: str, largest: int = LARGEST_INDEX) -> bytes:
    return b"".join(_blocks(url, largest, None))


def fetch_file(url: str, destination: Path, largest: int, progress: Progress | None) -> str:
    """Writes the file and returns its SHA-256."""
    digest = hashlib.sha256()
    with destination.open("wb") as file:
        for block in _blocks(url, largest, progress):
            file.write(block)
            digest.update(block)
    return digest.hexdigest()


def _blocks(url: str, largest: int, progress: Progress | None) -> Iterator[bytes]:
    came = 0
    with _opened(url) as (response, length):
        if length is not None and length > largest:
            raise IndexUnreachable(url, f"{length} bytes are more than the {largest} that are allowed")
        while block := _read(url, response):
            came += len(block)
            if came > largest:
                raise IndexUnreachable(url, f"more than the {largest} bytes that are allowed")
            if progress is not None:
                progress(came, length)
            yield block
    if length is not None and came != length:
        raise IndexUnreachable(url, f"the connection ended after {came} of {length} bytes")


def _read(url: str, response: IO[bytes]) -> bytes:
    try:
        return response.read(_BLOCK)
    except (OSError, http.client.HTTPException) as error:
        raise IndexUnreachable(url, f"{type(error).__name__}: {error}") from error


@contextmanager
def _opened(url: str) -> Iterator[tuple[IO[bytes], int | None]]:
    if urllib.parse.urlsplit(url).scheme not in _SCHEMES:
        raise IndexUnreachable(url, f"its scheme is none of {', '.join(_SCHEMES)}")
    try:
        response = _opener().open(url, timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        error.close()
        raise IndexUnreachable(url, f"HTTP {error.code} {error.reason}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise IndexUnreachable(url, str(getattr(error, "reason", error))) from error
    with response:
        length = response.headers.get("Content-Length", "")
        yield response, int(length) if length.isdigit() else None


def _opener() -> urllib.request.OpenerDirector:
    """Only what `_SCHEMES` names: a redirect to ftp: finds nobody who opens it, one to file: is refused by urllib."""
    opener = urllib.request.OpenerDirector()
    opener.addheaders = [("User-Agent", "triwire")]
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.UnknownHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.FileHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener
