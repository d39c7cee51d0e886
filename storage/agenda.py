"""What is due: which sources a tick of the crawl has to look at, found without their code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from storage import listings
from storage.database import rows, value, writing
from storage.moments import now, stamp
from storage.rechecks import due_rechecks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlite_utils import Database


WRITTEN = datetime(2026, 11, 21, tzinfo=UTC)
AHEAD = (
    # Later than anything is ever put off to, or noted at a moment that has not come.
    ("listings", "checked_at > :soon OR next_at > :in_a_month", "next_at = NULL, checked_at = min(checked_at, :now)"),
    (
        "fetches",
        "source IN (SELECT name FROM sources) AND state = 'queued' AND next_at > :tomorrow",
        "next_at = NULL",
    ),
    (
        "backfill_pages",
        "backfill IN (SELECT id FROM backfills WHERE state = 'open') AND state = 'queued' AND next_at > :tomorrow",
        "next_at = NULL",
    ),
)
"""What a clock that was ahead has put off, by table: which rows, and what becomes of them."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The sources with something due, and who comes next: a source and the moment, where anything is planned at all."""

    due: tuple[str, ...]
    next: tuple[str, str] | None


def known_digest(db: Database) -> str | None:
    """Hash of the files that the catalogue in the database was read from; None where it was never read."""
    digest = value(db, "SELECT min(digest) FROM catalogue")
    return None if digest is None else str(digest)


def save_catalogue(db: Database, names: Iterable[str], digest: str) -> None:
    """The sources that the code states today; those that it stated before are not crawled any more."""
    db.conn.execute("DELETE FROM catalogue")
    db.conn.executemany("INSERT INTO catalogue (source, digest) VALUES (?, ?)", [(name, digest) for name in names])


def set_clock(db: Database, moment: datetime) -> None:
    """Have done at once what a clock that was ahead, and has been set back since, put off for months or years.

    A clock that shows a day before this was written is wrong itself, as after a start without a battery.
    """
    if moment < WRITTEN:
        return
    now_and_then = {
        "now": stamp(moment),
        "soon": stamp(moment + timedelta(minutes=5)),
        "tomorrow": stamp(moment + timedelta(hours=25)),
        "in_a_month": stamp(moment + timedelta(days=31)),
    }
    # A look before the leap: there is hardly ever anything, and a tick must not wait for those who write.
    for table, where, change in AHEAD:
        if value(db, f"SELECT 1 FROM {table} WHERE {where} LIMIT 1", now_and_then):
            with writing(db):
                db.conn.execute(f"UPDATE {table} SET {change} WHERE {where}", now_and_then)


def read_agenda(db: Database, recheck_steps: Sequence[int] = ()) -> Agenda:
    """What is due now and what next, for the sources of the catalogue: listings, fetches, back-fills, second looks."""
    sources = {row["source"] for row in rows(db, "SELECT source FROM catalogue")}
    moment = now()
    # The empty text sorts before every moment: due since ever.
    planned = [
        *((listing.next_at or "", listing.source) for listing in listings.polled(db)),
        *((row["next_at"] or "", row["source"]) for row in _queued_fetches(db, sources)),
        *((row["next_at"] or "", row["source"]) for row in _queued_pages(db)),
    ]
    planned = [(at, source) for at, source in planned if source in sources]
    first = {source for at, source in planned if at <= moment}
    looks = {source for source in sources - first if due_rechecks(db, source, recheck_steps, 1)}
    due = tuple(sorted(first | looks))
    ahead = min(((at, source) for at, source in planned if at > moment), default=None)
    return Agenda(due, (ahead[1], ahead[0]) if ahead else None)


def _queued_fetches(db: Database, sources: Iterable[str]) -> list[dict[str, str]]:
    """The earliest queued fetch of each source; one look into the index each, however many are archived."""
    sql = (
        "SELECT f.source, f.next_at FROM fetches f WHERE f.source = ? AND f.state = 'queued'"
        " AND NOT EXISTS (SELECT 1 FROM held h WHERE h.article = f.article AND NOT h.released)"
        " ORDER BY f.next_at LIMIT 1"
    )
    return [row for source in sources for row in rows(db, sql, [source])]


def _queued_pages(db: Database) -> list[dict[str, str]]:
    return rows(
        db,
        # A walk without pages has not begun; one whose pages all wait is due when the first of them is.
        "SELECT b.source, (SELECT min(coalesce(p.next_at, '')) FROM backfill_pages p"
        " WHERE p.backfill = b.id AND p.state = 'queued') AS next_at FROM backfills b WHERE b.state = 'open'",
    )
