"""Reading stored pages again, without the network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import run

from crawler.archive import ArchiveWriter, Exchange, archive_folder
from crawler.archivist import store_page
from crawler.reextraction import queue_captures
from crawler.source import facts_of
from crawler.sources.granma import GranmaSpanish
from crawler.stage import Extract
from storage.database import opened, rows, writing
from storage.dump import dump_lines
from storage.frontier import Fetch, add_article, save_source
from storage.ledger import finish
from storage.records import SourceFacts

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

GRANMA = "https://www.granma.cu/cuba/2026-10-05/uno-05-10-2026-10-10-10"
OTHER = "https://www.example.org/news/one-two-three-four"


def page(words: str, *, title: str = "Titular") -> bytes:
    return (
        f'<html><body><h1 class="g-story-heading">{title}</h1><div class="story-body-text">'
        f"<p>{words}</p></div></body></html>"
    ).encode()


def store(database: Path, *pages: tuple[str, str, str]) -> list[str]:
    """Address, moment and words of each capture."""
    with opened(database) as db:
        save_source(db, facts_of(GranmaSpanish))
        save_source(db, SourceFacts("other", "Other", "en", None, "UTC", 0))
        archive = ArchiveWriter(db, archive_folder(database), "me")
        captures = []
        for url, moment, words in pages:
            source = "granma-es" if url.startswith("https://www.granma.cu") else "other"
            article = add_article(db, url, url, source)
            exchange = Exchange(url, 200, [], [("Content-Type", "text/html")], page(words), "text/html", moment=moment)
            captures.append(store_page(db, archive, Fetch(article, url, ""), exchange))
        archive.close()
    return captures


def read_queue(database: Path) -> int:
    """Extract what is queued, without the stages after it; returns how many captures that were."""
    stage = Extract(database)
    with opened(database) as db:
        queued = [
            row["subject"]
            for row in rows(
                db, "SELECT subject FROM work WHERE stage = 'extract' AND state = 'queued' ORDER BY place, subject"
            )
        ]
        for capture, result in zip(queued, stage.work(stage.load(db, queued)), strict=True):
            with writing(db):
                stage.save(db, capture, result)
                finish(db, "extract", capture, stage.version)
    return len(queued)


def texts(db: Database) -> list[str]:
    found = rows(db, "SELECT t.text FROM revisions r JOIN texts t ON t.id = r.text ORDER BY r.article, r.number")
    return [str(row["text"]) for row in found]


def dump(database: Path) -> list[str]:
    with opened(database) as db:
        return list(dump_lines(db))


MOMENT = "2026-10-0{}T08:00:00+00:00"


def test_what_was_lost_of_the_readings_comes_back_from_the_archive(database: Path) -> None:
    store(database, (GRANMA, MOMENT.format(5), "Uno."), (GRANMA, MOMENT.format(6), "Dos."))
    run("process", "--database", database)
    before = dump(database)
    with opened(database) as db:
        db.conn.execute("PRAGMA foreign_keys = OFF")
        for table in ("signals", "postings", "identifications", "revisions", "extractions", "texts"):
            db.table(table).delete_where()
    done = run("reextract", "--force", "--database", database)
    assert "2 pages queued to be read again" in done.stdout
    assert dump(database) == before


def test_what_this_version_has_read_is_left_alone(database: Path) -> None:
    store(database, (GRANMA, MOMENT.format(5), "Uno."), (OTHER, MOMENT.format(5), "One."))
    read_queue(database)
    done = run("reextract", "--no-process", "--database", database)
    assert done.stdout.splitlines()[:2] == [
        "0 pages queued to be read again",
        "2 have been read by this version of the extractor (--force reads them again)",
    ]


@pytest.mark.parametrize(
    "state",
    [
        {"state": "quarantined", "attempts": 3, "error": "x"},
        {"state": "waiting", "reason": "x"},
        {"version": Extract.version - 1},
        {"state": "queued", "attempts": 1, "error": "x", "next_at": "2099-01-01"},
    ],
)
def test_what_failed_or_was_read_by_an_older_version_is_queued(database: Path, state: dict[str, object]) -> None:
    (capture,) = store(database, (GRANMA, MOMENT.format(5), "Uno."))
    read_queue(database)
    with opened(database) as db:
        db.table("work").update(("extract", capture), state)
        assert queue_captures(db, database).queued == 1
        (row,) = rows(db, "SELECT state, attempts, error, reason, next_at FROM work WHERE stage = 'extract'")
    assert row == {"state": "queued", "attempts": 0, "error": None, "reason": None, "next_at": None}


@pytest.mark.parametrize(
    ("flags", "queued"),
    [
        ([], 4),
        (["--source", "granma-es"], 3),
        (["--source", "granma-es", "--source", "other"], 4),
        (["--since", "2026-10-06"], 2),
        (["--since", "2026-10-06", "--source", "other"], 0),
        (["--since", "2026-10-06T09:00:00"], 1),
    ],
)
def test_source_and_date_choose(database: Path, flags: list[str], queued: int) -> None:
    store(
        database,
        (GRANMA, MOMENT.format(5), "Uno."),
        (GRANMA, MOMENT.format(6), "Dos."),
        (GRANMA, MOMENT.format(7), "Tres."),
        (OTHER, MOMENT.format(5), "One."),
    )
    read_queue(database)
    done = run("reextract", "--force", "--no-process", *flags, "--database", database)
    assert done.stdout.startswith(f"{queued} pages queued")


def test_reading_again_what_reads_the_same_changes_nothing(database: Path) -> None:
    store(database, *((GRANMA, MOMENT.format(day), words) for day, words in ((5, "Uno."), (6, "Dos."), (7, "Uno."))))
    read_queue(database)
    before = dump(database)
    with opened(database) as db:
        assert queue_captures(db, database, force=True).queued == 3
    assert read_queue(database) == 3
    after = dump(database)
    assert after == before


def read_otherwise(monkeypatch: pytest.MonkeyPatch, database: Path, old: str, new: str) -> None:
    """Read all again as if the description of the source had changed what is taken for the text."""
    import crawler.stage

    real = crawler.stage.read_archived

    def changed(archived: crawler.stage.Archived) -> object:
        return real(crawler.stage.Archived(archived.capture, archived.body.replace(old.encode(), new.encode())))

    monkeypatch.setattr(crawler.stage, "read_archived", changed)
    with opened(database) as db:
        queue_captures(db, database, force=True)
    read_queue(database)


def test_what_reads_differently_under_the_same_version_takes_the_place_of_what_was_read(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(database, (GRANMA, MOMENT.format(5), "Uno."), (GRANMA, MOMENT.format(6), "Dos."))
    run("process", "--database", database)
    with opened(database) as db:
        assert texts(db) == ["Uno.", "Dos."]
    read_otherwise(monkeypatch, database, "Dos", "Tres")
    with opened(database) as db:
        assert texts(db) == ["Uno.", "Tres."]
        assert rows(db, "SELECT body FROM reading") == [{"body": "Tres."}]
        queued = rows(db, "SELECT stage, state FROM work WHERE subject IN (SELECT id FROM revisions WHERE number = 2)")
        assert {"stage": "identify", "state": "queued"} in queued
        orphans = rows(
            db, "SELECT subject FROM work WHERE stage <> 'extract' AND subject NOT IN (SELECT id FROM revisions)"
        )
        assert orphans == []
        assert rows(db, "PRAGMA foreign_key_check") == []
    run("process", "--database", database)
    with opened(database) as db:
        assert rows(db, "SELECT count(*) AS n FROM signals") == [{"n": 1}]


def test_a_change_that_was_none_is_no_revision_any_more(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An advert that was taken for text."""
    store(database, (GRANMA, MOMENT.format(5), "Uno."), (GRANMA, MOMENT.format(6), "Uno. Anuncio"))
    read_queue(database)
    read_otherwise(monkeypatch, database, " Anuncio", "")
    with opened(database) as db:
        assert texts(db) == ["Uno."]
        assert rows(db, "SELECT body FROM reading") == [{"body": "Uno."}]
        assert rows(db, "PRAGMA foreign_key_check") == []


def test_a_page_whose_file_is_missing_is_told(database: Path) -> None:
    store(database, (GRANMA, MOMENT.format(5), "Uno."), (OTHER, MOMENT.format(5), "One."))
    read_queue(database)
    (path,) = archive_folder(database).iterdir()
    path.unlink()
    done = run("reextract", "--force", "--no-process", "--database", database, code=1)
    assert done.stdout.startswith("0 pages queued")
    assert f"2 have no page though they should: {path.name} is missing" in done.stderr


def test_what_another_process_has_in_hand_is_left_to_it(database: Path) -> None:
    store(database, (GRANMA, MOMENT.format(5), "Uno."))
    read_queue(database)
    with opened(database) as db:
        db.conn.execute("UPDATE work SET owner = 'somebody' WHERE stage = 'extract'")
        assert queue_captures(db, database, force=True).queued == 0


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [(["--source", "nobody"], 1, "granma-es, other"), (["--since", "yesterday"], 2, "yesterday")],
)
def test_what_cannot_be_understood_is_said(database: Path, arguments: list[str], code: int, complaint: str) -> None:
    store(database, (GRANMA, MOMENT.format(5), "Uno."), (OTHER, MOMENT.format(5), "One."))
    assert complaint in run("reextract", *arguments, "--database", database, code=code).stderr


def test_nothing_is_asked_of_the_network(database: Path) -> None:
    """No server runs here, and no request is counted."""
    store(database, (GRANMA, MOMENT.format(5), "Uno."))
    run("reextract", "--database", database)
    with opened(database) as db:
        assert texts(db) == ["Uno."]
        (tally,) = rows(db, "SELECT tally FROM runs WHERE command = 'reextract'")
        assert rows(db, "SELECT count(*) AS n FROM hosts") == [{"n": 0}]
    assert json.loads(tally["tally"])["extract"] == {"done": 1, "taken": 1}
