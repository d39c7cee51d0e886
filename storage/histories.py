"""What is stored of each source's past, in the shape in which it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from storage.database import rows
from storage.days import NORM_DAYS, Day
from storage.moments import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Listened:
    """A listing that is visited, and how that goes."""

    url: str
    failures: int
    error: str | None
    heard_at: str | None
    """When it last answered."""
    entries: int


@dataclass(frozen=True, slots=True)
class History:
    """All that the warnings of one source follow from."""

    source: str
    country: str | None
    timezone: str
    minimum: int
    days: tuple[Day, ...]
    news: tuple[datetime, ...]
    """Hours in which it named something new, in order; the last four weeks and the last one before them."""
    listings: tuple[Listened, ...]

    @property
    def heard_at(self) -> str | None:
        """When a listing last answered: later than that, nothing could be heard of the source."""
        return max((listing.heard_at for listing in self.listings if listing.heard_at), default=None)


def read_histories(db: Database, days: Iterable[Day], moment: datetime) -> list[History]:
    """Each source that promises anything: what people bring in has no rhythm to lose."""
    by_source: dict[str, list[Day]] = {}
    for day in sorted(days, key=lambda day: day.day):
        by_source.setdefault(day.source, []).append(day)
    histories = []
    for source in rows(db, "SELECT name, country, timezone, minimum FROM sources WHERE minimum > 0 ORDER BY name"):
        name = source["name"]
        histories.append(
            History(
                name,
                source["country"],
                source["timezone"],
                source["minimum"],
                tuple(by_source.get(name, ())),
                _news(db, name, moment),
                _listened(db, name),
            )
        )
    return histories


def _news(db: Database, source: str, moment: datetime) -> tuple[datetime, ...]:
    """The hours in which it named something new: an hour is fine enough, and a thousand articles are one row."""
    since = stamp(moment - timedelta(NORM_DAYS))
    found = db.conn.execute(
        "SELECT max(first_seen) FROM articles WHERE source = :source AND first_seen < :since"
        " UNION SELECT max(first_seen) FROM articles WHERE source = :source AND first_seen >= :since"
        " GROUP BY substr(first_seen, 1, 13) ORDER BY 1",
        {"source": source, "since": since},
    )
    return tuple(datetime.fromisoformat(seen) for (seen,) in found if seen)


def _listened(db: Database, source: str) -> tuple[Listened, ...]:
    found = rows(
        db,
        "SELECT url, failures, error, entries,"
        " CASE WHEN outcome IS NULL OR outcome = 'failed' THEN read_at ELSE checked_at END AS heard_at"
        " FROM listings WHERE source = ? AND polled AND checked_at IS NOT NULL ORDER BY url",
        [source],
    )
    return tuple(Listened(**row) for row in found)
