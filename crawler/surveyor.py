"""The spider that looks at a site nobody has described: `triwire sources add`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import scrapy
from protego import Protego
from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from crawler.answers import header_of, reason_of_error
from crawler.errors import CrawlerError
from crawler.surveying.site import Answer, Survey, SurveyFailed, look_at
from storage.database import opened
from storage.location import database_path
from storage.robots import rules_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Surveyor(scrapy.Spider):
    """Asks for a dozen addresses, one after the other; what it found is in `survey`, or why not in `error`."""

    name = "surveyor"

    def __init__(self, url: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.url = url
        self.survey: Survey | None = None
        self.error: Exception | None = None

    async def start(self) -> AsyncIterator[Any]:
        """The whole look; nothing is left for callbacks."""
        try:
            self.survey = await look_at(self.url, self._ask, self._sitemaps)
        # Scrapy would log it and go on; whoever asked for the survey wants to be told.
        except Exception as error:  # noqa: BLE001
            self.error = error
        return
        yield

    async def _ask(self, url: str) -> Answer:
        request = Request(url, callback=NO_CALLBACK)
        try:
            response = await self.crawler.engine.download_async(request)
        except CrawlerError:
            raise
        # No set of errors is promised by the network.
        except Exception as error:
            raise SurveyFailed(url, reason_of_error(error)) from error
        return Answer(response.url, response.status, response.body, header_of(response, "Content-Type"))

    def _sitemaps(self, url: str) -> list[str]:
        """Those that the site's robots.txt names, which was read before its first page was asked for."""
        parts = urlsplit(url)
        with opened(database_path(self.settings["TRIWIRE_DATABASE"])) as db:
            rules = rules_of(db, f"{parts.scheme}://{parts.netloc}")
        return list(Protego.parse(rules or "").sitemaps)
