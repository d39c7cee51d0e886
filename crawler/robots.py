"""robots.txt: asked for by the first who needs it, kept in the database for every process, obeyed by all."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request, signals
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from crawler.answers import reason_of_error
from crawler.errors import CrawlerError
from crawler.guard import UnsafeAddress, local_hosts
from crawler.manners import refuse_rude_settings
from crawler.pace import NotNow, Pace, host_of
from storage.database import writing
from storage.hosts import slow_down
from storage.location import database_path
from storage.robots import RobotsTxt, read_robots, save_robots

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response

AGENT = "triwire"
"""The name that a robots.txt calls us by."""
LONGEST_DELAY = 300.0
"""Seconds; a longer crawl-delay is a mistake or means "do not"; robots.txt has a plainer word for that."""
FRESH = 12 * 3600.0
"""Seconds for which an answer is believed; RFC 9309 allows a day."""
UNKNOWN = 300.0
"""Seconds until a robots.txt that could not be had is asked for again."""
MOST_BYTES = 500 * 1024
"""As much of a robots.txt as RFC 9309 wants read."""


class ForbiddenByRobots(CrawlerError, IgnoreRequest):
    """robots.txt says no."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url

    def __str__(self) -> str:
        return f"robots.txt forbids {self.url}"


class RobotsUnknown(CrawlerError, IgnoreRequest):
    """robots.txt could not be had, so nothing is allowed for now (RFC 9309, 2.3.1.4)."""

    def __init__(self, site: str, reason: str) -> None:
        super().__init__(site, reason)
        self.site = site
        self.reason = reason

    def __str__(self) -> str:
        return f"robots.txt of {self.site} cannot be had ({self.reason}), so nothing is asked of it for now"


@dataclass(frozen=True, slots=True)
class _Rules:
    """A robots.txt, read."""

    file: RobotsTxt
    parsed: Protego


class Robots:
    """Stands in for Scrapy's middleware, which ignores crawl-delay, lets everything through when robots.txt cannot be
    had, asks for it in every process anew, and has a switch.
    """

    def __init__(self, crawler: Crawler) -> None:
        refuse_rude_settings(crawler.settings)
        self._crawler = crawler
        self._stats = crawler.stats
        self._local = local_hosts(crawler.settings)
        self._heeds_local_delay = crawler.settings.getfloat("TRIWIRE_LOCAL_DELAY") > 0
        self._read: dict[str, _Rules] = {}
        # Marks our own requests for robots.txt; no other can bear it, whatever its meta says.
        self._pass = object()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @cached_property
    def _pace(self) -> Pace:
        # Not before the first request: Scrapy's shell makes this object in another thread than it downloads in.
        pace = Pace.join(database_path(self._crawler.settings["TRIWIRE_DATABASE"]))
        self._crawler.signals.connect(pace.leave, signal=signals.engine_stopped)
        return pace

    async def process_request(self, request: Request) -> None:
        if request.meta.get("robots_pass") is self._pass:
            return
        parts = urlsplit(request.url)
        if parts.scheme not in {"http", "https"}:
            # Refused later, by its scheme.
            return
        site = f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
        rules = await self._rules(site)
        if rules.file.refusal is not None:
            raise RobotsUnknown(site, rules.file.refusal)
        if not rules.parsed.can_fetch(request.url, AGENT):
            self._stats.inc_value("robotstxt/forbidden")
            raise ForbiddenByRobots(request.url)

    async def _rules(self, site: str) -> _Rules:
        rules = self._read.get(site)
        if rules is not None and rules.file.good_until > self._pace.clock():
            return rules
        # All spiders of this process stand in this line, so that the file is asked for once.
        async with self._pace.line(f"robots {site}"):
            file = read_robots(self._pace.db, site, now=self._pace.clock())
            if file is None:
                file = await self._ask(site)
        rules = self._read[site] = _Rules(file, Protego.parse(file.rules))
        return rules

    async def _ask(self, site: str) -> RobotsTxt:
        request = Request(f"{site}/robots.txt", priority=1000, meta={"robots_pass": self._pass}, callback=NO_CALLBACK)
        self._stats.inc_value("robotstxt/request_count")
        status, rules, refusal = None, "", None
        try:
            response = await self._crawler.engine.download_async(request)
            status, rules, refusal = response.status, *judge(response)
        except (NotNow, UnsafeAddress):
            # Nothing was asked, so nothing is known.
            raise
        # Whatever it was, it is the reason that is kept, and no rule can be read from it.
        except Exception as error:  # noqa: BLE001
            refusal = reason_of_error(error)
        now = self._pace.clock()
        file = RobotsTxt(site, rules, status, refusal, now + (FRESH if refusal is None else UNKNOWN))
        with writing(self._pace.db):
            save_robots(self._pace.db, file, now=now)
            if refusal is None:
                self._slow_down(site, rules)
        return file

    def _slow_down(self, site: str, rules: str) -> None:
        parts = urlsplit(site)
        if parts.netloc not in self._local or self._heeds_local_delay:
            slow_down(self._pace.db, host_of(site), crawl_delay(rules))


def judge(response: Response) -> tuple[str, str | None]:
    """What an answer for robots.txt means: its rules, and why it is none, if it is none."""
    # RFC 9309: no such file means no rules; an error of the server, or a refusal to say, means wait.
    if 200 <= response.status < 300:
        return text_of(response.body), None
    if 400 <= response.status < 500 and response.status not in {401, 403, 429}:
        return "", None
    return "", f"HTTP {response.status}"


def text_of(body: bytes) -> str:
    """A robots.txt as text, cut after a whole line where it is too long to be read to its end."""
    if len(body) > MOST_BYTES:
        body = body[:MOST_BYTES].rpartition(b"\n")[0]
    # Some files begin with a mark of byte order, UTF-16's too, which would hide their first line.
    return body.decode("utf-8-sig", "replace").replace("\x00", "").lstrip("\ufeff\ufffd")


def crawl_delay(rules: str) -> float:
    """Seconds that a robots.txt asks for between requests, by Crawl-delay or Request-rate, within reason; 0 if none."""
    parsed = Protego.parse(rules)
    rate = parsed.request_rate(AGENT)
    asked = max(parsed.crawl_delay(AGENT) or 0.0, rate.seconds / rate.requests if rate else 0.0)
    return min(asked, LONGEST_DELAY) if math.isfinite(asked) else 0.0
