"""The views: what a reader opens in Datasette. They hold no data, so they are renewed whenever their text changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.views import desk, news

if TYPE_CHECKING:
    from sqlite_utils import Database

    from storage.schema import Described

VIEWS = {**news.VIEWS, **desk.VIEWS}
"""Name to SELECT, in an order in which each may use those before it."""

DESCRIPTIONS: dict[str, Described] = {**news.DESCRIPTIONS, **desk.DESCRIPTIONS}


def _statement(name: str) -> str:
    lines = [line[8:] for line in VIEWS[name].strip("\n").splitlines()]
    return f"CREATE VIEW {name} AS\n" + "\n".join(lines)


def _present(db: Database) -> dict[str, str]:
    return dict(db.conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'").fetchall())


def renew_views(db: Database) -> None:
    """Make every view say what VIEWS says; writes nothing when they already do."""
    wanted = {name: _statement(name) for name in VIEWS}
    if _present(db) == wanted:
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        # Once more: while this process waited for the lock, another may have renewed them.
        for name in _present(db):
            db.conn.execute(f'DROP VIEW IF EXISTS "{name}"')
        for statement in wanted.values():
            db.conn.execute(statement)
    except BaseException:
        db.conn.execute("ROLLBACK")
        raise
    db.conn.execute("COMMIT")
