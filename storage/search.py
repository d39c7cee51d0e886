"""Full-text search with the rules that Vietnamese needs.

SQLite's own folding fails Vietnamese: `remove_diacritics` never turns đ into d, and folding everything merges *năm*
(year) with *nam* (south). So every text is indexed twice, as it is and folded, and each word of a query is routed:
with a mark it must match exactly, without one it matches every marked spelling.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from storage.database import rows

if TYPE_CHECKING:
    from sqlite_utils import Database

EXACT = ("title", "title_en", "body", "body_en")
FOLDED = tuple(f"{name}_folded" for name in EXACT)

TERM = re.compile(r'"([^"]*)"|(\S+)')
WORD = re.compile(r"\w", re.UNICODE)


class _Folded(dict[int, int]):
    """Letters without their marks, one code point for one, worked out as they come up."""

    def __missing__(self, code: int) -> int:
        letter = chr(code)
        base = {"đ": "d", "Đ": "D"}.get(letter) or unicodedata.normalize("NFD", letter)[0]
        self[code] = ord(base) if unicodedata.category(base).startswith("L") else code
        return self[code]


_FOLDED_LETTERS = _Folded((code, code) for code in range(128))


def fold(text: str) -> str:
    """NFC text without marks, of the same length, so that places in one are places in the other."""
    return unicodedata.normalize("NFC", text).translate(_FOLDED_LETTERS)


def match_expression(query: str) -> str:
    """What a person typed as an FTS5 expression: all words must be there, "quoted words" as a phrase.

    Empty when nothing in the query can be searched for, which FTS5 would call a syntax error.
    """
    parts = []
    for quoted, bare in TERM.findall(unicodedata.normalize("NFC", query)):
        term = quoted or bare
        if not WORD.search(term):
            continue
        columns = FOLDED if fold(term) == term else EXACT
        escaped = term.replace('"', '""')
        parts.append(f'({{{" ".join(columns)}}} : "{escaped}")')
    return " AND ".join(parts)


def index_article(db: Database, article: str) -> None:
    """Bring the index up to date with what the article says now, in the caller's transaction."""
    found = rows(db, "SELECT title, title_en, body, body_en FROM reading WHERE id = ?", [article])
    if not found:
        return
    db.conn.execute("INSERT OR IGNORE INTO indexed (article) VALUES (?)", [article])
    (docid,) = db.conn.execute("SELECT docid FROM indexed WHERE article = ?", [article]).fetchone()
    texts = [unicodedata.normalize("NFC", found[0][name] or "") for name in EXACT]
    db.conn.execute("DELETE FROM search WHERE rowid = ?", [docid])
    db.conn.execute(
        f"INSERT INTO search (rowid, {', '.join(EXACT + FOLDED)}) VALUES (?{', ?' * len(EXACT + FOLDED)})",
        [docid, *texts, *map(fold, texts)],
    )


def search(db: Database, query: str, limit: int = 20) -> list[dict[str, object]]:
    """Articles that match, best first: id, url, language, published, title, title_en, story_id."""
    expression = match_expression(query)
    if not expression:
        return []
    return rows(
        db,
        "SELECT r.id, r.url, r.language, r.published, r.title, r.title_en, r.story_id"
        " FROM search JOIN indexed i ON i.docid = search.rowid JOIN reading r ON r.id = i.article"
        " WHERE search MATCH ? ORDER BY bm25(search, 5, 5, 1, 1, 5, 5, 1, 1), r.id LIMIT ?",
        [expression, limit],
    )
