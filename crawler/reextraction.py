"""Reading stored pages again: captures go back into the queue of the extraction, which reads them from the archive."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crawler.archive import archive_folder
from crawler.extraction import EXTRACTION_VERSION
from storage.database import rows, writing

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

CHUNK = 5_000
"""Captures queued in one transaction, so that a crawl beside it never waits long."""


@dataclass(slots=True)
class Requeued:
    """What became of the captures that were asked for."""

    queued: int = 0
    read_already: int = 0
    """Read by this version of the extractor, and not asked for in spite of that."""
    queued_before: int = 0
    removed: Counter[str] = field(default_factory=Counter)
    """Captures whose page is gone, by the day on which it was removed."""
    missing: Counter[str] = field(default_factory=Counter)
    """Captures whose file should be there and is not, by file."""


def queue_captures(
    db: Database, database: Path, *, sources: tuple[str, ...] = (), since: str | None = None, force: bool = False
) -> Requeued:
    """Queue captures for extraction: those that this version has not read, or with `force` all.

    `since` is a stamp: only what was captured at that moment or later. Whatever failed or waits is queued too.
    """
    result = Requeued()
    gone = _gone(db, archive_folder(database))
    chosen: list[dict[str, str | int]] = []
    for row in _captures(db, sources, since):
        if row["file"] in gone:
            _count_gone(row, result)
        elif row["state"] == "queued" and row["error"] is None and row["next_at"] is None:
            result.queued_before += 1
        elif row["state"] == "done" and row["version"] >= EXTRACTION_VERSION and not force:
            result.read_already += 1
        else:
            chosen.append({"capture": row["id"], "place": row["number"], "version": EXTRACTION_VERSION})
    for begin in range(0, len(chosen), CHUNK):
        with writing(db):
            # Not what is being read at this moment: it will be done in a second.
            result.queued += db.conn.executemany(
                "INSERT INTO work (stage, subject, state, version, place)"
                " VALUES ('extract', :capture, 'queued', :version, :place)"
                " ON CONFLICT (stage, subject) DO UPDATE SET state = 'queued', version = excluded.version,"
                " attempts = 0, reason = NULL, error = NULL, next_at = NULL WHERE owner IS NULL",
                chosen[begin : begin + CHUNK],
            ).rowcount
    return result


def _captures(db: Database, sources: tuple[str, ...], since: str | None) -> list[dict[str, Any]]:
    return rows(
        db,
        "SELECT c.id, c.number, r.file, f.removed_at, w.state, w.version, w.error, w.next_at FROM captures c"
        " JOIN articles a ON a.id = c.article"
        " LEFT JOIN archive_records r ON r.capture = c.id LEFT JOIN archive_files f ON f.name = r.file"
        " LEFT JOIN work w ON w.stage = 'extract' AND w.subject = c.id"
        " WHERE c.fetched_at >= :since"
        " AND (:sources = '[]' OR a.source IN (SELECT value FROM json_each(:sources))) ORDER BY c.number, c.id",
        {"since": since or "", "sources": json.dumps(sources)},
    )


def _gone(db: Database, folder: Path) -> set[str | None]:
    """Files that are not there. A capture without any record stands in none."""
    names = {name for (name,) in db.conn.execute("SELECT name FROM archive_files")}
    return {None, *(name for name in names if not (folder / name).is_file())}


def _count_gone(row: dict[str, Any], result: Requeued) -> None:
    if row["removed_at"]:
        result.removed[row["removed_at"][:10]] += 1
    else:
        result.missing[row["file"] or "no file"] += 1
