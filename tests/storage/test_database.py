from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from storage.database import DatabaseUnusable, open_database, opened, when_free, writing, writing_when_free
from storage.migrations import STEPS, migrations

ROOT = Path(__file__).resolve().parents[2]
RUN = "INSERT INTO runs (id, command, started_at) VALUES (?, 'test', '2026-11-21T00:00:00+00:00')"
SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.sql"))


def test_a_new_database_is_strict_and_safe(database: Path) -> None:
    with opened(database) as db:
        pragma = {name: db.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
        assert pragma == {"journal_mode": "wal", "synchronous": 2}
        assert db.conn.execute("PRAGMA foreign_keys").fetchone() == (1,)
        made = [table for table in db.tables if not table.name.startswith(("search", "_sqlite"))]
        assert [table.name for table in made if not table.strict] == []


def test_opening_twice_changes_nothing(database: Path) -> None:
    with opened(database) as db:
        before = db.schema
    with opened(database) as db:
        assert db.schema == before
        assert not migrations.pending(db)


def test_a_changed_view_is_renewed(database: Path) -> None:
    with opened(database) as db:
        db.conn.execute("DROP VIEW reading")
        db.conn.execute("CREATE VIEW reading AS SELECT 1 AS one")
    with opened(database) as db:
        assert "body_en" in {column[0] for column in db.conn.execute("SELECT * FROM reading").description}


def test_a_file_that_is_no_database_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hello " * 1000)
    with pytest.raises(DatabaseUnusable, match=r"notes\.txt"):
        open_database(path)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match="make it first"):
        open_database(tmp_path / "nowhere" / "news.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_nobody_may_write_in_is_said(tmp_path: Path, database: Path) -> None:
    with opened(database):
        pass
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(DatabaseUnusable, match="must be a folder to write in"):
            open_database(database)
    finally:
        tmp_path.chmod(0o700)


def test_a_database_of_a_newer_triwire_is_refused(database: Path) -> None:
    with opened(database) as db:
        db.table("_sqlite_migrations").insert(
            {"migration_set": "triwire", "name": "from_the_future", "applied_at": "2030-01-01"}
        )
    with pytest.raises(DatabaseUnusable, match="from_the_future"):
        open_database(database)


def test_many_processes_may_make_the_database_at_once(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from storage.database import open_database\n"
        "print(flush=True)\n"
        "for line in sys.stdin: open_database(line.strip()).close(); print(flush=True)"
    )
    command = [sys.executable, "-c", script]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    children = [subprocess.Popen(command, cwd=ROOT, text=True, bufsize=1, **pipes) for _ in range(6)]
    for child in children:
        child.stdout.readline()
    # All are ready: each path is then opened by all at the same moment.
    for number in range(20):
        for child in children:
            child.stdin.write(f"{tmp_path / f'{number}.db'}\n")
        for child in children:
            child.stdout.readline()
    assert [child.communicate()[1] for child in children] == [""] * 6


def test_a_failed_transaction_leaves_nothing(database: Path) -> None:
    with opened(database) as db:
        with pytest.raises(sqlite3.IntegrityError), writing(db):
            db.conn.executemany("INSERT INTO texts (id, text) VALUES (?, ?)", [("a", "b"), ("a", "b")])
        assert db.table("texts").count == 0


def test_two_writers_wait_for_each_other(database: Path) -> None:
    with opened(database) as one, opened(database) as other:
        other.conn.execute("PRAGMA busy_timeout = 0")
        with writing(one):
            one.conn.execute("INSERT INTO texts (id, text) VALUES ('a', 'b')")
            with pytest.raises(sqlite3.OperationalError, match="locked"), writing(other):
                pass
        with writing(other):
            assert other.table("texts").count == 1


def test_others_in_the_thread_go_on_while_another_process_writes(database: Path) -> None:
    told: list[str] = []

    async def write() -> None:
        async with writing_when_free(db):
            db.conn.execute(RUN, ["theirs"])
        told.append("written")

    async def another_process() -> None:
        other.conn.execute("BEGIN IMMEDIATE")
        for _ in range(5):
            await asyncio.sleep(0)
            told.append("waiting")
        other.conn.execute("COMMIT")

    async def both() -> None:
        await asyncio.gather(another_process(), write())

    with opened(database) as db, opened(database) as other:
        asyncio.run(both())
        assert told == [*["waiting"] * 5, "written"]
        assert other.conn.execute("SELECT id FROM runs").fetchall() == [("theirs",)]
        # Whoever may not let others go on waits in SQLite, as before.
        assert db.conn.execute("PRAGMA busy_timeout").fetchone() == (60_000,)


def test_a_failed_transaction_that_waited_leaves_nothing(database: Path) -> None:
    async def fail() -> None:
        async with writing_when_free(db):
            db.conn.execute(RUN, ["half"])
            raise ZeroDivisionError

    with opened(database) as db:
        with pytest.raises(ZeroDivisionError):
            asyncio.run(fail())
        assert not db.conn.in_transaction
        assert db.conn.execute("SELECT count(*) FROM runs").fetchone() == (0,)


def test_only_a_taken_lock_is_waited_for(database: Path) -> None:
    tries: list[int] = []

    def nonsense() -> None:
        tries.append(1)
        db.conn.execute("SELECT * FROM nowhere")

    with opened(database) as db, pytest.raises(sqlite3.OperationalError, match="nowhere"):
        asyncio.run(when_free(db, nonsense))
    assert tries == [1]


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.stem)
def test_a_database_of_an_older_schema_opens_with_its_rows(schema: Path, database: Path) -> None:
    connection = sqlite3.connect(database)
    connection.executescript(schema.read_text(encoding="utf-8"))
    connection.close()
    with opened(database) as db:
        assert not migrations.pending(db)
        rows = db.conn.execute("SELECT url, language, title_en, body_en, story_id FROM reading").fetchall()
        assert rows == [("https://en.granma.cu/cuba/2026-10-01/one", "en", "One", "First.", "0123456789abcdef")]


def test_every_released_schema_has_a_saved_database() -> None:
    assert [path.stem.partition("-")[2] for path in SCHEMAS] == list(STEPS)
