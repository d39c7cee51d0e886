"""What a site, a listing or a page did wrong.

    CrawlerError
    ├── InvalidURL           no address that could be fetched
    ├── UnreadableDate       a date in no form that we know
    ├── ListingError
    │   ├── EmptyListing     nothing was sent
    │   ├── NotAListing      something else was sent
    │   ├── BrokenListing    a feed or sitemap, of which nothing can be read
    │   └── OversizedListing it unpacks to more than a sitemap may hold
    └── PageError
        ├── NotAPage         the bytes are no HTML
        ├── NoArticle        an error page or a wall, served as if it were the article
        └── UnreadableBody   the library that finds the text failed on this page

The facts are the arguments, in order, so that every error survives the way back from a worker process.
"""

from __future__ import annotations

from storage.errors import TriwireError


class CrawlerError(TriwireError):
    """Something that the outside world sent."""


class InvalidURL(CrawlerError):
    """A text that names no place on the web; the caller skips it."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.reason}: {self.url!r}"


class UnreadableDate(CrawlerError):
    """A date that would have to be guessed; the caller goes on without it and says so."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f"unreadable date: {self.text[:80]!r}"


class ListingError(CrawlerError):
    """A feed, sitemap or section page that yields nothing; the source needs a person if it lasts."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.url}: {self.reason}"


class EmptyListing(ListingError):
    """No bytes, or nothing but white space."""


class NotAListing(ListingError):
    """Neither a feed nor a sitemap nor a page with links."""


class BrokenListing(ListingError):
    """It says what it is, and nothing in it can be read."""


class OversizedListing(ListingError):
    """It unpacks to more than the sitemap protocol allows: a mistake or a bomb."""


class PageError(CrawlerError):
    """One page could not be read; the crawl goes on."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.url}: {self.reason}"


class NotAPage(PageError):
    """The bytes are no HTML: a picture, a PDF, a feed, or nothing."""


class NoArticle(PageError):
    """A page that stands in an article's place: an error, a check of the browser, a request for consent."""


class UnreadableBody(PageError):
    """The library that finds the text failed; the other fields of the page still stand."""
