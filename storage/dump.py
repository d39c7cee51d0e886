"""The database as text in a fixed order: two databases with the same news give the same dump."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storage.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database


def dump_lines(db: Database) -> Iterator[str]:
    """One JSON object a row, tables and rows sorted, clocks and attempts left out (storage/schema/ says which)."""
    for table in sorted(TABLES):
        described = TABLES[table]
        if described.kept_out:
            continue
        columns = [name for name in described.columns if name not in described.unlike]
        listed = ", ".join(f'"{name}"' for name in columns)
        for row in db.conn.execute(f'SELECT {listed} FROM "{table}" ORDER BY {listed}'):
            facts = {name: value for name, value in zip(columns, row, strict=True) if value is not None}
            yield json.dumps({"table": table, **facts}, ensure_ascii=False)
    yield from _search_lines(db)


def _search_lines(db: Database) -> Iterator[str]:
    """What can be found: the index holds its own copy of the text, so it could be wrong on its own."""
    columns = ("title", "title_en", "body", "body_en")
    found = db.conn.execute(
        "SELECT i.article, s.title, s.title_en, s.body, s.body_en"
        " FROM indexed i LEFT JOIN search s ON s.rowid = i.docid ORDER BY i.article"
    )
    for article, *texts in found:
        facts = {name: text for name, text in zip(columns, texts, strict=True) if text is not None}
        yield json.dumps({"table": "search", "article": article, **facts}, ensure_ascii=False)
