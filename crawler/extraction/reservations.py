"""What a page's publisher reserves: how far robots, and whoever mines text, may use it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storage.records import Reservation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crawler.extraction.meta import Meta

ROBOTS = frozenset(("noindex", "noarchive", "nocache", "nosnippet", "none", "notranslate", "noai", "noimageai"))
"""The words of a robots meta element or header that reserve something of a text; `none` is noindex and nofollow."""
_DATED = re.compile(r"unavailable_after:\s*(.+)", re.IGNORECASE)
_ROBOT = re.compile(r"([\w-]+)\s*:\s*(?!//)(.+)", re.DOTALL)
"""`googlebot: noindex` in a header is for that robot."""


def read_reservations(meta: Meta, headers: Sequence[tuple[str, str]]) -> tuple[Reservation, ...]:
    """Robots directives and reservations of text and data mining (TDMRep), from the page's head and its answer's
    headers, each once.

    A reservation that is stated for one robot by its name is kept with it. TDMRep's third way, a file for the whole
    site, is no part of a page.
    """
    found = [*_from_headers(headers), *_from_meta(meta)]
    return tuple(dict.fromkeys(found))


def _from_headers(headers: Iterable[tuple[str, str]]) -> Iterator[Reservation]:
    for name, value in headers:
        lower = name.strip().lower()
        if lower == "x-robots-tag":
            yield from _robots("header", "", value)
        elif lower in {"tdm-reservation", "tdm-policy"}:
            yield from _tdm("header", lower, value)


def _from_meta(meta: Meta) -> Iterator[Reservation]:
    for name in ("robots", "googlebot", "googlebot-news", "bingbot", "news"):
        for value in meta.all(name):
            yield from _robots("meta", "" if name in {"robots", "news"} else name, value)
    for name in ("tdm-reservation", "tdm-policy"):
        for value in meta.all(name):
            yield from _tdm("meta", name, value)


def _robots(origin: str, agent: str, value: str) -> Iterator[Reservation]:
    dated = _DATED.search(value)
    if dated:
        yield Reservation(origin, agent, "unavailable_after", dated[1].strip()[:100])
        return
    named = _ROBOT.fullmatch(value.strip())
    if named and named[1].lower() not in {"max-snippet", "max-image-preview", "max-video-preview"}:
        agent, value = named[1].lower(), named[2]
    for word in value.lower().split(","):
        if word.strip() in ROBOTS:
            yield Reservation(origin, agent, word.strip(), "")


def _tdm(origin: str, name: str, value: str) -> Iterator[Reservation]:
    """`tdm-reservation: 1` reserves the rights, 0 does not; `tdm-policy` says where a licence is to be had."""
    text = value.strip()[:500]
    if text and not (name == "tdm-reservation" and text == "0"):
        yield Reservation(origin, "", name, text)
