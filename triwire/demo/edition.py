"""Everything that the ten sites of the demo newsroom answer in one edition, as bytes by host and address."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from triwire.demo import listings, pages
from triwire.demo.texts import read_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from triwire.demo.outlets import Outlet
    from triwire.demo.texts import Article

HTML = "text/html; charset=utf-8"
XML = "text/xml; charset=utf-8"
BARE_XML = "application/xml"
RELATED = 2
EDITIONS = (1, 2)


@dataclass(frozen=True, slots=True)
class Answer:
    """One response; only listings have `changed`, and are compared by it and by their hash when asked."""

    status: int
    content_type: str
    body: bytes
    changed: datetime | None = None
    location: str | None = None

    @property
    def etag(self) -> str:
        return f'"{sha256(self.body).hexdigest()[:16]}"'


def print_edition(edition: int) -> Mapping[tuple[str, str], Answer]:
    """The answer of each (host, path with query)."""
    answers: dict[tuple[str, str], Answer] = {}
    for outlet, articles in groupby(read_articles(edition), key=lambda article: article.outlet):
        site = tuple(articles)
        answers.update(((outlet.host, path), answer) for path, answer in _site(outlet, site))
    return answers


def _site(outlet: Outlet, articles: Sequence[Article]) -> Iterator[tuple[str, Answer]]:
    yield "/robots.txt", Answer(200, "text/plain; charset=utf-8", listings.robots(outlet))
    standing = tuple(article for article in articles if not article.gone)
    for path in outlet.feeds:
        yield path, _feed(outlet, tuple(article for article in articles if path in article.feeds))
    for path in outlet.sections:
        yield path, Answer(200, HTML, pages.section_page(outlet, standing), changed=listings.newest(standing))
    if outlet.has_sitemap:
        yield from _sitemaps(outlet, standing)
    for number, article in enumerate(standing):
        yield from _article(article, [*standing[number + 1 :], *standing[:number]][:RELATED])


def _feed(outlet: Outlet, articles: Sequence[Article]) -> Answer:
    # A charset in the header would correct the wrong encoding that Viet Nam News declares in the feed.
    content_type = "text/xml" if outlet.family == "vietnamnews" else XML
    return Answer(200, content_type, listings.feed(outlet, articles), changed=listings.newest(articles))


def _sitemaps(outlet: Outlet, articles: Sequence[Article]) -> Iterator[tuple[str, Answer]]:
    changed = listings.newest(articles)
    yield "/sitemap.xml", Answer(200, BARE_XML, listings.sitemap_index(outlet, articles), changed=changed)
    for path, listed in listings.sitemaps(articles).items():
        yield path, Answer(200, BARE_XML, listings.sitemap(listed), changed=listings.newest(listed))


def _article(article: Article, neighbours: Sequence[Article]) -> Iterator[tuple[str, Answer]]:
    """The page under each of its addresses, and the redirect from the one that it had before."""
    page = Answer(200, HTML, pages.article_page(article, neighbours))
    yield article.path, page
    if article.sitemap_url != article.url:
        yield urlsplit(article.sitemap_url).path, page
    if article.moved_from:
        yield urlsplit(article.moved_from).path, Answer(301, HTML, b"", location=article.url)
