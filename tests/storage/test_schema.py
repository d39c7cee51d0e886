"""Every table, view and column is described, and the descriptions say what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.schema import ATTEMPT, CLOCK, TABLES
from storage.views import DESCRIPTIONS

if TYPE_CHECKING:
    from sqlite_utils import Database

OWN = ("_sqlite", "search", "sqlite_")


def columns(db: Database, name: str) -> list[str]:
    return [row[1] for row in db.conn.execute(f'PRAGMA table_info("{name}")')]


def test_every_table_and_column_is_described(db: Database) -> None:
    found = {name: columns(db, name) for name in db.table_names() if not name.startswith(OWN)}
    assert found == {name: list(described.columns) for name, described in TABLES.items()}


def test_every_view_and_column_is_described(db: Database) -> None:
    found = {name: columns(db, name) for name in db.view_names()}
    assert found == {name: list(DESCRIPTIONS[name].columns) for name in found}
    assert set(found) == set(DESCRIPTIONS)


def test_only_columns_that_exist_are_clocks_and_attempts() -> None:
    for described in TABLES.values():
        assert set(described.unlike) <= set(described.columns)
        assert set(described.unlike.values()) <= {CLOCK, ATTEMPT}
