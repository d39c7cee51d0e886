"""The work ledger: which stage has to do what, who has it in hand, what failed.

A stage's result and the advance of the ledger are written in one transaction, so whatever dies, each subject is
either done with its result or still queued. Leases cost nothing: one process works at a time, under a lock that
dies with it, so whoever holds the lock may take back every lease that it finds.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from storage.database import rows, value
from storage.moments import now, stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlite_utils import Database

MOST_FAILURES = 3
"""After so many failures a subject is quarantined: what failed thrice needs a person."""
BACKOFF_MINUTES = (5, 60)
"""Wait after the first and the second failure."""


class Stage(Protocol):
    """One step of the work on stored things.

    `load` reads what the work needs, `work` computes in a worker process and sees no database, `save` writes one
    result, `settle` what concerns the whole batch. Where there is no task or no result, a `Failed` or a `Waiting`
    stands in its place.
    """

    name: str
    version: int
    batch: int
    """Subjects taken up at a time."""
    away: bool
    """The work is done in a worker process, not here."""
    parallel: bool
    """Several batches may be under way at once."""

    def load(self, db: Database, subjects: Sequence[str]) -> list[Any]: ...
    def work(self, tasks: Sequence[Any]) -> list[Any]: ...
    def save(self, db: Database, subject: str, result: Any) -> None: ...
    def settle(self, db: Database, subjects: Sequence[str]) -> None: ...


class Failed:
    """A result that is none; the subject is tried again later, three times in all."""

    def __init__(self, error: str) -> None:
        self.error = error


class Waiting:
    """A result that is not there yet: the subject waits for what `reason` names."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def enqueue(db: Database, stage: str, subject: str, *, version: int, place: int = 0) -> None:
    """Have a stage work on this, unless it has done so in this version or has it queued."""
    db.conn.execute(
        "INSERT INTO work (stage, subject, state, version, place) VALUES (?, ?, 'queued', ?, ?)"
        " ON CONFLICT (stage, subject) DO UPDATE SET state = 'queued', version = excluded.version, attempts = 0,"
        " reason = NULL, error = NULL, next_at = NULL WHERE work.version < excluded.version",
        [stage, subject, version, place],
    )


def enqueue_again(db: Database, stage: str, subject: str, *, version: int, place: int = 0) -> None:
    """Have a stage work on this once more, because what it works from has changed."""
    db.conn.execute(
        "INSERT INTO work (stage, subject, state, version, place) VALUES (?, ?, 'queued', ?, ?)"
        " ON CONFLICT (stage, subject) DO UPDATE SET state = 'queued', version = excluded.version, attempts = 0,"
        " reason = NULL, error = NULL, next_at = NULL",
        [stage, subject, version, place],
    )


def claim(db: Database, stage: str, owner: str, limit: int) -> list[str]:
    """Take up to `limit` queued subjects that are due, in the order of their places; call it in a transaction."""
    found = db.conn.execute(
        "SELECT subject FROM work WHERE stage = ? AND state = 'queued' AND owner IS NULL"
        " AND (next_at IS NULL OR next_at <= ?) ORDER BY place, subject LIMIT ?",
        [stage, now(), limit],
    ).fetchall()
    subjects = [subject for (subject,) in found]
    db.conn.executemany(
        "UPDATE work SET owner = ? WHERE stage = ? AND subject = ?", [(owner, stage, subject) for subject in subjects]
    )
    return subjects


def finish(db: Database, stage: str, subject: str, version: int) -> None:
    """The stage has done this in this version; call it in the transaction that wrote the result."""
    db.conn.execute(
        "UPDATE work SET state = 'done', version = ?, owner = NULL, attempts = 0, reason = NULL, error = NULL,"
        " next_at = NULL WHERE stage = ? AND subject = ?",
        [version, stage, subject],
    )


def wait(db: Database, stage: str, subject: str, reason: str) -> None:
    """The stage cannot do this until something is there that `reason` names; it is no failure."""
    db.conn.execute(
        "UPDATE work SET state = 'waiting', owner = NULL, reason = ? WHERE stage = ? AND subject = ?",
        [reason, stage, subject],
    )


def fail(db: Database, stage: str, subject: str, error: str) -> bool:
    """Count a failure; True when it was one too many and the subject is now quarantined."""
    attempts = 1 + (value(db, "SELECT attempts FROM work WHERE stage = ? AND subject = ?", [stage, subject]) or 0)
    quarantined = attempts >= MOST_FAILURES
    due = None
    if not quarantined:
        due = stamp(datetime.now(UTC) + timedelta(minutes=BACKOFF_MINUTES[attempts - 1]))
    db.conn.execute(
        "UPDATE work SET state = ?, owner = NULL, attempts = ?, next_at = ?, error = ?, reason = ?"
        " WHERE stage = ? AND subject = ?",
        [
            "quarantined" if quarantined else "queued",
            attempts,
            due,
            error,
            error.partition(":")[0] if quarantined else None,
            stage,
            subject,
        ],
    )
    return quarantined


def wake(db: Database, stage: str, reason: str) -> int:
    """What this stage let wait for `reason` is queued again; returns how many."""
    cursor = db.conn.execute(
        "UPDATE work SET state = 'queued', reason = NULL WHERE stage = ? AND state = 'waiting' AND reason = ?",
        [stage, reason],
    )
    return int(cursor.rowcount)


def retry(db: Database, stages: Iterable[str] = ()) -> int:
    """Queue again what is quarantined or waits out a failure, as if it had never failed; returns how many."""
    chosen = list(stages)
    where = f" AND stage IN ({', '.join('?' * len(chosen))})" if chosen else ""
    cursor = db.conn.execute(
        "UPDATE work SET state = 'queued', attempts = 0, next_at = NULL, error = NULL, reason = NULL"
        " WHERE (state = 'quarantined' OR (state = 'queued' AND error IS NOT NULL))" + where,
        chosen,
    )
    return int(cursor.rowcount)


def take_back(db: Database) -> int:
    """Free every lease. Only for whoever holds the lock under which leases are taken: all other owners are dead."""
    return int(db.conn.execute("UPDATE work SET owner = NULL WHERE owner IS NOT NULL").rowcount)


def waiting_reasons(db: Database) -> dict[tuple[str, str], int]:
    """How many subjects wait, by stage and reason."""
    found = rows(
        db,
        "SELECT stage, reason, count(*) AS n FROM work WHERE state = 'waiting'"
        " GROUP BY stage, reason ORDER BY stage, reason",
    )
    return {(row["stage"], row["reason"]): row["n"] for row in found}


def backlog(db: Database) -> list[dict[str, Any]]:
    """Counts by stage and state, for people."""
    return rows(
        db,
        "SELECT stage, state, count(*) AS n, sum(error IS NOT NULL) AS failed FROM work"
        " GROUP BY stage, state ORDER BY stage, state",
    )


def has_due_work(db: Database) -> bool:
    """Whether any stage could take anything now; one look into the index a stage, however much is done."""
    found = value(
        db,
        "WITH RECURSIVE stages (stage) AS (SELECT min(stage) FROM work UNION ALL"
        " SELECT (SELECT min(w.stage) FROM work w WHERE w.stage > s.stage) FROM stages s WHERE s.stage IS NOT NULL)"
        " SELECT 1 FROM stages s WHERE EXISTS (SELECT 1 FROM work w WHERE w.stage = s.stage AND w.state = 'queued'"
        " AND (w.next_at IS NULL OR w.next_at <= ?)) LIMIT 1",
        [now()],
    )
    return found is not None


def due(db: Database, stage: str) -> int:
    """How many subjects a claim could take now."""
    return int(
        value(
            db,
            "SELECT count(*) FROM work WHERE stage = ? AND state = 'queued' AND owner IS NULL"
            " AND (next_at IS NULL OR next_at <= ?)",
            [stage, now()],
        )
    )
