"""Feeds, sitemaps and section pages: which are polled, what their last visit gave, and when the next one is due."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.database import rows, value
from storage.moments import later, now

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlite_utils import Database

MOST_FOUND = 50
"""Feeds and sitemaps of one source that may be noted though nobody declared them: a page that announces another one at
each visit must not fill the table."""
MOST_LEVELS = 10
"""Indexes above a sitemap that are looked through."""
MOST_STAND_INS = 5
"""Of those, the feeds, and the sitemaps, that are visited at a time."""
SILENCE_MINUTES = 15
SILENT_SOURCES = 5
"""So long without an answer from anyone, and so many sources that failed since: it is this machine's line."""
FRUITLESS = ("failed", "barren")
"""Outcomes of a visit after which something else is looked for."""


@dataclass(frozen=True, slots=True)
class ListingState:
    """What a conditional request, a comparison and the next date need."""

    url: str
    etag: str | None
    last_modified: str | None
    sha256: str | None
    rules: str | None
    role: str | None
    found_in: str | None
    minutes: float | None
    """Between two visits; None until the first."""
    on_time: int
    asked_minutes: float | None
    read_at: str | None
    next_at: str | None
    failures: int


@dataclass(frozen=True, slots=True)
class Polled:
    """A listing that may be visited."""

    url: str
    source: str
    role: str | None
    found_in: str | None
    nested: bool
    """A sitemap named it."""
    outcome: str | None
    next_at: str | None

    def is_due(self, moment: str) -> bool:
        return self.next_at is None or self.next_at <= moment


@dataclass(frozen=True, slots=True)
class Answer:
    """What a full answer said about itself."""

    kind: str
    sha256: str
    etag: str | None
    last_modified: str | None
    entries: int
    problems: tuple[str, ...]
    rules: str
    barren: bool = False
    """It named something, and no article of the source."""


@dataclass(frozen=True, slots=True)
class Next:
    """When a listing is visited again, and the rhythm that says so."""

    wait: float
    """Minutes from now."""
    minutes: float
    on_time: int
    asked_minutes: float | None


def visit_listing(db: Database, url: str, source: str) -> ListingState:
    """What is known of a listing, which is noted if it is new."""
    db.conn.execute("INSERT OR IGNORE INTO listings (url, source) VALUES (?, ?)", [url, source])
    row = db.conn.execute(
        "SELECT etag, last_modified, sha256, rules, role, found_in, minutes, on_time, asked_minutes, read_at, next_at,"
        " failures FROM listings WHERE url = ?",
        [url],
    ).fetchone()
    return ListingState(url, *row)


def declare(db: Database, source: str, roles: Mapping[str, str]) -> None:
    """The listings that the source's class declares today, with their roles; what it declared before is left alone."""
    for url, role in roles.items():
        db.conn.execute(
            "INSERT INTO listings (url, source, role) VALUES (?, ?, ?) ON CONFLICT (url) DO UPDATE"
            " SET source = excluded.source, role = excluded.role, found_in = NULL, polled = 1"
            " WHERE source <> excluded.source OR role IS NOT excluded.role OR found_in IS NOT NULL OR polled = 0",
            [url, source, role],
        )
    declared = json.dumps(list(roles))
    db.conn.execute(
        "UPDATE listings SET polled = 0 WHERE source = ? AND found_in IS NULL AND role IS NOT NULL AND polled = 1"
        " AND url NOT IN (SELECT value FROM json_each(?))",
        [source, declared],
    )


def note_found(db: Database, source: str, role: str, urls: Iterable[str], found_in: str) -> None:
    """Feeds or sitemaps that a page or robots.txt announces, as long as the source has few of them."""
    known = value(
        db,
        "SELECT count(*) FROM listings WHERE source = :source AND found_in IS NOT NULL"
        " AND found_in NOT IN (SELECT url FROM listings WHERE source = :source AND role = 'sitemap')",
        {"source": source},
    )
    for url in urls:
        if known >= MOST_FOUND:
            return
        known += db.conn.execute(
            "INSERT INTO listings (url, source, role, found_in) VALUES (?, ?, ?, ?)"
            # What a back-fill walked, or somebody declared once, is polled from now on; what named nothing stays out.
            " ON CONFLICT (url) DO UPDATE SET role = excluded.role, found_in = excluded.found_in, polled = 1"
            " WHERE source = excluded.source AND (role IS NULL OR polled = 0) AND outcome IS NOT 'barren'",
            [url, source, role, found_in],
        ).rowcount


def follow(db: Database, source: str, index: str, children: Iterable[str]) -> None:
    """The sitemaps that an index names and that may hold news; those that it named before are not polled any more."""
    wanted = list(dict.fromkeys(children))
    db.conn.executemany(
        "INSERT INTO listings (url, source, role, found_in) VALUES (?, ?, 'sitemap', ?) ON CONFLICT (url) DO UPDATE"
        " SET role = 'sitemap', found_in = excluded.found_in, polled = 1"
        " WHERE source = excluded.source AND (role IS NULL OR polled = 0) AND outcome IS NOT 'barren'",
        [(url, source, index) for url in wanted],
    )
    db.conn.execute(
        "UPDATE listings SET polled = 0 WHERE source = ? AND found_in = ? AND polled = 1"
        " AND url NOT IN (SELECT value FROM json_each(?))",
        [source, index, json.dumps(wanted)],
    )


def is_guess(db: Database, url: str) -> bool:
    """Whether nobody declared this listing, nor an index above it: a page or robots.txt is its only witness."""
    for _ in range(MOST_LEVELS):
        row = db.conn.execute("SELECT found_in, role FROM listings WHERE url = ?", [url]).fetchone()
        if row is None or row[0] is None:
            return row is None
        if row[1] != "sitemap":
            return True
        url = row[0]
    return True


def walk_listing(db: Database, url: str, source: str, role: str) -> None:
    """A listing that only a back-fill reads: what it names is noted under it, and it is not polled."""
    db.conn.execute(
        "INSERT OR IGNORE INTO listings (url, source, role, polled) VALUES (?, ?, ?, 0)", [url, source, role]
    )


def polled(db: Database, source: str | None = None) -> list[Polled]:
    """The listings that are visited now, of one source or of all.

    Those that are declared; where none of a source's feeds gives articles, or it declares none, the feeds that were
    found, and the same for sitemaps; the home page, for the feeds that it announces, where none of these does either;
    and the children of every index among them.
    """
    found = rows(
        db,
        "SELECT url, source, role, found_in, outcome, next_at,"
        " EXISTS (SELECT 1 FROM listings p WHERE p.url = l.found_in AND p.role = 'sitemap') AS nested"
        " FROM listings l WHERE polled = 1 AND role IS NOT NULL AND (? IS NULL OR source = ?)"
        " ORDER BY source, length(url), url",
        [source, source],
    )
    by_source: dict[str, list[Polled]] = {}
    for row in found:
        by_source.setdefault(row["source"], []).append(Polled(**row))
    return [listing for listed in by_source.values() for listing in _in_service(listed)]


def sitemap_roots(db: Database, source: str) -> list[str]:
    """The sitemaps and indexes of a source that no other index names."""
    return [listing.url for listing in polled(db, source) if listing.role == "sitemap" and not listing.nested]


def _in_service(listed: list[Polled]) -> list[Polled]:
    children = [listing for listing in listed if listing.nested]
    kept = [listing for listing in listed if listing.found_in is None and listing.role != "home"]
    for role in ("feed", "sitemap"):
        if all(listing.outcome in FRUITLESS for listing in kept if listing.role == role):
            found = [x for x in listed if x.role == role and x.found_in is not None and not x.nested]
            kept += found[:MOST_STAND_INS]
    if all(listing.outcome in FRUITLESS for listing in kept if listing.role == "feed"):
        kept += [listing for listing in listed if listing.role == "home"]
    reached = {listing.url for listing in kept}
    while children:
        # Index by index, so that what only names itself is never reached.
        found = [listing for listing in children if listing.found_in in reached]
        if not found:
            break
        kept += found
        reached |= {listing.url for listing in found}
        children = [listing for listing in children if listing.url not in reached]
    return kept


def save_reading(db: Database, url: str, answer: Answer, then: Next) -> None:
    """A full answer was read."""
    db.conn.execute(
        "UPDATE listings SET kind = ?, sha256 = ?, etag = ?, last_modified = ?, entries = ?, problems = ?, rules = ?,"
        " outcome = ?, error = NULL, failures = 0, read_at = ? WHERE url = ?",
        [
            answer.kind,
            answer.sha256,
            answer.etag,
            answer.last_modified,
            answer.entries,
            json.dumps(list(answer.problems)),
            answer.rules,
            "barren" if answer.barren else "read",
            now(),
            url,
        ],
    )
    _set_next(db, url, then)
    if answer.barren and is_guess(db, url):
        # And a wrong one.
        db.conn.execute("UPDATE listings SET polled = 0 WHERE url = ?", [url])


def save_unchanged(db: Database, url: str, then: Next, *, whole: bool) -> None:
    """The listing says what it said; `whole` where it sent everything again, and not only its word for that."""
    db.conn.execute(
        "UPDATE listings SET outcome = CASE outcome WHEN 'barren' THEN outcome ELSE 'unchanged' END, error = NULL,"
        " failures = 0, read_at = CASE WHEN ? THEN ? ELSE read_at END WHERE url = ?",
        [whole, now(), url],
    )
    _set_next(db, url, then)


def save_failure(db: Database, url: str, problem: str, *, wait: float, counts: bool = True) -> None:
    """The listing could not be had or read; it is due again in `wait` minutes."""
    moment = now()
    db.conn.execute(
        "UPDATE listings SET outcome = 'failed', error = ?, checked_at = ?, next_at = ?, failures = failures + ?,"
        " on_time = 0 WHERE url = ?",
        [problem, moment, later(wait), counts, url],
    )


def nobody_answers(db: Database) -> bool:
    """Whether the sources are silent together, so that one of them that gives no answer has not failed."""
    # Of a listing that has failed since, only its last reading is known.
    last = value(db, "SELECT max(CASE WHEN outcome = 'failed' THEN read_at ELSE checked_at END) FROM listings")
    if last is None or last > later(-SILENCE_MINUTES):
        return False
    since = "SELECT count(DISTINCT source) FROM listings WHERE outcome = 'failed' AND checked_at > ?"
    return int(value(db, since, [last])) >= SILENT_SOURCES


def put_off(db: Database, url: str, *, wait: float) -> None:
    """It was not asked, through no fault of its own: its host rests."""
    db.conn.execute("UPDATE listings SET next_at = ? WHERE url = ?", [later(wait), url])


def _set_next(db: Database, url: str, then: Next) -> None:
    db.conn.execute(
        "UPDATE listings SET checked_at = ?, next_at = ?, minutes = ?, on_time = ?, asked_minutes = ? WHERE url = ?",
        [now(), later(then.wait), then.minutes, then.on_time, then.asked_minutes, url],
    )
