"""Filling back: days of a source that are looked up in its sitemaps and archive pages, page by page.

Every page to read is a row, written in the transaction that names it, so a walk that dies goes on where it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.database import rows, value
from storage.frontier import resolve
from storage.gaps import end_gaps
from storage.identity import digest
from storage.moments import later, now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from storage.frontier import Sighting

MOST_PAGES = 5_000
"""Of one walk: some fourteen years of daily sitemaps, or seven hours at one page in five seconds."""
MOST_TRIES = 8
"""Tries in a row before a page counts as failed: two days."""
LONGEST_WAIT_MINUTES = 12 * 60


@dataclass(frozen=True, slots=True)
class Backfill:
    """A walk that has not ended."""

    id: str
    source: str
    since: str
    """First and last day, ISO, both included, in the source's own calendar."""
    until: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a walk: a sitemap, or a page of an archive."""

    backfill: str
    url: str
    since: str
    until: str
    depth: int = 0
    """Indexes above it."""
    archive: str | None = None
    """The template that its address was made from."""
    day: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a page held."""

    named: int = 0
    new: int = 0
    outside: int = 0
    undated: int = 0


def ask_for(db: Database, source: str, since: str, until: str, *, anew: bool = False) -> str:
    """Have these days filled back; returns the walk's id.

    One under way goes on, with `anew` from its first page; one that has ended begins anew.
    """
    walk = digest("backfill", source, since, until)
    known = value(db, "SELECT state FROM backfills WHERE id = ?", [walk])
    if known == "done" or anew:
        db.conn.execute("DELETE FROM backfill_pages WHERE backfill = ?", [walk])
    if known == "done":
        db.conn.execute(
            "UPDATE backfills SET state = 'open', asked_at = ?, ended_at = NULL WHERE id = ?", [now(), walk]
        )
    elif known is None:
        db.conn.execute(
            "INSERT INTO backfills (id, source, since, until, state, asked_at) VALUES (?, ?, ?, ?, 'open', ?)",
            [walk, source, since, until, now()],
        )
    return walk


def not_begun(db: Database, source: str) -> list[Backfill]:
    """Walks of which no page is known yet."""
    found = rows(
        db,
        "SELECT id, source, since, until FROM backfills b WHERE source = ? AND state = 'open'"
        " AND NOT EXISTS (SELECT 1 FROM backfill_pages p WHERE p.backfill = b.id) ORDER BY until DESC, id",
        [source],
    )
    return [Backfill(**row) for row in found]


def add_pages(db: Database, pages: Iterable[Page]) -> int:
    """Queue pages that the walk does not know yet; returns how many were left out because it has too many."""
    left = 0
    counts: dict[str, int] = {}
    for page in pages:
        if page.backfill not in counts:
            sql = "SELECT count(*) FROM backfill_pages WHERE backfill = ?"
            counts[page.backfill] = value(db, sql, [page.backfill])
        if counts[page.backfill] >= MOST_PAGES:
            left += 1
            continue
        counts[page.backfill] += db.conn.execute(
            "INSERT OR IGNORE INTO backfill_pages (backfill, url, depth, archive, day, number, state)"
            " VALUES (?, ?, ?, ?, ?, ?, 'queued')",
            [page.backfill, page.url, page.depth, page.archive, page.day, page.number],
        ).rowcount
    return left


def due_pages(db: Database, source: str, limit: int) -> list[Page]:
    """Pages to read next: the latest days first, since news ages."""
    found = rows(
        db,
        "SELECT p.backfill, p.url, b.since, b.until, p.depth, p.archive, p.day, p.number"
        " FROM backfills b JOIN backfill_pages p ON p.backfill = b.id"
        " WHERE b.source = ? AND b.state = 'open' AND p.state = 'queued' AND (p.next_at IS NULL OR p.next_at <= ?)"
        " ORDER BY b.until DESC, b.id, p.depth DESC, p.number, p.day DESC, p.url LIMIT ?",
        [source, now(), limit],
    )
    return [Page(**row) for row in found]


def save_page(db: Database, page: Page, harvest: Harvest, fingerprint: str | None = None) -> None:
    """The page was read, and what it named is noted; call it in the transaction that does both."""
    db.conn.execute(
        "UPDATE backfill_pages SET state = 'read', named = ?, new = new + ?, outside = ?, undated = ?, fingerprint = ?,"
        " error = NULL, next_at = NULL WHERE backfill = ? AND url = ?",
        [harvest.named, harvest.new, harvest.outside, harvest.undated, fingerprint, page.backfill, page.url],
    )
    _end(db, page.backfill)


def add_new(db: Database, page: Page, new: int) -> None:
    """Articles of a page that is still being noted: a process that dies here has counted them."""
    db.conn.execute(
        "UPDATE backfill_pages SET new = new + ? WHERE backfill = ? AND url = ?", [new, page.backfill, page.url]
    )


def note_articles(db: Database, page: Page, sightings: Iterable[Sighting]) -> None:
    """Keep what a walk finds for a gap until it has ended, so that its gaps can say what they had missed."""
    if value(db, "SELECT 1 FROM gaps WHERE backfill = ? LIMIT 1", [page.backfill]) is None:
        return
    articles = (resolve(db, sighting.key, sighting.url) for sighting in sightings)
    db.conn.executemany(
        "INSERT OR IGNORE INTO backfill_articles (backfill, article) VALUES (?, ?)",
        [(page.backfill, article) for article in articles if article],
    )


def was_read(db: Database, page: Page, fingerprint: str) -> bool:
    """Whether another page of the same archive named just the same: beyond the last page some send the last again."""
    found = value(
        db,
        "SELECT 1 FROM backfill_pages WHERE backfill = ? AND archive = ? AND day IS ? AND fingerprint = ? AND url <> ?",
        [page.backfill, page.archive, page.day, fingerprint, page.url],
    )
    return found is not None


def save_failed_page(db: Database, page: Page, error: str, *, final: bool = False) -> None:
    """The page could not be had or read; it is tried again ever more rarely, for two days."""
    tries = 1 + int(
        value(db, "SELECT attempts FROM backfill_pages WHERE backfill = ? AND url = ?", [page.backfill, page.url]) or 0
    )
    over = final or tries >= MOST_TRIES
    wait = min(LONGEST_WAIT_MINUTES, 5 * 4 ** min(tries - 1, 6))
    db.conn.execute(
        "UPDATE backfill_pages SET state = ?, error = ?, attempts = ?, next_at = ? WHERE backfill = ? AND url = ?",
        ["failed" if over else "queued", error, tries, None if over else later(wait), page.backfill, page.url],
    )
    if over:
        _end(db, page.backfill)


def put_off_page(db: Database, page: Page, *, wait: float) -> None:
    """It was not asked, through no fault of its own: its host rests for `wait` minutes."""
    db.conn.execute(
        "UPDATE backfill_pages SET next_at = ? WHERE backfill = ? AND url = ?", [later(wait), page.backfill, page.url]
    )


def end_without_pages(db: Database, walk: str) -> None:
    """There is nothing to fill from."""
    db.conn.execute("UPDATE backfills SET state = 'done', ended_at = ? WHERE id = ?", [now(), walk])
    end_gaps(db, walk, read=0, error="the source has no sitemap or archive to fill it from")


def _end(db: Database, walk: str) -> None:
    """Close the walk when its last page is done, and the gaps that it was to fill."""
    counted = rows(
        db,
        "SELECT count(*) FILTER (WHERE state = 'queued') AS queued, count(*) FILTER (WHERE state = 'read') AS read,"
        " max(error) AS error FROM backfill_pages WHERE backfill = ?",
        [walk],
    )[0]
    if counted["queued"]:
        return
    db.conn.execute("UPDATE backfills SET state = 'done', ended_at = ? WHERE id = ?", [now(), walk])
    end_gaps(db, walk, read=counted["read"], error=counted["error"])
