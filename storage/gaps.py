"""Gaps: what a feed let slip between two visits, noticed when nothing in it is known any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.database import value
from storage.frontier import resolve
from storage.identity import digest
from storage.moments import now, stamp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from storage.frontier import Sighting


def has_turned_over(db: Database, listing: str, sightings: Sequence[Sighting]) -> bool:
    """Whether a listing that named articles before names only others now; call it before they are noted."""
    if not sightings or value(db, "SELECT 1 FROM discoveries WHERE listing = ? LIMIT 1", [listing]) is None:
        return False
    for sighting in sightings:
        article = resolve(db, sighting.key, sighting.url)
        named = "SELECT 1 FROM discoveries WHERE article = ? AND listing = ? LIMIT 1"
        if article is not None and value(db, named, [article, listing]) is not None:
            return False
    return True


def newest_named(db: Database, listing: str) -> str | None:
    """The latest date that this listing gave an article so far; None where it gives none."""
    return value(db, "SELECT max(declared) FROM discoveries WHERE listing = ?", [listing]) or None


def note_gap(
    db: Database,
    source: str,
    listing: str,
    sha256: str,
    *,
    newest_known: str | None,
    oldest_listed: datetime | None,
) -> str:
    """Note that something is missing in between; returns the gap's id, which follows from the reading."""
    oldest = stamp(oldest_listed) if oldest_listed else None
    gap = digest("gap", listing, sha256)
    db.conn.execute(
        "INSERT OR IGNORE INTO gaps (id, source, listing, newest_known, oldest_listed, noticed_at, state)"
        " VALUES (?, ?, ?, ?, ?, ?, 'open')",
        [gap, source, listing, newest_known, oldest, now()],
    )
    return gap


def fill_by(db: Database, gap: str, walk: str) -> None:
    """The back-fill that is to fill this gap."""
    db.conn.execute("UPDATE gaps SET backfill = ? WHERE id = ?", [walk, gap])


def end_gaps(db: Database, walk: str, *, read: int, error: str | None) -> None:
    """The back-fill has ended: its gaps are filled if it could read anything, else somebody should look.

    What a gap had missed is what the walk found of its days and the feed itself never named.
    """
    db.conn.execute(
        "UPDATE gaps SET state = ?, reason = ?, ended_at = ?, found = ("
        " SELECT count(*) FROM backfill_articles b WHERE b.backfill = gaps.backfill AND NOT EXISTS ("
        " SELECT 1 FROM discoveries d WHERE d.article = b.article AND d.listing = gaps.listing))"
        " WHERE backfill = ? AND state = 'open'",
        ["filled" if read else "unfilled", error, now(), walk],
    )
    db.conn.execute("DELETE FROM backfill_articles WHERE backfill = ?", [walk])
