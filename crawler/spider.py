"""The spider that every source is: it reads the listings, then fetches what the frontier holds for it."""

from __future__ import annotations

import contextlib
import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import scrapy
from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider, UsageError
from scrapy.settings import SETTINGS_PRIORITIES

from crawler.archive import Exchange, text_headers
from crawler.archiving import FetchedPage
from crawler.discovery import LISTING_VERSION, read_listing
from crawler.errors import CrawlerError, InvalidURL, ListingError
from crawler.manners import ForbiddenByRobots
from crawler.source import Source, facts_of
from crawler.urls import normalise
from storage import frontier
from storage.database import open_database, rows, writing
from storage.frontier import Fetch, Sighting
from storage.identity import digest
from storage.location import database_path
from storage.processes import AlreadyRunning, locked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.discovery import Entry, Listing

MANNERS = (
    *("ROBOTSTXT_OBEY", "ROBOTSTXT_PARSER", "CONCURRENT_REQUESTS_PER_DOMAIN", "DOWNLOAD_SLOTS"),
    *("DOWNLOADER_MIDDLEWARES", "DOWNLOADER_MIDDLEWARES_BASE", "DOWNLOAD_HANDLERS", "TWISTED_DNS_RESOLVER"),
)
"""Settings that nobody may set for a crawl, nor a source for itself."""
AT_ONCE = 100
"""Fetches taken from the frontier at a time: enough to keep a host busy, few enough to notice news soon."""
OLD_SITEMAP_MINUTES = 30 * 24 * 60
"""A sitemap that holds only old articles hardly ever changes."""


class NewsSpider(Source, scrapy.Spider):
    """A source that crawls itself, listings first, so that every URL is known before a page is asked for."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        for name in MANNERS:
            if (crawler.settings.getpriority(name) or 0) > SETTINGS_PRIORITIES["project"]:
                raise UsageError(
                    f"{name} is refused: triwire's manners have no switch (docs/decisions/0006-manners.md)"
                )
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider._open()
        crawler.signals.connect(spider.take_from_frontier, signal=signals.spider_idle)
        crawler.signals.connect(spider._close, signal=signals.spider_closed)
        return spider

    def _open(self) -> None:
        path = database_path(self.settings["TRIWIRE_DATABASE"])
        self.db = open_database(path)
        self._asked: set[str] = set()
        self._held = contextlib.ExitStack()
        self.minutes = self.settings.getfloat("TRIWIRE_POLL_MINUTES")
        days = self.settings.getint("TRIWIRE_BACKFILL_DAYS")
        self.oldest = datetime.now(UTC) - timedelta(days=days) if days else None
        # What these rules left out of an unchanged listing must be looked at again when they change.
        self._rules = digest("rules", self.article_url.pattern, days, LISTING_VERSION)

    def _close(self) -> None:
        self._held.close()
        self.db.close()

    async def start(self) -> AsyncIterator[Any]:
        """Requests for the listings that are due; nothing when another process is crawling this source."""
        try:
            self._held.enter_context(locked(database_path(self.settings["TRIWIRE_DATABASE"]), f"crawl-{self.name}"))
        except AlreadyRunning as error:
            self.logger.warning("%s is left alone: %s", self.name, error)
            self._count("already_running")
            return
        frontier.save_source(self.db, facts_of(type(self)))
        known = rows(self.db, "SELECT url FROM listings WHERE source = ? ORDER BY url", [self.name])
        declared = (*self.feeds, *self.sitemaps, *self.sections)
        for url in dict.fromkeys((*declared, *(row["url"] for row in known))):
            request = self._listing_request(url)
            if request is not None:
                yield request

    def _listing_request(self, url: str) -> Request | None:
        """A conditional request, or None where the listing is not due or was asked for already."""
        if url in self._asked:
            return None
        if not self.settings.getbool("TRIWIRE_NOW") and not frontier.is_due(self.db, url):
            self._count("listing/not_due")
            return None
        self._asked.add(url)
        state = frontier.visit_listing(self.db, url, self.name)
        same_rules = state.rules == self._rules
        headers = {}
        if state.etag and same_rules:
            headers["If-None-Match"] = state.etag
        if state.last_modified and same_rules:
            headers["If-Modified-Since"] = state.last_modified
        return Request(
            url,
            headers=headers,
            callback=self.parse_listing,
            errback=self.listing_failed,
            cb_kwargs={"url": url, "known": state.sha256 if same_rules else None},
            priority=10,
        )

    def parse_listing(self, response: Response, url: str, known: str | None) -> Iterator[Request]:
        """Note what a feed, sitemap or section page names; follow sitemaps into sitemaps."""
        sha256 = hashlib.sha256(response.body).hexdigest()
        if response.status == 304 or (response.status == 200 and sha256 == known):
            frontier.save_unchanged(self.db, url, minutes=self.minutes)
            self._count("listing/unchanged")
            return
        if response.status != 200:
            self._listing_problem(url, f"HTTP {response.status}")
            return
        content_type = _header(response, "Content-Type")
        try:
            listing = read_listing(response.body, url=response.url, content_type=content_type, timezone=self.timezone)
        except ListingError as error:
            self._listing_problem(url, f"{type(error).__name__}: {error.reason}")
            return
        if listing.kind == "section" and url not in self.sections:
            self._listing_problem(url, "HTML where a feed or sitemap should be")
            return
        children = [child.url for child in listing.sitemaps if self._is_recent(child)]
        with writing(self.db):
            self._save_listing(response, url, listing, sha256)
            # With the index, or a process that dies here would never hear of them: the index may not change again.
            for child in children:
                frontier.visit_listing(self.db, child, self.name)
        self._count(f"listing/read/{listing.kind}")
        for child in children:
            request = self._listing_request(child)
            if request is not None:
                yield request

    def _save_listing(self, response: Response, url: str, listing: Listing, sha256: str) -> None:
        sightings = list(self._sightings(listing))
        named, new = frontier.discover(self.db, self.name, url, sightings, trust=self._trust(url))
        self._count("article/named", named)
        self._count("article/new", new)
        stale = bool(listing.entries) and not sightings and listing.kind == "sitemap"
        frontier.save_reading(
            self.db,
            url,
            kind=listing.kind,
            sha256=sha256,
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            entries=len(listing.entries),
            problems=listing.problems,
            rules=self._rules,
            minutes=OLD_SITEMAP_MINUTES if stale else self.minutes,
        )
        if listing.problems:
            self._count("listing/problems", len(listing.problems))

    def _trust(self, url: str) -> int:
        """Feeds in their order, then sitemaps with their children, then sections: the first names an address best."""
        if url in self.feeds:
            return self.feeds.index(url)
        if url in self.sections:
            return len(self.feeds) + 1 + self.sections.index(url)
        return len(self.feeds)

    def _sightings(self, listing: Listing) -> Iterator[Sighting]:
        for entry in listing.entries:
            if listing.kind == "sitemap" and not self._is_recent(entry):
                self._count("article/too_old")
                continue
            try:
                url = normalise(entry.url)
                key = self.key(url)
            except InvalidURL:
                self._count("article/invalid_url")
                continue
            if not self.is_article(url):
                self._count("article/not_an_article")
                continue
            yield Sighting(key, url, entry.title, entry.summary, entry.published, entry.updated)

    def _is_recent(self, entry: Entry) -> bool:
        moment = entry.updated or entry.published
        return moment is None or self.oldest is None or moment >= self.oldest

    def listing_failed(self, failure: Failure) -> None:
        """The request for a listing had no answer, or was not allowed."""
        self._listing_problem(_request(failure).cb_kwargs["url"], _reason(failure))

    def _listing_problem(self, url: str, problem: str) -> None:
        frontier.save_failure(self.db, url, problem, minutes=self.minutes)
        self._count("listing/failed")
        self.logger.warning("listing %s: %s", url, problem)

    def take_from_frontier(self) -> None:
        """When nothing is under way: request what the frontier holds for this source, until it holds nothing more."""
        due = frontier.due_fetches(self.db, self.name, AT_ONCE + len(self._asked))
        fresh = [fetch for fetch in due if fetch.article not in self._asked][:AT_ONCE]
        if not fresh or self._count_of("already_running"):
            return
        for fetch in fresh:
            self._asked.add(fetch.article)
            self.crawler.engine.crawl(
                Request(fetch.url, callback=self.parse_article, errback=self.article_failed, cb_kwargs={"fetch": fetch})
            )
        raise DontCloseSpider

    def parse_article(self, response: Response, fetch: Fetch) -> Iterator[FetchedPage]:
        """Pass a page on to the archive, or note why there is none."""
        if response.status in {404, 410}:
            self._settle(fetch, "gone", f"HTTP {response.status}", response.status)
        elif response.status != 200:
            self._postpone(fetch, f"HTTP {response.status}", response.status)
        elif not response.body:
            self._postpone(fetch, "empty answer", response.status)
        elif self._stands_elsewhere(response, fetch):
            return
        else:
            yield FetchedPage(
                fetch,
                Exchange(
                    url=response.url,
                    status=response.status,
                    request_headers=text_headers(response.request.headers.items()) if response.request else [],
                    response_headers=text_headers(response.headers.items()),
                    body=response.body,
                    content_type=_header(response, "Content-Type"),
                ),
            )

    def _stands_elsewhere(self, response: Response, fetch: Fetch) -> bool:
        """Follow a redirect in the books: its end is another address of the article, another article, or no article."""
        if not response.request or not response.request.meta.get("redirect_urls"):
            return False
        final = normalise(response.url)
        if not self.is_article(final):
            self._settle(fetch, "refused", f"redirects to {final}, which is no article", response.status)
            return True
        other = frontier.listed_article(self.db, self.key(final), final)
        with writing(self.db):
            # Where the other has moved here before, the site has turned its addresses round: neither is lost.
            if other in {None, fetch.article} or frontier.has_moved_to(self.db, str(other), fetch.article):
                frontier.add_address(self.db, final, fetch.article, "redirect")
                return False
            frontier.settle(self.db, fetch, "moved", reason=f"redirects to {final}", moved_to=other)
        self._count("article/moved")
        return True

    def article_failed(self, failure: Failure) -> None:
        """No answer, or none allowed."""
        fetch: Fetch = _request(failure).cb_kwargs["fetch"]
        if isinstance(failure.value, ForbiddenByRobots):
            self._settle(fetch, "forbidden", _reason(failure), None)
        else:
            self._postpone(fetch, _reason(failure), None)

    def _settle(self, fetch: Fetch, state: str, reason: str, status: int | None) -> None:
        frontier.settle(self.db, fetch, state, reason=reason, status=status)
        self._count(f"article/{state}")

    def _postpone(self, fetch: Fetch, reason: str, status: int | None) -> None:
        kept = frontier.postpone(self.db, fetch, reason, status=status)
        self._count("article/postponed" if kept else "article/failed")

    def _count(self, what: str, by: int = 1) -> None:
        self.crawler.stats.inc_value(what, by)

    def _count_of(self, what: str) -> int:
        return int(self.crawler.stats.get_value(what, 0))


def _header(response: Response, name: str) -> str | None:
    found = response.headers.get(name)
    return found.decode("latin-1") if found else None


def _request(failure: Failure) -> Request:
    """Scrapy hangs the request on the failure."""
    request: Request = vars(failure)["request"]
    return request


def _reason(failure: Failure) -> str:
    error = failure.value
    if isinstance(error, CrawlerError):
        return str(error)
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
