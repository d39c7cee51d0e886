"""One clock for each host, which all processes share: a host is asked by whoever holds its lease, and by nobody else.

    take_lease   one short transaction before a request
    give_back    one after it

A process that dies holding a lease loses it with its life: the next who wants the host sees that the owner is gone
(`storage.processes.is_present`). All times are seconds since 1970.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

LONGEST_REST = 24 * 3600.0
"""Seconds; whoever asks to be left alone for longer is asked again after a day."""
LONGEST_LEASE = 900.0
"""Seconds after which a lease is void though its owner lives: it was stopped, or its machine slept. A request ends in
a third of that."""
CLOCK_ERROR = 60.0
"""A lease taken so many seconds in the future was taken by a clock that has been set back since."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The lease is not to be had now."""

    seconds: float
    """For which it certainly is not; 0 where only its holder knows."""
    holder: str | None = None
    rests: bool = False
    """The host asked to be left alone (429, 503)."""


_TAKE = """
    INSERT INTO hosts (host, owner, taken_at, next_at) VALUES (:host, :owner, :now, :now + :delay)
    ON CONFLICT (host) DO UPDATE
    SET owner = excluded.owner, taken_at = excluded.taken_at, next_at = :now + max(:delay, delay)
    WHERE (owner IS NULL OR owner = excluded.owner) AND next_at <= :now AND rest_until <= :now
    RETURNING 1"""


def take_lease(
    db: Database, host: str, owner: str, delay: float, *, now: float, is_present: Callable[[str], bool]
) -> Refused | None:
    """Take the lease of a host, or say what stands in the way; nobody else gets it until it is given back.

    The delay to the next request is noted with it, so that it is kept even if the holder dies. Of the two, `delay`
    and the one that the host asks for, the longer counts.
    """
    row = db.conn.execute(
        "SELECT owner, taken_at, next_at, rest_until, delay FROM hosts WHERE host = ?", [host]
    ).fetchone()
    if row is not None:
        # A look before the leap: whoever waits here must not take the write lock again and again.
        holder, taken_at, next_at, rest_until, asked = row
        if holder not in {None, owner}:
            if now - taken_at < LONGEST_LEASE and is_present(holder):
                return Refused(max(0.0, next_at - now), holder)
            # Its request may have gone out just before it died.
            next_at = max(next_at, now + max(delay, asked))
            _take_from(db, host, holder, next_at)
        if taken_at > now + CLOCK_ERROR:
            next_at, rest_until = now + max(delay, asked), min(rest_until, now + LONGEST_REST)
            _set_clock(db, host, taken_at, now=now, next_at=next_at, rest_until=rest_until)
        if rest_until > now:
            return Refused(rest_until - now, rests=True)
        if next_at > now:
            return Refused(next_at - now)
    taken = db.conn.execute(_TAKE, {"host": host, "owner": owner, "now": now, "delay": delay}).fetchone()
    # Another process may have been quicker, by the blink between the look and the leap.
    return None if taken else Refused(0.0)


def give_back(db: Database, host: str, owner: str, delay: float, *, now: float) -> None:
    """The request has ended; the next one comes no sooner than the delay after it.

    Counted from the end, because a server sees requests when they arrive: two that leave a delay apart arrive closer
    together when the first is slow on its way.
    """
    db.conn.execute(
        "UPDATE hosts SET owner = NULL, next_at = max(next_at, ? + max(?, delay)) WHERE host = ? AND owner = ?",
        [now, delay, host, owner],
    )


def _take_from(db: Database, host: str, holder: str, next_at: float) -> None:
    db.conn.execute("UPDATE hosts SET owner = NULL, next_at = ? WHERE host = ? AND owner = ?", [next_at, host, holder])


def _set_clock(db: Database, host: str, taken_at: float, *, now: float, next_at: float, rest_until: float) -> None:
    db.conn.execute(
        "UPDATE hosts SET taken_at = ?, next_at = ?, rest_until = ? WHERE host = ? AND taken_at = ?",
        [now, next_at, rest_until, host, taken_at],
    )


def slow_down(db: Database, host: str, delay: float) -> None:
    """The host's robots.txt asks for this delay, or, with 0, for none: kept for every process."""
    db.conn.execute(
        "INSERT INTO hosts (host, delay) VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET delay = excluded.delay"
        " WHERE delay <> excluded.delay",
        [host, delay],
    )


def rest(db: Database, host: str, seconds: float, *, now: float) -> None:
    """The host asked to be left alone for a while (429, 503 with Retry-After)."""
    until = now + min(seconds, LONGEST_REST)
    db.conn.execute(
        "INSERT INTO hosts (host, rest_until) VALUES (?, ?)"
        " ON CONFLICT (host) DO UPDATE SET rest_until = max(rest_until, excluded.rest_until)",
        [host, until],
    )
