"""A polite look at a site: its home page, robots.txt, a few feeds and sitemaps, two articles. Nothing is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawler.discovery import Listing, read_listing
from crawler.errors import CrawlerError, InvalidURL, ListingError
from crawler.surveying.addresses import Form, guess_form
from crawler.urls import normalise

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from crawler.discovery import Entry

MOST_FEEDS, MOST_SITEMAPS, MOST_PAGES = 3, 2, 2
GUESSES = ("/feed/", "/rss", "/rss.xml", "/rss/home.rss")
"""Where feeds stand that nobody announces."""
SITEMAP = "/sitemap.xml"
_NO_NEWS = re.compile(r"/(?:comments?|tag|author|wp-json)/|/comments?$", re.IGNORECASE)
_NEWS = re.compile(r"news|noticia|latest|post", re.IGNORECASE)
FEEDS = {"rss", "atom", "json"}


class SurveyFailed(CrawlerError):
    """Nothing can be said of the site: it does not answer, or does not want to be asked."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.url} cannot be looked at: {self.reason}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came for an address, after redirects."""

    url: str
    status: int
    body: bytes
    content_type: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A feed or sitemap that answers."""

    url: str
    listing: Listing


@dataclass
class Survey:
    """What was seen, in the order in which it was asked for."""

    start: str
    """Where it began, after redirects."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Each address, and how it answered."""
    feeds: list[Found] = field(default_factory=list)
    sitemaps: list[Found] = field(default_factory=list)
    links: list[Entry] = field(default_factory=list)
    """Of the page where it began."""
    form: Form | None = None
    pages: list[Answer] = field(default_factory=list)
    """Articles."""

    @property
    def host(self) -> str:
        return urlsplit(self.start).netloc

    def entries(self) -> list[Entry]:
        """What the feeds name, else the sitemaps, at home."""
        for listings in (self.feeds, self.sitemaps):
            found = [entry for listed in listings for entry in listed.listing.entries if self._at_home(entry.url)]
            if found:
                return found
        return []

    def _at_home(self, url: str) -> bool:
        return urlsplit(url).netloc.removeprefix("www.") == self.host.removeprefix("www.")


class _Surveyor:
    def __init__(self, ask: Callable[[str], Awaitable[Answer]], robots: Callable[[str], Sequence[str]]) -> None:
        self._ask = ask
        self._robots = robots
        self._seen: set[str] = set()

    async def look(self, url: str) -> Survey:
        answer = await self._fetch(Survey(url), url)
        if isinstance(answer, str):
            raise SurveyFailed(url, answer)
        survey = Survey(normalise(answer.url), asked=[(answer.url, f"HTTP {answer.status}")])
        try:
            listing = read_listing(answer.body, url=answer.url, content_type=answer.content_type, timezone="UTC")
        except ListingError as error:
            raise SurveyFailed(url, error.reason) from error
        announced = [entry.url for entry in listing.feeds]
        if listing.kind in FEEDS:
            survey.feeds.append(Found(survey.start, listing))
        elif listing.kind == "section":
            survey.links = list(listing.entries)
        else:
            survey.sitemaps.append(Found(survey.start, listing))
        await self._find_feeds(survey, announced)
        await self._find_sitemaps(survey)
        await self._find_articles(survey)
        return survey

    async def _find_feeds(self, survey: Survey, announced: Iterable[str]) -> None:
        wanted = [url for url in announced if not _NO_NEWS.search(url)]
        for url in wanted[:MOST_FEEDS]:
            await self._read(survey, url, FEEDS, survey.feeds)
        for path in GUESSES:
            if survey.feeds:
                return
            await self._read(survey, urljoin(survey.start, path), FEEDS, survey.feeds)

    async def _find_sitemaps(self, survey: Survey) -> None:
        wanted = list(self._robots(survey.start))
        # Those for news first: they are short, and hold titles.
        wanted.sort(key=lambda url: not _NEWS.search(url))
        for url in wanted[:MOST_SITEMAPS] or [urljoin(survey.start, SITEMAP)]:
            found = await self._read(survey, url, {"sitemap", "sitemap index"}, survey.sitemaps)
            if found is not None and found.kind == "sitemap index" and not survey.feeds:
                # One child is enough to see how articles are addressed.
                children = sorted(found.sitemaps, key=lambda child: (bool(_NEWS.search(child.url)), _date(child)))
                if children:
                    await self._read(survey, children[-1].url, {"sitemap"}, survey.sitemaps, keep_first=True)

    async def _find_articles(self, survey: Survey) -> None:
        links = _normal(entry.url for entry in survey.links)
        # Without feed and sitemap: what the page links to with a headline's worth of words.
        listed = survey.entries() or [link for link in survey.links if len((link.title or "").split()) >= 6]
        addresses = _normal(entry.url for entry in listed)
        survey.form = guess_form(addresses, links)
        for url in addresses:
            if len(survey.pages) == MOST_PAGES:
                return
            if survey.form is None or re.match(survey.form.pattern, url):
                answer = await self._fetch(survey, url)
                if not isinstance(answer, str):
                    survey.pages.append(answer)

    async def _read(
        self, survey: Survey, url: str, kinds: set[str], into: list[Found], *, keep_first: bool = False
    ) -> Listing | None:
        """Fetch a listing and keep it if it is of these kinds."""
        answer = await self._fetch(survey, url)
        if isinstance(answer, str):
            return None
        try:
            listing = read_listing(answer.body, url=answer.url, content_type=answer.content_type, timezone="UTC")
        except ListingError:
            return None
        if listing.kind not in kinds or not (listing.entries or listing.sitemaps):
            return None
        survey.asked[-1] = (url, f"{listing.kind}, {len(listing.entries) or len(listing.sitemaps)} entries")
        if keep_first and into:
            # A child shows what the index holds; the index is what is declared.
            into[-1] = Found(into[-1].url, listing)
        else:
            into.append(Found(normalise(answer.url), listing))
        return listing

    async def _fetch(self, survey: Survey, url: str) -> Answer | str:
        """The answer, or why there is none that can be used."""
        if url in self._seen:
            return "asked already"
        self._seen.add(url)
        try:
            answer = await self._ask(url)
        except CrawlerError as error:
            reason = error.reason if isinstance(error, SurveyFailed) else str(error)
            survey.asked.append((url, reason))
            return reason
        outcome = f"HTTP {answer.status}"
        survey.asked.append((url, outcome))
        return answer if answer.status == 200 and answer.body else outcome


async def look_at(url: str, ask: Callable[[str], Awaitable[Answer]], robots: Callable[[str], Sequence[str]]) -> Survey:
    """Survey the site at this address. `ask` fetches, and raises CrawlerError where it may not or cannot; `robots`
    gives the sitemaps that the robots.txt of a site names, once something of it was asked for.

    Raises SurveyFailed where the address itself gives nothing.
    """
    return await _Surveyor(ask, robots).look(url)


def _normal(urls: Iterable[str]) -> list[str]:
    found = []
    for url in urls:
        try:
            found.append(normalise(url))
        except InvalidURL:
            continue
    return list(dict.fromkeys(found))


def _date(entry: Entry) -> str:
    moment = entry.updated or entry.published
    return moment.isoformat() if moment else ""
