"""What each site's robots.txt said when it was last asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class RobotsTxt:
    """One answer, or the lack of one."""

    site: str
    """Scheme, host and port, as `https://www.granma.cu`: each has a robots.txt of its own (RFC 9309)."""
    rules: str
    status: int | None
    refusal: str | None
    """Why it could not be had, so that nothing is allowed for now."""
    good_until: float
    """Seconds since 1970."""


def read_robots(db: Database, site: str, *, now: float) -> RobotsTxt | None:
    """What is known and still good; None where it must be asked for."""
    row = db.conn.execute(
        # An answer that was fetched in the future was dated by a clock that has been set back since.
        "SELECT site, rules, status, refusal, good_until FROM robots"
        " WHERE site = ? AND good_until > ? AND fetched_at <= ?",
        [site, now, now],
    ).fetchone()
    return None if row is None else RobotsTxt(*row)


def rules_of(db: Database, site: str) -> str | None:
    """The last rules that were read, however old; None where the file was never asked for."""
    row = db.conn.execute("SELECT rules FROM robots WHERE site = ?", [site]).fetchone()
    return None if row is None else str(row[0])


def save_robots(db: Database, robots: RobotsTxt, *, now: float) -> None:
    """Keep the newest answer."""
    db.conn.execute(
        "INSERT OR REPLACE INTO robots (site, rules, status, refusal, fetched_at, good_until)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [robots.site, robots.rules, robots.status, robots.refusal, now, robots.good_until],
    )
