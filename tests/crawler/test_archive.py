"""The raw archive: what a record holds, who can read it, and what survives a death at any point."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import os
import random
import signal
import sqlite3
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from conftest import local, run, start
from crawler_site import Says, Site, feed, html
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from crawler.archive import (
    ArchiveDamaged,
    ArchiveWriter,
    Entry,
    Exchange,
    PageRemoved,
    Verdict,
    archive_folder,
    cut_torn_tails,
    read_body,
)
from crawler.archive.verdicts import verdict_on
from crawler.archivist import Answer, Archivist, FetchedPage, store_page
from crawler.stage import Extract
from storage.database import opened, rows
from storage.frontier import Fetch, add_article, save_source
from storage.hosts import slow_down
from storage.records import SourceFacts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

URL = "https://www.granma.cu/cuba/2026-10-05/uno"
GRANMA = "www.granma.cu"
NOON = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)


def exchange(body: bytes, url: str = URL, **given: Any) -> Exchange:
    return Exchange(
        url=url,
        status=200,
        request_headers=[("User-Agent", "triwire")],
        response_headers=[("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", "3")],
        body=body,
        content_type="text/html",
        **given,
    )


@pytest.fixture
def archive(db: Database, tmp_path: Path) -> Iterator[ArchiveWriter]:
    writer = ArchiveWriter(db, tmp_path / "archive", "me")
    yield writer
    writer.close()


def note_article(db: Database, url: str = URL) -> str:
    save_source(db, SourceFacts("granma-es", "Granma", "es", "CU", "America/Havana", 1))
    return add_article(db, url, url, "granma-es")


def store(db: Database, archive: ArchiveWriter, body: bytes, url: str = URL) -> str:
    return store_page(db, archive, Fetch(note_article(db, url), url, ""), exchange(body, url))


def records(path: Path) -> list[Any]:
    """What warcio reads, blocks included, each with its place in the file."""
    found = []
    with path.open("rb") as file:
        iterator = ArchiveIterator(file, check_digests="raise")
        for record in iterator:
            record.block = record.content_stream().read()
            record.place = (iterator.get_record_offset(), iterator.get_record_length())
            found.append(record)
    return found


def check(*paths: Path) -> int:
    """The exit code of `warcio check`."""

    return int(Checker(SimpleNamespace(inputs=[str(path) for path in paths], verbose=False)).process_all())


def fields(record: Any) -> dict[str, list[str]]:
    """The named fields of a warcinfo or metadata record."""
    found: dict[str, list[str]] = {}
    for line in record.block.decode().splitlines():
        name, _, text = line.partition(": ")
        found.setdefault(name, []).append(text)
    return found


# What a record holds


def test_a_page_comes_back_as_it_went_in(db: Database, archive: ArchiveWriter) -> None:
    bodies = [b"<html>uno</html>", "Hà Nội".encode() * 1000, b"\x00\xff"]
    captures = [store(db, archive, body, f"{URL}-{number}") for number, body in enumerate(bodies)]
    assert [read_body(db, archive.folder, capture) for capture in captures] == bodies


def test_others_can_read_the_file(db: Database, archive: ArchiveWriter) -> None:
    store(db, archive, b"<html>uno</html>")
    store(db, archive, b"<html>" + random.Random(1).randbytes(100_000), f"{URL}-2")
    archive.close()
    found = records(archive.folder / archive.name)
    kinds = ["warcinfo", *["response", "request", "metadata"] * 2]
    assert [record.rec_type for record in found] == kinds
    assert {record.rec_headers.protocol for record in found} == {"WARC/1.1"}
    assert found[1].block == b"<html>uno</html>"
    assert check(archive.folder / archive.name) == 0


def test_a_file_says_who_wrote_it_and_under_which_manners(db: Database, archive: ArchiveWriter) -> None:
    store(db, archive, b"<html>uno</html>")
    info = records(archive.folder / archive.name)[0]
    said = fields(info)
    assert said["software"][0].startswith("triwire/")
    assert said["format"] == ["WARC File Format 1.1"]
    assert said["robots"] == ["obey"]
    assert info.rec_headers.get_header("WARC-Filename") == archive.name


def test_the_records_of_an_answer_belong_together(db: Database, archive: ArchiveWriter) -> None:
    store(db, archive, b"<html>uno</html>")
    info, response, request, metadata = records(archive.folder / archive.name)
    own = response.rec_headers.get_header("WARC-Record-ID")
    for record in (request, metadata):
        assert record.rec_headers.get_header("WARC-Concurrent-To") == own
        assert record.rec_headers.get_header("WARC-Target-URI") == URL
        assert record.rec_headers.get_header("WARC-Date") == response.rec_headers.get_header("WARC-Date")
    warcinfo = info.rec_headers.get_header("WARC-Record-ID")
    assert response.rec_headers.get_header("WARC-Warcinfo-ID") == warcinfo
    assert (request.http_headers.protocol, request.http_headers.statusline) == ("GET", "/cuba/2026-10-05/uno HTTP/1.1")
    assert request.http_headers.headers == [("Host", GRANMA), ("User-Agent", "triwire")]


def test_headers_promise_nothing_that_is_untrue_of_the_archived_body(db: Database, archive: ArchiveWriter) -> None:
    store(db, archive, b"<html>uno</html>")
    response = records(archive.folder / archive.name)[1]
    assert response.http_headers.statusline == "200 OK"
    assert dict(response.http_headers.headers) == {
        "Content-Type": "text/html",
        "X-Archive-Orig-Content-Encoding": "gzip",
        "X-Archive-Orig-Content-Length": "3",
        "Content-Length": "16",
    }


def test_a_place_is_the_one_that_an_index_has(db: Database, archive: ArchiveWriter) -> None:
    """As CDXJ has it, by which pywb finds a page: offset and length of the gzip member, the digest, the date."""
    store(db, archive, b"<html>uno</html>")
    store(db, archive, b"<html>dos</html>", f"{URL}-2")
    path = archive.folder / archive.name
    responses = [record for record in records(path) if record.rec_type == "response"]
    noted = rows(
        db,
        "SELECT r.offset, r.length, c.url, c.fetched_at FROM archive_records r JOIN captures c ON c.id = r.capture"
        " ORDER BY r.offset",
    )
    whole = path.read_bytes()
    for record, row in zip(responses, noted, strict=True):
        assert record.place == (row["offset"], row["length"])
        assert record.rec_headers.get_header("WARC-Target-URI") == row["url"]
        assert record.rec_headers.get_header("WARC-Date") == row["fetched_at"].replace("+00:00", "Z")
        member = gzip.decompress(whole[row["offset"] : row["offset"] + row["length"]])
        assert member.startswith(b"WARC/1.1\r\n")
        assert member.endswith(b"\r\n\r\n")
        payload = hashlib.sha1(record.block, usedforsecurity=False).hexdigest()
        stated = record.rec_headers.get_header("WARC-Payload-Digest")
        assert stated == f"sha1:{_base32(payload)}"


def _base32(digest: str) -> str:
    import base64

    return base64.b32encode(bytes.fromhex(digest)).decode()


def test_a_header_with_marks_or_a_line_break_breaks_nothing(db: Database, archive: ArchiveWriter) -> None:
    odd = Exchange(
        url=f"{URL}?q=a%20b",
        status=299,
        request_headers=[("User-Agent", "triwire")],
        response_headers=[("X-T\xedtulo", "Hà Nội; name=đ".encode().decode("latin-1")), ("Content-Type", "text/html")],
        body=b"<p>uno</p>",
    )
    reason = "one\r\nWARC/1.1\r\n\r\ntwo"
    archive.append(odd, Verdict("postponed", (("reason", reason),)))
    archive.close()
    assert check(archive.folder / archive.name) == 0
    _, response, request, metadata = records(archive.folder / archive.name)
    assert response.http_headers.get_statuscode() == "299"
    whole = gzip.decompress((archive.folder / archive.name).read_bytes())
    assert b"X-T\xedtulo: " + "Hà Nội; name=đ\r\n".encode() in whole
    assert request.http_headers.statusline == "/cuba/2026-10-05/uno?q=a%20b HTTP/1.1"
    assert fields(metadata)["reason"] == ["one WARC/1.1 two"]


# One file a writer, changed by day and size


def names(archive: ArchiveWriter) -> list[str]:
    return sorted(path.name for path in archive.folder.iterdir())


def test_a_file_is_changed_when_it_is_full(db: Database, tmp_path: Path) -> None:
    archive = ArchiveWriter(db, tmp_path / "archive", "me", largest=5_000)
    chance = random.Random(1)
    captures = [store(db, archive, chance.randbytes(2_000), f"{URL}-{number}") for number in range(6)]
    archive.close()
    assert len(names(archive)) == 3
    assert rows(db, "SELECT sealed, count(*) AS n FROM archive_files GROUP BY sealed") == [
        {"sealed": 0, "n": 1},
        {"sealed": 1, "n": 2},
    ]
    assert all(len(read_body(db, archive.folder, capture)) == 2_000 for capture in captures)
    assert check(*(archive.folder / name for name in names(archive))) == 0


def test_a_file_is_changed_at_midnight_utc(db: Database, tmp_path: Path) -> None:
    moments = (NOON, NOON + timedelta(hours=11, minutes=59), NOON + timedelta(hours=12))
    clock = [NOON]
    archive = ArchiveWriter(db, tmp_path / "archive", "me", clock=lambda: clock[0])
    for number, moment in enumerate(moments):
        clock[0] = moment
        store(db, archive, b"<html>uno</html>", f"{URL}-{number}")
    archive.close()
    found = rows(
        db,
        "SELECT f.day, count(*) AS n FROM archive_records r JOIN archive_files f ON f.name = r.file GROUP BY f.day",
    )
    assert found == [{"day": "2026-10-05", "n": 2}, {"day": "2026-10-06", "n": 1}]


def test_a_later_process_goes_on_with_the_file_of_the_day(db: Database, tmp_path: Path) -> None:
    """Or a crawl every ten minutes would leave fifty thousand files a year."""
    captures = []
    for number in range(3):
        archive = ArchiveWriter(db, tmp_path / "archive", f"process-{number}")
        captures.append(store(db, archive, b"<html>%d</html>" % number, f"{URL}-{number}"))
        archive.close()
    assert names(archive) == ["triwire-process-0-001.warc.gz"]
    assert [read_body(db, archive.folder, capture) for capture in captures] == [
        b"<html>0</html>",
        b"<html>1</html>",
        b"<html>2</html>",
    ]
    kinds = [record.rec_type for record in records(archive.folder / names(archive)[0])]
    assert kinds.count("warcinfo") == 3
    assert check(archive.folder / names(archive)[0]) == 0


def test_two_writers_at_once_have_a_file_each(db: Database, tmp_path: Path) -> None:
    one, other = (ArchiveWriter(db, tmp_path / "archive", owner) for owner in ("one", "other"))
    captures = [store(db, one, b"<html>uno</html>"), store(db, other, b"<html>dos</html>", f"{URL}-2")]
    captures.append(store(db, one, b"<html>tres</html>", f"{URL}-3"))
    assert names(one) == ["triwire-one-001.warc.gz", "triwire-other-001.warc.gz"]
    bodies = [read_body(db, one.folder, capture) for capture in captures]
    assert bodies == [b"<html>uno</html>", b"<html>dos</html>", b"<html>tres</html>"]
    one.close()
    other.close()


# Torn tails


def test_only_what_no_record_was_committed_for_is_cut(db: Database, archive: ArchiveWriter) -> None:
    capture = store(db, archive, b"<html>uno</html>")
    archive.append(exchange(b"<html>never committed</html>"))
    archive.close()
    assert cut_torn_tails(db, archive.folder) == [archive.name]
    assert read_body(db, archive.folder, capture) == b"<html>uno</html>"
    with (archive.folder / archive.name).open("rb") as file:
        assert b"never committed" not in gzip.decompress(file.read())


@pytest.mark.parametrize("kept", [0, 1, 9, 200])
def test_the_next_writer_begins_where_the_last_commit_was(db: Database, tmp_path: Path, kept: int) -> None:
    archive = ArchiveWriter(db, tmp_path / "archive", "dead")
    first = store(db, archive, b"<html>uno</html>")
    committed = (archive.folder / archive.name).stat().st_size
    archive.append(exchange(b"<html>never committed</html>"))
    archive.close()
    path = archive.folder / archive.name
    path.write_bytes(path.read_bytes()[: committed + kept])
    archive = ArchiveWriter(db, tmp_path / "archive", "next")
    second = store(db, archive, b"<html>dos</html>", f"{URL}-2")
    archive.close()
    assert [read_body(db, archive.folder, one) for one in (first, second)] == [b"<html>uno</html>", b"<html>dos</html>"]
    assert check(path) == 0


def test_a_living_writers_file_is_left_alone(db: Database, archive: ArchiveWriter) -> None:
    store(db, archive, b"<html>uno</html>")
    archive.append(exchange(b"<html>under way</html>"))
    assert cut_torn_tails(db, archive.folder) == []


def test_a_file_of_yesterday_is_sealed_and_an_empty_one_removed(db: Database, tmp_path: Path) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    for owner in ("full", "empty"):
        archive = ArchiveWriter(db, tmp_path / "archive", owner, clock=lambda: yesterday)
        if owner == "full":
            store(db, archive, b"<html>uno</html>")
        else:
            db.conn.execute("UPDATE archive_files SET sealed = 1")
            archive.make_ready()
            db.conn.execute("UPDATE archive_files SET sealed = 0")
        archive.close()
    cut_torn_tails(db, tmp_path / "archive")
    assert rows(db, "SELECT name, sealed FROM archive_files") == [{"name": "triwire-full-001.warc.gz", "sealed": 1}]
    assert names(archive) == ["triwire-full-001.warc.gz"]


def test_a_file_of_an_older_triwire_is_cut_sealed_and_still_read(db: Database, tmp_path: Path) -> None:
    """Those have no day in the database, and another form of name."""
    archive = ArchiveWriter(db, tmp_path / "archive", "old")
    capture = store(db, archive, b"<html>uno</html>")
    archive.close()
    path = archive.folder / archive.name
    older = path.rename(archive.folder / "triwire-20261001T101112131415-77.warc.gz")
    older.write_bytes(older.read_bytes() + b"torn")
    db.conn.execute("PRAGMA foreign_keys = OFF")
    db.conn.execute("UPDATE archive_files SET day = NULL, name = ?", [older.name])
    db.conn.execute("UPDATE archive_records SET file = ?", [older.name])
    assert cut_torn_tails(db, archive.folder) == [older.name]
    assert rows(db, "SELECT sealed, day FROM archive_files") == [{"sealed": 1, "day": None}]
    assert read_body(db, archive.folder, capture) == b"<html>uno</html>"
    archive = ArchiveWriter(db, tmp_path / "archive", "new")
    store(db, archive, b"<html>dos</html>", f"{URL}-2")
    archive.close()
    assert len(names(archive)) == 2


def test_a_transaction_that_fails_leaves_nothing_in_the_file(db: Database, archive: ArchiveWriter) -> None:
    store(db, archive, b"<html>uno</html>")
    before = (archive.folder / archive.name).read_bytes()
    nowhere = Fetch("no such article", URL, "")
    with pytest.raises(sqlite3.IntegrityError):
        store_page(db, archive, nowhere, exchange(b"<html>dos</html>"))
    assert (archive.folder / archive.name).read_bytes() == before
    store(db, archive, b"<html>tres</html>", f"{URL}-3")
    assert check(archive.folder / archive.name) == 0


def test_every_record_belongs_to_a_warcinfo_that_is_there(db: Database, archive: ArchiveWriter) -> None:
    """Also where the first transaction of a writer failed."""
    with pytest.raises(sqlite3.IntegrityError):
        store_page(db, archive, Fetch("no such article", URL, ""), exchange(b"<html>dos</html>"))
    store(db, archive, b"<html>uno</html>")
    found = records(archive.folder / archive.name)
    infos = {record.rec_headers.get_header("WARC-Record-ID") for record in of_kind(found, "warcinfo")}
    assert {record.rec_headers.get_header("WARC-Warcinfo-ID") for record in found[1:]} <= infos
    assert len(names(archive)) == 1


def test_a_full_disk_leaves_no_half_record(db: Database, tmp_path: Path) -> None:
    import resource

    archive = ArchiveWriter(db, tmp_path / "archive", "me")
    capture = store(db, archive, b"<html>uno</html>")
    before = (archive.folder / archive.name).stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        # The database's files are larger already; only appending to the archive meets the limit.
        resource.setrlimit(resource.RLIMIT_FSIZE, (before + 2_000, hard))
        with pytest.raises(OSError, match="too large"):
            archive.write([Entry(exchange(random.Random(1).randbytes(50_000)))])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert (archive.folder / archive.name).stat().st_size == before
    other = store(db, archive, b"<html>dos</html>", f"{URL}-2")
    archive.close()
    assert [len(read_body(db, archive.folder, one)) for one in (capture, other)] == [16, 16]
    assert check(archive.folder / archive.name) == 0


# Damage


@pytest.mark.parametrize("damage", ["gone", "short", "garbled"])
def test_damage_is_named_with_file_and_offset(db: Database, archive: ArchiveWriter, damage: str) -> None:
    capture = store(db, archive, b"<html>" + bytes(range(256)) * 20 + b"</html>")
    archive.close()
    path = archive.folder / archive.name
    (offset,) = db.conn.execute("SELECT offset FROM archive_records").fetchone()
    whole = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "short":
        path.write_bytes(whole[: offset + 200])
    else:
        path.write_bytes(whole[: offset + 300] + bytes(byte ^ 0xFF for byte in whole[offset + 300 :]))
    with pytest.raises(ArchiveDamaged, match=f"{archive.name} at byte {offset}"):
        read_body(db, archive.folder, capture)


def test_a_sound_record_in_the_wrong_place_is_damage(db: Database, archive: ArchiveWriter) -> None:
    captures = [store(db, archive, b"<html>%d</html>" % number, f"{URL}-{number}") for number in range(2)]
    db.conn.execute("UPDATE archive_records SET offset = (SELECT max(offset) FROM archive_records)")
    with pytest.raises(ArchiveDamaged, match="hash"):
        read_body(db, archive.folder, captures[0])


def test_a_capture_without_a_record_is_named(db: Database, archive: ArchiveWriter) -> None:
    with pytest.raises(ArchiveDamaged, match="no record"):
        read_body(db, archive.folder, "0123456789abcdef")


def test_a_page_whose_file_was_removed_is_no_damage(db: Database, archive: ArchiveWriter) -> None:
    capture = store(db, archive, b"<html>uno</html>")
    archive.close()
    (archive.folder / archive.name).unlink()
    db.conn.execute("UPDATE archive_files SET removed_at = '2027-01-02T03:04:05+00:00'")
    with pytest.raises(PageRemoved, match="2027-01-02"):
        read_body(db, archive.folder, capture)


# Group commit


def counting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The file descriptors that are synced."""
    synced: list[int] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(handle), real(handle))[1])
    return synced


def test_answers_that_come_together_share_a_sync(db: Database, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetches = [Fetch(note_article(db, f"{URL}-{number}"), f"{URL}-{number}", "") for number in range(50)]
    archivist = Archivist.of_process(database, 500)
    synced = counting(monkeypatch)

    async def keep_all() -> list[bool]:
        pages = [FetchedPage(fetch, exchange(fetch.url.encode(), fetch.url)) for fetch in fetches]
        return await asyncio.gather(*(archivist.keep(page) for page in pages))

    assert asyncio.run(keep_all()) == [True] * 50
    archivist.release()
    # One for the first page, one for those that came meanwhile, and one for the folder of the new file.
    assert len(synced) <= 4
    captures = [row["id"] for row in rows(db, "SELECT id FROM captures")]
    assert len({read_body(db, archive_folder(database), capture) for capture in captures}) == 50


def test_nothing_is_committed_before_it_is_on_the_disk(
    db: Database, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetches = [Fetch(note_article(db, f"{URL}-{number}"), f"{URL}-{number}", "") for number in range(30)]
    archivist = Archivist.of_process(database, 500)
    real = os.fsync
    folder = archive_folder(database)

    def watching(handle: int) -> None:
        """Before each sync, what the database points at; after it, what is safe."""
        with sqlite3.connect(database) as connection:
            (committed,) = connection.execute("SELECT coalesce(sum(length), 0) FROM archive_files").fetchone()
        connection.close()
        pointed_at.append(committed)
        real(handle)
        safe.append(sum(path.stat().st_size for path in folder.glob("*.gz")))

    pointed_at: list[int] = []
    safe: list[int] = []
    monkeypatch.setattr(os, "fsync", watching)

    async def keep_slowly() -> None:
        for fetch in fetches:
            await archivist.keep(FetchedPage(fetch, exchange(fetch.url.encode(), fetch.url)))

    asyncio.run(keep_slowly())
    archivist.release()
    assert len(safe) >= 30
    assert all(committed <= before for committed, before in zip(pointed_at, [0, *safe], strict=False))
    # The test sees something: the database does follow.
    assert pointed_at[-1] > 0


def test_one_bad_answer_costs_the_others_nothing(db: Database, database: Path) -> None:
    good = [Fetch(note_article(db, f"{URL}-{number}"), f"{URL}-{number}", "") for number in range(4)]
    fetches = [*good[:2], Fetch("no such article", URL, ""), *good[2:]]
    archivist = Archivist.of_process(database, 500)

    async def keep_all() -> list[bool | BaseException]:
        pages = [FetchedPage(fetch, exchange(fetch.url.encode(), fetch.url)) for fetch in fetches]
        return await asyncio.gather(*(archivist.keep(page) for page in pages), return_exceptions=True)

    found = asyncio.run(keep_all())
    archivist.release()
    assert [type(one) for one in found] == [bool, bool, sqlite3.IntegrityError, bool, bool]
    assert rows(db, "SELECT count(*) AS n FROM captures") == [{"n": 4}]
    assert check(*archive_folder(database).iterdir()) == 0


def test_the_same_article_twice_at_once_is_judged_in_turn(db: Database, database: Path) -> None:
    fetch = Fetch(note_article(db), URL, "")
    archivist = Archivist.of_process(database, 500)

    async def keep_all() -> list[bool]:
        bodies = (b"<p>uno</p>", b"<p>uno</p>", b"<p>dos</p>", b"<p>uno</p>")
        return await asyncio.gather(*(archivist.keep(FetchedPage(fetch, exchange(body))) for body in bodies))

    assert asyncio.run(keep_all()) == [True, False, True, True]
    archivist.release()
    assert [row["number"] for row in rows(db, "SELECT number FROM captures ORDER BY number")] == [1, 2, 3]


def test_an_answer_is_noted_after_it_is_archived(db: Database, database: Path) -> None:
    fetch = Fetch(note_article(db), URL, "")
    archivist = Archivist.of_process(database, 500)
    told: list[int] = []

    def note() -> None:
        told.append(rows(db, "SELECT count(*) AS n FROM archive_answers")[0]["n"])

    asyncio.run(archivist.keep(Answer(fetch, exchange(b"gone"), "gone", "HTTP 410", note)))
    archivist.release()
    assert told == [1]


def test_all_spiders_of_a_process_share_one_file(db: Database, database: Path) -> None:
    archivists = [Archivist.of_process(database, 500) for _ in range(3)]
    for number, archivist in enumerate(archivists):
        url = f"{URL}-{number}"
        asyncio.run(archivist.keep(FetchedPage(Fetch(note_article(db, url), url, ""), exchange(b"<p>uno</p>", url))))
        archivist.release()
    assert len(list(archive_folder(database).iterdir())) == 1
    assert Archivist._shared == {}


# A crawl


def crawl(site: Site, database: Path, *flags: str) -> str:
    hosts = local(site.hosts(GRANMA))
    return run("crawl", "--no-process", "--database", database, *hosts, *flags, "granma-es").stderr


def archived(database: Path) -> list[Any]:
    return [record for path in sorted(archive_folder(database).iterdir()) for record in records(path)]


def of_kind(found: list[Any], kind: str) -> list[Any]:
    return [record for record in found if record.rec_type == kind]


def paths(*names: str) -> list[str]:
    return [f"https://{GRANMA}/cuba/2026-10-05/{name}" for name in names]


def answers(**given: Says) -> dict[tuple[str, str], Says]:
    listed = feed(*paths(*given))
    return {(GRANMA, "/feed"): listed} | {(GRANMA, f"/cuba/2026-10-05/{name}"): says for name, says in given.items()}


def test_every_answer_for_an_article_is_in_the_archive_with_its_verdict(database: Path) -> None:
    given = answers(
        uno=html("<p>Uno.</p>"),
        gone=Says(b"<p>retirado</p>", 410),
        broken=Says(b"<p>error</p>", 500),
        moved=Says(b"moved", 301, {"Location": paths("dos")[0]}),
        home=Says(b"home", 302, {"Location": f"https://{GRANMA}/"}),
        blank=Says(b""),
    )
    given |= {(GRANMA, "/cuba/2026-10-05/dos"): html("<p>Dos.</p>"), (GRANMA, "/"): html("<p>Portada.</p>")}
    with Site(given) as site:
        crawl(site, database)
    found = archived(database)
    verdicts = [fields(record) | {"url": [_url(record)]} for record in of_kind(found, "metadata")]
    assert sorted((v["url"][0].rsplit("/", 1)[-1], v["outcome"][0]) for v in verdicts) == [
        ("", "refused"),
        ("blank", "postponed"),
        ("broken", "postponed"),
        ("dos", "archived"),
        ("gone", "gone"),
        ("home", "redirect"),
        ("moved", "redirect"),
        ("uno", "archived"),
    ]
    bodies = {_url(record).rsplit("/", 1)[-1]: record.block for record in of_kind(found, "response")}
    assert bodies["gone"] == b"<p>retirado</p>"
    assert bodies["moved"] == b"moved"
    with opened(database) as db:
        noted = rows(db, "SELECT url, status, outcome, offset, length FROM archive_answers ORDER BY offset")
        captured = rows(db, "SELECT url FROM captures ORDER BY url")
    places = {record.place for record in of_kind(found, "response")}
    assert {(row["offset"], row["length"]) for row in noted} <= places
    assert {(row["outcome"], row["status"]) for row in noted} == {
        ("gone", 410), ("postponed", 500), ("postponed", 200), ("refused", 200),
    }  # fmt: skip
    assert [row["url"] for row in captured] == paths("dos", "uno")
    assert check(*archive_folder(database).iterdir()) == 0
    assert "no damage" in run("archive", "verify", "--database", database).stdout


def _url(record: Any) -> str:
    return str(record.rec_headers.get_header("WARC-Target-URI"))


def test_a_verdict_says_where_the_article_comes_from_and_what_robots_txt_said(database: Path) -> None:
    with Site(answers(uno=html("<p>Uno.</p>"))) as site:
        crawl(site, database)
    (metadata,) = of_kind(archived(database), "metadata")
    said = fields(metadata)
    with opened(database) as db:
        (row,) = rows(db, "SELECT id, key FROM articles")
    assert said["outcome"] == ["archived"]
    assert (said["article"], said["key"], said["source"]) == ([row["id"]], [row["key"]], ["granma-es"])
    assert said["via"] == [f"https://{GRANMA}/feed"]
    assert said["robots"] == ["allowed; robots.txt answered HTTP 200"]
    assert metadata.rec_headers.get_header("Content-Type") == "application/warc-fields"
    response = of_kind(archived(database), "response")[0]
    assert response.rec_headers.get_header("WARC-IP-Address") == "127.0.0.1"


def test_a_verdict_tells_the_delay_that_a_host_asked_for(db: Database) -> None:
    slow_down(db, GRANMA, 7.5)
    assert ("robots", "allowed; crawl-delay 7.5") in verdict_on(db, note_article(db), URL, "archived").fields


def test_a_page_that_is_as_it_was_is_a_revisit_and_no_second_copy(database: Path) -> None:
    given = answers(uno=html("<p>" + "Uno. " * 5000 + "</p>"))
    with Site(given) as site:
        crawl(site, database)
        size = sum(path.stat().st_size for path in archive_folder(database).iterdir())
        with opened(database) as db:
            db.conn.execute("UPDATE fetches SET state = 'queued'")
        crawl(site, database)
    found = archived(database)
    (response,), (revisit,) = of_kind(found, "response"), of_kind(found, "revisit")
    assert revisit.block == b""
    assert revisit.rec_headers.get_header("WARC-Profile").endswith("identical-payload-digest")
    for header in ("WARC-Payload-Digest", "WARC-Target-URI"):
        assert revisit.rec_headers.get_header(header) == response.rec_headers.get_header(header)
    assert revisit.rec_headers.get_header("WARC-Refers-To-Date") == response.rec_headers.get_header("WARC-Date")
    assert [fields(record)["outcome"] for record in of_kind(found, "metadata")] == [["archived"], ["unchanged"]]
    assert sum(path.stat().st_size for path in archive_folder(database).iterdir()) < size + 3_000
    with opened(database) as db:
        assert rows(db, "SELECT count(*) AS n FROM captures") == [{"n": 1}]


def test_an_answer_not_modified_is_a_revisit(database: Path) -> None:
    page = Says(b"<p>Uno.</p>", headers={"Content-Type": "text/html", "ETag": '"1"'})
    with Site(answers(uno=page)) as site:
        crawl(site, database)
        with opened(database) as db:
            db.conn.execute("UPDATE rechecks SET first_at = datetime('now', '-2 hours') || '+00:00', looked_at = ''")
            db.conn.execute("UPDATE rechecks SET first_at = replace(first_at, ' ', 'T')")
        site.answers[GRANMA, "/cuba/2026-10-05/uno"] = Says(b"", 304, {"ETag": '"1"'})
        crawl(site, database)
    (revisit,) = of_kind(archived(database), "revisit")
    assert revisit.rec_headers.get_header("WARC-Profile").endswith("server-not-modified")
    assert revisit.rec_headers.get_header("WARC-Refers-To-Target-URI") == paths("uno")[0]
    assert check(*archive_folder(database).iterdir()) == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_whenever_a_crawl_is_killed_the_archive_and_the_database_agree(database: Path, seed: int) -> None:
    """And what was committed can be read; the next run brings the rest."""
    chance = random.Random(seed)
    given = answers(**{f"a{number}": html(f"<p>{'Palabra. ' * 300}{number}</p>") for number in range(60)})
    with Site(given) as site:
        for _ in range(3):
            hosts = local(site.hosts(GRANMA))
            child = start("crawl", "--no-process", "--database", database, *hosts, "granma-es")
            wanted = len(site.asked) + chance.randint(4, 25)
            while child.poll() is None and len(site.asked) < wanted:
                pass
            child.send_signal(signal.SIGKILL)
            child.communicate()
            with opened(database) as db:
                cut_torn_tails(db, archive_folder(database))
                for row in rows(db, "SELECT id FROM captures"):
                    assert b"Palabra" in read_body(db, archive_folder(database), row["id"])
            assert check(*archive_folder(database).iterdir()) == 0
        crawl(site, database)
    with opened(database) as db:
        assert rows(db, "SELECT count(*) AS n FROM captures") == [{"n": 60}]
    assert "no damage" in run("archive", "verify", "--database", database).stdout
    assert len(list(archive_folder(database).iterdir())) == 1


def test_the_archive_alone_gives_the_articles_back(tmp_path: Path) -> None:
    from triwire.demo.newsroom import Newsroom

    database, restored = tmp_path / "news.db", tmp_path / "restored.db"
    with Newsroom() as newsroom:
        for edition in (1, 2):
            newsroom.turn(edition)
            run("crawl", "--now", "--no-process", "--database", database, *local(newsroom.hosts))
    files = sorted(archive_folder(database).iterdir())
    run("import-warc", "--no-process", "--database", restored, *files)
    for path in (database, restored):
        read_all(path)
    assert the_news(restored) == the_news(database)
    assert run("archive", "verify", "--database", restored).returncode == 0


def test_files_that_lie_in_the_archive_already_are_not_copied(tmp_path: Path, database: Path) -> None:
    with Site(answers(uno=html("<p>Uno.</p>"), dos=html("<p>Dos.</p>"))) as site:
        crawl(site, database)
    for path in tmp_path.glob("news.db*"):
        path.unlink()
    before = {path.name: path.read_bytes() for path in archive_folder(database).iterdir()}
    with opened(database):
        # A new, empty one.
        pass
    assert "import-warc" in run("archive", "verify", "--database", database, code=1).stdout
    run("import-warc", "--no-process", "--database", database, *archive_folder(database).iterdir())
    read_all(database)
    assert {path.name: path.read_bytes() for path in archive_folder(database).iterdir()} == before
    assert "no damage" in run("archive", "verify", "--database", database).stdout
    with opened(database) as db:
        assert [row["body"] for row in rows(db, "SELECT body FROM reading ORDER BY url")] == ["Dos.", "Uno."]


def read_all(database: Path) -> None:
    """Extract every capture, and no more: translating takes minutes."""
    stage = Extract(database)
    with opened(database) as db:
        captures = [row["id"] for row in rows(db, "SELECT id FROM captures ORDER BY number, id")]
        for capture, result in zip(captures, stage.work(stage.load(db, captures)), strict=True):
            stage.save(db, capture, result)


NEWS = (
    "SELECT id, url, source, title, body, published FROM reading ORDER BY id",
    "SELECT id, key, url, source FROM articles WHERE id IN (SELECT article FROM captures) ORDER BY id",
    "SELECT id, article, number, url, sha256, status, fetched_at FROM captures ORDER BY id",
    "SELECT id, article, version, number, text FROM revisions ORDER BY id",
    """SELECT d.article, d.listing, d.url, d.declared, d.title, d.published FROM discoveries d
    JOIN captures c ON c.article = d.article AND c.number = 1 ORDER BY 1, 2, 3, 4""",
    """SELECT a.url, a.article, a.rank FROM addresses a JOIN captures c ON c.article = a.article
    AND c.number = 1 WHERE a.kind = 'discovered' ORDER BY 1, 2""",
)
"""Everything that follows from the pages and from what listings said of them."""


def the_news(database: Path) -> list[list[dict[str, Any]]]:
    with opened(database) as db:
        return [rows(db, query) for query in NEWS]
