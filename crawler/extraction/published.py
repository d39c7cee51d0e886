"""When an article was published and last changed, by the evidence of its page and of the listing that named it."""

from __future__ import annotations

import re
from datetime import MAXYEAR, UTC, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.dates import read_date
from crawler.errors import UnreadableBody, UnreadableDate
from crawler.extraction import generic
from crawler.extraction.dateline import shown_dates
from crawler.extraction.meta import PUBLISHED, UPDATED
from storage.records import Dated

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from lxml.html import HtmlElement

    from crawler.extraction.dateline import Shown
    from crawler.extraction.jsonld import Described
    from crawler.extraction.meta import Meta
    from crawler.extraction.page import Document
    from crawler.extraction.visible import Visible
    from crawler.source import Source

NEAR = timedelta(days=2)
"""A page's date and its listing's may differ by a time zone, an embargo, a night."""
FAR = timedelta(days=366)
"""What the metadata say may not lie further from the listing's date: it would be the template's date and not the
article's. VnExpress's pages of 2014 state 3 March 2001."""
A_DAY = timedelta(days=1)
"""An article may be dated ahead by as much: by a zone that is stated wrongly, or by the paper of tomorrow."""

_DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12]\d|3[01])(?=[/-]|$)")
_GENERIC_DOMAIN = re.compile(r"\.(?:com|org|net|info|io|co|us|ai|blog|news|edu|gov)$")


def served_at(headers: Iterable[tuple[str, str]]) -> datetime | None:
    """The moment of the answer by its own Date header."""
    stated = next((value for name, value in headers if name.strip().lower() == "date"), None)
    try:
        moment = parsedate_to_datetime(stated) if stated else None
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment and moment.year < MAXYEAR else None


class Dates:
    """The dates of one page."""

    def __init__(
        self,
        document: Document,
        source: type[Source],
        described: Described,
        meta: Meta,
        visible: Visible,
        served: datetime | None = None,
    ) -> None:
        """`served` is when the page was: no article is from later than that."""
        self._document = document
        self._latest = served + A_DAY if served else None
        self._source = source
        self._described = described
        self._meta = meta
        self._visible = visible
        self._beside_headline: list[Shown] | None = None
        # Readers in the United States write 3/4/2026 for the fourth of March. Of a site whose country is not known,
        # an English page on a domain of no country is more likely theirs.
        host = urlsplit(document.url).hostname or ""
        self._month_first = (
            not source.country and meta.language() in {"en", None} and _GENERIC_DOMAIN.search(host) is not None
        )

    def published(self, headline: HtmlElement | None, listed: datetime | None) -> Dated | None:
        """The date of publication; `listed` is the one by which a listing named the article.

        Metadata first, then what the page shows. What lies near the listing's date goes before what does not.
        """
        dates = self._all(headline, listed) or self._guessed()
        if not dates:
            return None
        if listed is not None:
            near = [found for found in dates if abs(found.moment - listed) <= NEAR]
            if not near and dates[0].origin in {"meta", "text"} and abs(dates[0].moment - listed) > FAR:
                near = [Dated(listed, "feed")]
            if near and near[0] != dates[0]:
                self._document.problems.append(
                    f"{dates[0].origin}: {dates[0].moment.isoformat()} lies far from the listing's {listed.isoformat()}"
                )
            dates = near or dates
        return Dated(self._local(dates, headline), dates[0].origin)

    def updated(self, headline: HtmlElement | None) -> Dated | None:
        """The date of the last change: as the metadata state it, else as the page shows it."""
        stated = [] if self._source.ignores_meta_dates else self._stated_changes()
        if stated or headline is None:
            return next(iter(stated), None)
        changes = (self._seen(shown) for shown in self._shown(headline) if shown.is_of_change)
        return next((dated for dated in changes if dated), None)

    def _stated(self) -> list[Dated]:
        names = ((self._meta.first(name), "meta") for name in PUBLISHED)
        return self._read([(self._described.published, "json-ld"), *names])

    def _stated_changes(self) -> list[Dated]:
        names = ((self._meta.first(name), "meta") for name in UPDATED)
        return self._read([(self._described.updated, "json-ld"), *names])

    def _all(self, headline: HtmlElement | None, listed: datetime | None) -> list[Dated]:
        """Every date of the page, in order of trust."""
        stated = [] if self._source.ignores_meta_dates else self._stated()
        marked, others = (self._of(shown) for shown in self._visible.times())
        at_its_place = self._read(self._visible.published())
        is_build = bool(stated) and self._is_build(stated[0])
        # Looking for it takes its time, and most pages have no need of it.
        is_default = bool(stated) and (stated[0].moment.month, stated[0].moment.day) == (1, 1)
        needed = is_build or is_default or not stated or listed is not None
        beside = self._beside(headline) if needed else []
        dates = [*stated, *at_its_place, *marked, *beside, *others]
        shown = next(iter([*at_its_place, *beside, *marked]), None)
        if is_build and shown and stated[0].moment - shown.moment > A_DAY:
            dates.insert(0, shown)
        # New Year's Day is what a system states that was given no day, or a year alone.
        elif is_default and beside and all(abs(one.moment - stated[0].moment) > NEAR for one in beside):
            dates.insert(0, beside[0])
        return dates

    def _beside(self, headline: HtmlElement | None) -> list[Dated]:
        """The dates of publication that stand beside the headline."""
        return [] if headline is None else self._of(self._shown(headline))

    def _shown(self, headline: HtmlElement) -> list[Shown]:
        """The dates beside the headline, looked for once though three questions need them."""
        if self._beside_headline is None:
            self._beside_headline = list(shown_dates(headline))
        return self._beside_headline

    def _local(self, dates: list[Dated], headline: HtmlElement | None) -> datetime:
        """The moment of the first date in the offset of the page's readers.

        Metadata often state in UTC what the page shows in local time, and the day that readers saw is the local one.
        """
        moment = dates[0].moment
        if moment.utcoffset() or dates[0].origin not in {"json-ld", "meta", "time"}:
            return moment
        exact = (shown.exact for group in self._visible.times() for shown in group)
        same = (found.moment for found in (*dates, *self._read((text, "time") for text in exact)))
        local = next((found for found in same if found == moment and found.utcoffset()), None)
        if local or self._source.country:
            return local or moment
        days = (found.moment for found in (*self._beside(headline), *self._in_address()))
        return _on_day(moment, next((day.date() for day in days), moment.date()))

    def _is_build(self, stated: Dated) -> bool:
        """Whether a date is stated as that of the last change too. So it is in an article that never changed; where
        the page shows an older one, the content system has stated the moment at which it last built the page."""
        return any(change.moment == stated.moment for change in self._stated_changes())

    def _of(self, shown: Iterable[Shown]) -> list[Dated]:
        """Of the dates that stand on the page those that are of no change."""
        found = (self._seen(one) for one in shown if not one.is_of_change)
        return [dated for dated in found if dated]

    def _seen(self, shown: Shown) -> Dated | None:
        """A date that stands on the page, in the offset that its readers see.

        `2026-02-24T04:13Z` with `February 23, 2026` beside it was published on the 23rd, in a zone that the page does
        not name; of those that fit, the nearest to Greenwich is taken.
        """
        if not shown.exact:
            return next(iter(self._read([(shown.text, "text")])), None)
        dated = next(iter(self._read([(shown.exact, "time")])), None)
        if dated is None or dated.moment.utcoffset() or not shown.is_bare:
            return dated
        try:
            day = self._moment(shown.text).date()
        except UnreadableDate:
            return dated
        return Dated(_on_day(dated.moment, day), dated.origin)

    def _read(self, claims: Iterable[tuple[str | None, str]]) -> list[Dated]:
        """Those that can be read, in order; the others are problems of the page."""
        dates = []
        for text, origin in claims:
            if text:
                try:
                    dated = Dated(self._moment(text), origin)
                except UnreadableDate as error:
                    self._document.problems.append(f"{origin}: {error}")
                    continue
                if self._latest and dated.moment > self._latest:
                    self._document.problems.append(f"{origin}: {dated.moment.isoformat()} is after the page was served")
                else:
                    dates.append(dated)
        return dates

    def _moment(self, text: str) -> datetime:
        return read_date(text, self._source.timezone, month_first=self._month_first)

    def _in_address(self) -> list[Dated]:
        day = _DAY_IN_ADDRESS.search(urlsplit(self._document.url).path)
        return self._read([("-".join(part.zfill(2) for part in day.groups()), "url")]) if day else []

    def _guessed(self) -> list[Dated]:
        """The day in the page's address, else the one that htmldate finds in its text."""
        named = self._in_address()
        if named:
            return named
        try:
            found = generic.find_date(self._document.root, self._document.url)
        except UnreadableBody as error:
            self._document.problems.append(str(error))
            return []
        # It makes a New Year's Day of a year that stands alone, as in the notice of a copyright.
        return [] if found and found.endswith("-01-01") else self._read([(found, "text")])


def _on_day(moment: datetime, day: date) -> datetime:
    """The moment in the nearest offset in which it lies on this day; as it is where there is none."""
    for hours in (0, *(sign * size for size in range(1, 13) for sign in (1, -1))):
        local = moment.astimezone(timezone(timedelta(hours=hours)))
        if local.date() == day:
            return local
    return moment
