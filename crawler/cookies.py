"""Cookies, for the few sites that give no page without them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scrapy.exceptions import NotConfigured
from scrapy.http.cookies import CookieJar

from crawler.pace import host_of

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response


class HostCookies:
    """Gives a host back the cookies that it set itself, in this crawl, for a source that says `cookies = True`.

    Scrapy's own middleware shares cookies between the hosts of a domain, and fetches a list of public suffixes from
    the network, past the guard, to know what a domain is. Here each host has its own, and nothing outlives the crawl.
    """

    def __init__(self) -> None:
        self._jars: defaultdict[str, CookieJar] = defaultdict(CookieJar)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not getattr(crawler.spidercls, "cookies", False):
            raise NotConfigured
        return cls()

    def process_request(self, request: Request) -> None:
        request.headers.pop("Cookie", None)
        self._jars[host_of(request.url)].add_cookie_header(request)

    def process_response(self, request: Request, response: Response) -> Response:
        jar = self._jars[host_of(request.url)]
        for cookie in jar.make_cookies(response, request):
            jar.set_cookie_if_ok(cookie, request)
        return response
