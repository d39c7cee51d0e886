"""What may leave the archive, and what is known of it then."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from crawler.archive import ArchiveWriter, Exchange, archive_folder
from crawler.archive.upkeep import Kept, plan_pruning, remove_files
from crawler.archivist import store_page
from crawler.stage import PAGE_REMOVED, Extract
from storage.database import opened, rows
from storage.frontier import Fetch, add_article, save_source
from storage.ledger import finish
from storage.records import SourceFacts
from triwire.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

TODAY = date(2026, 11, 21)


def run(*arguments: str | Path, code: int = 0) -> Result:
    """`triwire` in this process: it spares a second a time."""
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code == code, (done.output, done.exception)
    return done


def store_day(database: Path, days_ago: int, *, read: bool = True, size: int = 2_000) -> list[str]:
    """Two pages that were archived so many days ago, in a file of their own; those of former days are sealed."""
    moment = datetime.now(UTC) - timedelta(days=days_ago)
    chance = random.Random(days_ago)
    captures = []
    with opened(database) as db:
        save_source(db, SourceFacts("granma-es", "Granma", "es", "CU", "America/Havana", 1))
        archive = ArchiveWriter(db, archive_folder(database), f"day-{days_ago}", clock=lambda: moment)
        for number in range(2):
            url = f"https://www.granma.cu/cuba/2026-10-05/{days_ago}-{number}"
            article = add_article(db, url, url, "granma-es")
            body = f"<p>{chance.randbytes(size).hex()}</p>".encode()
            captures.append(store_page(db, archive, Fetch(article, url, ""), Exchange(url, 200, [], [], body)))
            if read:
                finish(db, "extract", captures[-1], Extract.version)
        archive.close()
        if days_ago:
            db.conn.execute("UPDATE archive_files SET sealed = 1 WHERE name = ?", [archive.name])
    return captures


def days(database: Path) -> list[str]:
    """Which files are there, by the name of their day."""
    return sorted(path.name.split("-")[2] for path in archive_folder(database).iterdir())


def test_without_yes_nothing_is_removed(database: Path) -> None:
    for ago in (40, 20, 0):
        store_day(database, ago)
    done = run("archive", "prune", "--database", database, "--keep-days", 30)
    assert "would be removed: triwire-day-40-001.warc.gz" in done.stdout
    assert days(database) == ["0", "20", "40"]


def test_old_files_are_removed_and_the_day_is_noted(database: Path) -> None:
    for ago in (40, 31, 30, 0):
        store_day(database, ago)
    done = run("archive", "prune", "--database", database, "--keep-days", 30, "--yes")
    assert done.stdout.count("removed: ") == 2
    assert days(database) == ["0", "30"]
    with opened(database) as db:
        noted = rows(db, "SELECT file, removed_at FROM archive_report WHERE state = 'removed' ORDER BY file")
    assert [row["file"] for row in noted] == ["triwire-day-31-001.warc.gz", "triwire-day-40-001.warc.gz"]
    assert all(row["removed_at"][:10] == f"{datetime.now(UTC):%Y-%m-%d}" for row in noted)
    again = run("archive", "prune", "--database", database, "--keep-days", 30, "--yes")
    assert again.stdout.startswith("0 files removed")


def test_the_oldest_go_until_the_rest_fits(database: Path) -> None:
    for ago in (4, 3, 2, 1):
        store_day(database, ago, size=20_000)
    sizes = {path.name: path.stat().st_size for path in archive_folder(database).iterdir()}
    room = (sizes["triwire-day-2-001.warc.gz"] + sizes["triwire-day-1-001.warc.gz"] + 100) / 1e9
    run("archive", "prune", "--database", database, "--keep-gb", room, "--yes")
    assert days(database) == ["1", "2"]


def test_a_file_with_a_page_that_was_not_read_stays(database: Path) -> None:
    store_day(database, 40, read=False)
    store_day(database, 39)
    done = run("archive", "prune", "--database", database, "--keep-days", 30, "--yes")
    assert "kept: triwire-day-40-001.warc.gz" in done.stderr
    assert "2 of its pages are not read yet" in done.stderr
    assert days(database) == ["40"]


@pytest.mark.parametrize("state", ["queued", "waiting", "quarantined", "an older version"])
def test_only_what_this_version_has_read_counts_as_read(database: Path, state: str) -> None:
    (capture, _) = store_day(database, 40)
    with opened(database) as db:
        if state == "an older version":
            db.conn.execute("UPDATE work SET version = version - 1 WHERE subject = ?", [capture])
        else:
            db.conn.execute("UPDATE work SET state = ? WHERE subject = ?", [state, capture])
    run("archive", "prune", "--database", database, "--keep-days", 30, "--yes")
    assert days(database) == ["40"]


def test_a_file_that_is_written_to_stays(database: Path) -> None:
    store_day(database, 0)
    done = run("archive", "prune", "--database", database, "--keep-gb", 0, "--yes", code=1)
    assert "that is more than" in done.stderr
    assert days(database) == ["0"]


def test_age_comes_before_size_and_sealed_before_open() -> None:
    def kept(day: int, length: int = 100, *, sealed: bool = True, unread: int = 0) -> Kept:
        return Kept(f"f{day}", f"2026-11-{day:02}", length, sealed, unread)

    files = [kept(1), kept(2, unread=1), kept(3), kept(4), kept(20), kept(21, sealed=False)]
    plan = plan_pruning(files, keep_days=18, keep_bytes=None, today=TODAY)
    assert [file.name for file in plan.going] == ["f1"]
    assert [file.name for file in plan.unread] == ["f2"]
    assert plan.left == 500
    plan = plan_pruning(files, keep_days=18, keep_bytes=350, today=TODAY)
    assert [file.name for file in plan.going] == ["f1", "f3", "f4"]
    assert plan.left == 300
    plan = plan_pruning(files, keep_days=None, keep_bytes=0, today=TODAY)
    assert [file.name for file in plan.going] == ["f1", "f3", "f4", "f20"]


def test_a_page_that_is_queued_again_saves_its_file(database: Path) -> None:
    """Between the choice and the removal."""
    (capture, _) = store_day(database, 40)
    with opened(database) as db:
        db.conn.execute("UPDATE work SET state = 'queued' WHERE subject = ?", [capture])
        assert remove_files(db, archive_folder(database), ["triwire-day-40-001.warc.gz"]) == []
    assert days(database) == ["40"]


def test_a_file_that_was_noted_and_not_removed_is_removed_next_time(database: Path) -> None:
    store_day(database, 40)
    with opened(database) as db:
        db.conn.execute("UPDATE archive_files SET removed_at = '2026-01-01T00:00:00+00:00'")
    run("archive", "prune", "--database", database, "--keep-days", 3000, "--yes")
    assert days(database) == []
    with opened(database) as db:
        assert rows(db, "SELECT removed_at FROM archive_files") == [{"removed_at": "2026-01-01T00:00:00+00:00"}]


def test_reextract_says_how_many_have_no_page_any_more(database: Path) -> None:
    store_day(database, 40)
    store_day(database, 2)
    run("archive", "prune", "--database", database, "--keep-days", 30, "--yes")
    done = run("reextract", "--database", database, "--force", "--no-process")
    assert "2 pages queued" in done.stdout
    assert f"2 have no page any more: removed from the archive on {datetime.now(UTC):%Y-%m-%d}" in done.stdout


def test_a_removed_page_waits_and_fails_nothing_when_the_extractor_changes(database: Path) -> None:
    (capture, _) = store_day(database, 40)
    run("archive", "prune", "--database", database, "--keep-days", 30, "--yes")
    with opened(database) as db:
        (waiting,) = Extract(database).load(db, [capture])
    assert getattr(waiting, "reason", None) == PAGE_REMOVED


def test_the_list_tells_what_is_in_each_file(database: Path) -> None:
    store_day(database, 40, read=False)
    store_day(database, 39)
    run("archive", "prune", "--database", database, "--keep-days", 30, "--yes")
    found = json.loads(run("archive", "list", "--database", database, "--json").stdout)
    assert [(row["file"], row["state"], row["pages"], row["unread"]) for row in found] == [
        ("triwire-day-40-001.warc.gz", "sealed", 2, 2),
        ("triwire-day-39-001.warc.gz", "removed", 2, 0),
    ]
    told = run("archive", "list", "--database", database).stdout
    assert told.splitlines()[-1].startswith("1 files, ")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [([], "--keep-days"), (["--keep-days", "-1"], "-1"), (["--keep-gb", "much"], "much")],
)
def test_what_cannot_be_understood_is_said(database: Path, arguments: list[str], complaint: str) -> None:
    assert complaint in run("archive", "prune", "--database", database, *arguments, code=2).stderr


# Verification


def test_a_sound_archive_is_said_to_be_sound(database: Path) -> None:
    store_day(database, 1)
    store_day(database, 0)
    done = run("archive", "verify", "--database", database)
    # A warcinfo, and for each page a response and a verdict.
    assert done.stdout.startswith("2 files, 10 records, ")
    assert "no damage" in done.stdout


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("flip", "gzip"),
        ("cut", "and should have"),
        ("remove", "cannot be read"),
        ("grow", "bytes that nobody has noted"),
        ("swap", "and should be of"),
        ("shift", "no record of"),
        ("hash", "its hash is not the one"),
        ("unknown", "the database does not know it"),
    ],
)
def test_every_damage_is_found(database: Path, harm: str, words: str) -> None:
    store_day(database, 1)
    (path,) = archive_folder(database).iterdir()
    whole = path.read_bytes()
    with opened(database) as db:
        match harm:
            case "flip":
                at = len(whole) // 2
                path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
            case "cut":
                path.write_bytes(whole[:-10])
            case "remove":
                path.unlink()
            case "grow":
                path.write_bytes(whole + whole[:100])
            case "swap":
                db.conn.execute("UPDATE captures SET url = url || '-other'")
            case "shift":
                db.conn.execute("UPDATE archive_records SET offset = offset + 1")
            case "hash":
                db.conn.execute("UPDATE captures SET sha256 = 'x'")
            case "unknown":
                (path.parent / "theirs.warc.gz").write_bytes(whole)
    done = run("archive", "verify", "--database", database, code=1)
    assert words in done.stdout
    assert "no damage" not in done.stdout


def test_a_file_that_is_still_written_to_may_be_longer_than_what_is_certain(database: Path) -> None:
    store_day(database, 0)
    (path,) = archive_folder(database).iterdir()
    path.write_bytes(path.read_bytes() + b"\x1f\x8b under way")
    assert "no damage" in run("archive", "verify", "--database", database).stdout


def test_one_file_can_be_verified_alone(database: Path) -> None:
    store_day(database, 1)
    store_day(database, 0)
    done = run("archive", "verify", "--database", database, "triwire-day-1-001.warc.gz")
    assert done.stdout.startswith("1 files, 5 records")
    assert (
        "has no file nothing.warc.gz"
        in run("archive", "verify", "--database", database, "nothing.warc.gz", code=1).stderr
    )
