"""What both halves of a spider share: the database, what was asked already, and the counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import scrapy

from crawler.answers import reason_of, request_of
from crawler.source import Source

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database
    from twisted.python.failure import Failure

    from crawler.walls import Walls


class SpiderBase(Source, scrapy.Spider):
    """Opened by the spider before the first request."""

    db: Database
    asked: set[str]
    """Ids of articles that this run has requested."""
    visited: dict[str, float]
    """When this run last asked for a listing, by its URL, in seconds of the monotonic clock."""
    searched: set[str]
    """Hosts whose robots.txt this run has looked through for sitemaps."""
    visits: bool
    """Listings are visited; without it, only what is queued is done."""
    minutes: float
    oldest: datetime | None
    """Sitemap entries declared before it are left alone."""
    schedule: tuple[int, ...]
    """Ages in minutes at which an article is looked at again."""
    walls: Walls
    rules: str
    """Hash of what decides which entries of a listing count."""

    def count(self, what: str, by: int = 1) -> None:
        self.crawler.stats.inc_value(what, by)

    def note_own_fault(self, failure: Failure) -> None:
        """A request that this machine could not make or answer for: the site has not failed, and is asked next time."""
        self.count(f"spider_exceptions/{type(failure.value).__name__}")
        self.logger.error("%s: %s", request_of(failure).url, reason_of(failure))

    def count_of(self, what: str) -> int:
        return int(self.crawler.stats.get_value(what, 0))
