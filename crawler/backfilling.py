"""The part of a spider that fills back: days that are looked up in sitemaps and archive pages, outside the polling."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.exceptions import DontCloseSpider

from crawler.answers import header_of, is_our_own, reason_of, request_of
from crawler.discovery import read_listing
from crawler.discovery.periods import Days, day_of, local_day, may_hold, was_published_in
from crawler.errors import ListingError
from crawler.pace import HostRests, NotNow
from crawler.sighting import BREATH, sighting_of
from crawler.traps import Shapes
from crawler.visiting import VisitsListings
from storage import backfills, frontier, listings
from storage.backfills import Harvest, Page
from storage.database import writing
from storage.frontier import Sighting
from storage.identity import digest
from storage.robots import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.discovery import Entry, Listing
    from storage.backfills import Backfill

PAGES_AT_ONCE = 10
"""Between them come a hundred articles and whatever listing has become due: news goes before the past."""
MOST_DEPTH = 3
"""Indexes above a sitemap; the protocol allows one, some sites have two."""
MOST_NUMBER = 1_000
"""Pages of one archive, or of one of its days."""


_NUMBERED = re.compile(r"\{(?:page|index)\b")


@dataclass
class Past:
    """What a page names of the days that are asked for."""

    sightings: list[Sighting] = field(default_factory=list)
    outside: int = 0
    undated: int = 0
    newest: date | None = None
    """Of all articles on the page, also those outside."""
    fingerprint: str = ""


class FillsBack(VisitsListings):
    """Walks sitemaps and archive pages for the back-fills that the database holds for this source."""

    def walk_back(self) -> None:
        """When nothing is under way: read the next pages of what is to be filled back."""
        if self.count_of("already_running"):
            return
        requests = [request for walk in backfills.not_begun(self.db, self.name) for request in self._begin(walk)]
        due = backfills.due_pages(self.db, self.name, PAGES_AT_ONCE)
        requests += [self._page_request(page) for page in due if self.is_time_for(f"{page.backfill} {page.url}")]
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def _begin(self, walk: Backfill) -> list[Request]:
        """Queue the pages that a walk begins at; where no sitemap is known, ask for the home page first, since with it
        comes robots.txt, which may name one.
        """
        roots, home = listings.sitemap_roots(self.db, self.name), self.home()
        if not roots and home and rules_of(self.db, home.rstrip("/")) is None:
            if self.is_time_for(home):
                return [self.listing_request(listings.visit_listing(self.db, home, self.name))]
            # Its host rests: the walk begins another time.
            return []
        pages = list(self._first_pages(walk, roots))
        if pages:
            with writing(self.db):
                backfills.add_pages(self.db, pages)
            return []
        self.logger.warning("no sitemap or archive to fill %s to %s from", walk.since, walk.until)
        self.count("backfill/nowhere")
        with writing(self.db):
            backfills.end_without_pages(self.db, walk.id)
        return []

    def _first_pages(self, walk: Backfill, roots: list[str]) -> Iterator[Page]:
        for url in roots:
            yield Page(walk.id, url, walk.since, walk.until)
        for archive in self.past():
            for day in _days(walk) if "{day" in archive else (None,):
                yield _archive_page(Page(walk.id, "", walk.since, walk.until, archive=archive, day=day, number=1))

    def _page_request(self, page: Page) -> Request:
        return Request(
            page.url, callback=self.parse_past, errback=self.past_failed, cb_kwargs={"page": page}, priority=5
        )

    async def parse_past(self, response: Response, page: Page) -> None:
        """Note the articles of a page that fall into the days, and the pages that come after it."""
        if response.status != 200:
            gone = response.status in {404, 410}
            if gone and page.archive:
                # The end of an archive, or a day without news.
                await self._save(page, Past(), [])
            else:
                self._fail(page, f"HTTP {response.status}", final=gone)
            return
        try:
            listing = await asyncio.to_thread(
                read_listing,
                response.body,
                url=response.url,
                content_type=header_of(response, "Content-Type"),
                timezone=self.timezone,
            )
        except ListingError as error:
            self._fail(page, f"{type(error).__name__}: {error.reason}", final=True)
            return
        if listing.kind == "section" and page.archive is None:
            self._fail(page, "HTML where a sitemap should be", final=True)
            return
        days = Days(date.fromisoformat(page.since), date.fromisoformat(page.until))
        past = await self._past(page, listing, days)
        await self._save(page, past, [*self._sitemaps(page, listing, days), *self._next_page(page, past, days)])

    async def _past(self, page: Page, listing: Listing, days: Days) -> Past:
        past = Past()
        shapes = Shapes()
        urls = []
        for number, entry in enumerate(listing.entries):
            if number % BREATH == BREATH - 1:
                await asyncio.sleep(0)
            inside = was_published_in(entry, days, self.timezone, page.url)
            day = _day(entry, self.timezone)
            if page.archive is None and inside is False:
                # Nothing more is asked of an entry that is left out anyway: a sitemap may hold 50,000.
                past.outside += 1
                continue
            sighting = sighting_of(self, entry, shapes)
            if not isinstance(sighting, Sighting):
                continue
            urls.append(sighting.url)
            past.newest = max(filter(None, (past.newest, day)), default=None)
            if inside:
                past.sightings.append(sighting)
            elif inside is None:
                past.undated += 1
            else:
                past.outside += 1
        past.fingerprint = digest("page", *sorted(urls)) if urls else ""
        return past

    def _sitemaps(self, page: Page, listing: Listing, days: Days) -> list[Page]:
        """The sitemaps of an index that may hold articles of these days."""
        held = [child for child in listing.sitemaps if may_hold(child, days, self.timezone)]
        self.count("backfill/sitemaps_outside", len(listing.sitemaps) - len(held))
        if held and page.depth >= MOST_DEPTH:
            self.logger.warning("%s is the %sth index under another; its sitemaps are left", page.url, page.depth + 1)
            return []
        return [Page(page.backfill, child.url, page.since, page.until, page.depth + 1) for child in held]

    def _next_page(self, page: Page, past: Past, days: Days) -> list[Page]:
        """The page of an archive that comes next, unless it is over: no articles, or the same again, or too old."""
        if page.archive is None or page.number is None or not _NUMBERED.search(page.archive) or not past.fingerprint:
            return []
        if page.number >= MOST_NUMBER or backfills.was_read(self.db, page, past.fingerprint):
            return []
        if page.day is None and (past.newest is None or past.newest < days.since):
            return []
        return [_archive_page(page, page.number + 1)]

    async def _save(self, page: Page, past: Past, after: list[Page]) -> None:
        named = page.url if page.archive is None else _archive_page(page, 1).url
        role = "sitemap" if page.archive is None else "section"
        total = 0
        for start in range(0, max(1, len(past.sightings)), BREATH):
            batch = past.sightings[start : start + BREATH]
            with writing(self.db):
                listings.walk_listing(self.db, named, self.name, role)
                # Every listing that is polled knows the better address.
                trust = len(self.listings()) + 1
                new = frontier.discover(self.db, self.name, named, batch, trust=trust, place=start)[1]
                backfills.note_articles(self.db, page, batch)
                if start + BREATH < len(past.sightings):
                    backfills.add_new(self.db, page, new)
                else:
                    left = backfills.add_pages(self.db, after)
                    harvest = Harvest(len(past.sightings), new, past.outside, past.undated)
                    backfills.save_page(self.db, page, harvest, past.fingerprint)
            total += new
            await asyncio.sleep(0)
        if left:
            self.logger.warning("%s: too many pages to fill back from; %s are left", page.url, left)
        counts = {"page": 1, "named": len(past.sightings), "outside": past.outside, "undated": past.undated}
        for what, number in counts.items():
            self.count(f"backfill/{what}", number)
        self.count("article/new", total)

    def past_failed(self, failure: Failure) -> None:
        """The request for a page had no answer, or was not allowed, or not made."""
        page: Page = request_of(failure).cb_kwargs["page"]
        if isinstance(failure.value, NotNow):
            rests = failure.value.seconds / 60 if isinstance(failure.value, HostRests) else 0.0
            backfills.put_off_page(self.db, page, wait=rests)
        elif is_our_own(failure):
            self.note_own_fault(failure)
        else:
            self._fail(page, reason_of(failure))

    def _fail(self, page: Page, problem: str, *, final: bool = False) -> None:
        with writing(self.db):
            backfills.save_failed_page(self.db, page, problem, final=final)
        self.count("backfill/failed")
        self.logger.warning("%s, to fill back from: %s", page.url, problem)


def _days(walk: Backfill) -> Iterator[str]:
    day, last = date.fromisoformat(walk.until), date.fromisoformat(walk.since)
    while day >= last:
        yield day.isoformat()
        day -= timedelta(days=1)


def _archive_page(page: Page, number: int = 1) -> Page:
    """The page of this number of the same archive, of the same day where it has one for each."""
    template = page.archive or ""
    day = date.fromisoformat(page.day) if page.day else None
    url = template.format(page=number, index=number - 1, day=day)
    return Page(page.backfill, url, page.since, page.until, archive=template, day=page.day, number=number)


def _day(entry: Entry, zone: str) -> date | None:
    moment = entry.published or entry.updated
    return local_day(moment, zone) if moment else day_of(entry.url)
