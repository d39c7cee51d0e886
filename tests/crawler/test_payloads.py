"""Pages out of response records, whatever the archive left of the codings they were sent in."""

from __future__ import annotations

import gzip
import importlib
import zlib

import brotli
import pytest

from crawler.warcs import Answer, UnreadablePayload, decoded

HTML = b"<html><body>" + "Hà Nội và La Habana. ".encode() * 400 + b"</body></html>"


def answer(body: bytes, **headers: str) -> Answer:
    return Answer("HTTP/1.1", 200, [(name.replace("_", "-"), value) for name, value in headers.items()], body)


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def zstd(body: bytes) -> bytes:
    try:
        module = importlib.import_module("compression.zstd")
    except ImportError:
        module = importlib.import_module("backports.zstd")
    return bytes(module.compress(body))


def chunked(body: bytes, size: int = 1000) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x;ext=1\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


PACKED = {
    "gzip": gzip.compress(HTML),
    "x-gzip": gzip.compress(HTML[:500]) + gzip.compress(HTML[500:]),
    "deflate": zlib.compress(HTML),
    "Deflate": bare_deflate(HTML),
    "br": brotli.compress(HTML),
    "zstd": zstd(HTML),
}


@pytest.mark.parametrize("coding", PACKED)
def test_a_packed_body_is_unpacked(coding: str) -> None:
    assert decoded(answer(PACKED[coding], Content_Encoding=coding)) == HTML


@pytest.mark.parametrize("coding", PACKED)
def test_a_body_that_was_unpacked_before_it_was_archived_is_taken_as_it_is(coding: str) -> None:
    """As in CC-NEWS before May 2019: coding and length are those of the wire, the body is not."""
    assert decoded(answer(HTML, Content_Encoding=coding, Content_Length="17", Transfer_Encoding="chunked")) == HTML


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_chunks_are_joined_before_the_body_is_unpacked(coding: str) -> None:
    assert decoded(answer(chunked(PACKED[coding], 100), Content_Encoding=coding, Transfer_Encoding="chunked")) == HTML


@pytest.mark.parametrize("coding", ["", "identity", "utf-8", "none"])
def test_a_coding_that_is_none_changes_nothing(coding: str) -> None:
    assert decoded(answer(HTML, Content_Encoding=coding)) == HTML


@pytest.mark.parametrize("coding", PACKED)
def test_a_packed_body_without_its_end_is_cut_short(coding: str) -> None:
    half = PACKED[coding][: len(PACKED[coding]) - 4]
    with pytest.raises(UnreadablePayload) as told:
        decoded(answer(half, Content_Encoding=coding))
    assert told.value.kind == "cut short or damaged"


@pytest.mark.parametrize(
    "given",
    [
        answer(HTML[:500], Content_Length=str(len(HTML))),
        answer(chunked(HTML)[:1500], Transfer_Encoding="chunked"),
        answer(chunked(HTML)[: -len(b"0\r\n\r\n")], Transfer_Encoding="chunked"),
    ],
)
def test_a_body_that_is_shorter_than_it_says_is_cut_short(given: Answer) -> None:
    with pytest.raises(UnreadablePayload) as told:
        decoded(given)
    assert told.value.kind == "cut short or damaged"


def test_a_body_that_is_longer_than_it_says_is_taken_whole() -> None:
    assert decoded(answer(HTML, Content_Length="10")) == HTML


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_refused_before_it_is_unpacked(coding: str) -> None:
    zeros = b"\0" * 40_000_000
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "br": lambda raw: brotli.compress(raw, quality=1)}
    body = packed[coding](zeros) if coding in packed else zstd(zeros)
    with pytest.raises(UnreadablePayload) as told:
        decoded(answer(body, Content_Encoding=coding))
    assert told.value.kind == "too large"


@pytest.mark.parametrize(
    ("body", "coding"), [(b"\x1f\x8b\x08 no gzip", "gzip"), (b"\x01\x02", "br"), (b"\x01", "lzma")]
)
def test_what_cannot_be_unpacked_is_told(body: bytes, coding: str) -> None:
    with pytest.raises(UnreadablePayload):
        decoded(answer(body, Content_Encoding=coding))
