"""Saves a small database of every migration that has none yet: `python tests/storage/save_schemas.py`.

Run it once for each new migration, before a release. What it made is then never changed: a test opens a database of
every older schema.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from sqlite_utils import Database

sys.path.insert(0, str(Path(__file__).parents[2]))

from storage.migrations import STEPS, migrations

FOLDER = Path(__file__).parent / "schemas"
SHADOWS = ("search_data", "search_idx", "search_content", "search_docsize", "search_config")


def main() -> None:
    before = ""
    for number, name in enumerate(STEPS, 1):
        file = FOLDER / f"{number}-{name}.sql"
        if not file.exists():
            file.write_text(_migrated(before, name), encoding="utf-8")
            print(file.relative_to(Path.cwd()))
        before = file.read_text(encoding="utf-8")


def _migrated(script: str, name: str) -> str:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(script)
    db = Database(connection)
    names = list(STEPS)
    following = names[names.index(name) + 1] if names[-1] != name else None
    migrations.apply(db, stop_before=following)
    return _script(connection)


def _script(connection: sqlite3.Connection) -> str:
    """Tables with their rows, then the rest; search's own tables come with it."""
    found = connection.execute(
        "SELECT type, name, sql FROM sqlite_master"
        " WHERE sql IS NOT NULL AND type <> 'view' AND name NOT LIKE 'sqlite_%' ORDER BY type <> 'table', name"
    ).fetchall()
    lines = ["BEGIN TRANSACTION;"]
    for kind, name, sql in found:
        if name in SHADOWS:
            continue
        lines.append(f"{sql};")
        if kind == "table":
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
            quoted = " || ',' || ".join(f'quote("{column}")' for column in columns)
            rows = connection.execute(f'SELECT {quoted} FROM "{name}" ORDER BY 1')  # noqa: S608
            listed = ",".join(f'"{column}"' for column in columns)
            lines += [f'INSERT INTO "{name}" ({listed}) VALUES({values});' for (values,) in rows]
    return "\n".join((*lines, "COMMIT;", ""))


if __name__ == "__main__":
    main()
