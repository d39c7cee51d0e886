"""Bodies as they were before the server packed them: whole, and within bounds, or not at all.

Scrapy's own unpacking takes what it gets of a body that breaks off for the whole of it. brotli and zstd come with it.
"""

from __future__ import annotations

import sys
import zlib
from itertools import chain
from typing import TYPE_CHECKING, Protocol

import brotli

from crawler.errors import CrawlerError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PIECE = 1 << 16
MOST_CODINGS = 2
"""Codings on top of each other; nobody needs two, and a hundred are a trap."""
LARGEST_WINDOW = 23
"""Bits: 8 MiB, the most that HTTP allows for zstd (RFC 9659); its format would let a server ask for gigabytes."""


class CutShort(CrawlerError):
    """A compressed body that is damaged, has no end, or is not what it is said to be."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.url} came cut short or damaged: {self.reason}"


class Oversized(CrawlerError):
    """A body that is, or unpacks to, more than is read."""

    def __init__(self, url: str, most: int) -> None:
        super().__init__(url, most)
        self.url = url
        self.most = most

    def __str__(self) -> str:
        return f"{self.url} is larger than {self.most} bytes"


def codings_of(headers: Iterable[bytes]) -> list[str]:
    """The codings that Content-Encoding headers name, in the order in which they were applied."""
    tokens = chain.from_iterable(header.decode("latin-1").lower().split(",") for header in headers)
    return [token for token in map(str.strip, tokens) if token not in {"", "identity"}]


def unpack(url: str, body: bytes, codings: list[str], most: int) -> tuple[bytes, list[str]]:
    """Undo the codings from the last to the first; returns the body and those that nobody knows, which stay.

    Raises CutShort, and Oversized where a body would be longer than `most` bytes.
    """
    if len(codings) > MOST_CODINGS:
        raise CutShort(url, f"it is packed {len(codings)} times over")
    left = list(codings)
    while left and left[-1] in _UNPACKERS:
        body = _unpack_one(url, body, left.pop(), most)
    return body, left


def _unpack_one(url: str, body: bytes, coding: str, most: int) -> bytes:
    pieces: list[bytes] = []
    length = 0
    try:
        for piece in _UNPACKERS[coding](body):
            length += len(piece)
            if length > most:
                raise Oversized(url, most)
            pieces.append(piece)
    except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
        raise CutShort(url, f"{coding}: {error}") from error
    return b"".join(pieces)


class _Unpacker(Protocol):
    """What zlib's and zstd's decompressors have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...


def _gzip(body: bytes) -> Iterator[bytes]:
    # Members may follow each other; anything else behind the first is padding.
    while True:
        unpacker = zlib.decompressobj(wbits=31)
        yield from _zlib(unpacker, body)
        body = unpacker.unused_data
        if not body.startswith(b"\x1f\x8b"):
            return


def _deflate(body: bytes) -> Iterator[bytes]:
    # RFC 9110 means zlib's format; some servers send the bare stream, and always did.
    try:
        zlib.decompressobj().decompress(body, 1)
        wbits = zlib.MAX_WBITS
    except zlib.error:
        wbits = -zlib.MAX_WBITS
    yield from _zlib(zlib.decompressobj(wbits), body)


def _zlib(unpacker: zlib._Decompress, body: bytes) -> Iterator[bytes]:
    piece = b""
    while not unpacker.eof and (body or piece):
        piece = unpacker.decompress(body, PIECE)
        body = unpacker.unconsumed_tail
        yield piece
    _must_have_ended(unpacker)


def _brotli(body: bytes) -> Iterator[bytes]:
    unpacker = brotli.Decompressor()
    piece = unpacker.process(body, output_buffer_limit=PIECE)
    yield piece
    while piece and not unpacker.is_finished():
        piece = unpacker.process(b"", output_buffer_limit=PIECE)
        yield piece
    if not unpacker.is_finished():
        raise EOFError("the stream has no end")


def _zstd(body: bytes) -> Iterator[bytes]:
    while True:
        unpacker = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: LARGEST_WINDOW})
        piece = b""
        while not unpacker.eof and (body or piece):
            piece = unpacker.decompress(body, PIECE)
            body = b""
            yield piece
        _must_have_ended(unpacker)
        body = unpacker.unused_data
        if not body:
            return


def _must_have_ended(unpacker: _Unpacker) -> None:
    if not unpacker.eof:
        raise EOFError("the stream has no end")


_UNPACKERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
