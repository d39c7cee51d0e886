"""The spider that every source is: it reads the listings, then fetches what the frontier holds for it."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from scrapy import signals

from crawler.backfilling import FillsBack
from crawler.catalogue import declared_listings
from crawler.discovery import LISTING_VERSION
from crawler.fetching import FetchesArticles
from crawler.manners import refuse_rude_settings
from crawler.marking import mark_all, use_beat
from crawler.rechecking import read_schedule
from crawler.source import facts_of
from crawler.walls import Walls
from storage import frontier, listings
from storage.database import open_database, writing
from storage.identity import digest
from storage.location import database_path
from storage.processes import AlreadyRunning, locked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Self

    from scrapy.crawler import Crawler


class NewsSpider(FillsBack, FetchesArticles):
    """A source that crawls itself, listings first, so that every URL is known before a page is asked for."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        refuse_rude_settings(crawler.settings)
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider._open()
        # In this order, each time that nothing is under way: news, a little of the past, pages.
        for step in (spider.visit_due, spider.walk_back, spider.take_from_frontier):
            crawler.signals.connect(step, signal=signals.spider_idle)
        crawler.signals.connect(spider._close, signal=signals.spider_closed)
        return spider

    def _open(self) -> None:
        path = database_path(self.settings["TRIWIRE_DATABASE"])
        self.db = open_database(path)
        use_beat(self.db, self.settings["TRIWIRE_BEAT"])
        self.schedule = read_schedule(self.settings["TRIWIRE_RECHECKS"])
        self.asked: set[str] = set()
        self.visited: dict[str, float] = {}
        self.searched: set[str] = set()
        self.walls = Walls(self.db, self.name)
        self.visits = self.settings.getbool("TRIWIRE_VISIT")
        self._held = contextlib.ExitStack()
        self.minutes = self.settings.getfloat("TRIWIRE_POLL_MINUTES")
        days = self.settings.getint("TRIWIRE_BACKFILL_DAYS")
        self.oldest = datetime.now(UTC) - timedelta(days=days) if days else None
        # What these rules left out of an unchanged listing must be looked at again when they change.
        self.rules = digest("rules", self.article_url.pattern, days, LISTING_VERSION)

    def _close(self) -> None:
        try:
            mark_all(self.db)
        finally:
            self._held.close()
            self.db.close()

    async def start(self) -> AsyncIterator[Any]:
        """Requests for the listings that are due; nothing when another process is crawling this source."""
        try:
            self._held.enter_context(locked(database_path(self.settings["TRIWIRE_DATABASE"]), f"crawl-{self.name}"))
        except AlreadyRunning as error:
            self.logger.info("%s is left alone: %s", self.name, error)
            self.count("already_running")
            return
        with writing(self.db):
            frontier.save_source(self.db, facts_of(type(self)))
            listings.declare(self.db, self.name, declared_listings(type(self)))
        if self.visits:
            for request in self.due_listings(anyway=self.settings.getbool("TRIWIRE_NOW")):
                yield request
