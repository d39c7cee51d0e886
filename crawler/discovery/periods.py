"""Which days an address speaks of: `news-2026-8.xml` holds August, `/2026/08/22/slug` is of that day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.discovery.listing import Entry

_YEAR, _MONTH, _DAY = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>0?[1-9]|1[0-2])", r"(?P<day>0?[1-9]|[12]\d|3[01])"
_GAP = r"[-_/.]"
# Longest first: what names a day also names its month.
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?<!\d){_YEAR}{_GAP}{_MONTH}{_GAP}{_DAY}(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
        rf"\by{{1,4}}(?:ear)?={_YEAR}&mm?(?:onth)?={_MONTH}(?:&dd?(?:ay)?={_DAY})?(?!\d)",
        rf"(?<!\d){_YEAR}{_GAP}{_MONTH}(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?!\d)",
        rf"(?<!\d){_YEAR}(?!\d)",
    )
)
_OF_A_DAY = tuple(
    re.compile(form)
    for form in (
        rf"/{_YEAR}/{_MONTH}/{_DAY}(?:/|-|$)",
        rf"/{_YEAR}-{_MONTH}-{_DAY}(?:/|-|$)",
        r"/(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])/",
    )
)


@dataclass(frozen=True, slots=True)
class Days:
    """From `since` to `until`, both included, as the calendar of the source counts them."""

    since: date
    until: date

    def hold(self, day: date) -> bool:
        return self.since <= day <= self.until

    def meet(self, other: Days) -> bool:
        return self.since <= other.until and other.since <= self.until


def period_of(url: str) -> Days | None:
    """The year, month or day that the address of a sitemap names, or None; a day that no calendar has names none."""
    parts = urlsplit(url)
    for form in _FORMS:
        # A year alone is not looked for in the query, where `page=2001` is no year.
        text = parts.path if form is _FORMS[-1] else f"{parts.path}?{parts.query}"
        # The last: `/2019/theme/sitemap-2026-8.xml`.
        found = list(form.finditer(text))
        if found:
            return _days(found[-1])
    return None


def _days(match: re.Match[str]) -> Days | None:
    named = match.groupdict()
    year = int(named["year"])
    if not named.get("month"):
        return Days(date(year, 1, 1), date(year, 12, 31))
    month = int(named["month"])
    last = calendar.monthrange(year, month)[1]
    if not named.get("day"):
        return Days(date(year, month, 1), date(year, month, last))
    day = int(named["day"])
    return Days(date(year, month, day), date(year, month, day)) if day <= last else None


def day_of(url: str) -> date | None:
    """The day that stands in the address of an article, as a folder or at the start of its name."""
    path = urlsplit(url).path
    for form in _OF_A_DAY:
        match = form.search(path)
        if match:
            days = _days(match)
            return days.since if days else None
    return None


def may_hold(child: Entry, days: Days, zone: str) -> bool:
    """Whether a sitemap may list articles published in these days, by its name or by its last change.

    What was changed last before the first day cannot; what names other days does not. Without either it may.
    """
    named = period_of(child.url)
    if named is not None:
        # A day either way: the server may count its days in another zone.
        return Days(named.since - timedelta(days=1), named.until + timedelta(days=1)).meet(days)
    moment = child.updated or child.published
    return moment is None or local_day(moment, zone) >= days.since


def was_published_in(entry: Entry, days: Days, zone: str, listed_in: str) -> bool | None:
    """Whether an entry of the sitemap or page `listed_in` was published in these days; None where nothing tells.

    What is most surely the day of publication is believed: the sitemap's news date, then the day in the address, then
    the days that the sitemap is named for, and last the day of its last change, which cannot be earlier.
    """
    day = local_day(entry.published, zone) if entry.published else day_of(entry.url)
    if day is not None:
        return days.hold(day)
    changed = local_day(entry.updated, zone) if entry.updated else None
    if changed is not None and changed < days.since:
        return False
    named = period_of(listed_in)
    if named is not None and not named.meet(days):
        return False
    if named is not None and days.since <= named.since and named.until <= days.until:
        return True
    return None if changed is None else days.hold(changed)


def local_day(moment: datetime, zone: str) -> date:
    """The day on the calendar of a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()
