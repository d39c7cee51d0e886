"""Opening the one SQLite file, and writing to it."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlite_utils import Database

from storage.errors import TriwireError
from storage.migrations import STEPS, migrations
from storage.views import renew_views

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

Result = TypeVar("Result")

BUSY_SECONDS = 60
"""How long a writer waits for another: longer than any transaction here, shorter than a cron interval."""

LONGEST_NAP = 0.005
"""Seconds between two tries for the write lock by code that lets others go on meanwhile."""


class DatabaseUnusable(TriwireError):
    """The file cannot serve as the database: it is something else, damaged, locked or read-only."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be used as the database: {reason}")
        self.path = path
        self.reason = reason


def open_database(path: str | Path) -> Database:
    """Open for writing, made and migrated where needed. Raises DatabaseUnusable."""
    path = Path(path)
    if path.parent != Path() and not path.parent.is_dir():
        raise DatabaseUnusable(path, f"there is no folder {path.parent}; make it first")
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
        _use_wal(connection)
        # A commit must survive a power cut: what the archive and the ledger say is done is done.
        connection.execute("PRAGMA synchronous = FULL")
        db = Database(connection)
        _refuse_newer(db, path)
        if migrations.pending(db):
            _migrate(db)
        renew_views(db)
    except (sqlite3.DatabaseError, DatabaseUnusable) as error:
        if connection is not None:
            connection.close()
        if isinstance(error, DatabaseUnusable):
            raise
        needed = "" if os.access(path.parent, os.W_OK) else f"; {path.parent.resolve()} must be a folder to write in"
        raise DatabaseUnusable(path, f"{error}{needed}") from error
    return db


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch a new database to WAL. SQLite does not wait for another process that is just doing so: we do."""
    deadline = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _refuse_newer(db: Database, path: Path) -> None:
    unknown = {applied.name for applied in migrations.applied(db)} - set(STEPS)
    if unknown:
        raise DatabaseUnusable(path, f"a newer triwire made it (unknown migration {', '.join(sorted(unknown))})")


def _migrate(db: Database) -> None:
    """Two processes may find the same old schema: the second waits, and then finds nothing to do."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(db)
    except BaseException:
        db.conn.execute("ROLLBACK")
        raise
    db.conn.execute("COMMIT")


@contextlib.contextmanager
def opened(path: str | Path, *, must_exist: bool = False) -> Iterator[Database]:
    """The database for the length of a `with` block. Raises DatabaseUnusable."""
    if must_exist and not Path(path).is_file():
        raise DatabaseUnusable(Path(path), "there is no such file; `triwire crawl` or `triwire import` makes one")
    db = open_database(path)
    try:
        yield db
    finally:
        db.close()


@contextlib.contextmanager
def writing(db: Database) -> Iterator[None]:
    """One transaction that holds the write lock from its start.

    sqlite-utils' `atomic()` begins deferred; a transaction that reads first and writes later then fails at once
    when another process wrote in between, however long the busy timeout is.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    db.conn.execute("BEGIN IMMEDIATE")
    with _ended(db):
        yield


@contextlib.contextmanager
def _ended(db: Database) -> Iterator[None]:
    """Commit the transaction at the end, or roll it back."""
    try:
        yield
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise
    db.conn.execute("COMMIT")


@contextlib.asynccontextmanager
async def writing_when_free(db: Database) -> AsyncIterator[None]:
    """As `writing`, but others in this thread go on while another process has the write lock."""
    await when_free(db, lambda: db.conn.execute("BEGIN IMMEDIATE"))
    with _ended(db):
        yield


async def when_free(db: Database, operation: Callable[[], Result]) -> Result:
    """Do it as soon as the write lock can be had; others in this thread go on until then.

    SQLite itself sleeps while it waits, and with it an event loop: every connection of a crawl, for what one of them
    has to write. An operation that finds the lock taken is done anew, so what it did until then must bear that.
    """
    import asyncio

    deadline, nap = time.monotonic() + BUSY_SECONDS, LONGEST_NAP / 8
    while True:
        db.conn.execute("PRAGMA busy_timeout = 0")
        try:
            return operation()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        finally:
            db.conn.execute(f"PRAGMA busy_timeout = {1000 * BUSY_SECONDS}")
        await asyncio.sleep(nap * random.uniform(0.5, 1.0))
        nap = min(LONGEST_NAP, 2 * nap)


def rows(db: Database, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[dict[str, Any]]:
    """All rows of a query as dictionaries, read before anything is written."""
    cursor = db.conn.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def value(db: Database, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Any:
    """The first column of the first row, or None where there is no row."""
    row = db.conn.execute(sql, parameters).fetchone()
    return row[0] if row else None
