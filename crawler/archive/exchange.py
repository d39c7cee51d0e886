"""What the archive keeps of an article's answer: the exchange with the server, and what triwire made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """An answer with the request that it answers; for a file that a person brought there is no request."""

    url: str
    status: int | None
    request_headers: Headers
    response_headers: Headers
    body: bytes
    content_type: str | None = None
    ip: str | None = None
    """Address of the server."""
    moment: str | None = None
    """When the answer came, as a stamp; None stands for the moment of archiving."""
    protocol: str = "HTTP/1.1"
    as_its_headers_say: bool = False
    """The body is in the Content-Encoding that its headers name, if they name one; otherwise it was unpacked."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What triwire made of an answer, and where the article comes from.

    The fields go into a WARC metadata record; names and order are those of the record.
    """

    outcome: str
    """`archived`, `unchanged`, `gone`, `moved`, `refused`, `postponed`, `redirect` or `imported`."""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Repeats:
    """The stored answer that this one repeats byte for byte: its body is not stored again."""

    url: str
    moment: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer as it goes into the archive."""

    exchange: Exchange
    verdict: Verdict | None = None
    repeats: Repeats | None = None


def text_headers(pairs: Iterable[tuple[bytes, list[bytes]]]) -> Headers:
    """Scrapy's headers as text, one pair a value; bytes that are no Latin-1 cannot occur in a header."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, values in pairs for value in values]
