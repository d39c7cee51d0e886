"""Manners towards the sites: robots.txt, and one clock for each host that all processes share."""

from __future__ import annotations

import asyncio
import math
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego
from scrapy import signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest

from crawler.errors import CrawlerError
from storage.database import open_database
from storage.frontier import rest, rest_left, slow_down, take_turn
from storage.location import database_path

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Self

    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response
    from sqlite_utils import Database

LEAST_DELAY = 1.0
"""Seconds between two requests to a host that no setting can shorten."""
LONGEST_DELAY = 300.0
"""A longer crawl-delay is a mistake or means "do not"; robots.txt has a plainer word for that."""
LONGEST_REST = 24 * 3600.0
PATIENCE = 60.0
"""Seconds that a request waits for a host that rests; beyond, it goes back to the frontier."""


class ForbiddenByRobots(CrawlerError, IgnoreRequest):
    """robots.txt says no."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url

    def __str__(self) -> str:
        return f"robots.txt forbids {self.url}"


class RobotsUnknown(CrawlerError, IgnoreRequest):
    """robots.txt could not be had, so nothing is allowed for now (RFC 9309, 2.3.1.4)."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(host, reason)
        self.host = host
        self.reason = reason

    def __str__(self) -> str:
        return f"robots.txt of {self.host} cannot be had ({self.reason}), so nothing is asked of it for now"


class HostRests(CrawlerError, IgnoreRequest):
    """The host asked to be left alone for longer than a crawl should wait."""

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(host, seconds)
        self.host = host
        self.seconds = seconds

    def __str__(self) -> str:
        return f"{self.host} asked to be left alone for {self.seconds:.0f} seconds more"


class Pace:
    """Holds each request until its host's turn, as the database tells it; 429 and 503 send the host to rest.

    To be used where requests to one host already go one at a time: whoever reserved turns ahead could not spend them
    together after a slow answer.
    """

    def __init__(self, db: Database, delay: float, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._db = db
        self._delay = max(LEAST_DELAY, delay)
        self._sleep = sleep

    async def wait(self, host: str) -> float:
        """Wait for the turn; returns the seconds that it took. Raises HostRests."""
        waited = 0.0
        while True:
            resting = rest_left(self._db, host)
            if resting > PATIENCE:
                raise HostRests(host, resting)
            wait = max(0.0, take_turn(self._db, host, self._delay) - time.time())
            if wait:
                await self._sleep(wait)
                waited += wait
            # Another process may have been told to leave the host alone in the meantime.
            if rest_left(self._db, host) <= 0:
                return waited

    def note(self, host: str, status: int, header: bytes | None) -> None:
        """Take notice of an answer that asks for rest."""
        if status in {429, 503}:
            rest(self._db, host, retry_after(header))


def retry_after(header: bytes | None, otherwise: float = 300.0) -> float:
    """Seconds that a Retry-After header asks for, as a number or a date; `otherwise` where it says nothing readable."""
    text = (header or b"").decode("latin-1").strip()
    if text.isdigit():
        return min(LONGEST_REST, float(text))
    try:
        return min(LONGEST_REST, max(0.0, parsedate_to_datetime(text).timestamp() - time.time()))
    except (TypeError, ValueError):
        return otherwise


def crawl_delay(body: bytes, agent: str) -> float:
    """Seconds that a robots.txt asks for between requests, within reason; 0 where it does not."""
    asked = Protego.parse(body.decode("utf-8", "replace")).crawl_delay(agent)
    return min(float(asked), LONGEST_DELAY) if asked and math.isfinite(asked) and asked > 0 else 0.0


class Robots(RobotsTxtMiddleware):
    """Scrapy's robots.txt, which lets everything through when the file cannot be had and ignores crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._db: Database = open_database(database_path(crawler.settings["TRIWIRE_DATABASE"]))
        self._unknown: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        robots = super().from_crawler(crawler)
        crawler.signals.connect(robots._db.close, signal=signals.engine_stopped)
        return robots

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:
        if request.meta.get("dont_obey_robotstxt"):
            # Only the request for robots.txt itself carries this, and the base class makes it.
            return
        parser = await self.robot_parser(request)
        host = urlsplit(request.url).netloc
        if host in self._unknown:
            raise RobotsUnknown(host, self._unknown[host])
        agent = self._robotstxt_useragent or self._default_useragent
        if parser is not None and not parser.allowed(request.url, agent):
            self._stats.inc_value("robotstxt/forbidden")
            raise ForbiddenByRobots(request.url)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        # RFC 9309: no such file means no rules; an error of the server, or a refusal to say, means wait.
        if response.status >= 500 or response.status in {401, 403, 429}:
            self._unknown[netloc] = f"HTTP {response.status}"
        elif response.status >= 400:
            response = response.replace(body=b"")
        if netloc not in self._unknown:
            # Before the base class lets those through who wait for this file.
            slow_down(self._db, netloc.lower(), crawl_delay(response.body, str(self._robotstxt_useragent)))
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._unknown[netloc] = f"{type(exc).__name__}: {exc}"
        super()._robots_error(exc, netloc)
