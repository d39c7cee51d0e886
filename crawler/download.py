"""Downloads: each at its host's turn, to a public address, in our own name, whole and within bounds."""

from __future__ import annotations

import functools
import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError, DownloadFailedError, IgnoreRequest
from scrapy.responsetypes import responsetypes

from crawler.errors import CrawlerError
from crawler.guard import REFUSED, GuardedFactory, UnsafeAddress, local_addresses, local_hosts, refuse_inside
from crawler.manners import BOUNDS, honest_agent, refuse_rude_settings
from crawler.pace import LEAST_DELAY, Pace, host_of
from crawler.unpacking import Oversized, codings_of, unpack
from crawler.urls import LONGEST
from storage.location import database_path

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response

logger = logging.getLogger(__name__)


class UnfitRequest(CrawlerError, IgnoreRequest):
    """A request that is not made, whatever asked for it."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.url[:200]} is not asked for: {self.reason}"


class GuardedHandler(HTTP11DownloadHandler):
    """Scrapy's handler behind the guard; hosts of the local map are served from this machine under their own names.

    The lease is taken here, where every request passes on its way out: those for robots.txt and each hop of a redirect
    too.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        refuse_rude_settings(settings)
        super().__init__(crawler)
        self._local = local_hosts(settings)
        # Twisted calls it like the class that it replaces.
        self._pool._factory = functools.partial(GuardedFactory, allowed=local_addresses(settings))  # type: ignore[assignment]
        self._delay = max(LEAST_DELAY, settings.getfloat("TRIWIRE_DELAY"))
        self._local_delay = settings.getfloat("TRIWIRE_LOCAL_DELAY")
        self._agent = honest_agent(settings["USER_AGENT"], settings.get("TRIWIRE_CONTACT", ""))
        self._has_contact = bool(settings.get("TRIWIRE_CONTACT", ""))
        self._most = settings.getint("DOWNLOAD_MAXSIZE")
        self._pace = Pace.join(database_path(settings["TRIWIRE_DATABASE"]))
        self._stats = crawler.stats
        self._was_crawling = crawler.crawling

    async def download_request(self, request: Request) -> Response:
        place = self._place(request)
        request.headers["User-Agent"] = self._agent
        timeout = request.meta.get("download_timeout") or BOUNDS["DOWNLOAD_TIMEOUT"]
        request.meta["download_timeout"] = min(timeout, BOUNDS["DOWNLOAD_TIMEOUT"])
        request.meta["download_maxsize"] = min(request.meta.get("download_maxsize") or self._most, self._most)
        host = host_of(request.url)
        delay = self._delay if place is None else self._local_delay
        async with self._pace.turn(host, delay, self._goes_on) as waited:
            self._stats.inc_value("pace/milliseconds", round(1000 * waited))
            response = await self._download(request, host, place)
            self._pace.note(host, response.status, response.headers.get("Retry-After"))
        return self._unpacked(response, request)

    def _goes_on(self) -> bool:
        # Scrapy's shell downloads without ever crawling.
        return self._crawler.crawling or not self._was_crawling

    def _place(self, request: Request) -> str | None:
        """Where on this machine the host is served from; None for a host outside. Raises what speaks against it."""
        if len(request.url) > LONGEST:
            raise UnfitRequest(request.url, f"its address is longer than {LONGEST} characters")
        if request.meta.get("proxy"):
            raise UnfitRequest(request.url, "through a proxy nobody could tell where it goes")
        parts = urlsplit(request.url)
        place = self._local.get(parts.netloc.lower())
        if place is None:
            host = parts.hostname or ""
            refuse_inside(host)
            if not self._has_contact:
                self._has_contact = True
                logger.warning("TRIWIRE_CONTACT is not set: the sites cannot tell whom to turn to")
        return place

    async def _download(self, request: Request, host: str, place: str | None) -> Response:
        url = request.url
        if place is not None:
            parts = urlsplit(url)
            request = request.replace(url=urlunsplit(("http", place, parts.path, parts.query, "")))
            request.headers["Host"] = parts.netloc
        try:
            return await super().download_request(request)
        except (CannotResolveHostError, DownloadFailedError) as error:
            if host in REFUSED:
                raise UnsafeAddress(host, REFUSED[host]) from error
            raise
        except DownloadCancelledError as error:
            if str(error):
                raise
            # Scrapy gives the reason only where the length was declared.
            raise Oversized(url, request.meta["download_maxsize"]) from error

    def _unpacked(self, response: Response, request: Request) -> Response:
        body = response.body
        codings = codings_of(response.headers.getlist("Content-Encoding"))
        if body and codings:
            body, codings = unpack(request.url, body, codings, request.meta["download_maxsize"])
        if body is response.body and response.url == request.url:
            return response
        headers = response.headers.copy()
        headers.pop("Content-Encoding", None)
        if codings:
            headers["Content-Encoding"] = ", ".join(codings)
        # What it is shows only now that it is unpacked.
        kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
        return response.replace(cls=kind, url=request.url, headers=headers, body=body)

    async def close(self) -> None:
        await super().close()
        self._pace.leave()
