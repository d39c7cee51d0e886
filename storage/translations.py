"""Translated sentences and texts, and the memory that they come from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.articles import save_text
from storage.database import value
from storage.identity import digest
from storage.search import index_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class UsedPackage:
    """A package as the database remembers it."""

    sha256: str
    name: str
    version: str
    from_code: str
    to_code: str
    origin: str
    licence: str | None
    rough: bool


@dataclass(frozen=True, slots=True)
class Remembered:
    """One sentence with its translation, or a new one to remember."""

    id: str
    source: str
    text: str
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a sentence stands in its revision and which memory translates it."""

    field: str
    number: int
    paragraph: int
    source: str
    memory: str


def memory_id(source: str, from_code: str, to_code: str, route: Sequence[str], glossary: str = "") -> str:
    """The same sentence by the same packages (SHA-256, in the order of the route) and glossary has the same id."""
    return digest("memory", source, from_code, to_code, *route, glossary)


def recall(db: Database, ids: Iterable[str]) -> dict[str, Remembered]:
    """What is remembered of these, by id."""
    found = {}
    for key in ids:
        row = db.conn.execute("SELECT source, text, flags FROM memory WHERE id = ?", [key]).fetchone()
        if row is not None:
            found[key] = Remembered(key, row[0], row[1], tuple(json.loads(row[2])))
    return found


def save_package(db: Database, package: UsedPackage) -> None:
    """Note a package that translates here."""
    db.conn.execute(
        "INSERT OR IGNORE INTO packages (sha256, name, version, from_code, to_code, origin, licence, rough)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            package.sha256,
            package.name,
            package.version,
            package.from_code,
            package.to_code,
            package.origin,
            package.licence,
            package.rough,
        ],
    )


def remember(db: Database, sentence: Remembered, *, from_code: str, to_code: str, package: str) -> None:
    """Keep a translated sentence; what is remembered already stays."""
    db.conn.execute(
        "INSERT OR IGNORE INTO memory (id, source, from_code, to_code, text, package, flags)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            sentence.id,
            sentence.source,
            from_code,
            to_code,
            sentence.text,
            package,
            json.dumps(sentence.flags, ensure_ascii=False),
        ],
    )


def save_translation(
    db: Database,
    revision: str,
    *,
    to_code: str,
    title: str | None,
    body: str,
    route: Sequence[str],
    sentences: Sequence[Placed],
    flagged: int,
) -> None:
    """Keep a revision's translation, whole, in place of an earlier one into the same language."""
    db.conn.execute("DELETE FROM sentences WHERE revision = ? AND to_code = ?", [revision, to_code])
    db.conn.executemany(
        "INSERT INTO sentences (revision, to_code, field, number, paragraph, source, memory)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(revision, to_code, s.field, s.number, s.paragraph, s.source, s.memory) for s in sentences],
    )
    db.conn.execute(
        "INSERT OR REPLACE INTO translations (revision, to_code, title, text, route, flagged)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [revision, to_code, title, save_text(db, body), json.dumps(list(route)), flagged],
    )
    article = value(db, "SELECT article FROM revisions WHERE id = ?", [revision])
    index_article(db, str(article))
