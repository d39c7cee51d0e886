"""Backups of a database in use."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from conftest import ROOT, start

from crawler.archive import ArchiveWriter, Exchange, archive_folder, read_body
from crawler.archivist import store_page
from storage.database import opened, rows, writing
from storage.dump import dump_lines
from storage.frontier import Fetch, add_article, save_source
from storage.records import SourceFacts
from triwire.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result


def run(*arguments: str | Path, code: int = 0) -> Result:
    """`triwire` in this process: it spares a second a time."""
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code == code, (done.output, done.exception)
    return done


def store(database: Path, *numbers: int, owner: str = "me") -> list[str]:
    """Some pages; each owner goes on with the file of the one before."""
    captures = []
    with opened(database) as db:
        save_source(db, SourceFacts("granma-es", "Granma", "es", "CU", "America/Havana", 1))
        archive = ArchiveWriter(db, archive_folder(database), owner)
        for number in numbers:
            url = f"https://www.granma.cu/cuba/2026-10-05/{number}"
            article = add_article(db, url, url, "granma-es")
            page = Exchange(url, 200, [("User-Agent", "x")], [("Content-Type", "text/html")], b"<p>%d</p>" % number)
            captures.append(store_page(db, archive, Fetch(article, url, ""), page))
        archive.close()
    return captures


def fill(database: Path, megabytes: int) -> None:
    """Ballast, so that a backup takes a moment."""
    with opened(database) as db, writing(db):
        db.conn.executemany(
            "INSERT INTO texts (id, text) VALUES (?, ?)",
            [(f"ballast-{number}", os.urandom(500_000).hex()) for number in range(megabytes)],
        )


def dump(database: Path) -> list[str]:
    with opened(database) as db:
        return list(dump_lines(db))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_backup_is_a_database_with_its_archive(tmp_path: Path, database: Path) -> None:
    captures = store(database, 1, 2, 3)
    target = tmp_path / "away" / "copy.db"
    target.parent.mkdir()
    done = run("backup", "--database", database, "--with-archive", target)
    assert "1 archive files" in done.stdout
    assert dump(target) == dump(database)
    with opened(target) as db:
        pages = [read_body(db, archive_folder(target), capture) for capture in captures]
    assert pages == [b"<p>1</p>", b"<p>2</p>", b"<p>3</p>"]
    assert "no damage" in run("archive", "verify", "--database", target).stdout


def test_what_is_there_is_one_file_of_a_database_and_a_manifest(tmp_path: Path, database: Path) -> None:
    store(database, 1)
    run("backup", "--database", database, tmp_path / "copy.db")
    names = sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("copy"))
    assert names == ["copy.db", "copy.db.manifest.json"]
    manifest = json.loads((tmp_path / "copy.db.manifest.json").read_text())
    (file,) = manifest["archive"]
    whole = (archive_folder(database) / file["name"]).read_bytes()
    assert file["length"] == len(whole)
    assert file["sha256"] == hashlib.sha256(whole).hexdigest()
    assert manifest["database"]["sha256"] == hashlib.sha256((tmp_path / "copy.db").read_bytes()).hexdigest()


def test_a_folder_takes_the_database_under_its_name(tmp_path: Path, database: Path) -> None:
    store(database, 1)
    folder = tmp_path / "backups"
    folder.mkdir()
    run("backup", "--database", database, folder)
    assert (folder / "news.db").is_file()
    assert "sound" in run("backup", "--database", database, "--verify", folder).stdout


def test_a_backup_while_others_write_is_of_one_moment_and_ends(tmp_path: Path, database: Path) -> None:
    """Each transaction writes two rows; a copy of two moments would have one without the other."""
    store(database, 1)
    fill(database, 12)
    stop = threading.Event()
    written = [0]

    def write() -> None:
        with opened(database) as db:
            while not stop.is_set():
                with writing(db):
                    written[0] += 1
                    for half in ("a", "b"):
                        db.conn.execute("INSERT INTO texts (id, text) VALUES (?, '')", [f"{half}-{written[0]}"])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        run("backup", "--database", database, tmp_path / "copy.db")
    finally:
        stop.set()
        writer.join()
    assert written[0] > 20
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        halves = [
            {name[2:] for (name,) in copy.execute("SELECT id FROM texts WHERE id LIKE ?", [f"{half}-%"])}
            for half in ("a", "b")
        ]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert halves[0] == halves[1]
    assert len(halves[0]) < written[0]


def test_only_the_certain_part_of_an_archive_file_is_hashed_and_copied(tmp_path: Path, database: Path) -> None:
    store(database, 1)
    (path,) = archive_folder(database).iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole + b"\x1f\x8b torn")
    target = tmp_path / "copy.db"
    run("backup", "--database", database, "--with-archive", target)
    assert (archive_folder(target) / path.name).read_bytes() == whole
    assert "sound" in run("backup", "--verify", target).stdout


def test_the_next_backup_copies_only_what_is_new(tmp_path: Path, database: Path) -> None:
    store(database, *range(20))
    target = tmp_path / "copy.db"
    run("backup", "--database", database, "--with-archive", target)
    (copy,) = archive_folder(target).iterdir()
    before = copy.stat().st_size
    store(database, 100, owner="later")
    done = run("backup", "--database", database, "--with-archive", target)
    (path,) = archive_folder(database).iterdir()
    assert copy.read_bytes() == path.read_bytes()
    told = done.stdout.rsplit("files, ", 1)[1].split(" of them")[0]
    grown = path.stat().st_size - before
    assert told == (f"{grown / 1000:.1f} kB" if grown >= 1000 else f"{grown} bytes")
    assert "sound" in run("backup", "--verify", target).stdout


def test_files_copied_by_other_means_are_verified_where_they_are(tmp_path: Path, database: Path) -> None:
    store(database, 1)
    target, elsewhere = tmp_path / "copy.db", tmp_path / "elsewhere"
    run("backup", "--database", database, target)
    assert "not checked" in run("backup", "--verify", target).stdout
    elsewhere.mkdir()
    (path,) = archive_folder(database).iterdir()
    # rsync may come when the file has grown already.
    (elsewhere / path.name).write_bytes(path.read_bytes() + b"grown")
    assert "1 archive files" in run("backup", "--verify", target, "--archive", elsewhere).stdout


@pytest.mark.parametrize("damage", ["database", "page", "file", "short", "manifest"])
def test_verify_tells_what_is_damaged(tmp_path: Path, database: Path, damage: str) -> None:
    store(database, *range(30))
    target = tmp_path / "copy.db"
    run("backup", "--database", database, "--with-archive", target)
    (file,) = archive_folder(target).iterdir()
    if damage == "database":
        target.write_bytes(target.read_bytes()[:8192])
        words = "the database"
    elif damage == "page":
        whole = bytearray(target.read_bytes())
        whole[-200] ^= 0xFF
        target.write_bytes(whole)
        words = "the database has changed since"
    elif damage == "file":
        whole = bytearray(file.read_bytes())
        whole[len(whole) // 2] ^= 0xFF
        file.write_bytes(whole)
        words = f"{file.name}: has other bytes"
    elif damage == "short":
        file.write_bytes(file.read_bytes()[:-1])
        words = f"{file.name}: is shorter"
    else:
        (tmp_path / "copy.db.manifest.json").write_text("{")
        words = "cannot be read"
    assert words in run("backup", "--verify", target, code=1).stdout


def test_an_archive_file_that_is_missing_is_told_and_the_database_is_kept(tmp_path: Path, database: Path) -> None:
    store(database, 1)
    (path,) = archive_folder(database).iterdir()
    path.unlink()
    target = tmp_path / "copy.db"
    done = run("backup", "--database", database, "--with-archive", target, code=1)
    assert f"{path.name} is not there" in done.stderr
    assert dump(target) == dump(database)


def backed_up(database: Path, target: Path) -> list[str]:
    """A first backup, and then more in the database than it has; returns the dump of the first."""
    store(database, 1, 2)
    run("backup", "--database", database, "--with-archive", target)
    before = dump(target)
    # Reading it has turned it into a living database again.
    run("backup", "--database", database, "--with-archive", target)
    store(database, 3, 4, owner="later")
    return before


@pytest.mark.parametrize("moment", ["early", "late"])
def test_a_kill_in_the_middle_leaves_the_old_backup_whole(tmp_path: Path, database: Path, moment: str) -> None:
    target = tmp_path / "copy.db"
    before = backed_up(database, target)
    fill(database, 20)
    child = start("backup", "--database", database, "--with-archive", target)
    part = tmp_path / "copy.db.part"
    wanted = 1 if moment == "early" else 12_000_000
    while child.poll() is None and (not part.exists() or part.stat().st_size < wanted):
        pass
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert child.returncode == -signal.SIGKILL, "the backup ended before it could be killed"
    assert part.exists()
    assert "sound; 1 archive files" in run("backup", "--verify", target).stdout
    assert dump(target) == before
    run("backup", "--database", database, "--with-archive", target)
    assert not part.exists()
    assert dump(target) == dump(database)


def test_a_kill_between_its_two_files_leaves_a_whole_backup(tmp_path: Path, database: Path) -> None:
    target = tmp_path / "copy.db"
    store(database, 1)
    run("backup", "--database", database, "--with-archive", target)
    manifest = (tmp_path / "copy.db.manifest.json").read_bytes()
    store(database, 2, owner="later")
    run("backup", "--database", database, "--with-archive", target)
    (tmp_path / "copy.db.manifest.json").write_bytes(manifest)
    done = run("backup", "--verify", target)
    assert "is of another backup than the database" in done.stdout
    assert "sound; 1 archive files" in done.stdout


def test_a_disk_without_room_leaves_the_old_backup_whole(small_disk: Path, database: Path) -> None:
    target = small_disk / "copy.db"
    before = backed_up(database, target)
    fill(database, 3)
    done = run("backup", "--database", database, "--with-archive", target, code=1)
    assert "are free" in done.stderr
    assert "untouched" in done.stderr
    assert dump(target) == before
    assert not list(small_disk.glob("*.part*"))


def test_a_disk_that_fills_up_in_the_middle_leaves_the_old_backup_whole(tmp_path: Path, database: Path) -> None:
    target = tmp_path / "copy.db"
    before = backed_up(database, target)
    fill(database, 6)

    def limit() -> None:
        """No file may grow beyond three megabytes: to SQLite that is a full disk."""
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))

    command = [sys.executable, "-m", "triwire", "backup", "--database", str(database), "--with-archive", str(target)]
    done = subprocess.run(command, cwd=ROOT, preexec_fn=limit, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "no backup was made" in done.stderr
    assert "Traceback" not in done.stderr
    assert dump(target) == before
    assert not list(tmp_path.glob("copy.db.part*"))


def test_ctrl_c_leaves_the_old_backup_whole(tmp_path: Path, database: Path) -> None:
    target = tmp_path / "copy.db"
    before = backed_up(database, target)
    fill(database, 20)
    child = start("backup", "--database", database, target)
    part = tmp_path / "copy.db.part"
    while child.poll() is None and not part.exists():
        pass
    child.send_signal(signal.SIGINT)
    _, error = child.communicate()
    assert (child.returncode, "Traceback" in error) == (130, False), error
    assert dump(target) == before
    assert not part.exists()


@pytest.mark.parametrize(
    ("target", "code", "complaint"),
    [
        ("news.db", 1, "the database itself"),
        ("nowhere/copy.db", 1, "there is no folder"),
        ("", 2, "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, database: Path, target: str, code: int, complaint: str) -> None:
    store(database, 1)
    given = [tmp_path / target] if target else []
    assert complaint in run("backup", "--database", database, *given, code=code).stderr


def test_there_must_be_something_to_back_up_and_to_verify(tmp_path: Path, database: Path) -> None:
    assert "no such file" in run("backup", "--database", database, tmp_path / "copy.db", code=1).stderr
    assert "no backup at" in run("backup", "--verify", tmp_path / "copy.db", code=1).stderr
    (tmp_path / "notes.db").write_text("a diary " * 1000)
    assert "not a database" in run("backup", "--verify", tmp_path / "notes.db", code=1).stdout


def test_after_a_restoration_nothing_is_missing(tmp_path: Path, database: Path) -> None:
    """By the steps of docs/cron.md: what was archived after the backup is brought in from what was put aside."""
    away, damaged = tmp_path / "away", tmp_path / "damaged"
    store(database, 1, 2)
    away.mkdir()
    run("backup", "--database", database, "--with-archive", away)
    store(database, 3, 4, owner="later")
    folder = archive_folder(database)
    whole = captured(database)
    damaged.mkdir()
    for path in [*tmp_path.glob("news.db*"), folder]:
        path.rename(damaged / path.name)
    shutil.copytree(away, tmp_path, dirs_exist_ok=True)
    files = sorted((damaged / folder.name).glob("*.warc.gz"))
    done = run("import-warc", "--no-process", "--database", database, *files)
    assert "2 pages stored, 2 known already" in done.stdout
    assert captured(database) == whole
    assert "no damage" in run("archive", "verify", "--database", database).stdout
    store(database, 5, owner="last")
    assert "no damage" in run("archive", "verify", "--database", database).stdout


def captured(database: Path) -> list[tuple[str, str, bytes]]:
    """Every capture with its moment and its page."""
    with opened(database) as db:
        found = rows(db, "SELECT id, fetched_at FROM captures ORDER BY id")
        return [(row["id"], row["fetched_at"], read_body(db, archive_folder(database), row["id"])) for row in found]


def test_hashes_of_sealed_files_are_computed_once(tmp_path: Path, database: Path) -> None:
    store(database, 1)
    with opened(database) as db:
        db.conn.execute("UPDATE archive_files SET sealed = 1")
    run("backup", "--database", database, tmp_path / "copy.db")
    with opened(database) as db:
        (row,) = rows(db, "SELECT name, sha256 FROM archive_files")
    whole = (archive_folder(database) / row["name"]).read_bytes()
    assert row["sha256"] == hashlib.sha256(whole).hexdigest()
