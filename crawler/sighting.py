"""Which entries of a listing are articles of a source, and why the others are left out."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.copies import original
from crawler.discovery.periods import day_of
from crawler.errors import InvalidURL
from crawler.traps import Shapes, trap
from crawler.urls import normalise
from storage.frontier import Sighting

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.discovery import Entry, Listing
    from crawler.source import Source

MOST_LINKS = 500
"""Articles that one section page may name; the front page of a large paper has some two hundred."""
BREATH = 500
"""Entries after which others are heard."""


@dataclass
class Survey:
    """What a listing names."""

    sightings: list[Sighting] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """By reason: too_old, undated, invalid_url, not_an_article, trap, beyond."""
    problems: tuple[str, ...] = ()
    barren: bool = False
    """It has entries, and none is an article of the source."""


async def survey(
    source: Source | type[Source], listing: Listing, *, oldest: datetime | None, dated_only: bool
) -> Survey:
    """The articles that a listing names, in its order.

    Of a sitemap, those that it dates before `oldest` are left out, and with `dated_only` those that nothing dates.
    """
    found = Survey()
    shapes = Shapes()
    for number, entry in enumerate(listing.entries):
        if number % BREATH == BREATH - 1:
            await asyncio.sleep(0)
        reason = _age(entry, oldest, dated_only) if listing.kind == "sitemap" else None
        sighting = None if reason else sighting_of(source, entry, shapes)
        if isinstance(sighting, Sighting) and listing.kind == "section" and len(found.sightings) >= MOST_LINKS:
            sighting = "beyond"
        if isinstance(sighting, Sighting):
            found.sightings.append(sighting)
        else:
            found.left_out[reason or str(sighting)] += 1
    foreign = sum(found.left_out[reason] for reason in ("not_an_article", "invalid_url", "trap"))
    found.barren = bool(listing.entries) and foreign == len(listing.entries)
    if found.barren:
        found.problems = (f"none of its {foreign} entries is an article of {source.name}",)
    elif found.left_out["beyond"]:
        found.problems = (f"more than {MOST_LINKS} articles on one page; the rest is left",)
    return found


def sighting_of(source: Source | type[Source], entry: Entry, shapes: Shapes) -> Sighting | str:
    """The entry as a sighting of an article, or the reason why it is none."""
    try:
        url = normalise(entry.url)
        key = source.key(url)
    except InvalidURL:
        return "invalid_url"
    if not source.is_article(url):
        return "not_an_article"
    page = original(url, source.hosts)
    if trap(page) or not shapes.admit(page):
        return "trap"
    return Sighting(key, url, entry.title, entry.summary, entry.published, entry.updated, copy=page != url)


def _age(entry: Entry, oldest: datetime | None, dated_only: bool) -> str | None:
    if oldest is None:
        return None
    moment = entry.updated or entry.published
    if moment is not None:
        return "too_old" if moment < oldest else None
    day = day_of(entry.url)
    if day is not None:
        return "too_old" if day < oldest.date() else None
    return "undated" if dated_only else None
