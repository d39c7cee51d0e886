"""What is true of one edition of one site: facts, and what follows from them."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlsplit

from crawler.copies import original
from crawler.errors import InvalidURL
from crawler.urls import normalise
from storage.records import SourceFacts

Evidence = Literal["live", "documented", "inferred"]


class Source:
    """The facts of one edition; a subclass states only those that hold for its site alone.

    Selectors are CSS. `title`, `lead` and `body` are believed before the page's metadata, `authors` and `published`
    only where the metadata lack them. The first match in the page counts, whatever the order of a selector's
    alternatives, except for `authors`, where all do.
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
    archives: tuple[str, ...] = ()
    """Templates of the pages that go back in time, newest first, for `triwire crawl --since`: `{page}` counts from 1,
    `{index}` from 0, `{day:%Y/%m/%d}` is each day where the site has a page for each."""
    article_url: re.Pattern[str] = re.compile(r"^https?://[^/]+/.*(?:\d{4}/\d{1,2}/|\d{5}|[^/-]+-[^/-]+-[^/-]+-[^/-]+)")
    """Matches the normalised URL of an article. A group `id`, if it has one, is what stays when the slug
    changes; a group `edition` stands before it where editions share a host and might share its numbers."""

    title: str | None = None
    lead: str | None = None
    body: str | None = None
    """The element that holds the paragraphs."""
    authors: str | None = None
    signatures: tuple[str, ...] = ()
    """Bylines under which the newsroom signs as a whole, beside its outlet's name: they are nobody's."""
    published: str | None = None
    drop: tuple[str, ...] = ()
    """What stands inside the body and is not part of the article."""
    boilerplate: re.Pattern[str] | None = None
    """A paragraph that matches as a whole belongs to the site and not to the article."""
    ignores_canonical: bool = False
    """The site's rel=canonical is wrong; og:url is right."""
    ignores_meta_dates: bool = False
    """The dates in the page's metadata are wrong; those that the page shows are right."""

    cookies: bool = False
    """The site gives its pages only to whoever brings back the cookies that it sets (QDND redirects to itself)."""

    minimum: int = 1
    """The fewest articles that a full day's crawl yields; fewer is a failure."""

    evidence: Evidence = "inferred"
    """How well the facts above are known, by the weakest that a crawl needs: one listing and the address of an
    article. `live`: seen to answer; `documented`: named in public code or lists of the year in `seen`, the answer
    not shown; `inferred`: by analogy with a site like it, or from memory. A first crawl settles all three."""
    seen: str = ""
    """The month of that evidence, `2026-08`, or its year where no month is known; empty if it is inferred."""

    @classmethod
    def key(cls, url: str) -> str:
        """What identifies an article of this source, however its address is spelled.

        The main host with the article's number where the site numbers them, else the normalised URL without
        the differences that never name another article: http or https, which of the source's hosts, a slash
        at the end, a copy for AMP, for telephones or for the printer. Raises InvalidURL.
        """
        parts = urlsplit(original(normalise(url), cls.hosts))
        host = cls.hosts[0] if parts.netloc in cls.hosts else parts.netloc
        match = cls.article_url.match(parts.geturl())
        named = match.groupdict() if match else {}
        if named.get("id"):
            return "/".join(filter(None, (host, named.get("edition"), named["id"])))
        return parts._replace(scheme="https", netloc=host, path=parts.path.rstrip("/")).geturl()

    @classmethod
    def is_article(cls, url: str) -> bool:
        """Whether the address has the form of one of this source's articles; false for what is no address."""
        try:
            normal = original(normalise(url), cls.hosts)
        except InvalidURL:
            return False
        at_home = not cls.hosts or urlsplit(normal).netloc in cls.hosts
        return at_home and cls.article_url.match(normal) is not None

    @classmethod
    def listings(cls) -> tuple[str, ...]:
        """Every feed, sitemap and section page that the source declares."""
        return (*cls.feeds, *cls.sitemaps, *cls.sections)

    @classmethod
    def past(cls) -> tuple[str, ...]:
        """The archives to walk when days are filled back; a system whose sites all have one adds its own."""
        return cls.archives

    @classmethod
    def roles(cls) -> dict[str, str]:
        """What each of its listings is declared to be: feed, sitemap or section."""
        declared = {"feed": cls.feeds, "sitemap": cls.sitemaps, "section": cls.sections}
        return {url: role for role, urls in declared.items() for url in urls}


class AnySite(Source):
    """A site that nobody has described: everything is read from the page alone."""

    name = "any"
    outlet = "unknown"


def facts_of(source: type[Source]) -> SourceFacts:
    """What the database keeps of a source."""
    return SourceFacts(
        source.name, source.outlet, source.language or None, source.country or None, source.timezone, source.minimum
    )
