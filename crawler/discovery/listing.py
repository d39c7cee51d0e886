"""What a listing says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from crawler.dates import read_date
from crawler.errors import UnreadableDate
from crawler.text import one_line, plain

MOST_ENTRIES = 50_000
"""Of one listing: what the sitemap protocol allows (sitemaps.org/protocol.html), and far more than any feed has."""
LONGEST_TITLE = 500
LONGEST_SUMMARY = 5_000
"""Characters: some feeds put the whole article there, and it is fetched anyway; others would fill the disk."""
LONGEST_MARKUP = 100_000
"""Characters of markup that are looked through for them."""
FUTURE = timedelta(days=1)
"""How far ahead a date may lie: a clock that is wrong, or a local time that was called UTC."""

WRITTEN = datetime(2026, 11, 21, tzinfo=UTC)
"""A clock that shows an earlier day is wrong, and must not make the future of everything since."""

_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+/[!-~]*")
"""What most links are: whole, and nothing in them to mend."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of a listing with what the listing says about it; nothing of it has been checked."""

    url: str
    """Absolute, not normalised."""
    title: str | None = None
    summary: str | None = None
    """Plain text, on one line."""
    published: datetime | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A feed, a sitemap or a section page, in its own order."""

    kind: str
    """`rss`, `atom`, `json`, `sitemap`, `sitemap index` or `section`."""
    entries: tuple[Entry, ...]
    sitemaps: tuple[Entry, ...] = ()
    """The children of a sitemap index."""
    problems: tuple[str, ...] = ()
    """What could not be read, a sentence each."""
    feeds: tuple[Entry, ...] = ()
    """The feeds that a section page announces."""
    asked_minutes: float | None = None
    """How long the feed says that nothing will change in it (RSS's ttl, sy:updatePeriod)."""


def words(markup: str, longest: int) -> str | None:
    """What a title or summary says, or the beginning of it; None where it says nothing."""
    return plain(markup[:LONGEST_MARKUP])[:longest] or None


class Notebook:
    """Reads the fields of one listing and remembers, once each, what it could not read."""

    def __init__(self, url: str, zone: str, now: datetime | None = None) -> None:
        self.url = url
        self.zone = zone
        self._latest = (now or max(datetime.now(UTC), WRITTEN)) + FUTURE
        self._problems: dict[str, None] = {}

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(self._problems)

    def note(self, problem: str) -> None:
        """Keep the first twenty problems: a listing with more has told enough."""
        if len(self._problems) < 20:
            self._problems[problem] = None

    def address(self, link: object) -> str | None:
        """The link in full, or None for what does not lead to a page; a missing or bad one is a problem."""
        if isinstance(link, str) and _PLAIN_ADDRESS.fullmatch(link):
            return link
        text = one_line(link).replace(" ", "%20") if isinstance(link, str) else ""
        if not text:
            self.note("an entry has no link")
            return None
        try:
            full = urljoin(self.url, text)
            parts = urlsplit(full)
        except ValueError:
            self.note(f"not a link: {text[:80]}")
            return None
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            self.note(f"not a link: {text[:80]}")
            return None
        return full

    def moment(self, text: object) -> datetime | None:
        """The date, or None where there is none; one that cannot be read, or lies ahead, is a problem.

        A date ahead is left out and not pulled back to today: it would be another one at each reading, and each time
        the article would be asked for again.
        """
        if not isinstance(text, str) or not text.strip():
            return None
        try:
            moment = read_date(text, self.zone)
        except UnreadableDate as error:
            self.note(str(error))
            return None
        if moment > self._latest:
            self.note(f"a date in the future: {one_line(text)[:80]!r}")
            return None
        return moment
