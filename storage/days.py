"""What each source gave day by day, worked out from the articles, captures and extractions that are stored."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import astuple, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from storage.database import rows, value, writing
from storage.moments import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlite_utils import Database

NORM_DAYS = 28
"""A source's norm is that of the four weeks before: four of each day of the week."""
KEPT_DAYS = 60
"""Days back that a better extractor's readings are worked in again: a window, its norm, and some."""

Key = tuple[str, str]
"""Source and day."""


@dataclass(frozen=True, slots=True)
class Day:
    """One source on one day, UTC."""

    source: str
    day: str
    discovered: int = 0
    fetched: int = 0
    extracted: int = 0
    no_title: int = 0
    no_date: int = 0
    no_author: int = 0
    no_body: int = 0
    length: int | None = None
    """Median length of the bodies, characters; None where nothing with a body was read."""
    usual_length: int | None = None
    version: int | None = None
    """Version of the extractor when this was worked out."""


def read_days(db: Database, since: str) -> dict[Key, Day]:
    """The days that are kept, from this one on."""
    return {
        (row["source"], row["day"]): Day(**row)
        for row in rows(db, "SELECT * FROM source_days WHERE day >= ? ORDER BY source, day", [since])
    }


def days_now(db: Database, moment: datetime, version: int) -> dict[Key, Day]:
    """The days that are kept, with the last ones worked out anew as of this moment; `version` is the extractor's.

    Writes nothing.
    """
    known, found = _known_and_found(db, moment, version)
    return {**known, **found}


def renew_days(db: Database, moment: datetime, version: int) -> dict[Key, Day]:
    """As `days_now`, and keep what has changed."""
    known, found = _known_and_found(db, moment, version)
    changed = [day for key, day in found.items() if known.get(key) != day]
    if changed:
        columns = [field.name for field in fields(Day)]
        with writing(db):
            db.conn.executemany(
                f"INSERT OR REPLACE INTO source_days ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
                [astuple(day) for day in changed],
            )
    return {**known, **found}


def _known_and_found(db: Database, moment: datetime, version: int) -> tuple[dict[Key, Day], dict[Key, Day]]:
    known = read_days(db, _day(moment - timedelta(KEPT_DAYS)))
    found = work_out(db, _first_to_renew(db, known, moment, version), version)
    return known, _with_norms(found, known)


def work_out(db: Database, since: str, version: int) -> dict[Key, Day]:
    """Every day from `since` on, from what is stored; norms are left out."""
    found: dict[Key, Day] = {}
    for (source,) in db.conn.execute("SELECT name FROM sources ORDER BY name").fetchall():
        named = db.conn.execute(
            "SELECT substr(first_seen, 1, 10), count(*) FROM articles WHERE source = ? AND first_seen >= ? GROUP BY 1",
            [source, since],
        )
        for day, count in named:
            found[source, day] = Day(source, day, discovered=count, version=version)
    for read in _readings(db, since):
        lengths = [int(length) for length in (read.pop("lengths") or "").split(",") if length]
        key = (read["source"], read["day"])
        length = round(median(lengths)) if lengths else None
        found[key] = replace(found.get(key, Day(*key, version=version)), **read, length=length)
    return found


def _readings(db: Database, since: str) -> list[dict[str, Any]]:
    """The first captures since then by source and day, with what their newest readings lack.

    What a person brought in is no source's doing.
    """
    return rows(
        db,
        "SELECT a.source, substr(c.fetched_at, 1, 10) AS day, count(*) AS fetched, count(e.id) AS extracted,"
        " count(CASE WHEN e.title IS NULL THEN e.id END) AS no_title,"
        " count(CASE WHEN e.published IS NULL THEN e.id END) AS no_date,"
        " count(CASE WHEN e.authors = '[]' THEN e.id END) AS no_author,"
        " count(CASE WHEN e.length = 0 THEN e.id END) AS no_body,"
        " group_concat(nullif(e.length, 0)) AS lengths"
        " FROM captures c JOIN articles a ON a.id = c.article"
        " LEFT JOIN extractions e ON e.capture = c.id"
        " AND e.version = (SELECT max(version) FROM extractions WHERE capture = c.id)"
        " WHERE c.number = 1 AND c.fetched_at >= ? AND c.status IS NOT NULL GROUP BY a.source, day",
        [since],
    )


def _first_to_renew(db: Database, known: Mapping[Key, Day], moment: datetime, version: int) -> str:
    """The first day whose numbers may have changed: yesterday, as a rule, whose last pages are read today."""
    newest = max((day.day for day in known.values()), default="")
    yesterday = _day(moment - timedelta(1))
    if not newest:
        return _day(moment - timedelta(KEPT_DAYS))
    outdated = [day.day for day in known.values() if (day.version or 0) < version]
    reading_again = value(db, "SELECT 1 FROM work WHERE stage = 'extract' AND state = 'queued' LIMIT 1")
    if outdated and not reading_again:
        return min(outdated)
    day_before = _day(datetime.fromisoformat(newest).replace(tzinfo=UTC) - timedelta(1))
    return min(yesterday, day_before)


def _with_norms(found: Mapping[Key, Day], known: Mapping[Key, Day]) -> dict[Key, Day]:
    """The days with the usual length of their sources' texts, by the days before them."""
    by_source: dict[str, list[Day]] = defaultdict(list)
    for day in {**known, **found}.values():
        by_source[day.source].append(day)
    return {key: replace(day, usual_length=usual_length(by_source[day.source], day)) for key, day in found.items()}


def usual_length(days: Iterable[Day], before: Day) -> int | None:
    """Median, over the four weeks before a day, of the medians of the days; only what the same extractor has read."""
    first = (datetime.fromisoformat(before.day) - timedelta(NORM_DAYS)).date().isoformat()
    medians = [
        day.length
        for day in days
        if first <= day.day < before.day and day.length is not None and day.version == before.version
    ]
    return round(median(medians)) if medians else None


def _day(moment: datetime) -> str:
    return stamp(moment)[:10]
