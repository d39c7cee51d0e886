"""The sources that the project knows."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import crawler.sources
from crawler.source import AnySite
from crawler.urls import normalise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.source import Source
    from crawler.spider import NewsSpider


@cache
def sources() -> Mapping[str, type[NewsSpider]]:
    """Every source by name, in order of name: the named spiders of `crawler/sources/`, which need no
    registration."""
    from crawler.spider import NewsSpider

    found: dict[str, type[NewsSpider]] = {}
    for module_info in pkgutil.iter_modules(crawler.sources.__path__):
        module = importlib.import_module(f"crawler.sources.{module_info.name}")
        for spider in vars(module).values():
            # A family, which two editions share, has no name of its own.
            if isinstance(spider, type) and issubclass(spider, NewsSpider) and spider.name:
                found[spider.name] = spider
    return MappingProxyType(dict(sorted(found.items())))


def source_for(url: str) -> type[Source]:
    """The source whose host serves this address, or AnySite. Raises InvalidURL."""
    host = urlsplit(normalise(url)).netloc
    return next((source for source in sources().values() if host in source.hosts), AnySite)
