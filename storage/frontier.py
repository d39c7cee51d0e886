"""The frontier: what is known to exist, what is to be fetched, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.beat import unmark
from storage.database import rows, value
from storage.identity import article_id
from storage.moments import later, now, stamp

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlite_utils import Database

    from storage.records import SourceFacts

MOST_TRIES = 30
"""Tries in a row before a fetch counts as failed: about a month, so that no outage of a site or of ours loses news."""
LONGEST_WAIT_MINUTES = 24 * 60

MOST_ENTRIES = 100_000
"""Places in a listing that are told apart when addresses are ranked; a sitemap may hold half as many."""
COPY = 1_000_000 * MOST_ENTRIES
"""What the rank of a copy's address has more than any other's."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """An article named by a listing: URL normalised, dates aware, key by the source's rule."""

    key: str
    url: str
    title: str | None
    summary: str | None
    published: datetime | None
    updated: datetime | None
    copy: bool = False
    """The URL leads to a copy for AMP, for telephones or for the printer."""

    @property
    def declared(self) -> str:
        """The date that a new fetch depends on, empty when the listing gives none."""
        moment = self.updated or self.published
        return stamp(moment) if moment else ""


@dataclass(frozen=True, slots=True)
class Fetch:
    """One article to fetch, and the declared date that asks for it."""

    article: str
    url: str
    wanted: str
    again: bool = False
    """The page is stored, and nobody asks for it but the schedule: if it cannot be had, nothing is lost."""


def save_source(db: Database, facts: SourceFacts) -> None:
    """Keep what the source's class says today."""
    db.conn.execute(
        "INSERT INTO sources (name, outlet, language, country, timezone, minimum) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET outlet = excluded.outlet, language = excluded.language,"
        " country = excluded.country, timezone = excluded.timezone, minimum = excluded.minimum",
        [facts.name, facts.outlet, facts.language, facts.country, facts.timezone, facts.minimum],
    )


def discover(
    db: Database, source: str, listing: str, sightings: Iterable[Sighting], *, trust: int = 0, place: int = 0
) -> tuple[int, int]:
    """Note each article that a listing names and queue what is new or declared changed; returns (named, new).

    `trust` orders the listings of a source, 0 first, and `place` is that of the first of these in its listing. Where
    several give an article different addresses, the most trusted one's stands, whichever was read first, and a copy's
    only where all name copies.
    """
    named = new = 0
    moment = now()
    for sighting in sightings:
        named += 1
        article = resolve(db, sighting.key, sighting.url)
        if article is None:
            new += 1
            article = add_article(db, sighting.key, sighting.url, source)
        rank = trust * MOST_ENTRIES + min(place + named, MOST_ENTRIES) - 1 + (COPY if sighting.copy else 0)
        add_address(db, sighting.url, article, "discovered", rank)
        naming = db.conn.execute(
            "INSERT OR IGNORE INTO discoveries"
            " (article, listing, url, declared, title, summary, published, updated, first_seen)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                article,
                listing,
                sighting.url,
                sighting.declared,
                sighting.title,
                sighting.summary,
                stamp(sighting.published) if sighting.published else None,
                stamp(sighting.updated) if sighting.updated else None,
                moment,
            ],
        )
        if naming.rowcount:
            unmark(db, article)
        _want(db, article, source, sighting)
    return named, new


def resolve(db: Database, key: str, url: str) -> str | None:
    """The article with this key, else the one that this URL is known to lead to."""
    found = value(db, "SELECT id FROM articles WHERE key = ?", [key])
    if found is None:
        # A canonical link is the page's word alone, and known only once it is read: it must not swallow an article.
        found = value(
            db,
            "SELECT article FROM addresses WHERE url = ? AND kind <> 'canonical'"
            " ORDER BY kind = 'discovered' DESC, article LIMIT 1",
            [url],
        )
    return None if found is None else str(found)


def listed_article(db: Database, key: str, url: str) -> str | None:
    """The article that a listing knows by this key or URL; what only a redirect or a page says does not count.

    Two redirecting articles with one unlisted end stay two, whichever answers first: grouping finds them exact.
    """
    found = value(db, "SELECT id FROM articles WHERE key = ?", [key])
    if found is None:
        found = value(
            db,
            "SELECT article FROM addresses WHERE url = ? AND kind = 'discovered' ORDER BY article LIMIT 1",
            [url],
        )
    return None if found is None else str(found)


def has_moved_to(db: Database, article: str, target: str) -> bool:
    """Whether an article was last seen redirecting to this other one."""
    found = value(db, "SELECT moved_to FROM fetches WHERE article = ? AND state = 'moved'", [article])
    return bool(found == target)


def add_article(db: Database, key: str, url: str, source: str) -> str:
    """A new article; its id follows from its key."""
    article = article_id(key)
    db.conn.execute(
        "INSERT OR IGNORE INTO articles (id, key, url, source, first_seen) VALUES (?, ?, ?, ?, ?)",
        [article, key, url, source, now()],
    )
    return article


def add_address(db: Database, url: str, article: str, kind: str, rank: int | None = None) -> None:
    """Note that a URL leads to an article; a listing's word outweighs a redirect's, and that a canonical link's."""
    db.conn.execute(
        "INSERT INTO addresses (url, article, kind, rank) VALUES (?, ?, ?, ?) ON CONFLICT (url, article) DO UPDATE"
        " SET kind = excluded.kind, rank = coalesce(min(rank, excluded.rank), excluded.rank, rank)"
        " WHERE excluded.kind = 'discovered' OR kind = 'canonical'",
        [url, article, kind, rank],
    )


def _want(db: Database, article: str, source: str, sighting: Sighting) -> None:
    """Ask for a fetch when there was none, or when a listing declares a later date than the last fetch answered."""
    db.conn.execute(
        "INSERT INTO fetches (article, source, url, state, wanted) VALUES (?, ?, ?, 'queued', ?)"
        " ON CONFLICT (article) DO UPDATE SET wanted = max(wanted, excluded.wanted)",
        [article, source, sighting.url, sighting.declared],
    )
    best = value(
        db,
        "SELECT url FROM addresses WHERE article = ? AND kind = 'discovered' ORDER BY rank, url LIMIT 1",
        [article],
    )
    db.conn.execute("UPDATE articles SET url = ? WHERE id = ? AND url <> ?", [best, article, best])
    db.conn.execute("UPDATE fetches SET url = ? WHERE article = ? AND url <> ?", [best, article, best])
    db.conn.execute(
        "UPDATE fetches SET state = 'queued', attempts = 0, next_at = NULL"
        " WHERE article = ? AND wanted > got AND state <> 'queued'",
        [article],
    )


def due_fetches(db: Database, source: str, limit: int) -> list[Fetch]:
    """What this source's spider should request next: the beat first, the latest declared first, since news ages."""
    found = rows(
        db,
        "SELECT f.article, f.url, f.wanted FROM fetches f LEFT JOIN ranks k ON k.article = f.article"
        " WHERE f.source = ? AND f.state = 'queued' AND (f.next_at IS NULL OR f.next_at <= ?)"
        " AND NOT EXISTS (SELECT 1 FROM held h WHERE h.article = f.article AND NOT h.released)"
        " ORDER BY coalesce(k.on_beat, 0) DESC, f.wanted DESC, f.article LIMIT ?",
        [source, now(), limit],
    )
    return [Fetch(**row) for row in found]


def fetch_again(db: Database) -> int:
    """Queue again what was given up on: gone, refused, failed, or waiting after a failure; returns how many."""
    cursor = db.conn.execute(
        "UPDATE fetches SET state = 'queued', attempts = 0, next_at = NULL"
        " WHERE state IN ('gone', 'refused', 'failed') OR (state = 'queued' AND attempts > 0)"
    )
    return int(cursor.rowcount)


def settle(
    db: Database,
    fetch: Fetch,
    state: str,
    *,
    reason: str | None = None,
    status: int | None = None,
    moved_to: str | None = None,
) -> None:
    """A fetch ended in a state that stands until a listing declares a later date."""
    db.conn.execute(
        # Another listing may have declared a later date while the request was under way.
        "UPDATE fetches SET state = CASE WHEN wanted > ? THEN 'queued' ELSE ? END,"
        " got = max(got, ?), reason = ?, status = ?, moved_to = ?, attempts = 0, next_at = NULL WHERE article = ?",
        [fetch.wanted, state, fetch.wanted, reason, status, moved_to, fetch.article],
    )


def put_back(db: Database, fetch: Fetch, reason: str, *, minutes: float) -> None:
    """A fetch was not made, because its host rests; it waits, and no try has failed."""
    db.conn.execute(
        "UPDATE fetches SET next_at = ?, reason = ? WHERE article = ?", [later(minutes), reason, fetch.article]
    )


def postpone(db: Database, fetch: Fetch, reason: str, *, status: int | None = None, minutes: float = 5) -> bool:
    """A fetch failed in a way that may pass; it is tried again ever more rarely. False when it is given up."""
    tries = 1 + (value(db, "SELECT attempts FROM fetches WHERE article = ?", [fetch.article]) or 0)
    if tries >= MOST_TRIES:
        settle(db, fetch, "failed", reason=reason, status=status)
        return False
    db.conn.execute(
        "UPDATE fetches SET attempts = ?, next_at = ?, reason = ?, status = ? WHERE article = ?",
        [tries, later(min(LONGEST_WAIT_MINUTES, minutes * 4 ** min(tries - 1, 6))), reason, status, fetch.article],
    )
    return True
