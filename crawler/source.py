"""What is true of one edition of one site: facts, and what follows from them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.errors import InvalidURL
from crawler.urls import normalise
from storage.records import SourceFacts


class Source:
    """The facts of one edition; a subclass states only those that hold for its site alone.

    Selectors are CSS. `title`, `lead` and `body` are believed before the page's metadata, `authors` and `published`
    only where the metadata lack them. The first match counts, except for `authors`, where all do.
    """

    name: str = ""
    """Identifies the edition everywhere: `vietnamplus-es`."""
    outlet: str = ""
    """The publisher, as readers know it."""
    language: str = ""
    """ISO 639-1."""
    country: str = ""
    """ISO 3166-1 alpha-2, in capitals."""
    timezone: str = "UTC"
    """Zone of the dates that name none, by name, because Havana has summer time."""
    hosts: tuple[str, ...] = ()
    """The hosts that serve this edition, the main one first."""

    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    """Pages that list articles, for sites whose feed is short or unproven."""
    article_url: re.Pattern[str] = re.compile(r"^https?://[^/]+/.*(?:\d{4}/\d{1,2}/|\d{5}|[^/-]+-[^/-]+-[^/-]+-[^/-]+)")
    """Matches the normalised URL of an article. A group `id`, if it has one, is what stays when the slug
    changes."""

    title: str | None = None
    lead: str | None = None
    body: str | None = None
    """The element that holds the paragraphs."""
    authors: str | None = None
    published: str | None = None
    drop: tuple[str, ...] = ()
    """What stands inside the body and is not part of the article."""
    boilerplate: re.Pattern[str] | None = None
    """A paragraph that matches as a whole belongs to the site and not to the article."""
    ignores_canonical: bool = False
    """The site's rel=canonical is wrong; og:url is right."""

    minimum: int = 1
    """The fewest articles that a full day's crawl yields; fewer is a failure."""

    @classmethod
    def key(cls, url: str) -> str:
        """What identifies an article of this source, however its address is spelled.

        The main host with the article's number where the site numbers them, else the normalised URL without
        the differences that never name another article: http or https, which of the source's hosts, a slash
        at the end. Raises InvalidURL.
        """
        parts = urlsplit(normalise(url))
        host = cls.hosts[0] if parts.netloc in cls.hosts else parts.netloc
        match = cls.article_url.match(parts.geturl())
        if match and "id" in match.groupdict() and match["id"]:
            return f"{host}/{match['id']}"
        return parts._replace(scheme="https", netloc=host, path=parts.path.rstrip("/")).geturl()

    @classmethod
    def is_article(cls, url: str) -> bool:
        """Whether the address has the form of one of this source's articles; false for what is no address."""
        try:
            normal = normalise(url)
        except InvalidURL:
            return False
        at_home = not cls.hosts or urlsplit(normal).netloc in cls.hosts
        return at_home and cls.article_url.match(normal) is not None


class AnySite(Source):
    """A site that nobody has described: everything is read from the page alone."""

    name = "any"
    outlet = "unknown"


def facts_of(source: type[Source]) -> SourceFacts:
    """What the database keeps of a source."""
    return SourceFacts(
        source.name, source.outlet, source.language or None, source.country or None, source.timezone, source.minimum
    )
