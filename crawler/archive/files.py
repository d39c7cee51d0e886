"""The archive's files beside the database: where they lie, which are torn, and the page of a capture."""

from __future__ import annotations

import fcntl
import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.errors import CrawlerError
from crawler.warcs import Broken, Record, UnreadablePayload, digest_problem, payload_of, read_answer, read_record_at
from storage.moments import now

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

    from sqlite_utils import Database

    from crawler.archive.exchange import Headers


class ArchiveDamaged(CrawlerError):
    """The archive does not hold what the database says it holds."""

    def __init__(self, file: str, offset: int, reason: str) -> None:
        super().__init__(file, offset, reason)
        self.file = file
        self.offset = offset
        self.reason = reason

    def __str__(self) -> str:
        return f"archive file {self.file} at byte {self.offset}: {self.reason}"


class PageRemoved(CrawlerError):
    """The file that held a page was removed, by `triwire archive prune`: what was read from it stays."""

    def __init__(self, file: str, removed_at: str) -> None:
        super().__init__(file, removed_at)
        self.file = file
        self.removed_at = removed_at

    def __str__(self) -> str:
        return f"its page was in {self.file}, which was removed from the archive on {self.removed_at[:10]}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: file name, first byte, length in bytes."""

    file: str
    offset: int
    length: int


def archive_folder(database: Path) -> Path:
    """`news.db` keeps its archive in `news-archive`, `news.sqlite` in `news.sqlite-archive`."""
    return database.with_name(f"{database.stem if database.suffix == '.db' else database.name}-archive")


def cut_torn_tails(db: Database, folder: Path) -> list[str]:
    """Bring every file whose writer is dead back to its last committed record; returns the names of those cut.

    A file of today stays open for the next writer; an older one is sealed, and one in which nothing was ever
    committed is removed.
    """
    cut = []
    found = db.conn.execute("SELECT name FROM archive_files WHERE NOT sealed AND removed_at IS NULL ORDER BY name")
    for (name,) in found.fetchall():
        try:
            file = (folder / name).open("r+b")
        except FileNotFoundError:
            continue
        with file:
            if not take_hold(file):
                continue
            # Only now: until it let go of the lock, the owner may have committed more.
            (length, day) = db.conn.execute("SELECT length, day FROM archive_files WHERE name = ?", [name]).fetchone()
            if cut_back(file, length):
                cut.append(name)
            if day == now()[:10]:
                continue
            if length:
                db.conn.execute("UPDATE archive_files SET sealed = 1 WHERE name = ?", [name])
            else:
                db.conn.execute("DELETE FROM archive_files WHERE name = ?", [name])
                (folder / name).unlink()
    return cut


def take_hold(file: IO[bytes]) -> bool:
    """Take the lock that a file's writer holds for the life of its process; False where another has it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def cut_back(file: IO[bytes], length: int) -> bool:
    """Cut a file to this length and wait until that is on the disk; False where there is nothing to cut."""
    if os.fstat(file.fileno()).st_size <= length:
        return False
    file.truncate(length)
    os.fsync(file.fileno())
    return True


def sync_folder(folder: Path) -> None:
    """A new file's name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_body(db: Database, folder: Path, capture: str) -> bytes:
    """The page of a capture, from the archive, byte for byte as it was noted. Raises ArchiveDamaged, PageRemoved."""
    return read_page(db, folder, capture)[0]


def read_page(db: Database, folder: Path, capture: str) -> tuple[bytes, Headers]:
    """As `read_body`, with the headers that came with the page; a file that a person brought has none."""
    row = db.conn.execute(
        "SELECT r.file, r.offset, c.sha256, f.removed_at FROM archive_records r"
        " JOIN captures c ON c.id = r.capture JOIN archive_files f ON f.name = r.file WHERE r.capture = ?",
        [capture],
    ).fetchone()
    if row is None:
        raise ArchiveDamaged("?", 0, f"capture {capture} has no record")
    name, offset, sha256, removed_at = row
    try:
        with (folder / name).open("rb") as file:
            record = read_record_at(file, offset)
    except FileNotFoundError as error:
        if removed_at:
            raise PageRemoved(name, removed_at) from error
        raise ArchiveDamaged(name, offset, "the file is not there") from error
    except OSError as error:
        raise ArchiveDamaged(name, offset, str(error)) from error
    if isinstance(record, Broken):
        raise ArchiveDamaged(name, offset, record.reason)
    problem = digest_problem(record)
    if problem:
        raise ArchiveDamaged(name, offset, problem)
    try:
        headers = read_answer(record).headers if record.kind == "response" else []
        return page_of(record, sha256), headers
    except UnreadablePayload as error:
        raise ArchiveDamaged(name, offset, str(error)) from error


def page_of(record: Record, sha256: str) -> bytes:
    """The page with this hash in a record, as it stands there or unpacked. Raises UnreadablePayload."""
    if record.kind == "response":
        # Ours are stored unpacked; only those of others may need it.
        body = read_answer(record).body
        if hashlib.sha256(body).hexdigest() == sha256:
            return body
    body = payload_of(record)
    if hashlib.sha256(body).hexdigest() != sha256:
        raise UnreadablePayload("another page", "its hash is not the one that was noted")
    return body
