"""The item pipeline: a fetched page is archived, noted as a capture and queued for extraction, in this order."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.archive import ArchiveWriter, Exchange, archive_folder, cut_torn_tails
from crawler.extraction import EXTRACTION_VERSION
from storage.articles import Fetched, add_capture, newest_capture, seen_again
from storage.database import open_database, writing
from storage.frontier import Fetch, settle
from storage.ledger import enqueue
from storage.location import database_path
from storage.processes import process_name

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What a spider yields: a page, and the fetch that it answers."""

    fetch: Fetch
    exchange: Exchange


class ArchivePipeline:
    """Archives pages. What it returns, and `scrapy crawl -O FILE` writes, is a line about each, not the page."""

    def __init__(self, crawler: Crawler) -> None:
        path = database_path(crawler.settings["TRIWIRE_DATABASE"])
        self._db = open_database(path)
        self._stats = crawler.stats
        folder = archive_folder(path)
        for name in cut_torn_tails(self._db, folder):
            self._stats.inc_value("archive/torn_tails")
            logger.warning("cut the torn tail of %s: its writer died while writing", name)
        self._archive = ArchiveWriter(self._db, folder, process_name())

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def close_spider(self) -> None:
        self._archive.close()
        self._db.close()

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, FetchedPage):
            return item
        fetch, exchange = item.fetch, item.exchange
        sha256 = hashlib.sha256(exchange.body).hexdigest()
        newest = newest_capture(self._db, fetch.article)
        changed = newest is None or newest[2] != sha256
        if newest is not None and not changed:
            with writing(self._db):
                seen_again(self._db, newest[0])
                settle(self._db, fetch, "archived", status=exchange.status)
            self._stats.inc_value("article/unchanged")
        else:
            store_page(self._db, self._archive, fetch, exchange, sha256)
            self._stats.inc_value("article/archived")
        return {"article": fetch.article, "url": exchange.url, "status": exchange.status, "changed": changed}


def store_page(db: Any, archive: ArchiveWriter, fetch: Fetch, exchange: Exchange, sha256: str) -> str:
    """Archive, then commit capture, place and queue in one transaction; returns the capture's id."""
    place = archive.append(exchange)
    fetched = Fetched(fetch.article, exchange.url, exchange.status, exchange.content_type, sha256, len(exchange.body))
    with writing(db):
        capture = add_capture(db, fetched)
        archive.commit_place(capture.id, place)
        settle(db, fetch, "archived", status=exchange.status)
        enqueue(db, "extract", capture.id, version=EXTRACTION_VERSION, place=capture.number)
    return capture.id
