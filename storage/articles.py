"""Captures, extractions, revisions and languages: what is written of an article as it comes to be known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from storage.beat import unmark
from storage.database import rows, value
from storage.frontier import add_address
from storage.identity import capture_id, digest, text_id
from storage.moments import now, stamp
from storage.reservations import save_reservations
from storage.search import index_article

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

    from storage.records import Extraction


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer with a page in it, ready to be archived."""

    article: str
    url: str
    status: int | None
    content_type: str | None
    sha256: str
    length: int


@dataclass(frozen=True, slots=True)
class Capture:
    """A stored capture, with what extraction needs to read it again."""

    id: str
    article: str
    number: int
    url: str
    content_type: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One text of an article, with what the later stages need."""

    id: str
    article: str
    source: str
    number: int
    title: str | None
    body: str
    published: str | None
    declared_language: str | None
    source_language: str | None


def newest_capture(db: Database, article: str) -> tuple[str, int, str] | None:
    """Id, number and sha256 of the newest capture of an article."""
    row = db.conn.execute(
        "SELECT id, number, sha256 FROM captures WHERE article = ? ORDER BY number DESC LIMIT 1", [article]
    ).fetchone()
    return None if row is None else (str(row[0]), int(row[1]), str(row[2]))


def add_capture(db: Database, fetched: Fetched, at: str | None = None) -> Capture:
    """Note that a page was fetched, now or at this moment, and differs from the capture before."""
    newest = newest_capture(db, fetched.article)
    number = newest[1] + 1 if newest else 1
    capture = capture_id(fetched.article, number, fetched.sha256)
    moment = at or now()
    db.conn.execute(
        "INSERT INTO captures (id, article, number, url, status, content_type, sha256, length, fetched_at, checked_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            capture,
            fetched.article,
            number,
            fetched.url,
            fetched.status,
            fetched.content_type,
            fetched.sha256,
            fetched.length,
            moment,
            moment,
        ],
    )
    source = value(db, "SELECT source FROM articles WHERE id = ?", [fetched.article])
    return Capture(capture, fetched.article, number, fetched.url, fetched.content_type, str(source))


def articles_with_page(db: Database, source: str, sha256: str, most: int) -> list[str]:
    """Articles of a source, up to so many, of which some capture has these very bytes."""
    found = rows(
        db,
        "SELECT DISTINCT c.article FROM captures c JOIN articles a ON a.id = c.article"
        " WHERE c.sha256 = ? AND a.source = ? LIMIT ?",
        [sha256, source, most],
    )
    return [row["article"] for row in found]


def seen_again(db: Database, capture: str) -> None:
    """The page is as it was."""
    db.conn.execute("UPDATE captures SET checked_at = ? WHERE id = ?", [now(), capture])


def read_capture(db: Database, capture: str) -> Capture:
    """Raises LookupError where there is none."""
    found = rows(
        db,
        "SELECT c.id, c.article, c.number, c.url, c.content_type, a.source"
        " FROM captures c JOIN articles a ON a.id = c.article WHERE c.id = ?",
        [capture],
    )
    if not found:
        raise LookupError(f"no capture {capture}")
    return Capture(**found[0])


def save_text(db: Database, text: str) -> str:
    """Keep a text once; returns its id."""
    key = text_id(text)
    db.conn.execute("INSERT OR IGNORE INTO texts (id, text) VALUES (?, ?)", [key, text])
    return key


def save_extraction(db: Database, capture: Capture, extraction: Extraction, version: int) -> str | None:
    """Keep a reading; returns the id of the revision that it made or dated anew, or None where all is as before."""
    text = save_text(db, extraction.body)
    key = digest("extraction", capture.id, version)
    published, updated = extraction.published, extraction.updated
    db.conn.execute(
        "INSERT OR REPLACE INTO extractions (id, capture, article, version, title, text, lead, authors, published,"
        " published_as_read, published_origin, updated, updated_origin, section, canonical_url, image_url,"
        " declared_language, missing, problems, extracted_at, length)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            key,
            capture.id,
            capture.article,
            version,
            extraction.title,
            text,
            extraction.lead,
            json.dumps(extraction.authors, ensure_ascii=False),
            stamp(published.moment) if published else None,
            published.moment.isoformat() if published else None,
            published.origin if published else None,
            stamp(updated.moment) if updated else None,
            updated.origin if updated else None,
            extraction.section,
            extraction.canonical_url,
            extraction.image_url,
            extraction.declared_language,
            json.dumps(extraction.missing),
            json.dumps(extraction.problems, ensure_ascii=False),
            now(),
            len(extraction.body),
        ],
    )
    save_reservations(db, key, capture.article, extraction.reservations)
    if extraction.canonical_url:
        add_address(db, extraction.canonical_url, capture.article, "canonical")
    return _revise(db, capture, key, version, extraction, text)


def _revise(
    db: Database, capture: Capture, extraction_id: str, version: int, extraction: Extraction, text: str
) -> str | None:
    """A revision, if the words differ from those of the capture before; it bears its capture's number.

    So a capture that is read late, because it waited out a failure, takes its own place and not the last. One that is
    read once more under the same version, and reads differently, is no edit: its former revision is taken back.
    """
    article = capture.article
    moment = extraction.published.moment if extraction.published else listed_date(db, article)
    published = stamp(moment) if moment else None
    before = db.conn.execute(
        "SELECT id, title, text, published, number FROM revisions WHERE article = ? AND version = ? AND number <= ?"
        " ORDER BY number DESC LIMIT 2",
        [article, version, capture.number],
    ).fetchall()
    words = (extraction.title, text)
    read_again = bool(before) and before[0][4] == capture.number and before[0][1:3] != words
    if read_again:
        _take_back(db, before.pop(0)[0])
    if before and before[0][1:3] == words:
        if before[0][3] == published and not read_again:
            return None
        db.conn.execute("UPDATE revisions SET published = ? WHERE id = ?", [published, before[0][0]])
        if read_again:
            unmark(db, article)
            index_article(db, article)
        return str(before[0][0])
    revision = digest("revision", article, version, capture.number, extraction.title, text)
    db.conn.execute(
        "INSERT INTO revisions (id, article, version, number, extraction, title, text, published)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [revision, article, version, capture.number, extraction_id, extraction.title, text, published],
    )
    unmark(db, article)
    index_article(db, article)
    return revision


def _take_back(db: Database, revision: str) -> None:
    """Remove a revision with all that was made of it; the later stages work on the one that comes in its place."""
    for table in ("identifications", "sentences", "translations", "signals"):
        db.conn.execute(f"DELETE FROM {table} WHERE revision = ?", [revision])
    db.conn.execute("DELETE FROM work WHERE subject = ? AND stage <> 'extract'", [revision])
    db.conn.execute("DELETE FROM revisions WHERE id = ?", [revision])


def listed_date(db: Database, article: str) -> datetime | None:
    """The earliest date of publication by which a listing has named an article."""
    found = value(db, "SELECT min(published) FROM discoveries WHERE article = ?", [article])
    return None if found is None else datetime.fromisoformat(str(found))


def read_revision(db: Database, revision: str) -> Revision:
    """Raises LookupError where there is none."""
    found = rows(
        db,
        "SELECT r.id, r.article, a.source, r.number, r.title, t.text AS body, r.published, e.declared_language,"
        " s.language AS source_language"
        " FROM revisions r JOIN articles a ON a.id = r.article JOIN sources s ON s.name = a.source"
        " JOIN texts t ON t.id = r.text JOIN extractions e ON e.id = r.extraction WHERE r.id = ?",
        [revision],
    )
    if not found:
        raise LookupError(f"no revision {revision}")
    return Revision(**found[0])


def is_current(db: Database, revision: str) -> bool:
    """Whether no newer revision of the same article is there."""
    return bool(value(db, "SELECT 1 FROM current_revisions WHERE id = ?", [revision]))


def save_language(
    db: Database, revision: str, *, version: int, language: str, probability: float, evidence: Mapping[str, object]
) -> None:
    """Keep the verdict on a revision's language; a translation from what it was taken for before goes."""
    if value(db, "SELECT language FROM identifications WHERE revision = ?", [revision]) not in (None, language):
        for table in ("sentences", "translations"):
            db.conn.execute(f"DELETE FROM {table} WHERE revision = ?", [revision])
    db.conn.execute(
        "INSERT OR REPLACE INTO identifications (revision, version, language, probability, evidence)"
        " VALUES (?, ?, ?, ?, ?)",
        [revision, version, language, round(probability, 4), json.dumps(evidence, ensure_ascii=False, sort_keys=True)],
    )
    article = value(db, "SELECT article FROM revisions WHERE id = ?", [revision])
    index_article(db, str(article))
