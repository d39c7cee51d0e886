"""Downloads that stay outside: no request reaches a private, loopback or link-local address."""

from __future__ import annotations

import ipaddress
import json
import zlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import CachingThreadedResolver

from crawler.errors import CrawlerError
from crawler.manners import Pace
from storage.database import open_database
from storage.location import database_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response
    from scrapy.settings import BaseSettings
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred


REFUSED: dict[str, str] = {}
"""Names that the resolver refused, with the address that each led to."""


class UnsafeAddress(CrawlerError, IgnoreRequest):
    """A host that is, or resolves to, an address inside this machine or its network."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(host, address)
        self.host = host
        self.address = address

    def __str__(self) -> str:
        return f"{self.host} is at {self.address}, which is not a public address"


def local_hosts(settings: BaseSettings) -> Mapping[str, str]:
    """Real host -> `127.0.0.x:port`. Raises ValueError where the map leads anywhere but to this machine."""
    hosts: dict[str, str] = json.loads(settings["TRIWIRE_LOCAL_HOSTS"])
    for host, place in hosts.items():
        if not ipaddress.ip_address(place.rpartition(":")[0]).is_loopback:
            raise ValueError(f"TRIWIRE_LOCAL_HOSTS sends {host} to {place}: only loopback addresses are allowed")
    return hosts


def refuse_private(host: str, address: str) -> None:
    """Raise UnsafeAddress unless the address can be reached from anywhere; what is no address passes."""
    try:
        parsed = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return
    inner = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None) or parsed
    if not inner.is_global or inner.is_multicast:
        raise UnsafeAddress(host, address)


class CutShort(CrawlerError):
    """A compressed body that is damaged or has no end; Scrapy would take what it could unpack for the whole."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.url} came cut short or damaged: {self.reason}"


def check_whole(url: str, response: Response) -> None:
    """Raise CutShort for a gzipped body that is not whole. Bytes that are no gzip at all are Scrapy's to refuse."""
    if (response.headers.get("Content-Encoding") or b"").strip().lower() not in {b"gzip", b"x-gzip"}:
        return
    body = response.body
    if not body.startswith(b"\x1f\x8b"):
        return
    unpacker = zlib.decompressobj(wbits=31)
    try:
        while body and not unpacker.eof:
            # A piece at a time: a bomb is refused later, by its size, and must not fill the memory here.
            unpacker.decompress(body, 1 << 20)
            body = unpacker.unconsumed_tail
    except zlib.error as error:
        raise CutShort(url, str(error)) from error
    if not unpacker.eof:
        raise CutShort(url, "the gzip stream has no end")


class PublicResolver(CachingThreadedResolver):
    """Refuses names whose answer is a private address, whoever gave the answer, and odd spellings such as 127.1.

    Twisted asks it for plain addresses too, so those of the local map must be known here.
    """

    allowed: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        resolver = super().from_crawler(crawler, reactor)
        resolver.allowed = frozenset(place.rpartition(":")[0] for place in local_hosts(crawler.settings).values())
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        return super().getHostByName(name, timeout).addCallback(self._public, name)

    def _public(self, address: str, name: str) -> str:
        if name not in self.allowed:
            try:
                refuse_private(name, address)
            except UnsafeAddress:
                # Twisted turns what a resolver raises into "no results": the handler puts the reason back.
                REFUSED[name] = address
                raise
        return address


class GuardedHandler(HTTP11DownloadHandler):
    """Scrapy's handler behind the guard; hosts of the local map are served from this machine under their own names."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._local = local_hosts(crawler.settings)
        self._db = open_database(database_path(crawler.settings["TRIWIRE_DATABASE"]))
        self._pace = Pace(self._db, crawler.settings.getfloat("TRIWIRE_DELAY"))
        self._stats = crawler.stats

    async def download_request(self, request: Request) -> Response:
        parts = urlsplit(request.url)
        place = self._local.get(parts.netloc.lower())
        if place is None:
            host = parts.hostname or ""
            refuse_private(host, host)
            # Here, inside Scrapy's slot of one request a host, robots.txt and redirects keep the pace too.
            waited = await self._pace.wait(parts.netloc.lower())
            self._stats.inc_value("pace/milliseconds", round(1000 * waited))
            try:
                response = await super().download_request(request)
            except CannotResolveHostError as error:
                if host in REFUSED:
                    raise UnsafeAddress(host, REFUSED[host]) from error
                raise
            check_whole(request.url, response)
            self._pace.note(parts.netloc.lower(), response.status, response.headers.get("Retry-After"))
            return response
        inner = request.replace(url=urlunsplit(("http", place, parts.path, parts.query, "")))
        inner.headers["Host"] = parts.netloc
        inner.meta.pop("proxy", None)
        response = await super().download_request(inner)
        check_whole(request.url, response)
        return response.replace(url=request.url)

    async def close(self) -> None:
        await super().close()
        self._db.close()
