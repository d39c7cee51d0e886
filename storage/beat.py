"""The beat in the database: which one is followed, what it marks, and what it holds back.

What marks an article is worked out elsewhere, from the words that are stored; here is what that needs and gives. An
article whose words have changed has no beat in `ranks` until it is marked again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.database import rows, value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

OFF_BEAT = 1_000_000
"""Added to the place in the queue of translations: what is on the beat comes first, however often it was revised."""

UNMARKED = """
    SELECT k.article, s.country, a.url,
        (
            SELECT group_concat(coalesce(title, '') || char(10) || coalesce(summary, ''), char(10))
            FROM (SELECT DISTINCT title, summary FROM discoveries WHERE article = k.article ORDER BY 1, 2)
        ) AS listing,
        r.title,
        t.text AS body
    FROM ranks k
    JOIN articles a ON a.id = k.article
    JOIN sources s ON s.name = a.source
    LEFT JOIN current_revisions r ON r.article = k.article
    LEFT JOIN texts t ON t.id = r.text
    WHERE k.beat IS NULL"""


@dataclass(frozen=True, slots=True)
class StoredBeat:
    """A beat as the database remembers it: its file's text, and whether it is triwire's own."""

    version: str
    name: str
    origin: str
    """`shipped` or `own`."""
    file: str


@dataclass(frozen=True, slots=True)
class Words:
    """All that is known of an article's words, for marking it; what is not known yet is empty."""

    article: str
    country: str | None
    """Of its source, ISO 3166-1."""
    url: str
    listing: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A term and where it stands: `listing`, `address`, `title` or `body`."""

    place: str
    term: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a beat makes of an article."""

    marks: tuple[Mark, ...]
    rank: int
    lacks: str | None
    """Why it is off the beat; None when it is on it."""


def current_beat(db: Database) -> StoredBeat | None:
    """The beat that this database follows."""
    found = rows(db, "SELECT version, name, origin, file FROM beats WHERE current")
    return StoredBeat(**found[0]) if found else None


def follow_beat(db: Database, beat: StoredBeat) -> None:
    """Follow this beat from now on; if it is another than before, every article is to be marked anew."""
    known = current_beat(db)
    if known == beat:
        return
    db.conn.execute("UPDATE beats SET current = 0 WHERE current")
    db.conn.execute(
        "INSERT INTO beats (version, name, origin, file, current) VALUES (?, ?, ?, ?, 1)"
        " ON CONFLICT (version) DO UPDATE SET name = excluded.name, origin = excluded.origin, file = excluded.file,"
        " current = 1",
        [beat.version, beat.name, beat.origin, beat.file],
    )
    db.conn.execute("UPDATE ranks SET beat = NULL WHERE beat <> ?", [beat.version])


def unmark(db: Database, article: str) -> None:
    """The article is new, or has other words than before: it is to be marked."""
    db.conn.execute("INSERT INTO ranks (article) VALUES (?) ON CONFLICT (article) DO UPDATE SET beat = NULL", [article])


def unmarked(db: Database, limit: int) -> list[Words]:
    """Articles to mark, whichever come first."""
    return _words(db, f"{UNMARKED} LIMIT ?", [limit])


def unmarked_in_queue(db: Database, source: str) -> list[str]:
    """Ids of the articles to mark that this source's spider is to fetch: all at once, since a search in a long queue
    for each few of them would take minutes."""
    found = db.conn.execute(
        # In this order: a queue is short beside all that another beat leaves to be marked.
        "SELECT k.article FROM fetches f CROSS JOIN ranks k ON k.article = f.article"
        " WHERE f.source = ? AND f.state = 'queued' AND k.beat IS NULL",
        [source],
    )
    return [article for (article,) in found.fetchall()]


def unmarked_among(db: Database, articles: Sequence[str]) -> list[Words]:
    """Those of these articles that are to be marked."""
    places = ", ".join("?" * len(articles))
    return _words(db, f"{UNMARKED} AND k.article IN ({places})", list(articles))


def unmarked_of(db: Database, captures: Sequence[str]) -> list[Words]:
    """Articles to mark among those of these captures."""
    places = ", ".join("?" * len(captures))
    return _words(
        db, f"{UNMARKED} AND k.article IN (SELECT article FROM captures WHERE id IN ({places}))", list(captures)
    )


def _words(db: Database, sql: str, parameters: Sequence[object]) -> list[Words]:
    return [
        Words(
            row["article"],
            row["country"],
            row["url"],
            row["listing"] or "",
            row["title"] or "",
            row["body"] or "",
        )
        for row in rows(db, sql, parameters)
    ]


def save_judgement(db: Database, article: str, beat: str, judgement: Judgement) -> None:
    """Keep what this version of the beat makes of an article, and give its translation the place that follows."""
    on_beat = judgement.lacks is None
    before = value(db, "SELECT on_beat FROM ranks WHERE article = ?", [article])
    db.conn.execute("DELETE FROM marks WHERE article = ?", [article])
    db.conn.executemany(
        "INSERT INTO marks (article, place, term, beat) VALUES (?, ?, ?, ?)",
        [(article, mark.place, mark.term, beat) for mark in judgement.marks],
    )
    db.conn.execute(
        "UPDATE ranks SET beat = ?, rank = ?, on_beat = ?, lacks = ? WHERE article = ?",
        [beat, judgement.rank, on_beat, judgement.lacks, article],
    )
    if on_beat:
        db.conn.execute("DELETE FROM held WHERE article = ?", [article])
    if before != on_beat:
        db.conn.execute(
            "UPDATE work SET place = place % ? + ? WHERE stage = 'translate'"
            " AND subject IN (SELECT id FROM revisions WHERE article = ?)",
            [OFF_BEAT, 0 if on_beat else OFF_BEAT, article],
        )


def translation_place(db: Database, revision: str) -> int:
    """Place of a revision in the queue of translations: the beat first, in each half by number."""
    place: int = value(
        db,
        "SELECT r.number + CASE WHEN k.on_beat THEN 0 ELSE ? END"
        " FROM revisions r LEFT JOIN ranks k ON k.article = r.article WHERE r.id = ?",
        [OFF_BEAT, revision],
    )
    return place


def hold_back(db: Database, source: str) -> int:
    """Hold back what this source's spider would fetch and is off the beat; returns how many are so from now on."""
    cursor = db.conn.execute(
        "INSERT OR IGNORE INTO held (article, beat, reason)"
        " SELECT k.article, k.beat, k.lacks FROM fetches f JOIN ranks k ON k.article = f.article"
        " WHERE f.source = ? AND f.state = 'queued' AND k.beat IS NOT NULL AND NOT k.on_beat",
        [source],
    )
    return int(cursor.rowcount)


def release(db: Database) -> int:
    """Let what is held back be fetched after all, for good; returns how many."""
    return int(db.conn.execute("UPDATE held SET released = 1 WHERE NOT released").rowcount)
