"""Processing beside a crawl: `scrapy crawl NAME` leaves its result translated and grouped."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import NotConfigured

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class Companion:
    """A `triwire process` that goes on until told that the crawl has ended, or until the crawl has died.

    It follows its standard input: the end of that stream is the sign, and the kernel gives it also for a killed
    crawl. It takes the processing lock itself, or waits for it; where another companion waits already, it leaves.
    """

    def __init__(self, database: str) -> None:
        command = [sys.executable, "-m", "triwire", "process", "--follow", "--database", database]
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603

    def finish(self) -> int:
        """Say that the crawl has ended and wait for the rest to be done; returns the exit code."""
        if self._child.stdin is not None:
            self._child.stdin.close()
        return self._child.wait()


class ProcessBesideCrawl:
    """Starts a companion with the spider and waits for it at the end. TRIWIRE_PROCESS=False turns it off."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("TRIWIRE_PROCESS"):
            raise NotConfigured
        self._database = str(crawler.settings["TRIWIRE_DATABASE"])
        self._companion: Companion | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.begin, signal=signals.spider_opened)
        crawler.signals.connect(extension.finish, signal=signals.engine_stopped)
        return extension

    def begin(self) -> None:
        self._companion = Companion(self._database)

    def finish(self) -> None:
        if self._companion is None:
            return
        from triwire.watching import watch_sources

        logger.info("the crawl is over; waiting for the processing of what it found (Ctrl-C leaves it queued)")
        code = self._companion.finish()
        if code == 130:
            logger.info("processing was stopped; the rest stays queued for `triwire process`")
        elif code != 0:
            logger.warning("processing ended with code %s; `triwire status` tells what is left", code)
        watch_sources(Path(self._database))
