"""The rights that publishers reserve on their pages, as they stated them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from storage.records import Reservation


def save_reservations(db: Database, extraction: str, article: str, reservations: Iterable[Reservation]) -> None:
    """Keep what a reading found reserved, in place of what it found before."""
    db.conn.execute("DELETE FROM reservations WHERE extraction = ?", [extraction])
    db.conn.executemany(
        "INSERT OR IGNORE INTO reservations (extraction, article, origin, agent, directive, value)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [(extraction, article, one.origin, one.agent, one.directive, one.value) for one in reservations],
    )
