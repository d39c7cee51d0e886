"""The schema's history, one module a step.

A migration is never edited once released: a later one changes what it did.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from storage.migrations import archive, beat, drift, extraction, foundation, leases, polling, rechecks

if TYPE_CHECKING:
    from sqlite_utils import Database

STEPS = MappingProxyType(
    {
        "foundation": foundation.STATEMENTS,
        "leases": leases.STATEMENTS,
        "rechecks": rechecks.STATEMENTS,
        "beat": beat.STATEMENTS,
        "drift": drift.STATEMENTS,
        "polling": polling.STATEMENTS,
        "archive": archive.STATEMENTS,
        "extraction": extraction.STATEMENTS,
    }
)
"""Name to SQL, in order. A database that had other names was made by a newer version."""

migrations = Migrations("triwire")


def _register(name: str, statements: str) -> None:
    def apply(db: Database) -> None:
        for statement in statements.split(";\n"):
            if statement.strip():
                db.execute(statement)

    migrations(name=name)(apply)


for _name, _statements in STEPS.items():
    _register(_name, _statements)
