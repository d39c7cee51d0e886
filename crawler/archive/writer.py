"""Writing the archive: one process writes a file at a time, and what it has written is on the disk before it counts.

The order is always: append, sync, commit the length in the database. So the database never points at bytes that are
not there; what lies behind the committed length is the torn tail of a process that died, and the next start cuts it
off. Several answers may share one sync and one commit.
"""

from __future__ import annotations

import itertools
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.archive.exchange import Entry, Exchange, Verdict
from crawler.archive.files import Place, cut_back, sync_folder, take_hold
from crawler.archive.records import begin_file, description, write_entry
from crawler.settings import TRIWIRE_ARCHIVE_MEGABYTES, TRIWIRE_CONTACT, USER_AGENT
from storage.database import value
from storage.moments import stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from io import FileIO
    from pathlib import Path

    from sqlite_utils import Database


def _utc_now() -> datetime:
    return datetime.now(UTC)


class ArchiveWriter:
    """One process's file: taken up or made when the first answer comes, changed when it is full or its day is over.

    A file belongs to a UTC day. A process takes up a file of today that a dead or ended process left, so that a cron
    job every few minutes does not leave a file each time.
    """

    def __init__(
        self,
        db: Database,
        folder: Path,
        owner: str,
        *,
        largest: int = TRIWIRE_ARCHIVE_MEGABYTES * 1_000_000,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        self.db = db
        self.folder = folder
        self.owner = owner
        self.name = ""
        """The file at hand, or the last one."""
        self._largest = largest
        self._clock = clock
        self._file: FileIO | None = None
        self._day = ""
        self._end = 0
        self._warcinfo = ""

    def append(self, exchange: Exchange, verdict: Verdict | None = None) -> Place:
        """Write one answer and wait until it is on the disk. The caller commits the place; see `commit_place`."""
        self.make_ready()
        return self.write([Entry(exchange, verdict)])[0]

    def make_ready(self) -> None:
        """Have a file at hand that may be written to: of today, and not full."""
        day = stamp(self._clock())[:10]
        if self._file is not None and (day != self._day or self._end >= self._largest):
            self._seal()
        if self._file is None:
            found = self._take_up(day)
            if not found:
                self._make(day)

    def write(self, entries: Sequence[Entry]) -> list[Place]:
        """Append answers, sync once, and say where they lie. Touches no database, so a thread may do it."""
        file = self._file
        if file is None:
            raise ValueError("make_ready comes first")
        end, places, packed = self._end, [], []
        for entry in entries:
            records, length = write_entry(entry, self._warcinfo)
            places.append(Place(self.name, end, length))
            packed.append(records)
            end += len(records)
        try:
            _write_at(file, self._end, b"".join(packed))
            os.fsync(file.fileno())
        except OSError:
            # Half a record must not stand before the next whole one.
            cut_back(file, self._end)
            raise
        self._end = end
        return places

    def commit_place(self, capture: str, place: Place) -> None:
        """Note where a capture lies, in the transaction that notes the capture."""
        self.commit_end()
        self.db.conn.execute(
            "INSERT OR REPLACE INTO archive_records (capture, file, offset, length) VALUES (?, ?, ?, ?)",
            [capture, place.file, place.offset, place.length],
        )

    def commit_answer(self, place: Place, article: str, exchange: Exchange, outcome: str) -> None:
        """Note where an answer without a page lies, which is evidence and no capture."""
        self.commit_end()
        self.db.conn.execute(
            "INSERT OR REPLACE INTO archive_answers (file, offset, length, article, url, status, outcome, answered_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(place.file, place.offset, place.length, article),
                *(exchange.url, exchange.status, outcome, exchange.moment or stamp(self._clock())),
            ],
        )

    def commit_end(self) -> None:
        """All that is written counts from this transaction on."""
        self.db.conn.execute("UPDATE archive_files SET length = ? WHERE name = ?", [self._end, self.name])

    def take_back(self) -> None:
        """The transaction failed: what it should have committed is cut off again.

        That may be the warcinfo record too, so the file has to be taken up anew.
        """
        if self._file is not None:
            cut_back(self._file, self._committed())
            self.close()

    def close(self) -> None:
        """Let go of the file; the next process of the day may take it up."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _committed(self) -> int:
        return int(value(self.db, "SELECT length FROM archive_files WHERE name = ?", [self.name]) or 0)

    def _seal(self) -> None:
        """The file is complete: nobody will write to it again."""
        if self._file is not None:
            cut_back(self._file, self._committed())
        self.db.conn.execute("UPDATE archive_files SET sealed = 1 WHERE name = ?", [self.name])
        self.close()

    def _take_up(self, day: str) -> bool:
        """Go on with a file of today that nobody holds and that has room; False where there is none."""
        found = self.db.conn.execute(
            "SELECT name FROM archive_files WHERE NOT sealed AND removed_at IS NULL AND day = ? AND length < ?"
            " ORDER BY name",
            [day, self._largest],
        )
        for (name,) in found.fetchall():
            try:
                file = (self.folder / name).open("r+b", buffering=0)
            except FileNotFoundError:
                continue
            held = take_hold(file)
            row = self.db.conn.execute("SELECT sealed FROM archive_files WHERE name = ?", [name]).fetchone()
            if not held or row != (0,):
                # Another process was quicker: it writes here now, or has ended this file.
                file.close()
                continue
            self.db.conn.execute("UPDATE archive_files SET owner = ? WHERE name = ?", [self.owner, name])
            self._begin(file, name, day)
            return True
        return False

    def _make(self, day: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for serial in itertools.count(1):
            name = f"triwire-{self.owner}-{serial:03d}.warc.gz"
            try:
                file = (self.folder / name).open("x+b", buffering=0)
            except FileExistsError:
                continue
            break
        # Before the database, and so any other process, hears of it.
        take_hold(file)
        sync_folder(self.folder)
        self.db.conn.execute(
            "INSERT INTO archive_files (name, length, owner, opened_at, day) VALUES (?, 0, ?, ?, ?)",
            [name, self.owner, stamp(self._clock()), day],
        )
        self._begin(file, name, day)

    def _begin(self, file: FileIO, name: str, day: str) -> None:
        """Say who writes from here on: the software or the contact may be others than those of the writer before."""
        self._file, self.name, self._day = file, name, day
        self._end = self._committed()
        cut_back(file, self._end)
        record, self._warcinfo = begin_file(name, description(USER_AGENT, TRIWIRE_CONTACT))
        try:
            _write_at(file, self._end, record)
        except OSError:
            cut_back(file, self._end)
            self.close()
            raise
        self._end += len(record)


def _write_at(file: FileIO, offset: int, packed: bytes) -> None:
    """Unbuffered: what a full disk refused must not come back with a later write."""
    file.seek(offset)
    rest = memoryview(packed)
    while rest:
        rest = rest[file.write(rest) :]
