"""The sources that the project knows."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from functools import cache
from pathlib import Path
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


def catalogue_digest() -> str:
    """Hash of the files that state the sources: another one means that facts may have changed.

    Reading seventy small files takes milliseconds, importing what they import takes a second.
    """
    folder = Path(crawler.sources.__file__ or "").parent
    digest = hashlib.sha256()
    for path in (folder.parent / "source.py", *sorted(folder.rglob("*.py"))):
        digest.update(f"{path.relative_to(folder.parent)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def has_hosts_alone(source: str, hosts: tuple[str, ...]) -> bool:
    """Whether no other source lives on these hosts, so that what robots.txt and pages announce there is its own."""
    others = (other for other in sources().values() if other.name != source)
    return not any(set(other.hosts) & set(hosts) for other in others)


def declared_listings(source: type[Source]) -> dict[str, str]:
    """The listings of a source with their roles, and its home page, which may name feeds where none answers."""
    home = home_of(source.name, source.hosts)
    return {**({home: "home"} if home else {}), **source.roles()}


def home_of(source: str, hosts: tuple[str, ...]) -> str | None:
    """The home page of a source, where it has one that it need not share."""
    return f"https://{hosts[0]}/" if hosts and has_hosts_alone(source, hosts) else None


def source_for(url: str) -> type[Source]:
    """The source that an address belongs to, or AnySite where no source has its host. Raises InvalidURL.

    Where editions share a host, it is the one whose article or listing the address is, and nobody's if it is
    neither.
    """
    address = normalise(url)
    host = urlsplit(address).netloc
    at_home = [source for source in sources().values() if host in source.hosts]
    own = (source for source in at_home if source.is_article(address) or address in source.listings())
    return next(own, at_home[0] if len(at_home) == 1 else AnySite)
