"""WARC files as other programs write them, for tests: whole, damaged, packed in every way."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

URL = "https://www.example.org/news/one-two-three-four"


def record(
    kind: str,
    block: bytes,
    url: str = URL,
    *,
    version: str = "1.0",
    date: str = "2024-10-05T08:00:00Z",
    length: int | None = None,
    **headers: str,
) -> bytes:
    """One record; `length` is what it claims."""
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{abs(hash((kind, url, date, block))):032x}>",
        "WARC-Date": date,
        "WARC-Target-URI": url,
        "Content-Length": str(len(block) if length is None else length),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"WARC/{version}\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def http(body: bytes, *, status: str = "200 OK", headers: Mapping[str, str] | None = None) -> bytes:
    """The block of a response record."""
    named = {"Content-Type": "text/html; charset=utf-8"} if headers is None else headers
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def page(title: str, *paragraphs: str, lang: str = "", head: str = "") -> bytes:
    """A page of ours."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    attribute = f' lang="{lang}"' if lang else ""
    return (
        f"<!doctype html><html{attribute}><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def response(body: bytes, url: str = URL, **given: Any) -> bytes:
    """A response record with a page."""
    return record("response", http(body), url, **given)


def write_by_record(path: Path, records: Iterable[bytes]) -> Path:
    """A gzip member a record, as the format wants it."""
    path.write_bytes(b"".join(gzip.compress(one, mtime=0) for one in records))
    return path


def write_as_one(path: Path, records: Iterable[bytes]) -> Path:
    """One gzip stream over all, as `gzip file.warc` makes it."""
    path.write_bytes(gzip.compress(b"".join(records), mtime=0))
    return path


def write_in_pieces(path: Path, records: Iterable[bytes], size: int = 777) -> Path:
    """Gzip members that end anywhere, as parallel compressors make them."""
    whole = b"".join(records)
    path.write_bytes(b"".join(gzip.compress(whole[at : at + size], mtime=0) for at in range(0, len(whole), size)))
    return path


def write_plain(path: Path, records: Iterable[bytes]) -> Path:
    """Not packed."""
    path.write_bytes(b"".join(records))
    return path


WRITERS = (write_by_record, write_as_one, write_in_pieces, write_plain)
