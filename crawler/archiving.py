"""The item pipeline: an article's answer is archived, noted and queued for extraction, in this order."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy import signals

from crawler.archive import Exchange, text_headers
from crawler.archivist import Answer, Archivist, FetchedPage, store_page
from storage.location import database_path

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from storage.frontier import Fetch

logger = logging.getLogger(__name__)

__all__ = ["Answer", "ArchivePipeline", "FetchedPage", "exchange_of", "store_page"]


class ArchivePipeline:
    """Archives answers. What it returns, and `scrapy crawl -O FILE` writes, is a line about each, not the page."""

    def __init__(self, crawler: Crawler) -> None:
        path = database_path(crawler.settings["TRIWIRE_DATABASE"])
        self._archivist = Archivist.of_process(path, crawler.settings.getfloat("TRIWIRE_ARCHIVE_MEGABYTES"))
        self._stats = crawler.stats
        cut, self._archivist.cut = self._archivist.cut, []
        for name in cut:
            self._stats.inc_value("archive/torn_tails")
            logger.warning("cut the torn tail of %s: its writer died while writing", name)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.keep_redirect, signal=signals.response_downloaded)
        return pipeline

    def close_spider(self) -> None:
        self._archivist.release()

    async def process_item(self, item: Any) -> Any:
        if not isinstance(item, FetchedPage | Answer):
            return item
        try:
            changed = await self._archivist.keep(item)
        except Exception:
            # Scrapy tells the log, and a full disk must also be told by the exit code.
            self._stats.inc_value("archive/not_kept")
            raise
        if isinstance(item, FetchedPage):
            self._stats.inc_value("article/archived" if changed else "article/unchanged")
        return {
            "article": item.fetch.article,
            "url": item.exchange.url,
            "status": item.exchange.status,
            "changed": changed,
        }

    def keep_redirect(self, response: Response, request: Request) -> None:
        """Scrapy follows redirects before a spider sees them, so those of articles are taken up here."""
        fetch: Fetch | None = request.cb_kwargs.get("fetch")
        if fetch is not None and 300 <= response.status < 400 and "Location" in response.headers:
            self._archivist.keep_hop(fetch, exchange_of(response, request))


def exchange_of(response: Response, request: Request | None = None) -> Exchange:
    """What the archive keeps of a response; its body is unpacked, and its headers say so (crawler.download)."""
    request = request or response.request
    content_type = response.headers.get("Content-Type")
    return Exchange(
        url=response.url,
        status=response.status,
        request_headers=text_headers(request.headers.items()) if request else [],
        response_headers=text_headers(response.headers.items()),
        body=response.body,
        content_type=content_type.decode("latin-1") if content_type else None,
        ip=str(response.ip_address) if response.ip_address else None,
        protocol=response.protocol or "HTTP/1.1",
        as_its_headers_say=True,
    )
