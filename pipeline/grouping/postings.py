"""The index of grouping in SQLite: rows of (token, day, article), so that a new article costs look-ups and no scan."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.grouping.candidates import event_keys
from pipeline.grouping.signals import Signals

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlite_utils import Database

FIRST_DAY, LAST_DAY = 0, 10_000_000


def file_signals(db: Database, revision: str, signals: Signals) -> None:
    """Keep an article's signals and make them findable, in place of those of an earlier revision."""
    article = signals.id
    db.conn.execute(
        "INSERT INTO signals (article, revision, version, day, signals) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (article) DO UPDATE SET revision = excluded.revision, version = excluded.version,"
        " day = excluded.day, signals = excluded.signals",
        [
            article,
            revision,
            signals.version,
            signals.day,
            json.dumps(signals.to_json(), ensure_ascii=False, sort_keys=True),
        ],
    )
    db.conn.execute("DELETE FROM postings WHERE article = ?", [article])
    db.conn.executemany(
        "INSERT OR IGNORE INTO postings (token, day, article) VALUES (?, ?, ?)",
        [(token, signals.day, article) for token in _tokens(signals)],
    )


class StoredIndex:
    """The `Index` of candidates.py over the stored postings."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def same_text(self, text_hash: int) -> Collection[str]:
        return set(self._count([_token("text", text_hash)], FIRST_DAY, LAST_DAY))

    def sharing_sketch(self, language: str, hashes: Collection[int], first: int, last: int) -> Mapping[str, int]:
        return self._count((_token(language, value) for value in hashes), first, last)

    def sharing_keys(self, keys: Collection[str], first: int, last: int) -> Mapping[str, int]:
        return self._count((_token("key", key) for key in keys), first, last)

    def signals(self, ids: Collection[str]) -> Mapping[str, Signals]:
        found = {}
        for article in ids:
            row = self._db.conn.execute("SELECT signals FROM signals WHERE article = ?", [article]).fetchone()
            if row is not None:
                found[article] = Signals.from_json(json.loads(row[0]))
        return found

    def _count(self, tokens: Iterable[int], first: int, last: int) -> Counter[str]:
        shared = Counter[str]()
        for token in tokens:
            shared.update(
                article
                for (article,) in self._db.conn.execute(
                    "SELECT article FROM postings WHERE token = ? AND day BETWEEN ? AND ?",
                    [token, first, last],
                )
            )
        return shared


def _tokens(signals: Signals) -> set[int]:
    tokens = {_token(signals.language, value) for value in signals.sketch}
    tokens.update(_token("key", key) for key in event_keys(signals))
    if signals.text_hash:
        tokens.add(_token("text", signals.text_hash))
    return tokens


def _token(kind: str, what: str | int) -> int:
    """One number space for passages, keys and whole texts: signed 64 bits, as SQLite's integers are."""
    hashed = hashlib.blake2b(f"{kind}\x1f{what}".encode(), digest_size=8).digest()
    return int.from_bytes(hashed, "big", signed=True)
