"""Upkeep of the archive: what is in it, what may go, and whether it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from crawler.archive.files import page_of, sync_folder
from crawler.extraction import EXTRACTION_VERSION
from crawler.warcs import Broken, Record, UnreadablePayload, WarcReader, digest_problem, read_answer, wrong_digest
from storage.database import rows, writing
from storage.moments import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from sqlite_utils import Database

_FILES = """
    SELECT f.name, coalesce(f.day, substr(f.opened_at, 1, 10)) AS day, f.length, f.sealed, f.removed_at, (
        SELECT count(*) FROM archive_records r
        LEFT JOIN work w ON w.stage = 'extract' AND w.subject = r.capture
        WHERE r.file = f.name AND (w.state IS NOT 'done' OR w.version < :version)
    ) AS unread
    FROM archive_files f
    WHERE :name IS NULL OR f.name = :name
    ORDER BY day, f.name"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is in the archive."""

    name: str
    day: str
    length: int
    sealed: bool
    unread: int
    """Captures in it that this version of the extractor has not read."""


@dataclass(frozen=True, slots=True)
class Pruning:
    """Which files go, and which would if all in them were read."""

    going: tuple[Kept, ...]
    unread: tuple[Kept, ...]
    left: int
    """Bytes of the archive afterwards."""


def kept_files(db: Database) -> list[Kept]:
    """The files of the archive, oldest first."""
    return [
        Kept(row["name"], row["day"], row["length"], bool(row["sealed"]), row["unread"])
        for row in _files(db)
        if row["removed_at"] is None
    ]


def _files(db: Database, name: str | None = None) -> list[dict[str, Any]]:
    return rows(db, _FILES, {"name": name, "version": EXTRACTION_VERSION})


def plan_pruning(files: Iterable[Kept], *, keep_days: int | None, keep_bytes: float | None, today: date) -> Pruning:
    """Which whole files go, oldest first: those older than so many days, then as many as make the rest fit.

    A file that is still written to, or that holds a page which the extractor has not read, stays in any case.
    """
    listed = list(files)
    left = sum(file.length for file in listed)
    oldest = (today - timedelta(days=keep_days)).isoformat() if keep_days is not None else ""
    going, unread = [], []
    for file in listed:
        too_much = keep_bytes is not None and left > keep_bytes
        if not file.sealed or not (file.day < oldest or too_much):
            continue
        if file.unread:
            unread.append(file)
            continue
        going.append(file)
        left -= file.length
    return Pruning(tuple(going), tuple(unread), left)


def remove_files(db: Database, folder: Path, names: Iterable[str]) -> list[str]:
    """Remove files and note the day; returns those that went.

    Noted first: a file that is gone without a note would look like damage, and one that is noted and still there is
    removed by the next run.
    """
    removed = []
    for name in names:
        with writing(db):
            found = _files(db, name)
            if not found or not found[0]["sealed"] or found[0]["unread"]:
                # Its pages were queued again since it was chosen.
                continue
            db.conn.execute(
                "UPDATE archive_files SET removed_at = coalesce(removed_at, ?) WHERE name = ?", [now(), name]
            )
        (folder / name).unlink(missing_ok=True)
        removed.append(name)
    if removed and folder.is_dir():
        sync_folder(folder)
    return removed


def noted_but_there(db: Database, folder: Path) -> list[str]:
    """Files that are noted as removed and still there: whoever removed them died in between."""
    found = db.conn.execute("SELECT name FROM archive_files WHERE removed_at IS NOT NULL ORDER BY name")
    return [name for (name,) in found if (folder / name).exists()]


@dataclass(frozen=True, slots=True)
class Damage:
    """Something in a file that is not as it should be."""

    file: str
    offset: int | None
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.reason}" if self.offset is None else f"{self.file}: byte {self.offset}: {self.reason}"
        )


@dataclass(slots=True)
class Verified:
    """What a verification has read."""

    files: int = 0
    records: int = 0
    bytes: int = 0


def verify_file(
    db: Database, folder: Path, name: str, seen: Callable[[int], None], tally: Verified
) -> Iterator[Damage]:
    """Read a file's committed part and compare: digests, offsets, addresses, and the hash of each page."""
    row = rows(db, "SELECT length, sealed FROM archive_files WHERE name = ?", [name])[0]
    expected = _expected(db, name)
    tally.files += 1
    try:
        file = (folder / name).open("rb")
    except OSError as error:
        yield Damage(name, None, f"cannot be read ({error.strerror}); {len(expected)} records were in it")
        return
    with file:
        size = file.seek(0, 2)
        if size < row["length"]:
            yield Damage(name, None, f"is {size} bytes long and should have {row['length']}")
        if size > row["length"] and row["sealed"]:
            yield Damage(name, row["length"], "bytes that nobody has noted")
        done = 0
        reader = WarcReader(file)
        for found in reader if row["length"] else ():
            at = found.offset if isinstance(found, Broken) else found.position.offset
            if at >= row["length"]:
                break
            seen(max(0, at - done))
            done = max(done, at)
            tally.records += 1
            if isinstance(found, Broken):
                yield Damage(name, at, found.reason)
                continue
            problem = _problem(found, expected.pop(at, None))
            if problem:
                yield Damage(name, at, problem)
        tally.bytes += row["length"]
        seen(max(0, row["length"] - done))
    for offset in sorted(expected):
        yield Damage(name, offset, f"no record of {expected[offset]['url']} begins here")


def unknown_files(db: Database, folder: Path) -> list[str]:
    """WARC files in the folder that the database does not know."""
    known = {name for (name,) in db.conn.execute("SELECT name FROM archive_files")}
    if not folder.is_dir():
        return []
    return sorted(
        path.name
        for path in folder.glob("*.warc*")
        if path.name not in known and path.is_file() and path.stat().st_size
    )


def _expected(db: Database, name: str) -> dict[int, dict[str, Any]]:
    """The records that the database points at, by their first byte."""
    found = rows(
        db,
        "SELECT r.offset, r.length, c.url, c.sha256 FROM archive_records r JOIN captures c ON c.id = r.capture"
        " WHERE r.file = ? UNION ALL SELECT offset, length, url, NULL FROM archive_answers WHERE file = ?",
        [name, name],
    )
    return {row["offset"]: row for row in found}


def _problem(record: Record, expected: dict[str, Any] | None) -> str | None:
    problem = digest_problem(record) or _payload_problem(record)
    if problem or expected is None:
        return problem
    if record.length != expected["length"]:
        return f"the record is {record.length} bytes long and should have {expected['length']}"
    if record.url != expected["url"]:
        return f"the record is of {record.url} and should be of {expected['url']}"
    if expected["sha256"] is not None:
        try:
            page_of(record, expected["sha256"])
        except UnreadablePayload as error:
            return str(error)
    return None


def _payload_problem(record: Record) -> str | None:
    """A revisit states the digest of what it does not hold, and a segment that of the whole."""
    claim = record.headers.get("warc-payload-digest")
    if claim is None or record.kind != "response" or "warc-segment-number" in record.headers:
        return None
    try:
        return wrong_digest(claim, read_answer(record).body)
    except UnreadablePayload as error:
        return str(error)
