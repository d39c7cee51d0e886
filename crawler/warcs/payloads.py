"""What stands in a response record: status, headers, and the body without the codings that it was sent in.

Archives differ in what they kept. Some have the bytes of the wire; others unpacked the body and left the headers as
they were, as Common Crawl's news files did until May 2019. So a coding is believed only where the bytes show it, and
a length only where no coding is named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.errors import CrawlerError
from crawler.unpacking import CutShort, Oversized, unpack

if TYPE_CHECKING:
    from crawler.archive.exchange import Headers
    from crawler.warcs.reading import Record

MOST_BYTES = 16 * 1024 * 1024
"""As the crawl's DOWNLOAD_MAXSIZE."""
_STATUS = re.compile(rb"(HTTP/[\d.]+)\s+(\d{3})(?:\s|$)")
_PLAIN = {"", "identity", "none", "utf-8", "binary", "8bit"}


class UnreadablePayload(CrawlerError):
    """A response whose page cannot be had from its record."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(kind, reason)
        self.kind = kind
        """`cut short or damaged`, `too large`, `no HTTP` or `unreadable`."""
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer as its record holds it; the body may still be packed."""

    protocol: str
    status: int
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        """The first header of this name, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def read_answer(record: Record) -> Answer:
    """Status, headers and body of a response record. Raises UnreadablePayload."""
    if record.block is None:
        raise UnreadablePayload("too large", f"{record.block_length} bytes")
    block = record.block
    match = _STATUS.match(block)
    if match is None:
        raise UnreadablePayload("no HTTP", f"the block begins with {block[:20]!r}")
    end = re.search(rb"\r?\n\r?\n", block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    headers: Headers = []
    for line in head.decode("latin-1").splitlines()[1:]:
        if line[:1] in {" ", "\t"} and headers:
            name, value = headers[-1]
            headers[-1] = (name, f"{value} {line.strip()}")
            continue
        name, colon, value = line.partition(":")
        if colon:
            headers.append((name.strip(), value.strip()))
    return Answer(match[1].decode("ascii"), int(match[2]), headers, body)


def payload_of(record: Record) -> bytes:
    """The page in a response or resource record. Raises UnreadablePayload."""
    if record.kind == "resource":
        if record.block is None:
            raise UnreadablePayload("too large", f"{record.block_length} bytes")
        return record.block
    return decoded(read_answer(record))


def decoded(answer: Answer, most: int = MOST_BYTES) -> bytes:
    """The body as a reader wants it. Raises UnreadablePayload."""
    body = answer.body
    codings = [coding.strip().lower() for coding in answer.header("content-encoding").split(",")]
    codings = [coding for coding in codings if coding not in _PLAIN]
    if "chunked" in answer.header("transfer-encoding").lower():
        body = _joined(body)
    elif not codings:
        declared = answer.header("content-length")
        if declared.isdigit() and int(declared) > len(body):
            raise UnreadablePayload("cut short or damaged", f"{len(body)} of {declared} bytes")
    for coding in reversed(codings):
        body = _unpacked(body, coding, most)
    if len(body) > most:
        raise UnreadablePayload("too large", f"{len(body)} bytes")
    return body


def _joined(body: bytes) -> bytes:
    """The chunks of a body put together; a body that is in no chunks was put together before it was archived."""
    chunks: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + 1024)
        size = re.fullmatch(rb"\s*([0-9a-fA-F]{1,8})\s*(?:;.*)?", body[at:end].strip()) if end >= 0 else None
        if size is None:
            if not chunks:
                return body
            raise UnreadablePayload("cut short or damaged", "the chunks have no end")
        length, begin = int(size[1], 16), end + 1
        if not length:
            return b"".join(chunks)
        if begin + length > len(body):
            raise UnreadablePayload("cut short or damaged", "a chunk has no end")
        chunks.append(body[begin : begin + length])
        at = begin + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1


def _unpacked(body: bytes, coding: str, most: int) -> bytes:
    """Without one coding. What is markup already, or no gzip at all, was unpacked before it was archived."""
    if _is_markup(body) or (coding in {"gzip", "x-gzip"} and not body.startswith(b"\x1f\x8b")):
        return body
    try:
        unpacked, left = unpack("", body, [coding], most)
    except CutShort as error:
        raise UnreadablePayload("cut short or damaged", error.reason) from error
    except Oversized as error:
        raise UnreadablePayload("too large", f"it unpacks to more than {most} bytes") from error
    if left:
        raise UnreadablePayload("unreadable", f"packed as {coding}")
    return unpacked


def _is_markup(body: bytes) -> bool:
    """Whether a body that is said to be packed is readable as it is."""
    return body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
