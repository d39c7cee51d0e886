"""One tick of the crawl: every source that is due, in one process."""

from __future__ import annotations

import contextlib
import gc
import logging
import resource
import shutil
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from crawler.text import without_controls
from storage.errors import TriwireError
from triwire.planning import chosen_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

    from crawler.spider import NewsSpider

FAULTS = "faults of triwire's own (see the log)"
NOT_KEPT = "answers that could not be archived (see the log)"
STOPPED = "sources stopped before their end"
SHOWN = {
    "listing/read": "listings read",
    "listing/unchanged": "listings unchanged",
    "listing/failed": "listings failed",
    "listing/unanswered": "listings without an answer, like all others (is this machine's line down?)",
    "listing/put_off": "listings put off",
    "gap/noticed": "gaps noticed",
    "backfill/page": "pages read to fill back",
    "backfill/failed": "pages to fill back failed",
    "backfill/named": "articles named in those days",
    "backfill/outside": "entries of other days left out",
    "backfill/undated": "entries without a date left out",
    "backfill/nowhere": "sources without sitemap or archive to fill back from",
    "article/new": "articles new",
    "article/archived": "pages archived",
    "article/unchanged": "pages unchanged",
    "article/off_the_beat": "held back, off the beat",
    "article/moved": "moved",
    "article/gone": "gone",
    "article/suspected": "stored and gone, to be asked for again",
    "article/withdrawn": "withdrawn",
    "article/recheck_failed": "second looks failed",
    "article/forbidden": "forbidden by robots.txt",
    "article/refused": "refused",
    "article/postponed": "postponed",
    "article/failed": "failed for good",
    "already_running": "sources left to another run",
    "spider_exceptions": FAULTS,
    "archive/not_kept": NOT_KEPT,
    "stopped": STOPPED,
}
"""Statistics that a person wants, in this order."""


class CrawlNotStarted(TriwireError):
    """A spider could not be made, for a setting that is refused or for a fault in its class."""


@dataclass(frozen=True, slots=True)
class Tick:
    """What a crawl should do: an empty `names` means every source."""

    database: Path
    names: tuple[str, ...] = ()
    settings: Mapping[str, Any] | None = None
    sources: tuple[type[NewsSpider], ...] = ()
    """Instead of the catalogue's: for a collection that is no site, such as a benchmark's."""


def crawl(tick: Tick) -> dict[str, int]:
    """Crawl until the frontier holds nothing more that is due; returns the counts over all sources."""
    from scrapy.crawler import CrawlerProcess
    from scrapy.exceptions import UsageError
    from scrapy.settings import Settings

    from crawler import settings as defaults
    from crawler.guard import local_hosts
    from crawler.manners import refuse_rude_settings

    settings = Settings()
    settings.setmodule(defaults, priority="project")
    given: dict[str, Any] = {
        "TRIWIRE_DATABASE": str(tick.database),
        "TRIWIRE_NOW": bool(tick.names),
        # The caller runs one companion for all spiders.
        "TRIWIRE_PROCESS": False,
        "LOG_LEVEL": "WARNING",
        "STATS_DUMP": False,
        **(tick.settings or {}),
    }
    settings.setdict(given, priority="cmdline")
    try:
        refuse_rude_settings(settings)
    except UsageError as error:
        raise CrawlNotStarted(str(error)) from error
    spiders = tick.sources or chosen_sources(tick.names, local_hosts(settings))
    if not spiders:
        return {}
    _allow_files(len(spiders))
    logging.setLogRecordFactory(_Harmless)
    process = CrawlerProcess(settings)
    crawlers = [process.create_crawler(spider) for spider in spiders]
    failures: list[Failure] = []
    for crawler in crawlers:
        process.crawl(crawler).addErrback(failures.append)
    with _Watch(crawlers), _rare_collections():
        process.start()
    if failures:
        raise CrawlNotStarted(str(failures[0].value)) from failures[0].value
    for crawler in crawlers:
        # Scrapy ends like this on Ctrl-C, and when systemd stops it.
        if crawler.stats.get_value("finish_reason") == "shutdown":
            crawler.stats.set_value("stopped", 1)
    return totals(crawlers)


@contextlib.contextmanager
def _rare_collections() -> Iterator[None]:
    """Have the garbage collector leave alone what is there for the whole crawl, and look at the rest more rarely.

    Nearly all that a request makes goes without it; it took an eighth of a crawl's CPU time.
    """
    threshold = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*threshold)
        gc.unfreeze()


class _Harmless(logging.LogRecord):
    """Scrapy logs headers as they came, and a header may hold what a terminal obeys."""

    def getMessage(self) -> str:  # noqa: N802 (logging names it so)
        return without_controls(super().getMessage())


def _allow_files(spiders: int) -> None:
    """Let this process open as many files as its spiders need: where cron starts it, 1,024 may be too few."""
    wanted = 256 + 16 * spiders
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def totals(crawlers: Sequence[Crawler]) -> dict[str, int]:
    """The counts that a person wants, by their labels, summed over the spiders."""
    sums: dict[str, int] = {}
    for crawler in crawlers:
        for key, number in crawler.stats.get_stats().items():
            label = SHOWN.get(key) or SHOWN.get(key.rpartition("/")[0])
            if label:
                sums[label] = sums.get(label, 0) + int(number)
    return {label: sums[label] for label in dict.fromkeys(SHOWN.values()) if label in sums}


class _Watch:
    """Says now and then how far the crawl is: over itself on a terminal, in lines elsewhere."""

    def __init__(self, crawlers: Sequence[Crawler]) -> None:
        self._crawlers = crawlers
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._live = sys.stderr.isatty()

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join()
        if self._live:
            click.echo("\r\x1b[K", nl=False, err=True)

    def _run(self) -> None:
        pause = 0.5 if self._live else 2.0
        while not self._stop.wait(pause):
            pause = 0.5 if self._live else 10.0
            # A spider that has not opened yet has no statistics.
            counts = totals([crawler for crawler in self._crawlers if crawler.stats is not None])
            under_way = sum(crawler.crawling for crawler in self._crawlers)
            told = (f"{number} {label}" for label, number in counts.items())
            text = ", ".join((f"{under_way} of {len(self._crawlers)} sources under way", *told))
            if self._live:
                width = shutil.get_terminal_size().columns - 1
                click.echo(f"\r\x1b[K{text[:width]}", nl=False, err=True)
            else:
                click.echo(text, err=True)
