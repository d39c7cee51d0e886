"""What publishers reserve on their pages and in the headers of their answers."""

from __future__ import annotations

import pytest
from extracting import read

from storage.records import Reservation


def reserved(head: str = "", *headers: tuple[str, str]) -> list[Reservation]:
    return list(read("<h1>x</h1>", head, headers=headers).extraction.reservations)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta name="robots" content="noindex, NOARCHIVE, follow">', [("", "noindex", ""), ("", "noarchive", "")]),
        ('<meta name="robots" content="max-snippet:-1, max-image-preview:large, index">', []),
        ('<meta name="googlebot-news" content="nosnippet">', [("googlebot-news", "nosnippet", "")]),
        ('<meta name="robots" content="noai, noimageai">', [("", "noai", ""), ("", "noimageai", "")]),
        ('<meta name="tdm-reservation" content="1">', [("", "tdm-reservation", "1")]),
        ('<meta name="tdm-reservation" content="0">', []),
        ('<meta name="tdm-policy" content="https://x.vn/tdm.json">', [("", "tdm-policy", "https://x.vn/tdm.json")]),
        (
            '<meta name="robots" content="unavailable_after: 25 Jun 2030 15:00:00 PST">',
            [("", "unavailable_after", "25 Jun 2030 15:00:00 PST")],
        ),
        ("<meta name=robots content=noindex><meta name=robots content=noindex>", [("", "noindex", "")]),
        ("<meta name=robots content=''><meta name=robots>", []),
    ],
)
def test_meta_elements_reserve(head: str, expected: list[tuple[str, str, str]]) -> None:
    assert reserved(head) == [Reservation("meta", *one) for one in expected]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (("X-Robots-Tag", "noarchive, nosnippet"), [("", "noarchive", ""), ("", "nosnippet", "")]),
        (
            ("x-robots-tag", "otherbot: noindex, noarchive"),
            [("otherbot", "noindex", ""), ("otherbot", "noarchive", "")],
        ),
        (("X-Robots-Tag", "max-snippet: 50"), []),
        (("TDM-Reservation", "1"), [("", "tdm-reservation", "1")]),
        (("tdm-policy", "https://x.vn/tdm.json"), [("", "tdm-policy", "https://x.vn/tdm.json")]),
        (("Server", "noindex"), []),
    ],
)
def test_headers_reserve(header: tuple[str, str], expected: list[tuple[str, str, str]]) -> None:
    assert reserved("", header) == [Reservation("header", *one) for one in expected]
