"""A survey of one site by the crawler's own downloader: guarded, at its host's pace, within its robots.txt."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from storage.errors import TriwireError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.settings import Settings
    from twisted.python.failure import Failure

    from crawler.surveying import Survey
    from crawler.surveying.site import Answer


class AlreadyKnown(TriwireError):
    """A source has this host."""

    def __init__(self, host: str, source: str) -> None:
        super().__init__(f"{host} is {source} already; its facts stand in crawler/sources/")
        self.host = host
        self.source = source


class SurveyNotStarted(TriwireError):
    """A setting is refused, or something is wrong with triwire itself."""


def new_address(given: str) -> str:
    """The address in full. Raises InvalidURL, and AlreadyKnown where a source has its host."""
    from crawler.catalogue import source_for
    from crawler.source import AnySite
    from crawler.urls import normalise

    url = normalise(given if "://" in given else f"https://{given}")
    source = source_for(url)
    if source is not AnySite:
        raise AlreadyKnown(urlsplit(url).netloc, source.name)
    return url


def survey_site(database: Path, url: str, given: Mapping[str, Any]) -> Survey:
    """Look at the site at this address; nothing is stored but the clock of its host. Raises SurveyFailed.

    The clock is that of the database, so that a crawl beside it and this look leave the delay between each other;
    without a database it is one of its own.
    """
    if database.is_file():
        return _survey(database, url, given)
    with tempfile.TemporaryDirectory() as folder:
        return _survey(Path(folder) / "survey.db", url, given)


def _survey(database: Path, url: str, given: Mapping[str, Any]) -> Survey:
    from scrapy.crawler import CrawlerProcess

    from crawler.surveyor import Surveyor
    from storage.database import opened

    with opened(database):
        pass
    process = CrawlerProcess(_settings(database, given))
    crawler = process.create_crawler(Surveyor)
    failures: list[Failure] = []
    process.crawl(crawler, url=url).addErrback(failures.append)
    process.start()
    spider = crawler.spider
    error = failures[0].value if failures else getattr(spider, "error", None)
    if isinstance(error, TriwireError):
        raise error
    survey = getattr(spider, "survey", None)
    if survey is None:
        raise SurveyNotStarted(str(error)) from error
    found: Survey = survey
    return found


def _settings(database: Path, given: Mapping[str, Any]) -> Settings:
    from scrapy.settings import Settings

    from crawler import settings as defaults

    settings = Settings()
    settings.setmodule(defaults, priority="project")
    ours = {
        "TRIWIRE_DATABASE": str(database),
        "LOG_LEVEL": "ERROR",
        "STATS_DUMP": False,
        # Nothing is archived, and nothing processed.
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {},
    }
    settings.setdict({**ours, **given}, priority="cmdline")
    return settings


def languages_of(pages: list[Answer]) -> Mapping[str, int]:
    """Votes on the language of the pages' texts, by the detector that stored articles are identified by."""
    from crawler.errors import CrawlerError
    from crawler.extraction import Page, extract
    from crawler.source import AnySite
    from pipeline.language import identify

    votes: Counter[str] = Counter()
    for page in pages:
        try:
            read = extract(Page(page.url, page.body, page.content_type), AnySite)
        except CrawlerError:
            continue
        if read.body:
            votes[identify(f"{read.title or ''}\n\n{read.body}", None).language] += 1
    return votes
