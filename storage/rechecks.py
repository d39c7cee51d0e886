"""Second looks: which stored articles to ask for again, and which were taken down.

Nothing is planned ahead: whether an article is due follows from when it was first archived and when it was last
looked at, so a look that a dead process did not finish is due again, and one that an outage missed is made once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storage.database import rows, value
from storage.frontier import Fetch
from storage.moments import later, now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

DAY = 24 * 60
YOUNG_DAYS = 30
"""An article that its listing dates further back than this when it is first archived is no news: no rechecks."""
LAPSES = 2
"""A recheck that was missed is made up for until the article is this many times as old as the last step."""
CONFIRM_MINUTES = DAY
"""An article is withdrawn when it is still gone so long after that was first noticed: sites have bad hours."""
RETURN_STEPS = (CONFIRM_MINUTES, 7 * DAY, 30 * DAY)
"""Minutes after it was noticed at which a page that is gone is asked for again: to confirm, then for its return."""
LONGEST_WAIT_MINUTES = DAY


@dataclass(frozen=True, slots=True)
class Recheck:
    """A stored article to look at again, with what makes the request conditional."""

    fetch: Fetch
    etag: str | None
    last_modified: str | None


def due_rechecks(db: Database, source: str, steps: Sequence[int], limit: int) -> list[Recheck]:
    """What this source's spider should look at again: pages that are gone first, then the youngest.

    `steps` are minutes after the first archiving, in order; without any, nothing is ever due.
    """
    if not steps:
        return []
    gone = _due(
        db,
        "w.noticed_at",
        RETURN_STEPS,
        "EXISTS (SELECT 1 FROM withdrawals w WHERE w.article = r.article AND w.back_at IS NULL AND {passed})",
        {"source": source, "limit": limit},
    )
    young = _due(
        db,
        "r.first_at",
        steps,
        "r.first_at >= :oldest AND {passed}"
        " AND (f.wanted = '' OR f.wanted >= strftime('%Y-%m-%dT%H:%M:%S+00:00', r.first_at, :young))"
        " AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.article = r.article AND w.back_at IS NULL)",
        {
            "source": source,
            "limit": limit,
            "oldest": later(-LAPSES * steps[-1]),
            "young": f"-{YOUNG_DAYS} days",
        },
        # Some servers' validators lie: the last look of the schedule asks for the whole page.
        whole_from=later(-steps[-1]),
    )
    return [*gone, *young][:limit]


def _due(
    db: Database, since: str, steps: Sequence[int], where: str, given: dict[str, Any], whole_from: str = ""
) -> list[Recheck]:
    """Articles at which nobody has looked after the last step that passed since the moment in `since`."""
    passed = " OR ".join(
        # The ages between two steps: whoever has missed the later of them is in the next band.
        f"({since} <= :passed{n}"
        + (f" AND {since} > :passed{n + 1}" if n + 1 < len(steps) else "")
        + f" AND r.looked_at < strftime('%Y-%m-%dT%H:%M:%S+00:00', {since}, :step{n}))"
        for n in range(len(steps))
    )
    moments = {f"passed{n}": later(-minutes) for n, minutes in enumerate(steps)}
    offsets = {f"step{n}": f"+{minutes} minutes" for n, minutes in enumerate(steps)}
    found = rows(
        db,
        "SELECT r.article, f.url, f.wanted, r.first_at, r.etag, r.last_modified"
        " FROM rechecks r JOIN fetches f ON f.article = r.article"
        " WHERE r.source = :source AND f.state = 'archived' AND (r.next_at IS NULL OR r.next_at <= :now)"
        f" AND {where.format(passed=f'({passed})')} ORDER BY r.first_at DESC, r.article LIMIT :limit",
        {**given, **moments, **offsets, "now": now()},
    )
    due = []
    for row in found:
        whole = row["first_at"] <= whole_from
        fetch = Fetch(row["article"], row["url"], row["wanted"], again=True)
        due.append(Recheck(fetch, None if whole else row["etag"], None if whole else row["last_modified"]))
    return due


def is_stored(db: Database, article: str) -> bool:
    """Whether the crawl has had this article's page; what a person brought in was never seen on its site."""
    return value(db, "SELECT 1 FROM rechecks WHERE article = ?", [article]) is not None


def note_answer(db: Database, article: str, *, etag: str | None, last_modified: str | None, outcome: str) -> None:
    """The article's page came, whole; call it in the transaction that keeps it. Validators are for the next look."""
    db.conn.execute(
        "INSERT INTO rechecks (article, source, first_at, looked_at, etag, last_modified, outcome)"
        " SELECT f.article, f.source, c.fetched_at, ?, ?, ?, ?"
        " FROM fetches f JOIN captures c ON c.article = f.article AND c.number = 1 WHERE f.article = ?"
        " ON CONFLICT (article) DO UPDATE SET looked_at = excluded.looked_at, next_at = NULL, failures = 0,"
        " etag = excluded.etag, last_modified = excluded.last_modified, outcome = excluded.outcome",
        [now(), etag, last_modified, outcome, article],
    )
    _note_return(db, article)


def note_not_modified(db: Database, article: str) -> None:
    """The server says that the page is as it was when it last sent it."""
    note_look(db, article, "not modified")
    db.conn.execute(
        "UPDATE captures SET checked_at = ? WHERE article = ?"
        " AND number = (SELECT max(number) FROM captures WHERE article = ?)",
        [now(), article, article],
    )
    _note_return(db, article)


def note_look(db: Database, article: str, outcome: str) -> None:
    """Somebody looked, and that is enough until the next step."""
    db.conn.execute(
        "UPDATE rechecks SET looked_at = ?, next_at = NULL, failures = 0, outcome = ? WHERE article = ?",
        [now(), outcome, article],
    )


def note_failure(db: Database, article: str, reason: str) -> None:
    """A look failed in a way that may pass: it is made again ever more rarely, until it lapses."""
    failures = 1 + (value(db, "SELECT failures FROM rechecks WHERE article = ?", [article]) or 0)
    wait = min(LONGEST_WAIT_MINUTES, 15 * 4 ** min(failures, 6))
    db.conn.execute(
        "UPDATE rechecks SET next_at = ?, failures = ?, outcome = ? WHERE article = ?",
        [later(wait), failures, reason, article],
    )


def note_gone(db: Database, article: str, status: int) -> str:
    """The page of a stored article is not there (404, 410); returns what that makes of it: suspected or withdrawn."""
    note_look(db, article, f"HTTP {status}")
    known = db.conn.execute(
        "SELECT number, state, noticed_at FROM withdrawals WHERE article = ? AND back_at IS NULL", [article]
    ).fetchone()
    if known is None:
        db.conn.execute(
            "INSERT INTO withdrawals (article, number, state, status, noticed_at)"
            " SELECT ?, 1 + count(*), 'suspected', ?, ? FROM withdrawals WHERE article = ?",
            [article, status, now(), article],
        )
        return "suspected"
    number, state, noticed_at = known
    if state == "suspected" and noticed_at <= later(-CONFIRM_MINUTES):
        state = "withdrawn"
        db.conn.execute(
            "UPDATE withdrawals SET state = ?, status = ?, confirmed_at = ? WHERE article = ? AND number = ?",
            [state, status, now(), article, number],
        )
    return str(state)


def _note_return(db: Database, article: str) -> None:
    db.conn.execute(
        "UPDATE withdrawals SET state = 'back', back_at = ? WHERE article = ? AND back_at IS NULL", [now(), article]
    )
